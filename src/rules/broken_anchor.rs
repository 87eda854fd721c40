//! `broken-anchor`: a link to a part of a page that the page does not have.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use crate::corpus::Corpus;
use crate::files::resolved;
use crate::finding::did_you_mean;
use crate::markdown::Link;
use crate::markdown::html::scheme;
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

use super::anchors::{anchors, fold};

/// What was meant is looked for so often, and among so many parts of at most
/// so many bytes: each look compares with all of them.
const MAX_LOOKS: usize = 50;
const MAX_PARTS: usize = 500;
const MAX_PART: usize = 96;

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let paths: HashMap<&str, usize> = corpus
        .sources
        .iter()
        .enumerate()
        .map(|(index, source)| (&*source.path, index))
        .collect();
    let mut pages: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut verdicts = Vec::new();
    let asked = (0..corpus.questions.len()).filter_map(|index| Asked::new(corpus, index));
    let asked = asked.filter(|asked| asked.question.holds.parts);
    for asked in asked {
        for link in asked.document().links.iter().filter(|link| !link.image) {
            let Some((path, part)) = divide(&asked, &link.target) else {
                continue;
            };
            // Only pages of the corpus are known.
            let Some(&page) = paths.get(path.as_str()) else {
                continue;
            };
            let own = *path == *asked.source.path;
            let parts = pages
                .entry(page)
                .or_insert_with(|| corpus.sources.get(page).map(anchors).unwrap_or_default());
            let wanted = fold(&part);
            if parts.contains(&wanted) {
                continue;
            }
            let looks = verdicts.len() < MAX_LOOKS && parts.len() <= MAX_PARTS;
            let known = parts.iter().map(String::as_str);
            let known = known.filter(|part| part.len() <= MAX_PART);
            let meant = looks.then(|| did_you_mean(&wanted, known)).flatten();
            let help = match meant {
                Some(meant) => format!("did you mean `#{meant}`?"),
                None => "name a heading as GitHub does: in lower case, with `-` for each space"
                    .to_string(),
            };
            let page = if own { "this page" } else { "that page" };
            let message = format!("{page} has no part `#{part}`");
            verdicts.push(asked.verdict(place(&asked, link), message, help));
        }
    }
    verdicts
}

/// The page, from the corpus's root, and the part that `target` names. None
/// where it names no part, or one that needs no heading.
fn divide(asked: &Asked<'_>, target: &str) -> Option<(String, String)> {
    let (path, part) = target.split_once('#')?;
    if scheme(target).is_some() || target.starts_with("//") || path.contains('?') {
        return None;
    }
    let part = percent_decode_str(part).decode_utf8_lossy().into_owned();
    let part = part.strip_prefix("user-content-").unwrap_or(&part);
    // The top, a line of a file, a place in a text, a route of a script.
    let by_viewer = part.is_empty()
        || ["top", "readme"].contains(&part.to_lowercase().as_str())
        || part.starts_with(['/', '!', ':', '?'])
        || part
            .strip_prefix('L')
            .is_some_and(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    if by_viewer {
        return None;
    }
    if path.is_empty() {
        return Some((asked.source.path.to_string(), part.to_string()));
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    let page = resolved(asked.question.links_from(asked.source), &path)?;
    Some((page, part.to_string()))
}

/// The part as written, or the whole target where it is written otherwise.
fn place(asked: &Asked<'_>, link: &Link) -> Span {
    let (start, end) = (link.target_span.start(), link.target_span.end());
    match link.target.find('#') {
        Some(at) if asked.source.slice(link.target_span) == link.target => {
            Span::new(start + at, end)
        }
        _ => link.target_span,
    }
}
