//! Links the program on Linux so that it starts fast: statically and at a fixed address.
//!
//! A command lives for a millisecond, and starting it is most of that. Two things that the loader does at every start are done
//! once here instead:
//! - The compiled-in time zones hold 42,000 pointers. In a position-independent program each is written at every start (0.7 ms).
//! - Finding, mapping and binding libc, libm and `libgcc_s` takes 0.5 ms, a third of what `tasks add` costs in all.
//!
//! What is given up is a random address for the program itself (heap and stack keep theirs), and name services other than the
//! files and DNS that the C library has built in.
//!
//! Cargo has no stable way to ask for a static C library for one program of a build that also has procedural macros
//! (`-C target-feature=+crt-static` would hold for them too, and fail). So the names under which rustc asks the linker for the
//! shared libraries lead, for this program only, to linker scripts that name the archives. Where the archives are not installed,
//! as on Fedora without glibc-static, the program is linked to the shared libraries as usual.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The name that rustc asks for, and what the linker takes instead.
const SCRIPTS: [(&str, &str); 3] = [
    ("libgcc_s.so", "INPUT(-l:libgcc_eh.a -l:libgcc.a)"),
    ("libm.so", "INPUT(-l:libm.a)"),
    // The archives need each other.
    ("libc.so", "GROUP(-l:libc.a -l:libgcc_eh.a -l:libgcc.a)"),
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=RUSTC_LINKER");
    let target = |key: &str| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    if target("OS") != "linux" {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    // Other C libraries link statically already, and who builds for another machine has its own linker.
    let native = env::var("HOST") == env::var("TARGET");
    if target("ENV") != "gnu" || !native || !SCRIPTS.iter().all(|(_, script)| has_archives(script)) {
        return;
    }
    let Ok(out) = env::var("OUT_DIR") else { return };
    for (name, script) in SCRIPTS {
        if let Err(error) = fs::write(Path::new(&out).join(name), script) {
            println!("cargo:warning=tasks is linked to the shared C library: {name} cannot be written: {error}");
            return;
        }
    }
    println!("cargo:rustc-link-arg-bins=-static");
    println!("cargo:rustc-link-arg-bins=-L{out}");
}

/// Whether the C compiler finds every archive that the script names.
fn has_archives(script: &str) -> bool {
    let linker = env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let names = script.split([' ', '(', ')']).filter_map(|word| word.strip_prefix("-l:"));
    let found = |name: &str| {
        let answer = Command::new(&linker).arg(format!("-print-file-name={name}")).output();
        // A compiler that does not find it prints the bare name.
        answer.is_ok_and(|answer| answer.status.success() && answer.stdout.contains(&b'/'))
    };
    names.into_iter().all(found)
}
