//! Notes as Anki exports them in plain text: lines `#key:value`, then a table.

use crate::config::SourceSet;
use crate::markdown::flat::{Flat, Origin};
use crate::page::Writing;
use crate::source::{Source, Span};

use super::csv::Table;
use super::draft::Drafts;
use super::layout::questions;
use super::records::{Record, Value, take};
use super::{Parsed, Part};

/// What Anki's lines say of the table below them.
struct Head {
    separator: char,
    html: bool,
    /// prepdeck's keys, by column from 0.
    columns: Vec<Option<String>>,
    end: usize,
}

pub fn parse(set: &SourceSet, source: &Source, index: usize, topic: &str) -> Parsed {
    let mut drafts = Drafts::default();
    let head = head(&source.text, source.start());
    drafts.parts.push(Part::frame(Span::new(0, head.end)));
    drafts.parts.retain(|part| !part.span.is_empty());
    let mut table = Table::new(&source.text, head.end, head.separator);
    while let Some(row) = table.next_row(&mut drafts.problems) {
        if row.cells.iter().all(|cell| cell.text.trim().is_empty()) {
            drafts.parts.push(Part::frame(row.span));
            continue;
        }
        let mut fields = Vec::new();
        let mut plain = ["question", "answer"].into_iter();
        for (column, cell) in row.cells.into_iter().enumerate() {
            let named = head.columns.get(column).cloned().flatten();
            let key = named.or_else(|| plain.next().map(String::from));
            let html = head.html && matches!(key.as_deref(), Some("question" | "answer"));
            let cell = if html { lines(&cell) } else { cell };
            if let Some(key) = key {
                let tags = key == "tags";
                let value = if tags {
                    words(&cell)
                } else {
                    Value::Text(cell)
                };
                fields.push((key, value));
            }
        }
        let record = Record {
            extent: row.span,
            fields,
            section: String::new(),
        };
        take(&record, set, topic, &mut drafts);
    }
    questions(drafts, source, index, set, Writing::Cells(head.separator))
}

fn head(text: &str, start: usize) -> Head {
    let mut head = Head {
        separator: '\t',
        html: false,
        columns: Vec::new(),
        end: start,
    };
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let Some((key, value)) = line.strip_prefix('#').and_then(|line| line.split_once(':'))
        else {
            break;
        };
        head.end += line.len();
        let value = value.trim();
        let number = value
            .parse::<usize>()
            .ok()
            .filter(|&number| (1..=1000).contains(&number));
        let special = match key.to_ascii_lowercase().as_str() {
            "separator" => {
                head.separator = named_separator(value);
                continue;
            }
            "html" => {
                head.html = value.eq_ignore_ascii_case("true");
                continue;
            }
            "columns" => {
                for (at, name) in value.split(head.separator).enumerate() {
                    put(&mut head.columns, at, &name.trim().to_ascii_lowercase());
                }
                continue;
            }
            "guid column" => "id",
            "deck column" => "topic",
            "tags column" => "tags",
            "notetype column" => "notetype",
            _ => continue,
        };
        if let Some(number) = number {
            put(&mut head.columns, number - 1, special);
        }
    }
    head
}

fn put(columns: &mut Vec<Option<String>>, at: usize, name: &str) {
    if columns.len() <= at {
        columns.resize(at + 1, None);
    }
    if let Some(column) = columns.get_mut(at) {
        *column = Some(name.to_string());
    }
}

fn named_separator(value: &str) -> char {
    match value.to_ascii_lowercase().as_str() {
        "comma" => ',',
        "semicolon" => ';',
        "space" => ' ',
        "pipe" => '|',
        "colon" => ':',
        "tab" | "" => '\t',
        other => other.chars().next().unwrap_or('\t'),
    }
}

/// Anki writes tags with spaces between.
fn words(cell: &Flat) -> Value {
    let mut words = Vec::new();
    let mut at = 0;
    for word in cell.text.split(' ') {
        if !word.is_empty() {
            words.push(Value::Text(cell.cut(at..at + word.len())));
        }
        at += word.len() + 1;
    }
    Value::List(words)
}

/// HTML's line breaks as lines; other tags stand in Markdown as they are.
fn lines(cell: &Flat) -> Flat {
    let mut out = Flat::default();
    let mut done = 0;
    for (at, _) in cell.text.match_indices(['<', '&']) {
        if at < done {
            continue;
        }
        let rest = cell.text.get(at..).unwrap_or_default();
        let shown = [
            ("<br>", "\n"),
            ("<br/>", "\n"),
            ("<br />", "\n"),
            ("<div>", "\n"),
            ("</div>", ""),
            ("&nbsp;", " "),
        ];
        if let Some((tag, shown)) = shown.iter().find(|(tag, _)| rest.starts_with(tag)) {
            out.append(&cell.cut(done..at));
            out.push(shown, cell.span(at..at + tag.len()), Origin::Whole);
            done = at + tag.len();
        }
    }
    out.append(&cell.cut(done..cell.text.len()));
    out
}
