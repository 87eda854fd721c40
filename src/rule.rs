//! What a rule is: its page, where it looks, and the verdicts that it gives.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use crate::config::{fault_at, toml_fault};
use crate::corpus::Corpus;
use crate::finding::{Related, Severity, did_you_mean};
use crate::markdown::flat::{Flat, Origin};
use crate::question::Question;
use crate::source::{Source, Span};

/// The largest compiled pattern, in bytes; a page's pattern may come from a stranger.
const MAX_PATTERN: usize = 1 << 20;

/// A rule's page, `rules/<name>.toml`, as written.
#[derive(Debug, Deserialize)]
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
    #[serde(rename = "test")]
    pub tests: Vec<PageTest>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Matcher {
    /// Each match of the pattern, or of one of the words, is a finding.
    Forbid {
        #[serde(rename = "in")]
        scopes: Vec<Scope>,
        pattern: Option<String>,
        #[serde(default)]
        words: Vec<String>,
        /// `{match}` and the pattern's named groups stand for what was found.
        message: String,
        help: String,
    },
    /// A check in `src/rules/` of the same name.
    Builtin {},
}

/// One text, or one corpus, that the rule is shown.
#[derive(Debug, Default, Deserialize)]
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
}

/// Where a declarative rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Scope {
    #[serde(rename = "question")]
    Question,
    #[serde(rename = "answer.prose")]
    AnswerProse,
    #[serde(rename = "answer.code")]
    AnswerCode,
    #[serde(rename = "heading")]
    Heading,
    #[serde(rename = "link.text")]
    LinkText,
    #[serde(rename = "link.target")]
    LinkTarget,
    #[serde(rename = "image.alt")]
    ImageAlt,
    #[serde(rename = "choice")]
    Choice,
    #[serde(rename = "tag")]
    Tag,
}

/// A rule, ready to run.
#[derive(Debug)]
pub struct Rule {
    pub page: Page,
    /// The compiled pattern of a declarative rule.
    pub pattern: Option<Regex>,
}

impl Rule {
    pub fn name(&self) -> &str {
        &self.page.name
    }
}

/// Reads a rule's page.
///
/// # Errors
/// An unknown key, a pattern that is none or too large, or a message with a
/// name that the pattern does not have.
pub fn read(page: &Source) -> miette::Result<Rule> {
    let rule: Page = toml::from_str(&page.text).map_err(|error| toml_fault(page, &error))?;
    let pattern = match &rule.matcher {
        Matcher::Builtin {} => None,
        Matcher::Forbid {
            pattern,
            words,
            message,
            ..
        } => {
            let pattern = expression(pattern.as_deref(), words);
            let regex = RegexBuilder::new(&pattern).size_limit(MAX_PATTERN).build();
            let regex = regex.map_err(|error| {
                fault_at(
                    page,
                    place_of(page, "pattern"),
                    &format!("a bad pattern: {error}"),
                    None,
                )
            })?;
            check_message(page, message, &regex)?;
            Some(regex)
        }
    };
    Ok(Rule {
        page: rule,
        pattern,
    })
}

/// The pattern itself, or one that finds each of the words as a word in any case.
fn expression(pattern: Option<&str>, words: &[String]) -> String {
    let words = words
        .iter()
        .map(|word| regex::escape(word))
        .collect::<Vec<_>>()
        .join("|");
    match pattern {
        Some(pattern) if words.is_empty() => pattern.to_string(),
        Some(pattern) => format!(r"(?:{pattern})|(?i)\b(?:{words})\b"),
        None => format!(r"(?i)\b(?:{words})\b"),
    }
}

fn check_message(page: &Source, message: &str, pattern: &Regex) -> miette::Result<()> {
    let known: Vec<&str> = std::iter::once("match")
        .chain(pattern.capture_names().flatten())
        .collect();
    for name in message
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
    {
        if !known.contains(&name) {
            let help = did_you_mean(name, known.iter().copied())
                .map(|meant| format!("did you mean `{{{meant}}}`?"));
            let help = help.or_else(|| Some(format!("known here: {}", known.join(", "))));
            return Err(fault_at(
                page,
                place_of(page, "message"),
                &format!("`{{{name}}}` stands for nothing"),
                help,
            ));
        }
    }
    Ok(())
}

/// The line that gives `key` in a page.
fn place_of(page: &Source, key: &str) -> Span {
    let start = page.text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let mut lines = start.filter(|(_, line)| {
        line.split('=')
            .next()
            .is_some_and(|name| name.trim() == key)
    });
    lines.next().map_or(Span::default(), |(start, line)| {
        Span::new(start, start + line.trim_end().len())
    })
}

/// A message with `{match}` and the pattern's named groups filled in.
pub fn fill(message: &str, captures: &regex::Captures<'_>, pattern: &Regex) -> String {
    let mut out = message.to_string();
    for name in pattern.capture_names().flatten() {
        let found = captures.name(name).map_or("", |found| found.as_str());
        out = out.replace(&format!("{{{name}}}"), found);
    }
    out.replace(
        "{match}",
        captures.get(0).map_or("", |found| found.as_str()),
    )
}

/// A stretch of flat text to look into.
pub struct Stretch<'a> {
    pub flat: Cow<'a, Flat>,
    pub range: Range<usize>,
}

impl Stretch<'_> {
    pub fn text(&self) -> &str {
        self.flat.text.get(self.range.clone()).unwrap_or_default()
    }

    /// The source bytes behind a match in [`Stretch::text`].
    pub fn span(&self, found: Range<usize>) -> Span {
        self.flat
            .span(self.range.start + found.start..self.range.start + found.end)
    }
}

impl<'a> From<&'a Flat> for Stretch<'a> {
    fn from(flat: &'a Flat) -> Stretch<'a> {
        Stretch {
            range: 0..flat.text.len(),
            flat: Cow::Borrowed(flat),
        }
    }
}

/// What `scope` is of a question.
pub fn stretches<'a>(scope: Scope, asked: &Asked<'a>) -> Vec<Stretch<'a>> {
    let question = asked.question;
    let document = &question.document;
    let prose = |range: Range<usize>| Stretch {
        flat: Cow::Borrowed(&document.prose),
        range,
    };
    let written = |text: &str, span: Span| {
        let origin = if asked.source.slice(span) == text {
            Origin::Exact
        } else {
            Origin::Whole
        };
        Stretch {
            flat: Cow::Owned(Flat::of(text, span, origin)),
            range: 0..text.len(),
        }
    };
    let links = |image: bool| {
        document
            .links
            .iter()
            .filter(move |link| link.image == image)
    };
    match scope {
        Scope::Question => question
            .heading_text()
            .map(Stretch::from)
            .into_iter()
            .chain([prose(question.prompt_prose())])
            .collect(),
        Scope::AnswerProse => vec![prose(question.answer_prose())],
        Scope::AnswerCode => document
            .codes
            .iter()
            .filter(|code| question.answer.contains(code.span.start))
            .map(|code| Stretch::from(&code.text))
            .collect(),
        Scope::Heading => document
            .headings
            .iter()
            .map(|heading| Stretch::from(&heading.text))
            .collect(),
        Scope::LinkText => links(false).map(|link| Stretch::from(&link.text)).collect(),
        Scope::LinkTarget => links(false)
            .chain(links(true))
            .map(|link| written(&link.target, link.target_span))
            .collect(),
        Scope::ImageAlt => links(true).map(|link| Stretch::from(&link.text)).collect(),
        Scope::Choice => question
            .choices
            .iter()
            .map(|choice| prose(choice.prose.clone()))
            .collect(),
        Scope::Tag => question
            .meta
            .tags
            .iter()
            .map(|tag| written(&tag.value, tag.span))
            .collect(),
    }
}

/// A question in its corpus, as a check sees it.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub corpus: &'a Corpus,
    pub source: &'a Source,
    pub question: &'a Question,
    /// Index in `corpus.questions`.
    pub index: usize,
}

impl<'a> Asked<'a> {
    pub fn new(corpus: &'a Corpus, index: usize) -> Option<Asked<'a>> {
        let question = corpus.questions.get(index)?;
        Some(Asked {
            corpus,
            source: corpus.source_of(question)?,
            question,
            index,
        })
    }

    pub fn verdict(
        &self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Verdict {
        Verdict {
            source: self.question.source,
            question: Some(self.index),
            span,
            message: message.into(),
            help: help.into(),
            related: Vec::new(),
        }
    }
}

/// A finding before it is known how much it weighs.
#[derive(Debug)]
pub struct Verdict {
    pub source: usize,
    pub question: Option<usize>,
    pub span: Span,
    pub message: String,
    pub help: String,
    pub related: Vec<Related>,
}

/// A check that is written in Rust.
#[derive(Clone, Copy)]
pub enum Check {
    /// The parsers report it as they read.
    Parser,
    Question(fn(&Asked<'_>) -> Vec<Verdict>),
    Corpus(fn(&Corpus) -> Vec<Verdict>),
}
