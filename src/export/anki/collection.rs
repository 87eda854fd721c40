//! The collection of a package: a SQLite database with a note and a card for
//! each question, in one of two schemas.

use std::fmt::Display;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::ops::Range;

use miette::{IntoDiagnostic, Report};
use rayon::prelude::*;
use rusqlite::{Connection, Transaction, params};
use sha1::{Digest, Sha1};
use tempfile::NamedTempFile;

use super::super::{Entry, Selection};
use super::decks::Decks;
use super::note::{self, Note};
use super::{note_type, schema11, schema18};
use crate::config::fault;

/// How note types and decks are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    V11,
    V18,
}

/// It is thrown away if anything fails, so nothing needs to be undone, and
/// nobody else looks into it. A page of SQLite's own 4 KiB would hold one note
/// where notes take more than half of it, and waste the rest. 4 MB hold the index
/// of checksums, which come in no order, of 100,000 notes and more.
const PRAGMAS: &str = "
pragma page_size = 16384;
pragma journal_mode = off;
pragma synchronous = off;
pragma locking_mode = exclusive;
pragma cache_size = -4000;
";

/// The same in both schemas.
const TABLES: &str = "
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
";

/// Filled with their table: later, all the notes would be read for them.
const NOTES_INDEXES: &str = "
create index ix_notes_usn on notes (usn);
create index ix_notes_csum on notes (csum);
";

const INDEXES: &str = "
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
";

/// When the collection was made, in seconds since 1970. New cards do not depend on it.
pub const CREATED: i64 = 1_577_836_800;

/// How many notes are rendered at a time: enough for all cores, few to hold.
const AT_A_TIME: usize = 256;

/// A collection to read from its first byte to its last, and how many it has.
pub struct Collection {
    pub bytes: BufReader<Chain<Cursor<Vec<u8>>, NamedTempFile>>,
    pub length: u64,
}

/// Where the header counts changes (4 bytes at 24), and says at which count and
/// by which SQLite it was written (8 at 92): all 0 in a database in memory
/// (SQLite, "Database File Format", 1.3). Nobody reads them but SQLite, to see
/// whether what it holds is still true.
const COUNTERS: [Range<usize>; 2] = [24..28, 92..100];
const HEADER: usize = 100;

/// How many bytes of the collection are read at once, as long as a page or a few.
const AT_ONCE: usize = 64 * 1024;

/// The collection, in a scratch file: it is larger than all questions together.
///
/// # Errors
/// Where SQLite cannot go on, as when the disk is full.
pub fn render(selection: &Selection<'_>, schema: Schema) -> miette::Result<Collection> {
    let file = NamedTempFile::new().map_err(|error| scratch(&error))?;
    let mut database = Connection::open(file.path()).map_err(|error| scratch(&error))?;
    database
        .execute_batch(PRAGMAS)
        .map_err(|error| scratch(&error))?;
    create(&database, schema).map_err(|error| scratch(&error))?;
    let decks = Decks::of(selection);
    let entries = &selection.entries;
    let modified = entries.iter().map(note::modified).max().unwrap_or(CREATED);
    let transaction = database.transaction().map_err(|error| scratch(&error))?;
    match schema {
        Schema::V11 => schema11::fill(&transaction, &decks, entries.len(), modified),
        Schema::V18 => schema18::fill(&transaction, &decks, entries.len(), modified),
    }
    .map_err(|error| scratch(&error))?;
    for places in numbered(entries).chunks(AT_A_TIME) {
        let notes: Vec<Note> = places
            .par_iter()
            .map(|place| note::note(selection, place.entry))
            .collect();
        for (place, note) in places.iter().zip(&notes) {
            let deck = decks.get(place.entry);
            let deck = deck.map_or(1, |deck| deck.id);
            insert(&transaction, place, deck, note).map_err(|error| scratch(&error))?;
        }
    }
    finished(transaction, schema).map_err(|error| scratch(&error))?;
    database
        .close()
        .map_err(|(_, error)| error)
        .map_err(|error| scratch(&error))?;
    read(file).map_err(|error| scratch(&error))
}

fn read(mut file: NamedTempFile) -> io::Result<Collection> {
    let length = file.as_file().metadata()?.len();
    let mut header = vec![0; HEADER];
    file.read_exact(&mut header)?;
    for counter in COUNTERS {
        header.get_mut(counter).unwrap_or_default().fill(0);
    }
    let bytes = BufReader::with_capacity(AT_ONCE, Cursor::new(header).chain(file));
    Ok(Collection { bytes, length })
}

pub fn scratch(error: &impl Display) -> Report {
    fault(
        &format!("can't write a scratch file: {error}"),
        "make room there, or name another folder for scratch files (TMPDIR)",
    )
}

/// The collection that stands beside a newer one, for an Anki that does not
/// know the newer one: a single note, which says so.
///
/// # Errors
/// Where SQLite cannot go on.
pub fn render_notice(notice: &str) -> miette::Result<Vec<u8>> {
    let write = || {
        let mut database = Connection::open_in_memory()?;
        create(&database, Schema::V11)?;
        let transaction = database.transaction()?;
        schema11::fill(&transaction, &Decks::default(), 1, CREATED)?;
        let mut fields = <[String; note_type::FIELDS.len()]>::default();
        let [first, ..] = &mut fields;
        *first = notice.to_string();
        let note = Note {
            guid: "prepdeck-notice".to_string(),
            fields,
            sort_text: notice.to_string(),
            tags: Vec::new(),
            modified: CREATED,
        };
        insert_at(&transaction, 1, 1, 1, &note)?;
        finished(transaction, Schema::V11)?;
        database.serialize("main").map(|bytes| bytes.to_vec())
    };
    write().into_diagnostic()
}

fn create(database: &Connection, schema: Schema) -> rusqlite::Result<()> {
    // By which Anki sorts names; its own is of the same crate.
    database.create_collation("unicase", |a, b| {
        unicase::UniCase::new(a).cmp(&unicase::UniCase::new(b))
    })?;
    database.execute_batch(match schema {
        Schema::V11 => schema11::TABLES,
        Schema::V18 => schema18::TABLES,
    })?;
    database.execute_batch(TABLES)?;
    database.execute_batch(NOTES_INDEXES)
}

/// The other indexes come last: so each is sorted once.
fn finished(transaction: Transaction<'_>, schema: Schema) -> rusqlite::Result<()> {
    transaction.execute_batch(INDEXES)?;
    if schema == Schema::V18 {
        transaction.execute_batch(schema18::INDEXES)?;
    }
    transaction.commit()
}

fn insert(
    transaction: &Transaction<'_>,
    place: &Place<'_>,
    deck: i64,
    note: &Note,
) -> rusqlite::Result<()> {
    insert_at(transaction, place.id, place.due, deck, note)
}

fn insert_at(
    transaction: &Transaction<'_>,
    id: i64,
    due: i64,
    deck: i64,
    note: &Note,
) -> rusqlite::Result<()> {
    let tags = if note.tags.is_empty() {
        String::new()
    } else {
        format!(" {} ", note.tags.join(" "))
    };
    transaction
        .prepare_cached("insert into notes values (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')")?
        .execute(params![
            id,
            note.guid,
            note_type::ID,
            note.modified,
            tags,
            note.fields.join("\u{1f}"),
            note.sort_text,
            checksum(&note.sort_text)
        ])?;
    transaction
        .prepare_cached("insert into cards values (?1, ?1, ?2, 0, ?3, -1, 0, 0, ?4, 0, 0, 0, 0, 0, 0, 0, 0, '')")?
        .execute(params![id, deck, note.modified, due])?;
    Ok(())
}

/// A question's note in the collection.
struct Place<'a> {
    id: i64,
    /// Its card's place among new ones.
    due: i64,
    entry: &'a Entry<'a>,
}

/// Each question with its note's id, in the order of ids. An id is the note's
/// creation in milliseconds, moved up where it is taken.
fn numbered<'a>(entries: &'a [Entry<'a>]) -> Vec<Place<'a>> {
    let mut order: Vec<(i64, &Entry<'_>)> = (1..).zip(entries).collect();
    order.sort_by_key(|&(due, entry)| (entry.times.created, due));
    let mut last = 0;
    let numbered = order.into_iter().map(|(due, entry)| {
        let created = entry.times.created.max(0);
        last = created.saturating_mul(1000).max(last + 1);
        Place {
            id: last,
            due,
            entry,
        }
    });
    numbered.collect()
}

/// What Anki finds equal first fields by: the first 32 bits of the SHA-1 of their text.
fn checksum(text: &str) -> u32 {
    let digest = Sha1::digest(text.as_bytes());
    digest
        .iter()
        .take(4)
        .fold(0, |sum, &byte| (sum << 8) | u32::from(byte))
}
