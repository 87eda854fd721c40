//! What a check sees, and the verdict that it gives.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::corpus::Corpus;
use crate::finding::{Edit, Fix, Related};
use crate::markdown::flat::Flat;
use crate::markdown::{Block, Document};
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
        self.texts(name).collect()
    }

    /// What is in the list of text of that name.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.0.get(name).and_then(toml::Value::as_array);
        let list = list.map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(toml::Value::as_str)
    }
}

/// A question in its corpus, as a check sees it.
pub struct Asked<'a> {
    pub corpus: &'a Corpus,
    pub source: &'a Source,
    pub question: &'a Question,
    /// Index in `corpus.questions`; [`usize::MAX`] where it is not there yet.
    pub index: usize,
    /// Those of the rule that is run.
    pub options: &'a Options,
    /// Read when it is asked for, and once.
    document: OnceCell<Document>,
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
            document: OnceCell::new(),
        })
    }

    /// A question that was just read, before it has its place in the corpus.
    pub fn reading(
        corpus: &'a Corpus,
        question: &'a Question,
        document: Document,
    ) -> Option<Asked<'a>> {
        Some(Asked {
            corpus,
            source: corpus.sources.get(question.source)?,
            question,
            index: usize::MAX,
            options: &NO_OPTIONS,
            document: OnceCell::from(document),
        })
    }

    pub fn document(&self) -> &Document {
        let read = || self.question.document(self.source);
        self.document.get_or_init(read)
    }

    /// The heading's text; a question always has one.
    pub fn heading_text(&self) -> Option<&Flat> {
        let headings = &self.document().headings;
        let heading = headings.get(self.question.heading.index);
        heading.map(|heading| &heading.text)
    }

    /// The answer's stretch of `document.prose`.
    pub fn answer_prose(&self) -> Range<usize> {
        prose_of(self.answer_blocks().iter())
    }

    /// The prompt's stretch of `document.prose`, choices included.
    pub fn prompt_prose(&self) -> Range<usize> {
        let blocks = self.document().blocks.iter();
        prose_of(blocks.filter(|block| self.question.prompt.contains(block.span.start())))
    }

    pub fn answer_blocks(&self) -> &[Block] {
        let blocks = self.question.answer_blocks.clone();
        self.document().blocks.get(blocks).unwrap_or_default()
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

fn prose_of<'a>(mut blocks: impl Iterator<Item = &'a Block>) -> Range<usize> {
    let Some(first) = blocks.next() else {
        return 0..0;
    };
    first.prose.start..blocks.last().unwrap_or(first).prose.end
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
