//! Bytes to questions and problems, one file an input format. Parsing never
//! fails: it returns what it understood, and says what it did not.

mod anki_text;
mod answer;
mod answered;
mod body;
mod boxes;
mod cell_list;
mod csv;
mod cuts;
mod details;
mod draft;
mod folds;
mod frames;
pub mod front_matter;
mod front_matter_file;
pub mod guess;
mod heading_form;
mod heading_roles;
mod headings;
mod json;
mod json_value;
mod laid;
mod layout;
mod letters;
mod lines;
mod list;
mod looks;
mod outline;
mod plain_yaml;
mod question_file;
mod records;
mod repeated;
mod summary;
mod yaml;

use std::sync::Arc;

pub use front_matter_file::SOURCES;
pub use looks::asks;

use crate::config::{Format, SourceSet};
use crate::finding::Problem;
use crate::markdown::Document;
use crate::page::Page;
use crate::question::Question;
use crate::source::{Fault, Source, Span};

#[derive(Debug, Default)]
pub struct Parsed {
    pub questions: Vec<Question>,
    /// At their places in the file.
    pub problems: Vec<Problem>,
    /// Where the questions stand, if not in the file as it is.
    pub page: Option<Page>,
    /// What each stretch of the file belongs to, in order; none where the file
    /// is one question.
    pub parts: Vec<Part>,
    /// The Markdown of a file that is one question, for who looks into it next.
    pub document: Option<Document>,
}

/// A stretch of a file, and what it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub kind: Kind,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Question,
    /// Titles, tables of contents, and what else stands around questions.
    Frame,
    /// It may be a question, and was not understood: why.
    Leftover(&'static str),
}

impl Part {
    fn question(span: Span) -> Part {
        let kind = Kind::Question;
        Part { kind, span }
    }

    fn frame(span: Span) -> Part {
        let kind = Kind::Frame;
        Part { kind, span }
    }

    fn leftover(span: Span, why: &'static str) -> Part {
        let kind = Kind::Leftover(why);
        Part { kind, span }
    }
}

impl Parsed {
    /// Nothing understood, and why.
    fn nothing(problems: Vec<Problem>) -> Parsed {
        Parsed {
            problems,
            ..Parsed::default()
        }
    }
}

/// Reads the questions of `source`, the corpus's source number `index`, as
/// `set` says. It stands under `topic`.
pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &Arc<str>) -> Parsed {
    let Some(fault) = &source.fault else {
        return understand(set, source, index, topic);
    };
    let problem = fault_problem(source, fault);
    // Of data, the records that are sound are read all the same.
    if !set.format.is_data() || !matches!(fault, Fault::NotUtf8(_)) {
        return Parsed::nothing(vec![problem]);
    }
    let mut parsed = understand(set, source, index, topic);
    parsed.problems.insert(0, problem);
    parsed
}

fn understand(set: &SourceSet, source: &Source, index: usize, topic: &Arc<str>) -> Parsed {
    match set.format {
        Format::Questions => question_file::parse(source, index, topic),
        Format::Headings => headings::parse(set, source, index, topic),
        Format::Details => details::parse(set, source, index, topic),
        Format::List => list::parse(set, source, index, topic),
        Format::FrontMatter => front_matter_file::parse(set, source, index, topic),
        Format::Csv => csv::parse(set, source, index, topic),
        Format::Json => json::parse(set, source, index, topic),
        Format::Jsonl => json::parse_lines(set, source, index, topic),
        Format::AnkiText => anki_text::parse(set, source, index, topic),
    }
}

/// Why a file cannot be read as text.
fn fault_problem(source: &Source, fault: &Fault) -> Problem {
    match fault {
        Fault::Unreadable(reason) => Problem::syntax(
            Span::default(),
            format!("the file can't be read: {reason}"),
            "make it a readable file, or remove it",
        ),
        Fault::TooLarge(limit) => {
            let message = format!("the file is larger than {} MiB", limit / 1024 / 1024);
            Problem::syntax(
                Span::default(),
                message,
                "split it, or leave it out of the corpus",
            )
        }
        Fault::NotUtf8(at) => {
            let span = Span::new(
                *at,
                at + source
                    .text
                    .get(*at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(0, char::len_utf8),
            );
            Problem::syntax(span, "not UTF-8 from here on", "save the file as UTF-8")
        }
    }
}
