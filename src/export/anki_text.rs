//! Anki's own text import (<https://docs.ankiweb.net/importing/text-files.html>):
//! a line a note, for readers who have the package already. Fields without a
//! column are left alone, which a package cannot do.

use csv::{QuoteStyle, WriterBuilder};
use miette::IntoDiagnostic;
use rayon::prelude::*;

use super::anki::note_type::{self, OURS};
use super::anki::{Decks, note};
use super::media::Media;
use super::{Entry, Selection};

/// Before the fields: the GUID, the note type, the deck.
const COLUMNS: [&str; 3] = ["GUID", "Note type", "Deck"];

/// How many notes are rendered at a time.
const AT_A_TIME: usize = 1000;

/// Whether a question must be left to the package: Anki takes an image only
/// with a note that it updates, and a note that the text has updated is newer
/// than the package's.
pub fn needs_package(media: &Media, entry: &Entry<'_>) -> bool {
    if !entry.question.holds.images {
        return false;
    }
    let document = entry.question.document(entry.source);
    let links = document.links.iter();
    let mut images = links.filter(|link| link.image);
    images.any(|image| {
        entry.question.span.contains(image.span.start())
            && media.name(entry.links_from(), &image.target).is_some()
    })
}

/// The file's bytes. With `--update` the reader's own fields, and tags, have
/// no column.
///
/// # Errors
/// Where memory ends.
pub fn render(selection: &Selection<'_>) -> miette::Result<Vec<u8>> {
    let update = selection.options.update;
    let fields = if update {
        OURS
    } else {
        note_type::FIELDS.len()
    };
    let names = note_type::FIELDS.iter().map(|&(name, _)| name).take(fields);
    let mut columns: Vec<&str> = COLUMNS.into_iter().chain(names).collect();
    let tags = if update {
        String::new()
    } else {
        columns.push("Tags");
        format!("#tags column:{}\n", columns.len())
    };
    // What stands for nothing in particular is a comment to Anki.
    let head = format!(
        "#separator:Comma\n#html:true\n#if matches:update current\n#guid column:1\n#notetype column:2\n#deck column:3\n{tags}#columns:{}\n\
         # For readers of the deck: import the .apkg file once before this one, or Anki takes none of it.\n",
        columns.join(",")
    );
    let decks = Decks::of(selection);
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .from_writer(head.into_bytes());
    for entries in selection.entries.chunks(AT_A_TIME) {
        let notes: Vec<_> = entries
            .par_iter()
            .map(|entry| note(selection, entry))
            .collect();
        for (entry, note) in entries.iter().zip(&notes) {
            let deck = decks.get(entry);
            let deck = deck.map_or("", |deck| deck.name.as_str());
            let own = [note.guid.as_str(), note_type::NAME, deck].into_iter();
            let fields = note.fields.iter().map(String::as_str).take(fields);
            let tags = (!update).then(|| note.tags.join(" "));
            writer
                .write_record(own.chain(fields).chain(tags.as_deref()))
                .into_diagnostic()?;
        }
    }
    writer.into_inner().into_diagnostic()
}
