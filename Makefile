# What people and CI run. Everything builds with Rust and a C compiler alone.
.PHONY: test lint fuzz bench man install

# How long `make fuzz` looks for what the language engine falls over.
FUZZ_SECONDS ?= 60

test:
	cargo test --workspace

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items
	@if command -v cargo-deny >/dev/null; then cargo deny check; else echo "cargo-deny is not installed: licences and advisories are not checked here"; fi

# Any bytes through the language engine. Says so where libFuzzer cannot be had.
fuzz:
	core/language/fuzz/run $(FUZZ_SECONDS)

# Whole-process benchmarks against floors and Taskwarrior, in one run; prints ratios. See tests/bench.
bench:
	cargo build --release -p tasks -p tasks-tests --bins
	tests/bench/run
	cargo bench -p tasks-domain -p tasks-language -p tasks-sqlite

# Writes the man pages from the command line's definition; a test keeps them true.
man:
	UPDATE_MAN=1 cargo test -p tasks man

install:
	cargo install --path cli
