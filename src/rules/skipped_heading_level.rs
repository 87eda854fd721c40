//! `skipped-heading-level`: a heading more than one level below the one before it.

use crate::markdown::BlockKind;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let document = asked.document();
    let headings = document.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading(heading) => document.headings.get(heading),
        _ => None,
    });
    let mut verdicts = Vec::new();
    let mut before: Option<u8> = None;
    for heading in headings {
        if let Some(above) = before.filter(|&above| heading.level > above + 1) {
            let [above, own, next] = [above, heading.level, above + 1].map(marks);
            let message = format!("`{own}` below `{above}` skips a level");
            let help = format!("make it `{next}`, or give it the heading that is missing above it");
            let place = if heading.content.is_empty() {
                heading.span
            } else {
                heading.content
            };
            verdicts.push(asked.verdict(place, message, help));
        }
        before = Some(heading.level);
    }
    verdicts
}

fn marks(level: u8) -> String {
    "#".repeat(usize::from(level))
}
