//! An Anki package: notes from questions, decks from topics, one frozen note type.

mod collection;
mod note;
mod note_type;
mod open;

use std::collections::HashMap;
use std::io::{Cursor, Write};

use miette::IntoDiagnostic;
use unicode_normalization::UnicodeNormalization;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::{Entry, Selection};
use crate::corpus::Corpus;
pub use note::{Note, guid};
pub use open::kept;

/// The deck that holds all others.
pub fn root_deck(corpus: &Corpus) -> String {
    let title = part(&corpus.title());
    if title.is_empty() {
        "prepdeck".to_string()
    } else {
        title
    }
}

/// The deck of each question, in order. Anki knows no case in names of decks,
/// and would call the second of `HTTP` and `http` `http_`; so all spellings of
/// one name are written as the first of them.
pub fn decks(selection: &Selection<'_>) -> Vec<String> {
    let mut spellings: HashMap<String, String> = HashMap::new();
    let mut one_spelling = |deck: &str| {
        let mut name = String::new();
        for part in deck.split("::") {
            if !name.is_empty() {
                name.push_str("::");
            }
            name.push_str(part);
            let folded = name.nfc().collect::<String>().to_lowercase();
            name.clone_from(spellings.entry(folded).or_insert(name.clone()));
        }
        name
    };
    // Few topics have many questions.
    let mut known: HashMap<&str, String> = HashMap::new();
    let entries = selection.entries.iter();
    let deck_of = entries.map(|entry| {
        let topic = entry.question.topic.as_str();
        let found = known.entry(topic);
        found
            .or_insert_with(|| one_spelling(&deck(selection.corpus, entry)))
            .clone()
    });
    deck_of.collect()
}

/// The deck of a question: the root deck, and one below it for each folder of
/// its topic. Anki matches decks by name, so names come from what stays.
fn deck(corpus: &Corpus, entry: &Entry<'_>) -> String {
    let mut deck = root_deck(corpus);
    for folder in entry
        .question
        .topic
        .split('/')
        .map(part)
        .filter(|folder| !folder.is_empty())
    {
        deck.push_str("::");
        deck.push_str(&folder);
    }
    deck
}

/// A part of a deck's name: `::` would begin another part, and Anki takes no quotes or control characters.
fn part(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && *c != '"')
        .collect();
    let mut name = name.trim().to_string();
    while name.contains("::") {
        name = name.replace("::", ":");
    }
    name.trim_matches(':').to_string()
}

/// The package that every Anki, AnkiDroid and third-party reader takes: a
/// collection of schema 11, and media by number. The same questions give the
/// same bytes.
///
/// # Errors
/// Where SQLite or the archive cannot go on, as when memory ends.
pub fn render(selection: &Selection<'_>) -> miette::Result<Vec<u8>> {
    let notes: Vec<Note> = note::notes(selection);
    let collection = collection::render(selection.corpus, &notes)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .system(System::Unix);
    let packed = options.compression_method(CompressionMethod::Deflated);
    // Images are compressed as they are.
    let stored = options.compression_method(CompressionMethod::Stored);
    zip.start_file("collection.anki2", packed)
        .into_diagnostic()?;
    zip.write_all(&collection).into_diagnostic()?;
    let mut names = serde_json::Map::new();
    for (number, (name, bytes)) in selection.media.files.iter().enumerate() {
        zip.start_file(number.to_string(), stored)
            .into_diagnostic()?;
        zip.write_all(bytes).into_diagnostic()?;
        names.insert(number.to_string(), name.as_str().into());
    }
    zip.start_file("media", packed).into_diagnostic()?;
    zip.write_all(serde_json::Value::Object(names).to_string().as_bytes())
        .into_diagnostic()?;
    Ok(zip.finish().into_diagnostic()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_deck_name_has_no_part_that_nobody_named() {
        assert_eq!(part("C++:: the \"hard\" parts"), "C++: the hard parts");
        assert_eq!(part("::::"), "");
    }
}
