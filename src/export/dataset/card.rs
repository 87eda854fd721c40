//! What people read of a data set: its card, whose YAML header the Hugging Face
//! hub reads (huggingface.co/docs/hub/datasets-cards), and its licences.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::splits::LeftOut;
use super::{Part, SCHEMA_ID};
use crate::corpus::Corpus;
use crate::export::field::{Field, Value};
use crate::export::record::Record;
use crate::visible::visible;

/// Licences that the hub knows, each in its letters.
const LICENSES: &[&str] = &[
    "agpl-3.0",
    "apache-2.0",
    "artistic-2.0",
    "bsd-2-clause",
    "bsd-3-clause",
    "bsl-1.0",
    "cc-by-2.0",
    "cc-by-2.5",
    "cc-by-3.0",
    "cc-by-4.0",
    "cc-by-nc-2.0",
    "cc-by-nc-3.0",
    "cc-by-nc-4.0",
    "cc-by-nc-nd-3.0",
    "cc-by-nc-nd-4.0",
    "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0",
    "cc-by-nc-sa-4.0",
    "cc-by-nd-4.0",
    "cc-by-sa-3.0",
    "cc-by-sa-4.0",
    "cc0-1.0",
    "gpl-2.0",
    "gpl-3.0",
    "isc",
    "lgpl-2.1",
    "lgpl-3.0",
    "mit",
    "mpl-2.0",
    "odc-by",
    "unlicense",
    "wtfpl",
    "zlib",
];

pub fn card(
    corpus: &Corpus,
    parts: &[Part],
    left_out: &BTreeMap<String, LeftOut>,
    parquet: bool,
) -> String {
    let number = |part: &Part| part.records.len();
    let all: usize = parts.iter().map(number).sum();
    let mut card = format!("---\n{}---\n\n", header(corpus, parts, all, parquet));
    // Writing to a String cannot fail.
    let _ = write!(
        card,
        "# {}\n\n{all} questions with their answers. Each record has an `id` that stays, and its own licence: [LICENSES.md](LICENSES.md) lists them. \
        [schema.json](schema.json) (`{SCHEMA_ID}`) describes the fields, [datapackage.json](datapackage.json) the files.\n\n\
        | split | questions | file |\n| --- | --- | --- |\n",
        written(&corpus.title())
    );
    for part in parts {
        let (split, path) = (part.split.name(), &part.path);
        let _ = writeln!(card, "| {split} | {} | [{path}]({path}) |", number(part));
    }
    card.push_str("\nA question's split is decided by a hash of its `id`, so it stays where it is when others come, go or are reworded.");
    if !left_out.is_empty() {
        let ids: Vec<String> = left_out
            .keys()
            .map(|id| format!("`{}`", visible(id)))
            .collect();
        let _ = write!(
            card,
            " Left out, because a question in another split is alike: {}.",
            ids.join(", ")
        );
    }
    card.push_str("\n\n```python\nfrom datasets import load_dataset\n\nquestions = load_dataset(\".\")  # this folder\n```\n\n");
    card.push_str("| topic | questions |\n| --- | --- |\n");
    let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
    for record in parts.iter().flat_map(|part| &part.records) {
        *topics.entry(&record.topic).or_default() += 1;
    }
    for (topic, number) in topics {
        let _ = writeln!(card, "| {} | {number} |", written(topic));
    }
    card
}

fn header(corpus: &Corpus, parts: &[Part], all: usize, parquet: bool) -> String {
    let size = match all {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        _ => "100K<n<1M",
    };
    let title = serde_json::Value::from(visible(&corpus.title()));
    let mut yaml = format!("pretty_name: {title}\nlicense:\n");
    for license in hub_licenses(parts) {
        let _ = writeln!(yaml, "- {license}");
    }
    let _ = write!(
        yaml,
        "task_categories:\n- question-answering\nsize_categories:\n- {size}\n\
        configs:\n- config_name: default\n  data_files:\n"
    );
    for part in parts {
        let _ = write!(
            yaml,
            "  - split: {}\n    path: {}\n",
            part.split.name(),
            part.path
        );
    }
    yaml.push_str("dataset_info:\n  features:\n");
    for &field in Field::all() {
        let _ = writeln!(
            yaml,
            "  - name: {}\n    {}",
            field.name(),
            feature(field, parquet)
        );
    }
    yaml.push_str("  splits:\n");
    for part in parts {
        let (split, bytes, records) = (part.split.name(), part.bytes.len(), part.records.len());
        let _ = writeln!(
            yaml,
            "  - name: {split}\n    num_bytes: {bytes}\n    num_examples: {records}"
        );
    }
    let bytes: usize = parts.iter().map(|part| part.bytes.len()).sum();
    let _ = writeln!(yaml, "  download_size: {bytes}\n  dataset_size: {bytes}");
    yaml
}

/// A field as `datasets` names its type. Its reader of JSON makes times of what
/// looks like one and would write them otherwise as text, so they are declared.
fn feature(field: Field, parquet: bool) -> &'static str {
    match field.of(&Record::default()) {
        _ if !parquet && matches!(field, Field::Created | Field::Updated) => {
            "dtype: timestamp[s, tz=UTC]"
        }
        Value::Text(_) | Value::Maybe(_) => "dtype: string",
        Value::List(_) => "list: string",
        Value::Choices(_) => {
            "list:\n    - name: text\n      dtype: string\n    - name: markdown\n      dtype: string\n    - name: correct\n      dtype: bool"
        }
    }
}

fn hub_licenses(parts: &[Part]) -> BTreeSet<String> {
    let records = parts.iter().flat_map(|part| &part.records);
    let names = records.map(|record| match &record.license {
        None => "unknown".to_string(),
        Some(license) => {
            let name = license.to_lowercase();
            let name = name.trim_end_matches("-only").trim_end_matches("-or-later");
            let known = LICENSES.contains(&name);
            (if known { name } else { "other" }).to_string()
        }
    });
    names.collect()
}

/// The licence of each question, with who is to be named for it.
pub fn licenses(parts: &[Part]) -> String {
    let mut records: Vec<&Record> = parts.iter().flat_map(|part| &part.records).collect();
    records.sort_by_key(|record| &record.id);
    let mut text =
        "# Licences\n\n| question | licence | authors | sources |\n| --- | --- | --- | --- |\n"
            .to_string();
    for record in records {
        let license = record.license.as_deref().unwrap_or("none given");
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            visible(&record.id),
            written(license),
            written(&record.authors.join(", ")),
            written(&record.sources.join(" "))
        );
    }
    text
}

/// Text as Markdown that shows just that, on one line.
fn written(text: &str) -> String {
    let mut markdown = String::new();
    for c in visible(text).chars() {
        if "\\`*_[]<>|#~$&!".contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}
