//! Applies fixes: byte edits on spans, in passes, until nothing is left to do.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::finding::{Edit, Finding};
use crate::lint::lint;
use crate::rules::Rules;
use crate::source::Source;

/// Fixes that overlap wait for the next pass; more passes than this mean two
/// rules that undo each other.
const MAX_PASSES: usize = 20;

/// Which fixes are applied.
#[derive(Debug, Clone, Copy)]
pub struct Fixing<'a> {
    /// Rules by name; all where it is empty.
    pub only: &'a [String],
    pub unsafe_too: bool,
}

/// The corpus with its fixes applied to the sources whose path `selects`, and
/// how many fixes there were. Nothing is written.
///
/// # Errors
/// Never for content; where the corpus cannot be read again from memory.
pub fn fix(
    mut corpus: Corpus,
    rules: &Rules,
    fixing: Fixing<'_>,
    selects: impl Fn(&str) -> bool,
) -> miette::Result<(Corpus, usize)> {
    let mut applied = 0;
    for _ in 0..MAX_PASSES {
        let findings = lint(&corpus, rules, fixing.only);
        let mut texts = BTreeMap::new();
        for (index, source) in corpus
            .sources
            .iter()
            .enumerate()
            .filter(|(_, source)| selects(&source.path))
        {
            // Findings are in the order of their sources.
            let first = findings.partition_point(|finding| finding.source < index);
            let own = findings.iter().skip(first);
            let own = own.take_while(|finding| finding.source == index);
            let (text, count) = apply(source, own, fixing.unsafe_too);
            if count > 0 && text != source.text {
                applied += count;
                texts.insert(index, text);
            }
        }
        if texts.is_empty() {
            break;
        }
        corpus = corpus.with_texts(texts);
    }
    Ok((corpus, applied))
}

/// The source's text with those fixes that do not overlap, and their number.
fn apply<'a>(
    source: &Source,
    findings: impl Iterator<Item = &'a Finding>,
    unsafe_too: bool,
) -> (String, usize) {
    let mut fixes: Vec<&[Edit]> = findings
        .filter_map(|finding| finding.fix.as_ref())
        .filter(|fix| (fix.safe || unsafe_too) && !fix.edits.is_empty())
        .map(|fix| fix.edits.as_slice())
        .collect();
    fixes.sort_by_key(|edits| edits.first().map(|edit| edit.span));
    let mut text = String::with_capacity(source.text.len());
    let mut at = 0;
    let mut count = 0;
    for edits in fixes {
        let starts_behind = edits.first().is_some_and(|edit| {
            edit.span.start() >= at && (at == 0 || edit.span.start() > at || !edit.span.is_empty())
        });
        let fits = edits
            .iter()
            .all(|edit| source.text.get(edit.span.range()).is_some());
        let apart = edits
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.span.end() <= b.span.start()));
        if !starts_behind || !fits || !apart {
            continue;
        }
        for edit in edits {
            text.push_str(source.text.get(at..edit.span.start()).unwrap_or_default());
            text.push_str(&edit.text);
            at = edit.span.end();
        }
        count += 1;
    }
    text.push_str(source.text.get(at..).unwrap_or_default());
    (text, count)
}
