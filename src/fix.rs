//! Applies fixes: byte edits on spans, in passes, until nothing is left to do.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::corpus::Corpus;
use crate::finding::{Edit, Finding, Severity};
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
/// how many fixes there were. Nothing is written. Where unsafe ones leave more
/// errors of a rule in a source than there were, they are taken back, and only
/// safe ones applied.
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
    let mut tried: BTreeMap<usize, Tried> = BTreeMap::new();
    let mut only_safe = BTreeSet::new();
    for _ in 0..MAX_PASSES {
        let findings = lint(&corpus, rules, fixing.only);
        // Findings are in the order of their sources.
        let of = |index: usize| {
            let first = findings.partition_point(|finding| finding.source < index);
            let own = findings.iter().skip(first);
            own.take_while(move |finding| finding.source == index)
        };
        let mut texts = BTreeMap::new();
        for (index, before) in mem::take(&mut tried) {
            let was = |rule: &String| before.errors.get(rule).copied().unwrap_or(0);
            if errors(of(index)).iter().any(|(rule, now)| *now > was(rule)) {
                applied -= before.fixes;
                only_safe.insert(index);
                texts.insert(index, before.text);
            }
        }
        let takes_back = !texts.is_empty();
        let selected = corpus.sources.iter().enumerate();
        let selected = selected.filter(|(_, source)| !takes_back && selects(&source.path));
        for (index, source) in selected {
            let (mut text, mut fixes) = apply(source, of(index), false);
            // Not before the safe ones: errors that those leave are not theirs.
            let unsafe_too = fixing.unsafe_too && fixes == 0 && !only_safe.contains(&index);
            if unsafe_too {
                (text, fixes) = apply(source, of(index), true);
            }
            if fixes == 0 || text == source.text {
                continue;
            }
            applied += fixes;
            if unsafe_too {
                let before = Tried {
                    text: source.text.clone(),
                    errors: errors(of(index)),
                    fixes,
                };
                tried.insert(index, before);
            }
            texts.insert(index, text);
        }
        if texts.is_empty() {
            break;
        }
        corpus = corpus.with_texts(texts);
    }
    Ok((corpus, applied))
}

/// A source before fixes that may bring errors.
struct Tried {
    text: String,
    /// By rule.
    errors: BTreeMap<String, usize>,
    fixes: usize,
}

/// How many errors there are, by rule.
fn errors<'a>(findings: impl Iterator<Item = &'a Finding>) -> BTreeMap<String, usize> {
    let mut errors = BTreeMap::new();
    for finding in findings.filter(|finding| finding.severity == Severity::Error) {
        *errors.entry(finding.rule.clone()).or_default() += 1;
    }
    errors
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
