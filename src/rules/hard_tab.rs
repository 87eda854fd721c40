//! `hard-tab`: a tab outside code.

use super::lines::{Kept, lines};
use crate::finding::Edit;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Markdown reads a tab as spaces up to the next multiple of this.
const STOP: usize = 4;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let kept = Kept::of(asked);
    let mut verdicts = Vec::new();
    for line in lines(asked) {
        // What ends a line is for `trailing-space` to judge: as spaces it would break it.
        let text = asked.source.slice(line).trim_end_matches([' ', '\t']);
        if text.contains('\t') {
            let runs = runs(line, text).into_iter();
            let outside = runs.filter(|&(span, _)| !kept.touches(span));
            verdicts.extend(outside.map(|(span, width)| {
                let help = "write spaces, which are as wide everywhere";
                let edit = Edit::new(span, " ".repeat(width));
                asked
                    .verdict(span, "a tab outside code", help)
                    .safely(vec![edit])
            }));
        }
    }
    verdicts
}

/// Each row of tabs in a line, and the number of spaces that it reads as.
fn runs(line: Span, text: &str) -> Vec<(Span, usize)> {
    let mut runs: Vec<(Span, usize)> = Vec::new();
    let mut column = 0;
    for (at, c) in text.char_indices() {
        if c != '\t' {
            column += 1;
            continue;
        }
        let start = line.start() + at;
        let width = STOP - column % STOP;
        column += width;
        match runs.last_mut() {
            Some((run, total)) if run.end() == start => {
                *run = run.ending(run.end() + 1);
                *total += width;
            }
            _ => runs.push((Span::new(start, start + 1), width)),
        }
    }
    runs
}
