//! One finding a line, as editors and `grep` read it.

use std::fmt::Write;

use super::{Judged, placed};
use crate::visible::visible;

pub fn render(judged: &[Judged<'_>]) -> String {
    let mut out = String::new();
    for (_, finding, source) in placed(judged) {
        let (line, column) = source.position(finding.span.start());
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
    out
}
