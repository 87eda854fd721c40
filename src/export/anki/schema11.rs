//! The collection as Anki 2.1 kept it: note types, decks and options as JSON
//! in one row. Every program that reads packages reads this one.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::collection::CREATED;
use super::decks::Decks;
use super::note_type;

/// A collection is not read without all of these tables.
pub const TABLES: &str = "
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
";

/// Fills the tables for `notes` notes, the last of which changed at `modified`.
pub fn fill(
    transaction: &Transaction<'_>,
    decks: &Decks,
    notes: usize,
    modified: i64,
) -> rusqlite::Result<()> {
    transaction.execute(
        "insert into col values (1, ?1, ?2, ?3, 11, 0, 0, 0, ?4, ?5, ?6, ?7, '{}')",
        params![
            CREATED,
            modified.saturating_mul(1000),
            CREATED * 1000,
            configuration(notes).to_string(),
            json!({ note_type::ID.to_string(): note_type::model() }).to_string(),
            deck_table(decks, modified).to_string(),
            deck_options().to_string(),
        ],
    )?;
    Ok(())
}

fn deck_table(decks: &Decks, modified: i64) -> Value {
    let mut table = serde_json::Map::new();
    table.insert("1".to_string(), deck(1, "Default", "", 0));
    for one in &decks.all {
        table.insert(
            one.id.to_string(),
            deck(one.id, &one.name, &one.about, modified),
        );
    }
    Value::Object(table)
}

fn deck(id: i64, name: &str, about: &str, modified: i64) -> Value {
    json!({
        "id": id, "mod": modified, "name": name, "usn": 0, "desc": about, "dyn": 0, "conf": 1,
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
