//! A finding: a rule's verdict on a span of a source.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::source::Span;

/// How much a rule's findings weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Off,
    Warning,
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Off => "off",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// What a parser could not accept. It becomes a finding of the rule that it
/// names, unless the configuration says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub rule: &'static str,
    pub span: Span,
    pub message: String,
    pub help: String,
}

impl Problem {
    /// A fault of form: the file cannot be understood here.
    pub fn syntax(span: Span, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem {
            rule: "syntax",
            span,
            message: message.into(),
            help: help.into(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: String,
    pub severity: Severity,
    /// Index of the source in its corpus.
    pub source: usize,
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do, in one line.
    pub help: String,
    /// Index of the question in its corpus, where the finding is about one.
    pub question: Option<usize>,
    pub related: Vec<Related>,
    pub fix: Option<Fix>,
    /// What it is known by from one run to the next, whatever lines come before it.
    pub fingerprint: String,
}

/// Changes that take the fault away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it can change neither the meaning nor an id that exists.
    pub safe: bool,
    /// In order, and apart from each other.
    pub edits: Vec<Edit>,
}

/// A stretch of the source, and what comes in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn new(span: Span, text: impl Into<String>) -> Edit {
        let text = text.into();
        Edit { span, text }
    }
}

/// Another place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub source: usize,
    /// Index of another question in the corpus, where it is about that.
    pub question: Option<usize>,
    pub span: Span,
    pub message: String,
}

/// The known name that `name` was most likely meant to be, if any is near:
/// at most a third of its letters away, a swap of neighbours counting once.
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Distances cost length × length, and no known name is longer.
    if name.len() > 64 {
        return None;
    }
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&name, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|&(distance, candidate)| distance <= candidate.chars().count().max(3) / 3)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_meant_and_a_far_one_is_not() {
        let known = ["level", "license", "sources"];
        assert_eq!(did_you_mean("lvel", known), Some("level"));
        assert_eq!(did_you_mean("licence", known), Some("license"));
        assert_eq!(did_you_mean("Source", known), Some("sources"));
        assert_eq!(did_you_mean("colour", known), None);
    }
}
