//! `repeated-blank-line`: two or more empty lines where one separates as well.

use super::lines::{Kept, lines};
use crate::finding::Edit;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let kept = Kept::of(asked);
    let mut verdicts = Vec::new();
    // The first empty line of a row of them, and where the last one begins.
    let mut row: Option<(Span, usize)> = None;
    let end = asked.question.span.end();
    for line in lines(asked).chain([Span::new(end, end)]) {
        let blank = asked
            .source
            .slice(line)
            .trim_matches([' ', '\t'])
            .is_empty()
            && line.start() < end;
        if blank && !kept.touches(line) {
            row = Some((row.map_or(line, |(first, _)| first), line.start()));
            continue;
        }
        if let Some((first, last)) = row.take()
            && last > first.start()
        {
            // From the first line to the last, which stays.
            let surplus = Span::new(first.start(), last);
            let help = "one empty line separates as well";
            let verdict = asked.verdict(surplus, "more than one empty line", help);
            verdicts.push(verdict.safely(vec![Edit::new(surplus, "")]));
        }
    }
    verdicts
}
