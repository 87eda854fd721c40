#!/bin/sh
# Fuzzes each target: `sh fuzz/run.sh` for a short fixed number of runs,
# `sh fuzz/run.sh 600` for so many seconds each, `sh fuzz/run.sh 600 html` for one.
# Stable Rust and a C++ compiler are enough; `cargo +nightly fuzz run html` works too.
set -eu
cd "$(dirname "$0")"
seconds=${1:-}
targets=${2:-front_matter html readers fix config}
built=${CARGO_TARGET_DIR:-$PWD/../target}/fuzz
host=$(rustc -vV | sed -n 's/^host: //p')

# What cargo-fuzz passes, without a sanitizer, which only nightly has: no code of
# ours is unsafe, and overflows and assertions are checked. With --target, build
# scripts are spared.
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares" \
    cargo build --locked --release --target "$host" --target-dir "$built"

for target in $targets; do
    echo "== $target"
    # What a long run finds new is kept for the next; a short one begins with
    # the same corpus each time, so that what fails, fails again.
    if [ -n "$seconds" ]; then
        grown=$built/corpus/$target
        how=-max_total_time=$seconds
    else
        grown=$built/short/$target
        how="-runs=2000 -seed=1"
        rm -rf "$grown"
    fi
    mkdir -p "$grown" "$built/found"
    # shellcheck disable=SC2086  # $how is several words
    "$built/$host/release/$target" $how -max_len=8192 -timeout=20 -rss_limit_mb=2048 -verbosity=0 \
        -artifact_prefix="$built/found/$target-" "$grown" "corpus/$target"
done
