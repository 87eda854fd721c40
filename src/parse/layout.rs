//! Drafts laid out on the page of their file and read as all questions are.
//!
//! A file may hold a million: they are laid out and read some at a time, so that
//! only their questions are kept.

use rayon::prelude::*;

use crate::config::{Answers, SourceSet};
use crate::finding::Problem;
use crate::markdown::flat::Flat;
use crate::page::{Page, Pieces, Writing};
use crate::question::{Field, Question};
use crate::source::{Source, Span};

use super::draft::{Drafts, Laid, lay_out};
use super::laid::question;
use super::{Parsed, Part};

/// So many are laid out before they are read, by all processors at once.
const SOME: usize = 4096;
/// A file has at most so many questions.
const MAX_QUESTIONS: usize = 2_000_000;

pub struct Layout<'a> {
    pub source: &'a Source,
    index: usize,
    optional: bool,
    /// The page so far.
    page: Source,
    pieces: Pieces,
    questions: Vec<Question>,
    problems: Vec<Problem>,
    /// How many drafts there were, and how many of them have a level and sources.
    all: usize,
    with_level: usize,
    with_sources: usize,
}

impl<'a> Layout<'a> {
    /// A page for the questions of `source`, which has number `index`.
    pub fn new(source: &'a Source, index: usize, set: &SourceSet) -> Layout<'a> {
        Layout {
            source,
            index,
            optional: set.answers == Some(Answers::Optional),
            page: Source::new(source.path.clone(), source.shown.clone(), String::new()),
            pieces: Pieces::default(),
            questions: Vec::new(),
            problems: Vec::new(),
            all: 0,
            with_level: 0,
            with_sources: 0,
        }
    }

    /// Takes what was found, where it is enough to be worth it.
    pub fn take_some(&mut self, drafts: &mut Drafts) {
        if drafts.found.len() >= SOME {
            self.take(drafts);
        }
    }

    /// Lays out and reads what was found so far.
    pub fn take(&mut self, drafts: &mut Drafts) {
        let mut flat = Flat::default();
        std::mem::swap(&mut flat.text, &mut self.page.text);
        let mut laid: Vec<Laid> = Vec::with_capacity(drafts.found.len());
        for draft in drafts.found.drain(..) {
            if self.all == MAX_QUESTIONS {
                self.problems.push(too_many(draft.extent));
            }
            self.all += 1;
            if self.all > MAX_QUESTIONS {
                let why = "behind the questions that a file may have";
                drafts.parts.push(Part::leftover(draft.extent, why));
                continue;
            }
            self.with_level += usize::from(draft.level.is_some());
            self.with_sources += usize::from(draft.sources.is_some());
            drafts.parts.push(Part::question(draft.extent));
            laid.push(lay_out(draft, &mut flat, self.source, &drafts.definitions));
            self.pieces.take(&mut flat);
        }
        self.page.text = flat.text;
        let page = &self.page;
        let (index, optional) = (self.index, self.optional);
        let read: Vec<(Option<Question>, Vec<Problem>)> = laid
            .into_par_iter()
            .map(|laid| question(page, index, laid, optional))
            .collect();
        for (question, found) in read {
            self.questions.extend(question);
            let found = found.into_iter().map(|problem| Problem {
                span: self.pieces.place(problem.span),
                ..problem
            });
            self.problems.extend(found);
        }
    }

    /// The questions, when all was found.
    pub fn finish(mut self, mut drafts: Drafts, writing: Writing) -> Parsed {
        self.take(&mut drafts);
        let most = |count: usize| count * 2 > self.all;
        let (levels, sources) = (most(self.with_level), most(self.with_sources));
        for question in &mut self.questions {
            // What most of the file's questions have, the others lack.
            if levels && matches!(question.meta.level, Field::NoPlace) {
                question.meta.level = Field::Absent;
            }
            if sources && matches!(question.meta.sources, Field::NoPlace) {
                question.meta.sources = Field::Absent;
            }
        }
        self.questions.shrink_to_fit();
        let mut parts = drafts.parts;
        parts.sort_by_key(|part| part.span);
        Parsed {
            questions: self.questions,
            problems: [drafts.problems, self.problems].concat(),
            page: Some(Page::new(self.page, self.pieces, writing)),
            parts,
            document: None,
        }
    }
}

fn too_many(extent: Span) -> Problem {
    let place = Span::new(extent.start(), extent.start());
    let message = format!("the file has more than {MAX_QUESTIONS} questions");
    Problem::syntax(place, message, "split it")
}

/// The questions of `source`, which has number `index`, where all were found.
pub fn questions(
    drafts: Drafts,
    source: &Source,
    index: usize,
    set: &SourceSet,
    writing: Writing,
) -> Parsed {
    Layout::new(source, index, set).finish(drafts, writing)
}
