//! What a check sees, and the verdict that it gives.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::finding::{Edit, Fix, Related};
use crate::question::Question;
use crate::source::{Source, Span};

/// What a rule's page, or the configuration in its place, says of the rule
/// beside its severity: numbers and lists of text, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options(pub BTreeMap<String, toml::Value>);

static NO_OPTIONS: Options = Options(BTreeMap::new());

impl Options {
    /// The number of that name; 0 where there is none.
    pub fn number(&self, name: &str) -> usize {
        let number = self.0.get(name).and_then(toml::Value::as_integer);
        number
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(0)
    }

    /// The list of text of that name; empty where there is none.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let list = self.0.get(name).and_then(toml::Value::as_array);
        list.map_or(Vec::new(), |list| {
            list.iter().filter_map(toml::Value::as_str).collect()
        })
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
    /// Those of the rule that is run.
    pub options: &'a Options,
}

impl<'a> Asked<'a> {
    pub fn new(corpus: &'a Corpus, index: usize) -> Option<Asked<'a>> {
        let question = corpus.questions.get(index)?;
        Some(Asked {
            corpus,
            source: corpus.source_of(question)?,
            question,
            index,
            options: &NO_OPTIONS,
        })
    }

    #[must_use]
    pub fn with(self, options: &'a Options) -> Asked<'a> {
        Asked { options, ..self }
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
            fix: None,
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
    pub fix: Option<Fix>,
}

impl Verdict {
    /// With a fix that cannot change the meaning.
    #[must_use]
    pub fn safely(self, edits: Vec<Edit>) -> Verdict {
        let fix = Some(Fix { safe: true, edits });
        Verdict { fix, ..self }
    }

    /// With a fix that somebody should look at.
    #[must_use]
    pub fn unsafely(self, edits: Vec<Edit>) -> Verdict {
        let fix = Some(Fix { safe: false, edits });
        Verdict { fix, ..self }
    }
}
