//! The collection of a package: a SQLite database of schema 11, as Anki 2.1
//! writes it for old readers.

use std::collections::BTreeMap;

use miette::IntoDiagnostic;
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::{Note, note_type, root_deck};
use crate::corpus::Corpus;

/// The tables of schema 11; a collection is not read without them all.
const TABLES: &str = "
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
";

const INDEXES: &str = "
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
";

/// When the collection was made, in seconds since 1970. New cards do not depend on it.
const CREATED: i64 = 1_577_836_800;

/// The collection's bytes. Written in memory, since a file's header counts its changes.
pub fn render(corpus: &Corpus, notes: &[Note]) -> miette::Result<Vec<u8>> {
    let mut database = Connection::open_in_memory().into_diagnostic()?;
    database.execute_batch(TABLES).into_diagnostic()?;
    let decks = deck_ids(corpus, notes);
    let modified = notes
        .iter()
        .map(|note| note.modified)
        .max()
        .unwrap_or(CREATED);
    let transaction = database.transaction().into_diagnostic()?;
    transaction
        .execute(
            "insert into col values (1, ?1, ?2, ?3, 11, 0, 0, 0, ?4, ?5, ?6, ?7, '{}')",
            params![
                CREATED,
                modified.saturating_mul(1000),
                CREATED * 1000,
                configuration(notes.len()).to_string(),
                json!({ note_type::ID.to_string(): note_type::model() }).to_string(),
                deck_table(corpus, &decks, modified).to_string(),
                deck_options().to_string(),
            ],
        )
        .into_diagnostic()?;
    {
        let mut insert_note = transaction
            .prepare("insert into notes values (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')")
            .into_diagnostic()?;
        let mut insert_card = transaction
            .prepare("insert into cards values (?1, ?1, ?2, 0, ?3, -1, 0, 0, ?4, 0, 0, 0, 0, 0, 0, 0, 0, '')")
            .into_diagnostic()?;
        for (id, due, note) in numbered(notes) {
            let tags = if note.tags.is_empty() {
                String::new()
            } else {
                format!(" {} ", note.tags.join(" "))
            };
            let fields = note.fields.join("\u{1f}");
            let row = params![
                id,
                note.guid,
                note_type::ID,
                note.modified,
                tags,
                fields,
                note.sort_text,
                checksum(&note.sort_text)
            ];
            insert_note.execute(row).into_diagnostic()?;
            insert_card
                .execute(params![
                    id,
                    decks.get(&note.deck).copied().unwrap_or(1),
                    note.modified,
                    due
                ])
                .into_diagnostic()?;
        }
    }
    transaction.execute_batch(INDEXES).into_diagnostic()?;
    transaction.commit().into_diagnostic()?;
    Ok(database.serialize("main").into_diagnostic()?.to_vec())
}

/// Each note with its id and the place of its card among new ones. An id is
/// the note's creation in milliseconds, moved up where it is taken.
fn numbered(notes: &[Note]) -> Vec<(i64, i64, &Note)> {
    let mut order: Vec<(i64, &Note)> = (1..).zip(notes).collect();
    order.sort_by_key(|&(due, note)| (note.created, due));
    let mut last = 0;
    let mut numbered = Vec::with_capacity(order.len());
    for (due, note) in order {
        last = note.created.saturating_mul(1000).max(last + 1);
        numbered.push((last, due, note));
    }
    numbered
}

/// What Anki finds equal first fields by: the first 32 bits of the SHA-1 of their text.
fn checksum(text: &str) -> u32 {
    let digest = Sha1::digest(text.as_bytes());
    digest
        .iter()
        .take(4)
        .fold(0, |sum, &byte| (sum << 8) | u32::from(byte))
}

/// An id for each deck and each deck above it. Anki matches decks by name; the
/// ids only have to differ from each other, and from 1.
fn deck_ids(corpus: &Corpus, notes: &[Note]) -> BTreeMap<String, i64> {
    let mut ids = BTreeMap::from([(root_deck(corpus), 0)]);
    for note in notes {
        let parents = note
            .deck
            .match_indices("::")
            .filter_map(|(at, _)| note.deck.get(..at));
        ids.extend(
            parents
                .chain([note.deck.as_str()])
                .map(|deck| (deck.to_string(), 0)),
        );
    }
    let mut taken = std::collections::BTreeSet::from([1]);
    for (name, id) in &mut ids {
        let digest = Sha256::digest(name.as_bytes());
        // 40 bits above a base: what other programs make of such a number stays exact.
        *id = digest
            .iter()
            .take(5)
            .fold(0, |sum, &byte| (sum << 8) | i64::from(byte))
            + (1 << 41);
        while !taken.insert(*id) {
            *id += 1;
        }
    }
    ids
}

fn deck_table(corpus: &Corpus, ids: &BTreeMap<String, i64>, modified: i64) -> Value {
    let mut decks = serde_json::Map::new();
    decks.insert("1".to_string(), deck(1, "Default", "", 0));
    let license = corpus
        .config
        .license
        .as_ref()
        .map(|license| format!("Licence: {license}"));
    let authors = &corpus.config.authors;
    let authors = (!authors.is_empty()).then(|| format!("By {}", authors.join(", ")));
    let about = [corpus.config.url.clone(), authors, license]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n");
    for (name, &id) in ids {
        let about = if *name == root_deck(corpus) {
            about.as_str()
        } else {
            ""
        };
        decks.insert(id.to_string(), deck(id, name, about, modified));
    }
    Value::Object(decks)
}

fn deck(id: i64, name: &str, about: &str, modified: i64) -> Value {
    json!({
        "id": id, "mod": modified, "name": name, "usn": 0, "desc": crate::markdown::html::escaped(about), "dyn": 0, "conf": 1,
        "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0,
        "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0], "timeToday": [0, 0],
    })
}

fn configuration(notes: usize) -> Value {
    json!({
        "activeDecks": [1], "curDeck": 1, "curModel": note_type::ID, "nextPos": notes + 1, "schedVer": 2,
        "sortType": "noteFld", "sortBackwards": false, "addToCur": true, "dayLearnFirst": false,
        "collapseTime": 1200, "dueCounts": true, "estTimes": true, "newSpread": 0, "timeLim": 0, "creationOffset": 0,
    })
}

/// The default deck options, which an import leaves alone.
fn deck_options() -> Value {
    json!({ "1": {
        "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true, "dyn": false,
        "new": {
            "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20,
        },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2 },
        "lapse": { "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0 },
    }})
}
