#!/bin/sh
# Runs prepdeck once: annotations go to the log, the summary to the step's page,
# counts to its outputs. PREPDECK, FOLDER, DENY_WARNINGS, SINCE, BASELINE, SARIF: see action.yml.
set -eu

die() {
    echo "::error title=prepdeck::$1"
    exit 2
}

line_break='
'
for input in "$FOLDER" "$DENY_WARNINGS" "$SINCE" "$BASELINE" "$SARIF"; do
    case $input in
        *"$line_break"*) die "an input holds a line break" ;;
    esac
done

summary=$RUNNER_TEMP/prepdeck-summary.md
findings=$RUNNER_TEMP/prepdeck-findings.json
rm -f "$summary" "$findings"

set -- check --format github --format "markdown=$summary" --format "json=$findings"
if [ -n "$SARIF" ]; then
    set -- "$@" --format "sarif=$SARIF"
fi
if [ -n "$BASELINE" ]; then
    set -- "$@" "--baseline=$BASELINE"
fi
if [ -n "$SINCE" ]; then
    set -- "$@" "--since=$SINCE"
fi
case $DENY_WARNINGS in
    true) set -- "$@" --deny-warnings ;;
    false | "") ;;
    *) die "the input deny-warnings is true or false" ;;
esac
# A path and not another working directory, so that annotations name files as the repository does.
if [ -n "$FOLDER" ] && [ "$FOLDER" != . ]; then
    set -- "$@" -- "$FOLDER"
fi

status=0
"$PREPDECK" "$@" || status=$?

if [ -f "$summary" ]; then
    cat "$summary" >> "$GITHUB_STEP_SUMMARY"
fi
if [ -f "$findings" ]; then
    # The counts come last; within a text every quote has a backslash before it.
    for name in questions errors warnings; do
        number=$(grep -o "\"$name\": *[0-9]*" "$findings" | tail -n 1 | grep -o '[0-9]*$')
        echo "$name=$number" >> "$GITHUB_OUTPUT"
    done
fi
exit "$status"
