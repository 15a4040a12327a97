//! Which build this is.

use tasks_proto::build::Build;

/// Environment variable that overrides the moment of the last commit; for tests of version skew.
pub const BUILD_STAMP_VARIABLE: &str = "TASKS_BUILD_STAMP";

/// The release and the commit's moment of the running program.
///
/// The environment variable `TASKS_BUILD_STAMP` (seconds since 1970) overrides the moment; for tests of version skew.
pub fn this_build() -> Build {
    let stamp = std::env::var(BUILD_STAMP_VARIABLE).ok();
    build_of(env!("CARGO_PKG_VERSION"), env!("TASKS_COMMITTED_AT"), stamp.as_deref())
}

fn build_of(version: &str, committed_at: &str, stamp: Option<&str>) -> Build {
    // A pre-release (0.2.0-rc.1) counts as its release: the commit's moment tells them apart.
    let release = version.split(['-', '+']).next().unwrap_or(version);
    let stamp = stamp.and_then(|stamp| stamp.parse().ok()).or_else(|| committed_at.parse().ok()).unwrap_or(0);
    let version = release.parse::<Build>().map_or((0, 0, 0), |build| build.version);
    Build { version, stamp }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_is_the_release_and_the_moment_of_the_commit() {
        assert_eq!(build_of("1.2.3", "77", None).to_string(), "1.2.3+77");
        assert_eq!(build_of("1.2.3-rc.1", "77", None).to_string(), "1.2.3+77");
    }

    #[test]
    fn the_environment_makes_it_older_or_newer() {
        let built = build_of("0.1.0", "100", None);
        assert!(build_of("0.1.0", "100", Some("101")) > built);
        assert!(build_of("0.1.0", "100", Some("99")) < built);
        assert_eq!(build_of("0.1.0", "100", Some("tomorrow")), built);
    }
}
