//! `quoted-link-target`: a target in quotation marks, which become a part of it.

use crate::finding::Edit;
use crate::markdown::Link;
use crate::markdown::html::is_safe_target;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

const QUOTES: &[(char, char)] = &[('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’'), ('`', '`')];

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let links = asked.document().links.iter();
    links.filter_map(|link| judge(asked, link)).collect()
}

fn judge(asked: &Asked<'_>, link: &Link) -> Option<Verdict> {
    let (inner, open) = QUOTES.iter().find_map(|&(open, close)| {
        let inner = link.target.strip_prefix(open)?.strip_suffix(close)?;
        Some((inner, open))
    })?;
    let message = "the quotation marks are a part of this target";
    let verdict = asked.verdict(link.target_span, message, "remove them");
    let written = asked.source.slice(link.target_span) == link.target;
    let is_address = inner.contains(['/', '.', '#']) && is_safe_target(inner);
    if !written || !is_address {
        return Some(verdict);
    }
    let (start, end) = (link.target_span.start(), link.target_span.end());
    let length = open.len_utf8();
    let first = Span::new(start, start + length);
    let last = Span::new(start + length + inner.len(), end);
    Some(verdict.safely(vec![Edit::new(first, ""), Edit::new(last, "")]))
}
