//! The rules: every page in `rules/`, and the table of checks behind those
//! pages that need Rust.

mod broken_link;
mod duplicate_answer;
mod duplicate_id;
mod duplicate_question;
mod fence_without_language;
mod invalid_id;
mod missing_answer;
mod missing_id;
mod missing_level;
mod missing_source;
mod unclosed_fence;
mod unknown_level;

use regex::RegexSet;

use crate::config::{Config, fault, fault_at};
use crate::finding::{Severity, did_you_mean};
use crate::rule::{Check, Matcher, Rule, Scope, read};
use crate::source::{Source, Span};

/// Name and text of each built-in page, by name.
pub const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The checks behind pages of kind `builtin`, by name.
pub const CHECKS: &[(&str, Check)] = &[
    ("broken-link", Check::Question(broken_link::check)),
    ("duplicate-answer", Check::Corpus(duplicate_answer::check)),
    ("duplicate-id", Check::Corpus(duplicate_id::check)),
    (
        "duplicate-question",
        Check::Corpus(duplicate_question::check),
    ),
    (
        "fence-without-language",
        Check::Question(fence_without_language::check),
    ),
    ("invalid-id", Check::Question(invalid_id::check)),
    ("missing-answer", Check::Question(missing_answer::check)),
    ("missing-id", Check::Question(missing_id::check)),
    ("missing-level", Check::Question(missing_level::check)),
    ("missing-question", Check::Parser),
    ("missing-source", Check::Question(missing_source::check)),
    ("syntax", Check::Parser),
    ("unclosed-fence", Check::Question(unclosed_fence::check)),
    ("unknown-key", Check::Parser),
    ("unknown-level", Check::Question(unknown_level::check)),
];

/// The check of that name.
pub fn check_of(name: &str) -> Option<Check> {
    CHECKS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, check)| check)
}

/// All rules, by name.
pub struct Rules {
    pub rules: Vec<Rule>,
    pub sets: Vec<ScopeSet>,
}

/// The declarative rules that look into one scope. The set says in one pass
/// which of them match at all.
pub struct ScopeSet {
    pub scope: Scope,
    pub set: RegexSet,
    /// The rule behind each pattern of the set.
    pub rules: Vec<usize>,
}

/// The rules that are built in.
///
/// # Errors
/// Where a page is faulty, which a test rules out.
pub fn built_in() -> miette::Result<Rules> {
    let mut rules = Vec::with_capacity(PAGES.len());
    for (name, text) in PAGES {
        let path = format!("rules/{name}.toml");
        rules.push(read(&Source::new(path.clone(), path, (*text).to_string()))?);
    }
    let sets = scope_sets(&rules)?;
    Ok(Rules { rules, sets })
}

fn scope_sets(rules: &[Rule]) -> miette::Result<Vec<ScopeSet>> {
    let mut patterns: Vec<(Scope, Vec<usize>, Vec<&str>)> = Vec::new();
    for (index, rule) in rules.iter().enumerate() {
        let (Matcher::Forbid { scopes, .. }, Some(pattern)) = (&rule.page.matcher, &rule.pattern)
        else {
            continue;
        };
        for &scope in scopes {
            if !patterns.iter().any(|(known, ..)| *known == scope) {
                patterns.push((scope, Vec::new(), Vec::new()));
            }
            for (_, rules, texts) in patterns.iter_mut().filter(|(known, ..)| *known == scope) {
                rules.push(index);
                texts.push(pattern.as_str());
            }
        }
    }
    let set = |(scope, rules, texts): (Scope, Vec<usize>, Vec<&str>)| match RegexSet::new(texts) {
        Ok(set) => Ok(ScopeSet { scope, set, rules }),
        Err(error) => Err(fault(
            &format!("the patterns are too large together: {error}"),
            "make some of them shorter",
        )),
    };
    patterns.into_iter().map(set).collect()
}

impl Rules {
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(Rule::name)
    }

    /// The rule of that name.
    ///
    /// # Errors
    /// Where there is none; the message names the one that was meant.
    pub fn find(&self, name: &str) -> miette::Result<&Rule> {
        self.rules
            .iter()
            .find(|rule| rule.name() == name)
            .ok_or_else(|| fault(&format!("there is no rule `{name}`"), &self.meant(name)))
    }

    fn meant(&self, name: &str) -> String {
        match did_you_mean(name, self.names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`prepdeck rules` lists them all".to_string(),
        }
    }

    /// Checks the rules that `config` names.
    ///
    /// # Errors
    /// A rule that does not exist, or one that cannot be weakened.
    pub fn accept(&self, config: &Config, file: &Source) -> miette::Result<()> {
        let settings = config
            .rules
            .iter()
            .chain(config.overrides.iter().flat_map(|set| &set.rules));
        for (name, &severity) in settings {
            let span = Span::from(name.span());
            match self.rules.iter().find(|rule| rule.name() == name.as_ref()) {
                None => {
                    let message = format!("there is no rule `{}`", name.as_ref());
                    return Err(fault_at(
                        file,
                        span,
                        &message,
                        Some(self.meant(name.as_ref())),
                    ));
                }
                Some(rule) if rule.page.locked && severity != Severity::Error => {
                    let message = format!("`{}` is always an error", rule.name());
                    let help = "remove this line; exports could not be trusted without the rule"
                        .to_string();
                    return Err(fault_at(file, span, &message, Some(help)));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}
