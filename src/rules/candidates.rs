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
    /// Rules that look for a match, and need one of the literals for it; in order.
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
            if told {
                told = finder.add(&literal);
                needs.push(Need { rule: index, right });
            }
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
            if !right && set.needing.binary_search(rule).is_ok() {
                candidates.insert(*rule);
            }
        });
        candidates
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Expression;
    use crate::rule::trust;
    use crate::rules::{PAGES, built_in};
    use crate::source::Source;

    fn pattern(rule: &Rule) -> &regex::Regex {
        let pattern = rule.pattern.as_ref();
        pattern.and_then(Expression::regex).unwrap()
    }

    #[test]
    fn no_rule_that_finds_something_is_left_out() {
        let rules = built_in().unwrap();
        let (mut candidates, mut left_out) = (0, 0);
        for (_, page) in PAGES {
            for set in &rules.sets.sets {
                let found = rules.sets.candidates(set, page);
                candidates += found.len();
                for &index in set.needing.iter().filter(|index| !found.contains(index)) {
                    left_out += 1;
                    // A name that is right as it stands needs no look.
                    let needs = rules.sets.needs.iter().filter(|need| need.rule == index);
                    let right: BTreeSet<_> =
                        needs.filter_map(|need| need.right.as_deref()).collect();
                    let matches = pattern(&rules.rules[index]).find_iter(page);
                    for found in matches.map(|found| found.as_str()) {
                        assert!(right.iter().any(|name| found.contains(name)), "{found}");
                    }
                }
            }
        }
        assert!(candidates > 50 && left_out > 50, "{candidates} {left_out}");
    }

    #[test]
    fn rules_of_which_nothing_can_be_looked_for_are_always_tried() {
        let rule = |words: &str| {
            let page = format!(
                "name = \"n\"\nsummary = \"s\"\nseverity = \"warning\"\nwhy = \"w\"\n[match]\n\
                 kind = \"forbid\"\nin = [\"heading\"]\nmessage = \"m\"\nhelp = \"h\"\nwords = [{words}]"
            );
            trust(&Source::new("".into(), "".into(), page)).unwrap()
        };
        let many = "'abcd', ".repeat(20);
        let long = format!("'{}'", "7".repeat(100));
        let short: Vec<String> = ('a'..='z')
            .flat_map(|a| ["xx", "yy", "zz"].map(|b| format!("'{a}{b}'")))
            .collect();
        let texts = ["'ab'", &long, &many, &short.join(", ")];
        let rules: Vec<Rule> = texts.into_iter().map(rule).collect();
        let sets = scope_sets(&rules);
        let tried = |text: &str| sets.candidates(&sets.sets[0], text);
        let sevens = "7".repeat(100);
        for text in ["ab", &sevens, "an abcd", "zzz axx"] {
            let matching = (0..rules.len()).filter(|&index| pattern(&rules[index]).is_match(text));
            assert!(matching.clone().count() > 0, "{text}");
            assert!(
                matching
                    .into_iter()
                    .all(|index| tried(text).contains(&index)),
                "{text}"
            );
        }
        assert_eq!(tried("nothing"), BTreeSet::from([0, 2, 3]));
    }
}
