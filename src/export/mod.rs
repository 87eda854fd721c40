//! Questions to bytes, one file or folder a format. Exporters read and write
//! no file: what they need of the disk comes with the questions.

pub mod anki;
pub mod anki_text;
mod chat;
pub mod csv;
pub mod dataset;
pub mod field;
pub mod json;
pub mod jsonl;
mod markdown;
pub mod media;
pub mod parquet;
pub mod read;
pub mod record;

use std::fs::File;

use clap::{Args, ValueEnum};

use crate::corpus::Corpus;
use crate::history::Times;
use crate::markdown::html::{Rendering, render as html};
use crate::markdown::labels;
use crate::question::{Question, dedented};
use crate::source::{Source, Span};
use field::Field;
use media::Media;
use record::records;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// An Anki package, .apkg
    Anki,
    /// Text that Anki imports, for readers who have the package
    AnkiText,
    /// Comma-separated values (RFC 4180), lists as JSON in the cell
    Csv,
    /// One JSON array of records
    Json,
    /// JSON Lines, a record a line
    Jsonl,
    /// Apache Parquet, lists as lists
    Parquet,
    /// One readable book, with contents by topic
    Markdown,
    /// A folder to publish: splits, data card, schema, licences
    Dataset,
}

impl Format {
    /// Whether what it makes is notes in decks.
    pub fn is_anki(self) -> bool {
        matches!(self, Format::Anki | Format::AnkiText)
    }

    /// As it is said on the command line.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map_or(String::new(), |value| value.get_name().to_string())
    }

    pub fn extension(self) -> &'static str {
        match self {
            Format::Anki => "apkg",
            Format::AnkiText => "txt",
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Markdown => "md",
            Format::Dataset => "dataset",
        }
    }

    /// Whether a terminal can show it.
    pub fn is_text(self) -> bool {
        match self {
            Format::Anki | Format::Parquet | Format::Dataset => false,
            Format::AnkiText | Format::Csv | Format::Json | Format::Jsonl | Format::Markdown => {
                true
            }
        }
    }
}

/// The questions to export, in the corpus's order.
pub struct Selection<'a> {
    pub corpus: &'a Corpus,
    pub entries: Vec<Entry<'a>>,
    pub media: Media,
    pub options: Options,
}

/// What only some formats can be asked for; see [`Options::unfit`].
#[derive(Debug, Clone, Default, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "clap reads a flag of the command line into each"
)]
pub struct Options {
    /// CSV for a spreadsheet: a byte order mark, and no cell that would run as a formula
    #[arg(long)]
    pub spreadsheet: bool,

    /// Which kind of Anki package [default: legacy]
    #[arg(long, value_enum, value_name = "KIND")]
    pub package: Option<anki::Package>,

    /// Say what an Anki package would change for readers of the file that is there, and write nothing
    #[arg(long)]
    pub diff: bool,

    /// Anki text without columns for what is the reader's: Notes and tags
    #[arg(long)]
    pub update: bool,

    /// Only these fields of a record, in this order: id,question,…
    #[arg(
        long,
        value_enum,
        value_name = "FIELDS",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub fields: Vec<Field>,

    /// Files of a data set as Parquet instead of JSON Lines
    #[arg(long)]
    pub parquet: bool,

    /// What a line of JSON Lines is
    #[arg(long, value_enum, value_name = "SHAPE")]
    pub shape: Option<Shape>,

    /// For Anki: multiple-choice questions with their choices, or without [default: choices]
    #[arg(long, value_enum)]
    pub cards: Option<Cards>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// A record, with all its fields
    Record,
    /// A conversation, `messages` of a user and an assistant, for fine-tuning
    Chat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Cards {
    /// The choices on the front, and on the back which are right
    Choices,
    /// Only the question on the front, unless it speaks of its choices
    Open,
}

impl Options {
    /// The fields to write: those that were asked for, or all.
    pub fn fields(&self) -> &[Field] {
        if self.fields.is_empty() {
            Field::all()
        } else {
            &self.fields
        }
    }

    /// The first option that was given and that `format` does not know, and
    /// the formats that do.
    pub fn unfit(&self, format: Format) -> Option<(&'static str, &'static [Format])> {
        const RECORDS: &[Format] = &[Format::Json, Format::Jsonl, Format::Csv, Format::Parquet];
        let given: &[(bool, &str, &[Format])] = &[
            (self.spreadsheet, "--spreadsheet", &[Format::Csv]),
            (self.package.is_some(), "--package", &[Format::Anki]),
            (self.diff, "--diff", &[Format::Anki]),
            (self.update, "--update", &[Format::AnkiText]),
            (
                self.cards.is_some(),
                "--cards",
                &[Format::Anki, Format::AnkiText],
            ),
            (!self.fields.is_empty(), "--fields", RECORDS),
            (self.shape.is_some(), "--shape", &[Format::Jsonl]),
            (self.parquet, "--parquet", &[Format::Dataset]),
        ];
        given
            .iter()
            .find(|(given, _, formats)| *given && !formats.contains(&format))
            .map(|&(_, name, formats)| (name, formats))
    }

    /// What was asked for and cannot be had together, and what to do.
    pub fn contradiction(&self) -> Option<(String, &'static str)> {
        if self.shape == Some(Shape::Chat) && !self.fields.is_empty() {
            let help = "leave one of the two out";
            return Some((
                "a conversation has no --fields of a record".to_string(),
                help,
            ));
        }
        let mut fields = self.fields.iter().enumerate();
        let twice =
            fields.find(|(at, field)| self.fields.iter().take(*at).any(|own| own == *field));
        let help = "name each field once";
        twice.map(|(_, field)| (format!("--fields names `{}` twice", field.name()), help))
    }
}

/// A question that has an id, with what an export needs beside it.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    pub id: &'a str,
    pub question: &'a Question,
    pub source: &'a Source,
    pub times: Times,
}

impl Entry<'_> {
    /// As [`Question::links_from`].
    pub fn links_from(&self) -> &str {
        self.question.links_from(self.source)
    }
}

/// What an export comes to.
pub enum Output {
    Bytes(Vec<u8>),
    /// What would be many bytes, in a file without a name.
    Scratch(File),
    Folder(Folder),
}

pub struct Folder {
    /// Path below the folder, and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// How many questions are in it.
    pub questions: usize,
    /// What the reader should know about it.
    pub notes: Vec<String>,
}

/// The file's bytes, or the files of a folder.
///
/// # Errors
/// Where a library that writes the format fails, as when memory ends.
pub fn render(format: Format, selection: &Selection<'_>) -> miette::Result<Output> {
    let options = &selection.options;
    let bytes = match format {
        Format::Anki => return anki::render(selection).map(Output::Scratch),
        Format::AnkiText => anki_text::render(selection),
        Format::Csv => csv::render(&records(selection), options),
        Format::Json => json::render(&records(selection), options),
        Format::Jsonl if options.shape == Some(Shape::Chat) => chat::render(selection),
        Format::Jsonl => jsonl::render(&records(selection), options),
        Format::Parquet => parquet::render(&records(selection), options),
        Format::Markdown => Ok(markdown::render(selection)),
        Format::Dataset => return dataset::render(selection).map(Output::Folder),
    };
    bytes.map(Output::Bytes)
}

/// A stretch of the source as Markdown that stands alone: line ends as `\n`,
/// no NUL, and the definitions of link targets that stand elsewhere.
fn fragment(entry: &Entry<'_>, spans: &[Span]) -> String {
    let mut markdown = String::new();
    for text in spans
        .iter()
        .map(|&span| entry.source.slice(span))
        .filter(|text| !text.trim().is_empty())
    {
        if !markdown.is_empty() {
            markdown.push_str("\n\n");
        }
        markdown.push_str(text.trim_end());
    }
    let within = |definition: &Span| spans.iter().any(|span| span.contains(definition.start()));
    let definitions = entry.question.definitions.iter();
    let mut elsewhere = definitions
        .filter(|definition| !within(definition))
        .peekable();
    if elsewhere.peek().is_some() && markdown.contains('[') {
        let used = labels(&markdown);
        for definition in elsewhere {
            let written = entry.source.slice(*definition).trim();
            let label = written.split("]:").next().unwrap_or_default();
            if used.contains(&label.trim_start_matches('[').to_lowercase()) {
                markdown.push_str("\n\n");
                markdown.push_str(written);
            }
        }
    }
    clean(markdown)
}

fn clean(mut markdown: String) -> String {
    if markdown.contains('\r') {
        markdown = markdown.replace("\r\n", "\n");
    }
    if markdown.contains('\0') {
        markdown = markdown.replace('\0', "\u{fffd}");
    }
    markdown
}

/// The heading as Markdown, without its marks.
fn heading(entry: &Entry<'_>) -> String {
    clean(entry.source.slice(entry.question.heading.words).to_string())
}

/// The question's part below the heading, without the choices.
fn prompt(entry: &Entry<'_>) -> String {
    let Question {
        prompt,
        choices_list,
        ..
    } = *entry.question;
    match choices_list {
        None => fragment(entry, &[prompt]),
        Some(list) => fragment(
            entry,
            &[
                Span::new(prompt.start(), list.start()),
                Span::new(list.end().min(prompt.end()), prompt.end()),
            ],
        ),
    }
}

/// The choices as Markdown, each as it would stand alone.
fn choices(entry: &Entry<'_>) -> Vec<(String, bool)> {
    entry
        .question
        .choices
        .iter()
        .map(|choice| (dedented(&fragment(entry, &[choice.span])), choice.correct))
        .collect()
}

/// HTML without the paragraph around it, where it is one.
fn inline_html(markdown: &str, rendering: &Rendering<'_>) -> String {
    let html = html(markdown, rendering);
    match html
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"))
    {
        Some(inner) if !inner.contains("<p>") => inner.to_string(),
        _ => html,
    }
}
