//! Which build of the programs talks, and which protocol: what both ends tell each other with every call.

use std::fmt;
use std::str::FromStr;

/// The protocol this build speaks. Raised only when an older peer could misunderstand; apart from release versions.
pub const PROTOCOL: u32 = 1;

/// Metadata with the protocol's number.
pub const PROTOCOL_HEADER: &str = "tasks-protocol";
/// Metadata with the build, as [`Build`] prints it.
pub const BUILD_HEADER: &str = "tasks-build";
/// The reason in an error: a newer build asks, the daemon ends to make room for it.
pub const DAEMON_OUTDATED: &str = "daemon_outdated";

/// The reason in an error: the daemon was asked to end.
pub const DAEMON_STOPPING: &str = "daemon_stopping";

/// A release and the moment it was built from: ordered, newer is greater. Printed as `0.1.0+1795341600`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Build {
    /// Major, minor and patch version.
    pub version: (u32, u32, u32),
    /// Seconds since 1970 of the sources' last commit; 0 when it was built from none.
    pub stamp: u64,
}

impl fmt::Display for Build {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor, patch) = self.version;
        write!(f, "{major}.{minor}.{patch}+{}", self.stamp)
    }
}

/// A text that is no build.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a build, as 0.1.0+1795341600")]
pub struct BadBuild(String);

impl FromStr for Build {
    type Err = BadBuild;

    fn from_str(text: &str) -> Result<Self, BadBuild> {
        let read = || {
            let (version, stamp) = text.split_once('+').unwrap_or((text, "0"));
            let mut parts = version.splitn(3, '.').map(|part| part.parse().ok());
            let version = (parts.next()??, parts.next()??, parts.next()??);
            Some(Self { version, stamp: stamp.parse().ok()? })
        };
        read().ok_or_else(|| BadBuild(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_are_ordered_by_version_then_by_moment() {
        let build = |text: &str| text.parse::<Build>().unwrap();
        assert!(build("0.2.0+1") > build("0.1.9+9"));
        assert!(build("0.1.0+2") > build("0.1.0+1"));
        assert_eq!(build("0.1.0"), build("0.1.0+0"));
        assert_eq!(build("1.2.3+4").to_string(), "1.2.3+4");
        assert!("0.1".parse::<Build>().is_err() && "x+1".parse::<Build>().is_err());
    }
}
