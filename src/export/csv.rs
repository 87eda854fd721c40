//! RFC 4180 in UTF-8 with LF and a header; lists as JSON in the cell, null as
//! an empty cell. `--spreadsheet` makes it safe and readable for spreadsheets.

use miette::IntoDiagnostic;
use serde::Serialize;

use super::Selection;
use super::record::{Record, records};
use crate::question::Status;

/// A record with its lists as text.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    topic: &'a str,
    level: Option<&'a str>,
    tags: String,
    question: &'a str,
    question_markdown: &'a str,
    answer_markdown: &'a str,
    answer_html: &'a str,
    answer_text: &'a str,
    choices: String,
    aliases: String,
    sources: String,
    license: Option<&'a str>,
    authors: String,
    status: Status,
    path: &'a str,
    created: &'a str,
    updated: &'a str,
    content_sha256: &'a str,
}

pub fn render(selection: &Selection<'_>) -> miette::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in &records(selection) {
        writer.serialize(row(record)?).into_diagnostic()?;
    }
    let bytes = writer.into_inner().into_diagnostic()?;
    if selection.options.spreadsheet {
        return defused(&bytes);
    }
    Ok(bytes)
}

/// The same table with a byte order mark, by which spreadsheets know UTF-8,
/// and with `'` before what they would run as a formula (OWASP, "CSV Injection").
fn defused(bytes: &[u8]) -> miette::Result<Vec<u8>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for row in reader.records() {
        let row = row.into_diagnostic()?;
        let cells = row.iter().map(|cell| {
            let runs =
                cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
            if runs {
                format!("'{cell}")
            } else {
                cell.to_string()
            }
        });
        writer.write_record(cells).into_diagnostic()?;
    }
    writer.into_inner().into_diagnostic()
}

fn row(record: &Record) -> miette::Result<Row<'_>> {
    Ok(Row {
        id: &record.id,
        topic: &record.topic,
        level: record.level.as_deref(),
        tags: list(&record.tags)?,
        question: &record.question,
        question_markdown: &record.question_markdown,
        answer_markdown: &record.answer_markdown,
        answer_html: &record.answer_html,
        answer_text: &record.answer_text,
        choices: list(&record.choices)?,
        aliases: list(&record.aliases)?,
        sources: list(&record.sources)?,
        license: record.license.as_deref(),
        authors: list(&record.authors)?,
        status: record.status,
        path: &record.path,
        created: &record.created,
        updated: &record.updated,
        content_sha256: &record.content_sha256,
    })
}

fn list<T: Serialize>(items: &[T]) -> miette::Result<String> {
    serde_json::to_string(items).into_diagnostic()
}
