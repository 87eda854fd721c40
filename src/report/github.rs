//! Annotations on a pull request, as workflow commands:
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
//! A runner takes a line for a command that begins with `::`, or that holds `##[`.

use std::fmt::Write;

use super::{Judged, Region, count, hosted, placed, places, region};
use crate::finding::{Finding, Severity};
use crate::source::Source;
use crate::visible::{push_visible, visible};

/// GitHub shows so many annotations of a kind in a step.
const MAX_OF_A_KIND: usize = 10;

pub fn render(judged: &[Judged<'_>]) -> String {
    let mut out = String::new();
    let mut left = Vec::new();
    for (severity, kind) in [(Severity::Error, "error"), (Severity::Warning, "warning")] {
        let all = placed(judged).filter(|(_, finding, _)| finding.severity == severity);
        let mut all: Vec<_> = all.collect();
        // What stands on lines of the pull request is shown on them.
        all.sort_by_key(|(one, finding, _)| {
            let changes = one.since.as_ref();
            changes.is_some_and(|changes| !changes.touch(finding))
        });
        let mut number = 0;
        for (one, finding, source) in all {
            if number < MAX_OF_A_KIND {
                annotate(&mut out, kind, one, finding, source);
            }
            number += 1;
        }
        if number > MAX_OF_A_KIND {
            left.push(count(number - MAX_OF_A_KIND, &format!("more {kind}")));
        }
    }
    if !left.is_empty() {
        let _ = writeln!(
            out,
            "::notice title=prepdeck::{}; prepdeck check shows them all",
            left.join(" and ")
        );
    }
    out
}

fn annotate(out: &mut String, kind: &str, one: &Judged<'_>, finding: &Finding, source: &Source) {
    let at = region(source, finding.span);
    let Region { line, column, .. } = at;
    let end = at.last_line();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "::{kind} file={},line={line},endLine={end},",
        path(&hosted(one, source))
    );
    // GitHub takes columns only within one line.
    if at.end_line == line {
        let _ = write!(out, "col={column},endColumn={},", at.end_column);
    }
    let _ = writeln!(
        out,
        "title={}::{}",
        property(&finding.rule),
        data(&text(one, finding))
    );
}

/// What is wrong, what to do, and where else to look; a line each.
fn text(one: &Judged<'_>, finding: &Finding) -> String {
    let mut text = format!("{}\n{}", visible(&finding.message), visible(&finding.help));
    text.push_str(&places(one.corpus, finding, |other| hosted(one, other)));
    text
}

/// A file's path: its own line ends and `::` in the runner's words, so that it
/// is found; what a terminal would obey is shown.
fn path(path: &str) -> String {
    let mut shown = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '\n' | '\r' | '\t' | ':' => shown.push(c),
            c => push_visible(&mut shown, c),
        }
    }
    property(&shown)
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
