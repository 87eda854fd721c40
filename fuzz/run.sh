#!/bin/sh
# Fuzzes each target: `sh fuzz/run.sh` for a short fixed number of runs,
# `sh fuzz/run.sh 600` for as many seconds each, `sh fuzz/run.sh 600 html` for one.
# Stable Rust and a C++ compiler are enough; `cargo fuzz run TARGET` works too.
set -eu
cd "$(dirname "$0")"
seconds=${1:-}
targets=${2:-front_matter html readers fix config}
work=${CARGO_TARGET_DIR:-$PWD/../target}/fuzz

# What cargo-fuzz passes, without a sanitizer, which only nightly has: no code
# here is unsafe, and overflows and assertions are checked.
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
-Cllvm-args=-sanitizer-coverage-trace-compares"
RUSTFLAGS=$(echo $RUSTFLAGS) cargo build --locked --release --target-dir "$work"

for target in $targets; do
    grown=$work/corpus/$target
    mkdir -p "$grown" "$work/found"
    if [ -n "$seconds" ]; then
        how="-max_total_time=$seconds"
    else
        how="-runs=2000 -seed=1"
        # Always from the same corpus, so that what fails, fails again.
        rm -rf "$grown"
        mkdir "$grown"
    fi
    echo "== $target"
    # shellcheck disable=SC2086
    "$work/release/$target" $how -max_len=8192 -timeout=10 -rss_limit_mb=2048 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$work/found/$target-" "$grown" "corpus/$target"
done
