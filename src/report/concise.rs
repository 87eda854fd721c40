//! One finding a line, as editors and `grep` read it.

use std::fmt::Write;

use super::Judged;
use crate::visible::visible;

pub fn render(judged: &[Judged<'_>]) -> String {
    let mut out = String::new();
    for one in judged {
        for finding in &one.findings {
            let Some(source) = one.corpus.sources.get(finding.source) else {
                continue;
            };
            let (line, column) = source.position(finding.span.start);
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "{}:{line}:{column}: {}[{}]: {} ({})",
                visible(&source.shown),
                finding.severity,
                finding.rule,
                visible(&finding.message),
                visible(&finding.help),
            );
        }
    }
    out
}
