//! Which declarative rules are worth a try in a text: one pass over it finds
//! what their patterns need.

use std::collections::BTreeSet;

use super::finder::Finder;
use super::literals::needed;
use crate::rule::{Matcher, Rule};
use crate::scope::Scope;

/// So many bytes of literals are looked for; rules beyond are always tried.
const MAX_BYTES: usize = 1 << 20;

/// The rules by the scope that they look into.
#[derive(Debug)]
pub struct ScopeSets {
    pub sets: Vec<ScopeSet>,
    /// What finds texts without which a pattern cannot match, of all patterns together.
    finder: Finder,
    /// Why each of those is looked for.
    needs: Vec<Need>,
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
    let (mut finder, mut needs, mut bytes) = (Finder::new(), Vec::new(), 0);
    for (index, rule) in rules.iter().enumerate() {
        let looks = matches!(
            rule.page.matcher,
            Matcher::Forbid { .. } | Matcher::Replace { .. }
        );
        let needed = needed(rule).filter(|needed| {
            let lengths = needed.iter().map(|(literal, _)| literal.len());
            bytes += lengths.sum::<usize>();
            bytes <= MAX_BYTES
        });
        let mut told = needed.is_some();
        for (literal, right) in needed.into_iter().flatten() {
            told &= finder.add(&literal);
            needs.push(Need { rule: index, right });
        }
        for set in sets
            .iter_mut()
            .filter(|set| rule.scopes().contains(&set.scope))
        {
            let place = match (looks, told) {
                (true, true) => &mut set.needing,
                (true, false) => &mut set.always,
                (false, _) => &mut set.judging,
            };
            place.push(index);
        }
    }
    ScopeSets {
        sets,
        finder,
        needs,
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
    /// The rules of a set whose pattern may find something in a text.
    pub fn candidates(&self, set: &ScopeSet, text: &str) -> BTreeSet<usize> {
        let mut candidates: BTreeSet<usize> = set.always.iter().copied().collect();
        if set.needing.is_empty() {
            return candidates;
        }
        self.finder.find(text.as_bytes(), |literal, range| {
            let Some(Need { rule, right }) = self.needs.get(literal) else {
                return;
            };
            let right = right.is_some() && right.as_deref() == text.get(range);
            if !right && set.needing.contains(rule) {
                candidates.insert(*rule);
            }
        });
        candidates
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{PAGES, built_in};

    #[test]
    fn no_rule_that_finds_something_is_left_out() {
        let rules = built_in().unwrap();
        let (mut candidates, mut left_out) = (0, 0);
        for (_, page) in PAGES {
            for set in &rules.sets.sets {
                let found = rules.sets.candidates(set, page);
                for &index in &set.needing {
                    let pattern = rules.rules[index].pattern.as_ref();
                    let regex = pattern.and_then(crate::expression::Expression::regex);
                    candidates += usize::from(found.contains(&index));
                    left_out += usize::from(!found.contains(&index));
                    let matches = regex.unwrap().find(page);
                    // A name that is right as it stands needs no look.
                    let mut needs = rules.sets.needs.iter();
                    let right = needs.any(|need| need.rule == index && need.right.is_some());
                    assert!(found.contains(&index) || matches.is_none() || right);
                }
            }
        }
        assert!(candidates > 50 && left_out > 50, "{candidates} {left_out}");
    }
}
