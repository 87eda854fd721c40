//! A table a file, for GitHub's step summary, which takes 1 MiB at most.

use std::fmt::Write;

use super::{Judged, placed, summary};
use crate::visible::visible;

/// Bytes of tables; the rest of the mebibyte is for the words around them.
const MAX_BYTES: usize = 1_000_000;

pub fn render(judged: &[Judged<'_>]) -> String {
    let counts = summary(judged);
    let mut out = format!("# prepdeck\n\n{}: {}\n", counts.asked(), counts.found());
    let mut file = "";
    let mut left = 0;
    for (_, finding, source) in placed(judged) {
        let mut row = String::new();
        if file != source.shown {
            // Writing to a String cannot fail.
            let _ = write!(
                row,
                "\n## {}\n\n| Line | Rule | What is wrong | What to do |\n| ---: | --- | --- | --- |\n",
                escaped(&source.shown)
            );
        }
        let _ = writeln!(
            row,
            "| {} | {} {} | {} | {} |",
            source.position(finding.span.start).0,
            finding.severity,
            escaped(&finding.rule),
            escaped(&finding.message),
            escaped(&finding.help)
        );
        if left > 0 || out.len() + row.len() > MAX_BYTES {
            left += 1;
            continue;
        }
        file = &source.shown;
        out.push_str(&row);
    }
    if left > 0 {
        let _ = write!(out, "\n{left} more: `prepdeck check` shows them all\n");
    }
    out
}

/// Text that stays text: no mark, tag, mention or cell's end in it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            ':' => out.push_str("&#58;"),
            c if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-' | '/' | ';' | '\'') => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
