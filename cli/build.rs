//! Links the program at a fixed address on Linux.
//!
//! The compiled-in time zones hold 42,000 pointers. A position-independent program has the loader write each of them at every
//! start (some 0.7 ms, as much as an empty process takes in all); at a fixed address they are right in the file. What is given
//! up is a random address for the program itself; libraries, heap and stacks keep theirs.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
