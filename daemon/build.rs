//! Finds the moment of the sources' last commit, which orders builds of one release.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=SOURCE_DATE_EPOCH");
    // Whoever sets SOURCE_DATE_EPOCH wants a reproducible build, so it goes before what the checkout says.
    let stamp = env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.trim().parse::<u64>().ok()).or_else(committed);
    println!("cargo:rustc-env=TASKS_COMMITTED_AT={}", stamp.unwrap_or(0));
}

/// Seconds since 1970 of HEAD's commit; none outside a checkout.
fn committed() -> Option<u64> {
    let folder = git(&["rev-parse", "--absolute-git-dir"])?;
    let common = git(&["rev-parse", "--path-format=absolute", "--git-common-dir"]).unwrap_or_else(|| folder.clone());
    watch(&Path::new(&folder).join("HEAD"));
    watch(&Path::new(&common).join("packed-refs"));
    if let Some(reference) = git(&["symbolic-ref", "-q", "HEAD"]) {
        watch(&Path::new(&common).join(reference));
    }
    git(&["log", "-1", "--format=%ct"])?.parse().ok()
}

/// A path that is not there would make cargo run this every time.
fn watch(path: &Path) {
    if path.exists() {
        println!("cargo:rerun-if-changed={}", path.display());
    }
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
