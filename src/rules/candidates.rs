//! Which declarative rules are worth a try in a text: one pass over it finds
//! what their patterns need.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memmem;

use super::literals::needed;
use crate::corpus::Corpus;
use crate::rule::{Matcher, Rule};
use crate::scope::Scope;

/// In so few questions, of so many bytes together, all literals are found, each
/// by itself, sooner than an automaton for them is built.
const FEW_QUESTIONS: usize = 30;
const FEW_BYTES: usize = 1 << 16;
/// In so many bytes, the automaton that is fastest and takes longest to build
/// makes good for that.
const MANY_BYTES: usize = 1 << 21;
/// So many bytes of literals are looked for; rules beyond are always tried.
const MAX_BYTES: usize = 1 << 20;
/// Of more bytes of literals, which a corpus's own rules may have, the fastest
/// automaton takes too much memory.
const MAX_FAST: usize = 1 << 16;

/// The rules by the scope that they look into.
#[derive(Debug)]
pub struct ScopeSets {
    pub sets: Vec<ScopeSet>,
    /// Texts without which a pattern cannot match, of all patterns together.
    literals: Vec<Vec<u8>>,
    /// Why each of the literals is looked for.
    needs: Vec<Need>,
    /// What finds them, where each alone would take longer.
    finder: OnceLock<Option<AhoCorasick>>,
}

/// The rules that look into one scope.
#[derive(Debug)]
pub struct ScopeSet {
    pub scope: Scope,
    /// Rules that look for a match, and need one of the literals for it.
    needing: Vec<usize>,
    /// Rules that look for a match, and need none of the literals for it.
    always: Vec<usize>,
    /// Rules that judge a text as a whole.
    pub judging: Vec<usize>,
}

#[derive(Debug)]
struct Need {
    rule: usize,
    /// The word that the literal is, where the rule finds nothing in it as it
    /// is written so.
    right: Option<String>,
}

/// The rules by the scope that they look into.
pub fn scope_sets(rules: &[Rule]) -> ScopeSets {
    let mut sets: Vec<ScopeSet> = Vec::new();
    for &scope in rules.iter().flat_map(Rule::scopes) {
        if !sets.iter().any(|set| set.scope == scope) {
            sets.push(ScopeSet::new(scope));
        }
    }
    let (mut literals, mut needs, mut bytes) = (Vec::new(), Vec::new(), 0);
    for (index, rule) in rules.iter().enumerate() {
        let looks = matches!(
            rule.page.matcher,
            Matcher::Forbid { .. } | Matcher::Replace { .. }
        );
        let needed = needed(rule).filter(|needed| {
            bytes += needed
                .iter()
                .map(|(literal, _)| literal.len())
                .sum::<usize>();
            bytes <= MAX_BYTES
        });
        for set in sets
            .iter_mut()
            .filter(|set| rule.scopes().contains(&set.scope))
        {
            let place = match (looks, &needed) {
                (true, Some(_)) => &mut set.needing,
                (true, None) => &mut set.always,
                (false, _) => &mut set.judging,
            };
            place.push(index);
        }
        for (literal, right) in needed.into_iter().flatten() {
            literals.push(literal);
            needs.push(Need { rule: index, right });
        }
    }
    ScopeSets {
        sets,
        literals,
        needs,
        finder: OnceLock::new(),
    }
}

impl ScopeSet {
    fn new(scope: Scope) -> ScopeSet {
        ScopeSet {
            scope,
            needing: Vec::new(),
            always: Vec::new(),
            judging: Vec::new(),
        }
    }

    /// All rules that look into the scope.
    pub fn rules(&self) -> impl Iterator<Item = usize> {
        let all = self.needing.iter().chain(&self.always);
        all.chain(&self.judging).copied()
    }
}

impl ScopeSets {
    /// What finds the literals in the texts of a corpus; None where it would
    /// take longer to build than to look for each alone.
    pub fn finder(&self, corpus: &Corpus) -> Option<&AhoCorasick> {
        let build = || {
            // While they are read, only their files are known.
            let questions = corpus.questions.len().max(corpus.sources.len());
            let few = questions <= FEW_QUESTIONS;
            let texts = corpus.sources.iter().map(|source| source.text.len());
            let bytes: usize = texts.sum();
            if few && bytes <= FEW_BYTES {
                return None;
            }
            automaton(&self.literals, bytes >= MANY_BYTES)
        };
        self.finder.get_or_init(build).as_ref()
    }

    /// The rules of a set whose pattern may find something in a text.
    pub fn candidates(
        &self,
        set: &ScopeSet,
        finder: Option<&AhoCorasick>,
        text: &str,
    ) -> BTreeSet<usize> {
        let mut candidates: BTreeSet<usize> = set.always.iter().copied().collect();
        if set.needing.is_empty() {
            return candidates;
        }
        let mut found = |literal: usize, range: Range<usize>| {
            let Some(Need { rule, right }) = self.needs.get(literal) else {
                return;
            };
            let right = right.is_some() && right.as_deref() == text.get(range);
            if !right && set.needing.contains(rule) {
                candidates.insert(*rule);
            }
        };
        if let Some(finder) = finder {
            let all = finder.find_overlapping_iter(text);
            all.for_each(|one| found(one.pattern().as_usize(), one.range()));
            return candidates;
        }
        let lower = text.to_ascii_lowercase();
        for (index, literal) in self.literals.iter().enumerate() {
            let places = memmem::find_iter(lower.as_bytes(), literal);
            places.for_each(|at| found(index, at..at + literal.len()));
        }
        candidates
    }
}

/// None where there are too many literals.
fn automaton(literals: &[Vec<u8>], fastest: bool) -> Option<AhoCorasick> {
    let bytes: usize = literals.iter().map(Vec::len).sum();
    let kind = if fastest && bytes <= MAX_FAST {
        AhoCorasickKind::DFA
    } else {
        AhoCorasickKind::ContiguousNFA
    };
    let built = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(kind))
        .build(literals);
    built.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{PAGES, built_in};

    #[test]
    fn a_small_corpus_is_judged_by_the_same_rules_as_a_large_one() {
        let sets = built_in().unwrap().sets;
        let finders = [false, true].map(|fastest| automaton(&sets.literals, fastest));
        let mut candidates = 0;
        for (_, page) in PAGES {
            for set in &sets.sets {
                let found = sets.candidates(set, None, page);
                for finder in &finders {
                    assert!(finder.is_some());
                    assert_eq!(sets.candidates(set, finder.as_ref(), page), found);
                }
                candidates += found.len();
            }
        }
        assert!(candidates > 50, "{candidates}");
    }
}
