//! Writes notes as an Anki package with genanki-rs: `peers NOTES [OUT]`. Without
//! OUT the notes are only read, so that a measurement can leave that out.
//!
//! NOTES is what `notes.py` writes: JSON Lines, first the note type, decks and
//! media, then a note a line. All is handed to genanki-rs as it stands.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};

use genanki_rs::{Deck, Field, Model, Note, Package, Template};
use serde::Deserialize;

#[derive(Deserialize)]
struct Frame {
    note_type: NoteType,
    decks: Vec<DeckOfNotes>,
    media: Vec<String>,
}

#[derive(Deserialize)]
struct NoteType {
    id: i64,
    name: String,
    fields: Vec<String>,
    template: String,
    front: String,
    back: String,
    css: String,
}

#[derive(Deserialize)]
struct DeckOfNotes {
    id: i64,
    name: String,
    description: String,
}

#[derive(Deserialize)]
struct OneNote {
    guid: String,
    deck: i64,
    fields: Vec<String>,
    tags: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("peers NOTES [OUT]")?;
    let mut lines = BufReader::new(File::open(path)?).lines();
    let frame: Frame = serde_json::from_str(&lines.next().ok_or("no note type")??)?;
    let mut notes = lines.map(|line| Ok(serde_json::from_str(&line?)?));
    match arguments.next() {
        Some(out) => write(&frame, notes, &out),
        None => notes.try_for_each(|note| note.map(|_| ())),
    }
}

fn write(
    frame: &Frame,
    notes: impl Iterator<Item = Result<OneNote, Box<dyn Error>>>,
    out: &str,
) -> Result<(), Box<dyn Error>> {
    let kind = &frame.note_type;
    let fields = kind.fields.iter().map(|name| Field::new(name)).collect();
    let template = Template::new(&kind.template)
        .qfmt(&kind.front)
        .afmt(&kind.back);
    let model = Model::new(kind.id, &kind.name, fields, vec![template]).css(&kind.css);
    let mut decks: HashMap<i64, Deck> = HashMap::new();
    for deck in &frame.decks {
        let empty = Deck::new(deck.id, &deck.name, &deck.description);
        decks.insert(deck.id, empty);
    }
    for note in notes {
        let note = note?;
        let fields = note.fields.iter().map(String::as_str).collect();
        let tags = note.tags.iter().map(String::as_str).collect();
        let written =
            Note::new_with_options(model.clone(), fields, None, Some(tags), Some(&note.guid))?;
        let deck = decks.get_mut(&note.deck).ok_or("a note without a deck")?;
        deck.add_note(written);
    }
    let decks = frame.decks.iter().filter_map(|deck| decks.remove(&deck.id));
    let media = frame.media.iter().map(String::as_str).collect();
    // A moment that stays, so that it makes no difference.
    Package::new(decks.collect(), media)?.write_to_file_timestamp(out, 1_700_000_000.0)?;
    Ok(())
}
