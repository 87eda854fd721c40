//! A row a question (RFC 4180), with a header; and the cells of any such table,
//! each with its place. The `csv` crate gives none.

use crate::config::SourceSet;
use crate::finding::Problem;
use crate::markdown::flat::{Flat, Origin};
use crate::page::Writing;
use crate::source::{MAX_FILE, Source, Span};

use super::draft::Drafts;
use super::layout::Layout;
use super::records::{Record, Value, take};
use super::{Parsed, Part};

/// After so many quotes that never close, the rest is no table.
const MAX_OPEN_QUOTES: usize = 8;

/// A row: from its first byte to its line's end, and its cells.
pub struct Row {
    pub span: Span,
    pub cells: Vec<Flat>,
}

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let mut drafts = Drafts::default();
    let mut layout = Layout::new(source, index, set);
    let separator = set
        .separator
        .unwrap_or_else(|| separator(&source.path, &source.text));
    let mut table = Table::new(&source.text, source.start(), separator);
    if source.start() > 0 {
        drafts.parts.push(Part::frame(Span::new(0, source.start())));
    }
    let Some(header) = table.next_row(&mut drafts.problems) else {
        return Parsed::nothing(vec![Problem::syntax(
            Span::default(),
            "the file is empty",
            "write a row of column names, and a row for each question",
        )]);
    };
    drafts.parts.push(Part::frame(header.span));
    let names: Vec<String> = header
        .cells
        .iter()
        .map(|cell| cell.text.trim().to_string())
        .collect();
    while let Some(row) = table.next_row(&mut drafts.problems) {
        if row.cells.iter().all(|cell| cell.text.trim().is_empty()) {
            drafts.parts.push(Part::frame(row.span));
            continue;
        }
        if row.span.end() - row.span.start() > usize::try_from(MAX_FILE).unwrap_or(usize::MAX) {
            too_large(&mut drafts, row.span);
            continue;
        }
        if row.cells.len() != names.len() {
            let cells = row.cells.len();
            let s = if cells == 1 { "" } else { "s" };
            let message = format!("{cells} cell{s} where the header has {}", names.len());
            let help = "quote cells that hold a separator, and write one cell a column";
            let line = first_line(&source.text, row.span);
            drafts.problems.push(Problem::syntax(line, message, help));
        }
        let fields = names
            .iter()
            .cloned()
            .zip(row.cells.into_iter().map(Value::Text));
        let record = Record {
            extent: row.span,
            fields: fields.collect(),
            section: String::new(),
        };
        take(&record, set, topic, &mut drafts);
        layout.take_some(&mut drafts);
    }
    layout.finish(drafts, Writing::Cells(separator))
}

/// A record that is not read because of its size.
pub fn too_large(drafts: &mut Drafts, span: Span) {
    let message = format!("a record of more than {} MiB", MAX_FILE / 1024 / 1024);
    let start = Span::new(span.start(), span.start());
    let help = "split it, or see whether a quote is missing";
    drafts.problems.push(Problem::syntax(start, message, help));
    drafts
        .parts
        .push(Part::leftover(span, "a record that is too large"));
}

fn first_line(text: &str, span: Span) -> Span {
    let line = text.get(span.range()).unwrap_or_default();
    let line = line.lines().next().unwrap_or_default();
    Span::new(span.start(), span.start() + line.len())
}

/// What parts the cells of a file: tabs by its name, a semicolon where the
/// header has some and no comma, as spreadsheets write it in some countries.
pub fn separator(path: &str, text: &str) -> char {
    if path.to_ascii_lowercase().ends_with(".tsv") {
        return '\t';
    }
    let header = text.lines().next().unwrap_or_default();
    if header.contains(';') && !header.contains(',') {
        ';'
    } else {
        ','
    }
}

/// The rows of a table, one after another.
pub struct Table<'a> {
    text: &'a str,
    at: usize,
    separator: char,
    open_quotes: usize,
}

impl<'a> Table<'a> {
    pub fn new(text: &'a str, start: usize, separator: char) -> Table<'a> {
        Table {
            text,
            at: start,
            separator,
            open_quotes: 0,
        }
    }

    pub fn next_row(&mut self, problems: &mut Vec<Problem>) -> Option<Row> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell(problems));
            let rest = self.text.get(self.at..).unwrap_or_default();
            if rest.starts_with(self.separator) {
                self.at += self.separator.len_utf8();
                continue;
            }
            self.at += if rest.starts_with("\r\n") {
                2
            } else {
                usize::from(!rest.is_empty())
            };
            let span = Span::new(start, self.at);
            return Some(Row { span, cells });
        }
    }

    /// Reads a cell up to its separator, its line's end or the end.
    fn cell(&mut self, problems: &mut Vec<Problem>) -> Flat {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with('"')
            && self.open_quotes < MAX_OPEN_QUOTES
            && let Some(cell) = self.quoted(problems)
        {
            return cell;
        }
        let end = rest
            .find([self.separator, '\n', '\r'])
            .unwrap_or(rest.len());
        let span = Span::new(self.at, self.at + end);
        self.at = span.end();
        Flat::of(rest.get(..end).unwrap_or_default(), span, Origin::Exact)
    }

    /// A cell in quotes; None where they never close, which is said.
    fn quoted(&mut self, problems: &mut Vec<Problem>) -> Option<Flat> {
        let mut flat = Flat::default();
        let mut at = self.at + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(found) = rest.find('"') else {
                self.open_quotes += 1;
                problems.push(Problem::syntax(
                    Span::new(self.at, self.at + 1),
                    "a quote that never closes",
                    "write a quote at the end of the cell; quotes in it are written twice",
                ));
                return None;
            };
            let inner = rest.get(..found).unwrap_or_default();
            flat.push(inner, Span::new(at, at + found), Origin::Exact);
            at += found;
            if self
                .text
                .get(at..)
                .is_some_and(|rest| rest.starts_with("\"\""))
            {
                flat.push("\"", Span::new(at, at + 2), Origin::Whole);
                at += 2;
                continue;
            }
            at += 1;
            break;
        }
        self.at = at;
        let rest = self.text.get(at..).unwrap_or_default();
        let stray = rest
            .find([self.separator, '\n', '\r'])
            .unwrap_or(rest.len());
        if stray > 0 {
            let span = Span::new(at, at + stray);
            problems.push(Problem::syntax(
                span,
                "text behind the quote that closes a cell",
                "write quotes within a cell twice: \"\"",
            ));
            flat.push(rest.get(..stray).unwrap_or_default(), span, Origin::Exact);
            self.at += stray;
        }
        Some(flat)
    }
}
