//! Findings to bytes, one file a format.

mod concise;
pub mod human;
pub mod json;

use clap::ValueEnum;

use crate::corpus::Corpus;
use crate::finding::{Finding, Severity};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Drawn, with the words underlined
    #[default]
    Human,
    /// One finding a line
    Concise,
    /// One JSON object, for other programs
    Json,
}

/// A corpus with the findings to report of it.
pub struct Judged<'a> {
    pub corpus: &'a Corpus,
    pub findings: Vec<Finding>,
    /// How many questions and files were asked about.
    pub questions: usize,
    pub files: usize,
}

/// How a terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub colour: bool,
    /// In columns.
    pub width: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub questions: usize,
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
}

pub fn summary(judged: &[Judged<'_>]) -> Summary {
    let mut summary = Summary::default();
    for one in judged {
        summary.questions += one.questions;
        summary.files += one.files;
        let errors = one
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .count();
        summary.errors += errors;
        summary.warnings += one.findings.len() - errors;
    }
    summary
}

pub fn render(format: Format, judged: &[Judged<'_>], look: Look) -> String {
    match format {
        Format::Human => human::render(judged, look),
        Format::Concise => concise::render(judged),
        Format::Json => json::render(judged),
    }
}

/// `3 errors`, `1 warning`, `2 fixes`.
pub fn count(number: usize, what: &str) -> String {
    let plural = if what.ends_with('x') { "es" } else { "s" };
    format!("{number} {what}{}", if number == 1 { "" } else { plural })
}
