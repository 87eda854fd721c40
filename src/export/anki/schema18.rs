//! The collection as Anki 2.1.55 and later keep it: note types and decks in
//! tables of their own, as Protocol Buffers. The messages are those of Anki's
//! `proto/anki/notetypes.proto` and `decks.proto`.

use rusqlite::{Transaction, params};

use super::collection::CREATED;
use super::decks::Decks;
use super::note_type;
use super::protobuf::{bytes, number};

pub const TABLES: &str = "
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table config (key text not null primary key, usn integer not null, mtime_secs integer not null,
  val blob not null) without rowid;
create table deck_config (id integer primary key not null, name text not null collate unicase,
  mtime_secs integer not null, usn integer not null, config blob not null);
create table decks (id integer primary key not null, name text not null collate unicase,
  mtime_secs integer not null, usn integer not null, common blob not null, kind blob not null);
create table notetypes (id integer not null primary key, name text not null collate unicase,
  mtime_secs integer not null, usn integer not null, config blob not null);
create table fields (ntid integer not null, ord integer not null, name text not null collate unicase,
  config blob not null, primary key (ntid, ord)) without rowid;
create table templates (ntid integer not null, ord integer not null, name text not null collate unicase,
  mtime_secs integer not null, usn integer not null, config blob not null, primary key (ntid, ord)) without rowid;
create table tags (tag text not null primary key collate unicase, usn integer not null,
  collapsed boolean not null, config blob null) without rowid;
create table graves (oid integer not null, type integer not null, usn integer not null,
  primary key (oid, type)) without rowid;
create unique index idx_decks_name on decks (name);
create unique index idx_notetypes_name on notetypes (name);
create index idx_notetypes_usn on notetypes (usn);
create unique index idx_fields_name_ntid on fields (name, ntid);
create unique index idx_templates_name_ntid on templates (name, ntid);
create index idx_templates_usn on templates (usn);
create index idx_graves_pending on graves (usn);
";

/// Anki's own, over what every schema has.
pub const INDEXES: &str = "
create index idx_notes_mid on notes (mid);
create index idx_cards_odid on cards (odid) where odid != 0;
";

/// `DeckConfig.Config` of the default options, as Anki 26.9 writes it. An import
/// leaves a reader's own alone, and yet may fail without them.
const DECK_OPTIONS: &[u8] = &[
    0x0a, 0x08, 0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x20, 0x41, 0x12, 0x04, 0x00, 0x00, 0x20, 0x41,
    0x22, 0x1c, 0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x80, 0x3f, 0x00, 0x00,
    0x80, 0x3f, 0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x80, 0x3f, 0x00, 0x00, 0x80, 0x3f, 0x48, 0x14,
    0x50, 0xc8, 0x01, 0x5d, 0x00, 0x00, 0x20, 0x40, 0x65, 0x66, 0x66, 0xa6, 0x3f, 0x6d, 0x9a, 0x99,
    0x99, 0x3f, 0x7d, 0x00, 0x00, 0x80, 0x3f, 0x80, 0x01, 0x94, 0x9d, 0x02, 0x88, 0x01, 0x01, 0x90,
    0x01, 0x01, 0x98, 0x01, 0x04, 0xa8, 0x01, 0x01, 0xb0, 0x01, 0x08, 0xc0, 0x01, 0x3c, 0xad, 0x02,
    0x66, 0x66, 0x66, 0x3f, 0xc5, 0x02, 0x66, 0x66, 0x66, 0x3f, 0xe0, 0x02, 0x01,
];

/// Fills the tables for `notes` notes, the last of which changed at `modified`.
pub fn fill(
    transaction: &Transaction<'_>,
    decks: &Decks,
    notes: usize,
    modified: i64,
) -> rusqlite::Result<()> {
    transaction.execute(
        "insert into col values (1, ?1, ?2, ?3, 18, 0, 0, 0, '', '', '', '', '')",
        params![CREATED, modified.saturating_mul(1000), CREATED * 1000],
    )?;
    for (key, value) in [("nextPos", notes + 1), ("schedVer", 2)] {
        let value = value.to_string().into_bytes();
        transaction.execute(
            "insert into config values (?1, 0, 0, ?2)",
            params![key, value],
        )?;
    }
    transaction.execute(
        "insert into deck_config values (1, 'Default', 0, 0, ?1)",
        params![DECK_OPTIONS],
    )?;
    let mut insert = transaction.prepare("insert into decks values (?1, ?2, ?3, 0, x'', ?4)")?;
    insert.execute(params![1, "Default", 0, deck("")])?;
    for one in &decks.all {
        // What parts a name here is the character that parts fields.
        let name = one.name.replace("::", "\u{1f}");
        insert.execute(params![one.id, name, modified, deck(&one.about)])?;
    }
    transaction.execute(
        "insert into notetypes values (?1, ?2, ?3, 0, ?4)",
        params![
            note_type::ID,
            note_type::NAME,
            note_type::MODIFIED,
            note_type_config()
        ],
    )?;
    transaction.execute(
        "insert into templates values (?1, 0, ?2, ?3, 0, ?4)",
        params![
            note_type::ID,
            note_type::TEMPLATE,
            note_type::MODIFIED,
            template_config()
        ],
    )?;
    let mut insert = transaction.prepare("insert into fields values (?1, ?2, ?3, ?4)")?;
    for (ord, (name, id)) in (0..).zip(note_type::FIELDS) {
        insert.execute(params![note_type::ID, ord, name, field_config(id)])?;
    }
    Ok(())
}

/// `Deck.KindContainer`: a normal deck with the default options.
fn deck(about: &str) -> Vec<u8> {
    let mut normal = Vec::new();
    number(&mut normal, 1, 1);
    bytes(&mut normal, 4, about.as_bytes());
    let mut kind = Vec::new();
    bytes(&mut kind, 1, &normal);
    kind
}

/// `Notetype.Config`.
fn note_type_config() -> Vec<u8> {
    // A card is made where Question or Choices, the first fields, hold something.
    let mut requirement = Vec::new();
    number(&mut requirement, 2, 1);
    bytes(&mut requirement, 3, &[0, 1]);
    let mut config = Vec::new();
    bytes(&mut config, 3, note_type::STYLE.as_bytes());
    bytes(&mut config, 5, note_type::LATEX_BEFORE.as_bytes());
    bytes(&mut config, 6, note_type::LATEX_AFTER.as_bytes());
    bytes(&mut config, 8, &requirement);
    config
}

/// `Notetype.Template.Config`.
fn template_config() -> Vec<u8> {
    let mut config = Vec::new();
    bytes(&mut config, 1, note_type::FRONT.as_bytes());
    bytes(&mut config, 2, note_type::BACK.as_bytes());
    number(&mut config, 8, note_type::TEMPLATE_ID.unsigned_abs());
    config
}

/// `Notetype.Field.Config`.
fn field_config(id: i64) -> Vec<u8> {
    let mut config = Vec::new();
    bytes(&mut config, 3, b"Arial");
    number(&mut config, 4, 20);
    number(&mut config, 9, id.unsigned_abs());
    config
}
