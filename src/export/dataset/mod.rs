//! A data set: a folder that can be published as it is. Its files are JSON
//! Lines or Parquet, one a split, and what says how to read them.

mod card;
mod package;
pub mod splits;

use std::fmt::Write;

use miette::IntoDiagnostic;
use sha2::{Digest, Sha256};

use super::record::{Record, SCHEMA_ID, hex, records, schema};
use super::{Folder, Options, Selection, jsonl, parquet};
use crate::visible::visible;
use splits::Split;

/// Says that a folder is ours: the hash of each file in it, as sha256sum writes it.
pub const MARKER: &str = ".prepdeck-dataset";

/// A file of records.
struct Part {
    split: Split,
    path: String,
    records: Vec<Record>,
    bytes: Vec<u8>,
}

pub(super) fn render(selection: &Selection<'_>) -> miette::Result<Folder> {
    let corpus = selection.corpus;
    let left_out = splits::left_out(corpus, &selection.entries);
    let mut notes = Vec::new();
    for (id, left) in &left_out {
        notes.push(format!(
            "{} is left out of {}: it is alike to {} in another split",
            visible(id),
            left.split.name(),
            visible(&left.other)
        ));
    }
    let mut records = records(selection);
    records.retain(|record| !left_out.contains_key(&record.id));
    let mut parts = Vec::new();
    for split in Split::ALL {
        let of_split = |record: &Record| splits::split(&record.id, &corpus.config.splits) == split;
        let records: Vec<Record> = records
            .iter()
            .filter(|one| of_split(one))
            .cloned()
            .collect();
        if records.is_empty() {
            notes.push(format!("no question fell into {}", split.name()));
            continue;
        }
        parts.push(part(split, records, &selection.options)?);
    }
    let mut files: Vec<(String, Vec<u8>)> = vec![
        (
            "README.md".into(),
            card::card(corpus, &parts, &left_out, selection.options.parquet).into(),
        ),
        ("LICENSES.md".into(), card::licenses(&parts).into()),
        ("schema.json".into(), json(&schema())?),
        (
            "datapackage.json".into(),
            json(&package::package(corpus, &parts, selection.options.parquet))?,
        ),
    ];
    files.extend(parts.into_iter().map(|part| (part.path, part.bytes)));
    files.sort();
    let marker = marker(&files);
    files.push((MARKER.into(), marker.into()));
    Ok(Folder {
        files,
        questions: records.len(),
        notes,
    })
}

fn part(split: Split, records: Vec<Record>, options: &Options) -> miette::Result<Part> {
    let (ending, bytes) = if options.parquet {
        ("parquet", parquet::render(&records, options)?)
    } else {
        ("jsonl", jsonl::render(&records, options)?)
    };
    Ok(Part {
        split,
        path: format!("data/{}.{ending}", split.name()),
        records,
        bytes,
    })
}

fn json<T: serde::Serialize>(value: &T) -> miette::Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(value).into_diagnostic()?;
    json.push(b'\n');
    Ok(json)
}

fn marker(files: &[(String, Vec<u8>)]) -> String {
    let mut marker = String::new();
    for (path, bytes) in files {
        // Writing to a String cannot fail.
        let _ = writeln!(marker, "{}  {path}", hash(bytes));
    }
    marker
}

/// SHA-256 in hex, as the marker has it.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
