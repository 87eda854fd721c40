#!/bin/sh
# Puts a prepdeck into RUNNER_TEMP and says where, as the output `prepdeck`.
# VERSION, REPOSITORY and GH_TOKEN: see action.yml.
set -eu

die() {
    echo "::error title=prepdeck::$1"
    exit 2
}

place=$RUNNER_TEMP/prepdeck
mkdir -p "$place"

finish() {
    echo "prepdeck=$1" >> "$GITHUB_OUTPUT"
    exit 0
}

build() {
    echo "building prepdeck from its source"
    cargo install --locked --quiet --path "$GITHUB_ACTION_PATH" --root "$place" \
        || die "prepdeck could not be built: it needs Rust and a C compiler"
    finish "$place/bin/prepdeck"
}

case $VERSION in
    "" | source) ;;
    *[!0-9A-Za-z.+-]*) die "the input version is no version; write it as 0.2.0" ;;
esac
if [ "$VERSION" = source ] || [ -z "$REPOSITORY" ]; then
    build
fi
version=${VERSION#v}
if [ -z "$version" ]; then
    version=$(sed -n 's/^version = "\([^"]*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)
fi
if ! gh release view "v$version" --repo "$REPOSITORY" > /dev/null 2>&1; then
    [ -z "$VERSION" ] || die "prepdeck has no release $version"
    build
fi

case $RUNNER_OS-$RUNNER_ARCH in
    Linux-X64) target=x86_64-unknown-linux-musl ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl ;;
    macOS-X64) target=x86_64-apple-darwin ;;
    macOS-ARM64) target=aarch64-apple-darwin ;;
    Windows-X64) target=x86_64-pc-windows-msvc ;;
    *) build ;;
esac
archive=prepdeck-$target-v$version.tar.gz
cd "$place"
gh release download "v$version" --repo "$REPOSITORY" --clobber \
    --pattern "$archive" --pattern SHA256SUMS \
    || die "release $version could not be downloaded"

sum() {
    if command -v sha256sum > /dev/null; then
        sha256sum "$1"
    else
        shasum -a 256 "$1"
    fi | cut -d ' ' -f 1
}

said=$(awk -v name="$archive" '{ sub(/^\*/, "", $2) } $2 == name { print $1 }' SHA256SUMS)
[ -n "$said" ] && [ "$(sum "$archive")" = "$said" ] \
    || die "$archive is not what SHA256SUMS of release $version says"
gh attestation verify "$archive" --repo "$REPOSITORY" \
    --signer-workflow "$REPOSITORY/.github/workflows/release.yml" \
    --source-ref "refs/tags/v$version" \
    || die "$archive was not attested by the release workflow of $REPOSITORY"
tar -xzf "$archive" --strip-components 1
finish "$place/prepdeck"
