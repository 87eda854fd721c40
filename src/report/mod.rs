//! Findings to bytes, one file a format.

mod concise;
mod github;
mod gitlab;
pub mod human;
pub mod json;
mod jsonl;
mod junit;
pub mod markdown;
mod sarif;

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::corpus::Corpus;
use crate::finding::{Finding, Related, Severity};
use crate::rules::Rules;
use crate::since::Changes;
use crate::source::{Source, Span};
use crate::visible::{visible, without_commands};

/// What is escaped in a path that is a part of an address.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// Drawn, with the words underlined
    #[default]
    Human,
    /// One finding a line
    Concise,
    /// Annotations on a pull request, as GitHub's workflow commands
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// XML as of `JUnit`, a test case a question
    Junit,
    /// Tables by file, for GitHub's step summary
    Markdown,
    /// One JSON object, for other programs
    Json,
    /// One JSON object a finding, a line each
    Jsonl,
}

/// A format, and the file that it goes to; none is standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub format: Format,
    pub file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    /// `sarif`, or `sarif=findings.sarif`.
    fn from_str(text: &str) -> Result<Output, String> {
        let (name, file) = match text.split_once('=') {
            Some((name, file)) => (name, Some(file)),
            None => (text, None),
        };
        if file == Some("") {
            return Err(format!("name a file after `{name}=`"));
        }
        let format = Format::from_str(name, false).map_err(|_| {
            let names: Vec<String> = Format::value_variants()
                .iter()
                .filter_map(|format| Some(format.to_possible_value()?.get_name().to_string()))
                .collect();
            format!("the formats are {}", names.join(", "))
        })?;
        Ok(Output {
            format,
            file: file.map(PathBuf::from),
        })
    }
}

/// A corpus with the findings to report of it.
pub struct Judged<'a> {
    pub corpus: &'a Corpus,
    pub rules: &'a Rules,
    /// Where its root stands in its repository, if it is in one.
    pub folder: Option<String>,
    pub findings: Vec<Finding>,
    /// How many findings more were left out, since they are old.
    pub old: usize,
    /// The questions that were asked about, as indices, and the number of files.
    pub questions: Vec<usize>,
    pub files: usize,
    /// Where only what changed is reported.
    pub since: Option<Changes>,
}

/// How a terminal wants it.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub colour: bool,
    /// In columns.
    pub width: usize,
}

/// What a report knows of whom it is for.
#[derive(Debug)]
pub struct Reader {
    pub look: Look,
    /// Whether warnings fail the run.
    pub strict: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    pub questions: usize,
    pub files: usize,
    pub errors: usize,
    pub warnings: usize,
    /// Findings that are not shown.
    pub old: usize,
}

impl Summary {
    /// `3 questions in 2 files`.
    pub fn asked(self) -> String {
        format!(
            "{} in {}",
            count(self.questions, "question"),
            count(self.files, "file")
        )
    }

    /// `1 error and 2 warnings`, `nothing new to report (12 old findings not shown)`.
    pub fn found(self) -> String {
        let mut found = Vec::new();
        for (number, what) in [(self.errors, "error"), (self.warnings, "warning")] {
            if number > 0 {
                found.push(count(number, what));
            }
        }
        match (found.is_empty(), self.old) {
            (true, 0) => "nothing to report".to_string(),
            (false, 0) => found.join(" and "),
            (nothing, old) => format!(
                "{} ({} not shown)",
                if nothing {
                    "nothing new to report".to_string()
                } else {
                    found.join(" and ")
                },
                count(old, "old finding")
            ),
        }
    }
}

pub fn summary(judged: &[Judged<'_>]) -> Summary {
    let mut summary = Summary::default();
    for one in judged {
        summary.questions += one.questions.len();
        summary.files += one.files;
        summary.old += one.old;
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

/// The report in one format. Whatever the findings hold, a CI runner that
/// prints it finds no command in it, but for those that `github` is made of.
pub fn render(format: Format, judged: &[Judged<'_>], reader: &Reader) -> String {
    let text = match format {
        Format::Human => human::render(judged, reader.look),
        Format::Concise => concise::render(judged),
        Format::Github => return github::render(judged),
        Format::Gitlab => gitlab::render(judged),
        Format::Sarif => sarif::render(judged),
        Format::Junit => junit::render(judged, reader),
        Format::Markdown => markdown::render(judged),
        Format::Json => json::render(judged),
        Format::Jsonl => jsonl::render(judged),
    };
    without_commands(&text).into_owned()
}

/// `3 errors`, `1 warning`, `2 fixes`.
pub fn count(number: usize, what: &str) -> String {
    let plural = if what.ends_with('x') { "es" } else { "s" };
    format!("{number} {what}{}", if number == 1 { "" } else { plural })
}

/// Lines and columns from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn region(source: &Source, span: Span) -> Region {
    let (line, column) = source.position(span.start());
    let (end_line, end_column) = source.position(span.end());
    Region {
        line,
        column,
        end_line,
        end_column,
    }
}

impl Region {
    /// The last line with a character of it: an end before the first column is
    /// the line end of the line before.
    fn last_line(self) -> usize {
        if self.end_column == 1 && self.end_line > self.line {
            self.end_line - 1
        } else {
            self.end_line
        }
    }
}

/// Every finding with its source, in order.
fn placed<'a>(
    judged: &'a [Judged<'a>],
) -> impl Iterator<Item = (&'a Judged<'a>, &'a Finding, &'a Source)> {
    judged.iter().flat_map(|one| {
        one.findings.iter().filter_map(move |finding| {
            Some((one, finding, one.corpus.sources.get(finding.source)?))
        })
    })
}

/// A file's path as code hosts know it: from the repository's root. Outside a
/// repository it is that from the working directory.
fn hosted(one: &Judged<'_>, source: &Source) -> String {
    match one.folder.as_deref() {
        None => source.shown.to_string(),
        Some("") => source.path.to_string(),
        Some(folder) => format!("{folder}/{}", source.path),
    }
}

/// A path as a part of an address.
fn in_address(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// Where else to look, for people: a line each, the first begun by a line end.
fn places(corpus: &Corpus, finding: &Finding, path: impl Fn(&Source) -> String) -> String {
    let place = |related: &Related| {
        let source = corpus.sources.get(related.source)?;
        let (line, column) = source.position(related.span.start());
        let (path, message) = (path(source), visible(&related.message));
        Some(format!(
            "\nsee {}:{line}:{column} {message}",
            visible(&path)
        ))
    };
    finding.related.iter().filter_map(place).collect()
}
