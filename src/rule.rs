//! What a rule is: a page that says what it means, how it matches, and its tests.

use std::collections::BTreeMap;

use miette::Report;
use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::{fault_at, toml_fault};
use crate::expression::Expression;
use crate::finding::{Severity, did_you_mean};
use crate::scope::Scope;
use crate::source::{Source, Span};
use crate::verdict::Options;

/// A rule's page, `rules/<name>.toml`, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// States the fault, and reads after "allow".
    pub name: String,
    /// The fault in one line.
    pub summary: String,
    pub severity: Severity,
    /// Whether it holds everywhere: it can be neither allowed nor turned off.
    #[serde(default)]
    pub locked: bool,
    /// What goes wrong for the reader and what to write instead, in Markdown.
    pub why: String,
    #[serde(rename = "match")]
    pub matcher: Matcher,
    #[serde(default, rename = "test")]
    pub tests: Vec<PageTest>,
}

/// How a rule finds its fault. Messages and helps may name `{match}` and the
/// pattern's named groups, `replace` also `{to}`, and `limit` `{count}`,
/// `{min}` and `{max}`. Where a pattern has a group named `it`, the finding is
/// about that group, `{match}` is its text, and the search goes on behind it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Matcher {
    /// Each match of the pattern, or of one of the words, is a finding.
    Forbid {
        #[serde(rename = "in")]
        scopes: Vec<Scope>,
        pattern: Option<String>,
        #[serde(default)]
        words: Vec<String>,
        message: String,
        help: String,
    },
    /// As `forbid`, with what should stand there.
    Replace {
        #[serde(rename = "in")]
        scopes: Vec<Scope>,
        #[serde(default)]
        swap: Vec<Swap>,
        /// Names that are written just so: one in other letter case is a
        /// finding, unless it is a part of an address, a path or a longer name.
        #[serde(default)]
        words: Vec<String>,
        fix: Option<Safety>,
        message: String,
        help: String,
    },
    /// A text in which the pattern is not found is a finding.
    Require {
        #[serde(rename = "in")]
        scopes: Vec<Scope>,
        pattern: String,
        message: String,
        help: String,
    },
    /// A text that holds fewer than `min` or more than `max` is a finding.
    Limit {
        #[serde(rename = "in")]
        scopes: Vec<Scope>,
        count: Count,
        /// What to count, for `matches`.
        pattern: Option<String>,
        min: Option<i64>,
        max: Option<i64>,
        message: String,
        help: String,
    },
    /// A check in `src/rules/` of the same name, with its options.
    Builtin {
        #[serde(default)]
        #[schemars(with = "BTreeMap<String, serde_json::Value>")]
        options: BTreeMap<String, toml::Value>,
    },
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// A pattern.
    pub from: String,
    /// The text in its place; `$1` and `$name` stand for groups.
    pub to: String,
}

/// Whether a fix may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    Safe,
    Unsafe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Count {
    Words,
    Characters,
    Matches,
}

/// One text, or one corpus, that the rule is shown.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageTest {
    pub bad: Option<String>,
    pub good: Option<String>,
    /// Files of a corpus: path to text.
    pub files: BTreeMap<String, String>,
    /// `line:column` of each finding, `path:line:column` with files.
    pub want: Vec<String>,
    /// Other rules of error severity that the bad text breaks too.
    pub also: Vec<String>,
    /// What all fixes of this rule make of the bad text.
    pub fixed: Option<String>,
}

/// A rule, ready to run.
#[derive(Debug)]
pub struct Rule {
    pub page: Page,
    /// The pattern of a declarative rule; for `replace`, all swaps as
    /// one, each a named group.
    pub pattern: Option<Expression>,
    /// The pattern of each swap, and one behind them for all words.
    pub swaps: Vec<Expression>,
    /// What the page says, where the configuration says nothing.
    pub options: Options,
}

impl Rule {
    pub fn name(&self) -> &str {
        &self.page.name
    }

    /// Where a declarative rule looks.
    pub fn scopes(&self) -> &[Scope] {
        match &self.page.matcher {
            Matcher::Forbid { scopes, .. }
            | Matcher::Replace { scopes, .. }
            | Matcher::Require { scopes, .. }
            | Matcher::Limit { scopes, .. } => scopes,
            Matcher::Builtin { .. } => &[],
        }
    }
}

/// Reads a rule's page, and checks all that it says.
///
/// # Errors
/// An unknown key, a pattern that is none or too large, or a message with a
/// name that stands for nothing.
pub fn read(source: &Source) -> miette::Result<Rule> {
    let rule = trust(source)?;
    for expression in rule.swaps.iter().chain(&rule.pattern) {
        expression.check().map_err(|reason| {
            let key = if rule.swaps.is_empty() {
                "pattern"
            } else {
                "swap"
            };
            let message = format!("a bad pattern: {reason}");
            fault_at(source, place(source, key), &message, None)
        })?;
    }
    let pattern = rule.pattern.as_ref().and_then(Expression::regex);
    check_texts(source, &rule.page, pattern)?;
    Ok(rule)
}

/// Reads a page whose patterns and messages are known to be good.
///
/// # Errors
/// Where it is no page.
pub fn trust(source: &Source) -> miette::Result<Rule> {
    let page: Page = toml::from_str(&source.text).map_err(|error| toml_fault(source, &error))?;
    let mut swaps = Vec::new();
    let mut options = BTreeMap::new();
    let pattern = match &page.matcher {
        Matcher::Forbid { pattern, words, .. } if pattern.is_none() && words.is_empty() => {
            return Err(nothing_to_find(source, "add `pattern` or `words`"));
        }
        Matcher::Forbid { pattern, words, .. } => Some(either(pattern.as_deref(), words)),
        Matcher::Replace { swap, words, .. } if swap.is_empty() && words.is_empty() => {
            return Err(nothing_to_find(source, "add `swap` or `words`"));
        }
        Matcher::Replace { swap, words, .. } => {
            swaps.extend(swap.iter().map(|swap| Expression::new(swap.from.as_str())));
            if !words.is_empty() {
                swaps.push(Expression::new(in_other_case(words)));
            }
            let all = swaps.iter().enumerate();
            let all = all.map(|(i, swap)| format!("(?<swap_{i}>{})", unnamed(&swap.text)));
            Some(all.collect::<Vec<_>>().join("|"))
        }
        Matcher::Require { pattern, .. } => Some(pattern.clone()),
        Matcher::Limit {
            pattern, min, max, ..
        } => {
            for (name, bound) in [("min", min), ("max", max)] {
                options.extend(bound.map(|bound| (name.to_string(), toml::Value::from(bound))));
            }
            pattern.clone()
        }
        Matcher::Builtin { options: own } => {
            options.clone_from(own);
            None
        }
    };
    Ok(Rule {
        page,
        pattern: pattern.map(Expression::new),
        swaps,
        options: Options(options),
    })
}

fn nothing_to_find(source: &Source, help: &str) -> Report {
    let place = place(source, "kind");
    fault_at(source, place, "nothing to find", Some(help.to_string()))
}

/// The pattern itself, or one that finds each of the words, in any case.
fn either(pattern: Option<&str>, words: &[String]) -> String {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let bounded = |word: &String| {
        let before = if is_word(word.chars().next()) {
            r"\b"
        } else {
            ""
        };
        let after = if is_word(word.chars().last()) {
            r"\b"
        } else {
            ""
        };
        format!("{before}{}{after}", in_any_case(word))
    };
    let words = words.iter().map(bounded).collect::<Vec<_>>().join("|");
    match pattern {
        Some(pattern) if words.is_empty() => pattern.to_string(),
        Some(pattern) => format!("(?:{pattern})|{words}"),
        None => words,
    }
}

/// A pattern for a word in any letter case. That of ASCII words is ASCII's,
/// which compiles in a fraction of the time.
fn in_any_case(word: &str) -> String {
    let flags = if word.is_ascii() { "i-u" } else { "i" };
    format!("(?{flags}:{})", regex::escape(word))
}

/// A pattern that finds each of the words in any letter case, alone or with an
/// ending of its own: `github's`, but not `github.com`, `a/github`,
/// `github-cli` or `"github"`, which names a thing in a program.
fn in_other_case(words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|word| in_any_case(word)).collect();
    format!(
        r"(?:^|[\s(–—])(?<it>{})(?:['’]?s)?(?:[,;!?]|\.?(?:[\s)–—]|$))",
        words.join("|")
    )
}

/// A pattern whose groups cannot clash with those of another in one alternation.
fn unnamed(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find("(?P<").or_else(|| rest.find("(?<")) {
        let (before, group) = rest.split_at(at);
        out.push_str(before);
        out.push_str("(?:");
        rest = group.split_once('>').map_or("", |(_, rest)| rest);
    }
    format!("(?:{out}{rest})")
}

/// Checks that what messages and helps name is there.
fn check_texts(source: &Source, page: &Page, pattern: Option<&Regex>) -> miette::Result<()> {
    let (message, help, more): (&str, &str, &[&str]) = match &page.matcher {
        Matcher::Forbid { message, help, .. } => (message, help, &["match"]),
        Matcher::Replace { message, help, .. } => (message, help, &["match", "to"]),
        Matcher::Require { message, help, .. } => (message, help, &[]),
        Matcher::Limit { message, help, .. } => (message, help, &["count", "min", "max"]),
        Matcher::Builtin { .. } => return Ok(()),
    };
    let pattern = pattern.filter(|_| !matches!(page.matcher, Matcher::Replace { .. }));
    let groups = pattern
        .into_iter()
        .flat_map(|pattern| pattern.capture_names().flatten());
    let known: Vec<&str> = more.iter().copied().chain(groups).collect();
    for (key, text) in [("message", message), ("help", help)] {
        if let Some(name) = names(text).find(|name| !known.contains(name)) {
            return Err(unknown_name(source, key, name, &known));
        }
    }
    Ok(())
}

/// The names in `{…}`.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('{').skip(1);
    parts
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}

fn unknown_name(source: &Source, key: &str, name: &str, known: &[&str]) -> Report {
    let help = match did_you_mean(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{{{meant}}}`?"),
        None if known.is_empty() => "nothing can be named here".to_string(),
        None => format!("known here: {}", known.join(", ")),
    };
    let message = format!("`{{{name}}}` stands for nothing");
    fault_at(source, place(source, key), &message, Some(help))
}

/// The line that gives `key` in a page.
fn place(source: &Source, key: &str) -> Span {
    let mut at = 0;
    for line in source.text.split_inclusive('\n') {
        if line
            .split('=')
            .next()
            .is_some_and(|name| name.trim() == key)
        {
            return Span::new(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    Span::default()
}
