//! What stands in a package, of either kind: the notes of our note type. The
//! package may come from anywhere, so sizes and work are bounded.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read, Seek, SeekFrom, copy};
use std::path::Path;

use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use zip::ZipArchive;

use super::note_type::{self, OURS};

/// The largest collection that is read, in bytes: some 300,000 notes.
const MAX_COLLECTION: u64 = 1 << 30;

/// So many bytes of an archive are read for what it holds: some 100,000 images.
/// An entry of 50 bytes takes five times that in memory.
const MAX_DIRECTORY: u64 = 8 << 20;

/// The longest note that is read, in bytes.
const MAX_NOTE: i32 = 32 << 20;

/// The longest id that is shown, in characters.
const MAX_ID: usize = 200;

/// More notes are not read, and a longer GUID is none of ours.
const MAX_NOTES: usize = 500_000;
const MAX_GUID: usize = 64;

/// How long SQLite may work, in turns of so many steps: a note takes some 20 steps.
const MAX_TURNS: u32 = 50_000;
const STEPS_A_TURN: i32 = 10_000;

/// From the newest kind of collection to the oldest; where one stands beside
/// an older one, the older one only says so.
const COLLECTIONS: [&str; 3] = [
    "collection.anki21b",
    "collection.anki21",
    "collection.anki2",
];

const ID: usize = 8;

/// The columns that both schemas have. Others might be computed, at any cost.
const COLUMNS: &str = "id,guid,mid,mod,usn,tags,flds,sfld,csum,flags,data";

/// A note as far as it is compared.
#[derive(Debug)]
pub struct Known {
    pub guid: String,
    pub id: String,
    /// Seconds since 1970.
    pub modified: i64,
    /// A hash of each field of ours, and of the tags behind them.
    pub prints: [u64; OURS + 1],
}

/// The notes in a package.
///
/// # Errors
/// Why it could not be read, as the end of a sentence.
pub fn read<R: Read + Seek>(mut package: R) -> Result<Vec<Known>, String> {
    let mut start = Bounded {
        reader: &mut package,
        left: MAX_DIRECTORY,
    };
    if ZipArchive::new(&mut start).is_err() {
        return Err(match start.left {
            0 => "its list of files is too long".to_string(),
            _ => "it is no Anki package".to_string(),
        });
    }
    let mut zip = ZipArchive::new(package).map_err(|_| "it is no Anki package")?;
    let name = COLLECTIONS
        .into_iter()
        .find(|name| zip.index_for_name(name).is_some())
        .ok_or("it is no Anki package")?;
    let broken = "its archive is broken";
    let file = zip.by_name(name).map_err(|_| broken)?;
    // SQLite reads from a file; this one is gone when we are through.
    let mut scratch = tempfile::NamedTempFile::new()
        .map_err(|error| format!("there is no room to unpack it: {error}"))?;
    let unpacked = if name == "collection.anki21b" {
        let file = zstd::Decoder::new(file).map_err(|_| broken)?;
        copy(&mut file.take(MAX_COLLECTION + 1), &mut scratch)
    } else {
        copy(&mut file.take(MAX_COLLECTION + 1), &mut scratch)
    };
    let size = unpacked.map_err(|_| broken)?;
    if size > MAX_COLLECTION {
        return Err("it unpacks to more than 1 GiB".to_string());
    }
    notes(scratch.path(), size)
        .ok()
        .flatten()
        .ok_or_else(|| "its collection is broken".to_string())
}

/// A reader that fails once so much was read of it, wherever that stood.
struct Bounded<R> {
    reader: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX);
        let room = room.min(buffer.len());
        if room == 0 && !buffer.is_empty() {
            return Err(io::Error::other("too much to read"));
        }
        let read = self
            .reader
            .read(buffer.get_mut(..room).unwrap_or_default())?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Bounded<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

/// The notes of a collection of `size` bytes; None where it is not one.
fn notes(collection: &Path, size: u64) -> rusqlite::Result<Option<Vec<Known>>> {
    let mut database = Connection::open_with_flags(
        collection,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    // Nothing that the file's schema holds is run, and nothing runs for ever.
    database.execute_batch("pragma trusted_schema = off; pragma cell_size_check = on;")?;
    database.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_NOTE)?;
    let mut left = MAX_TURNS;
    let too_long = move || {
        left = left.saturating_sub(1);
        left == 0
    };
    database.progress_handler(STEPS_A_TURN, Some(too_long))?;
    let table = "select count(*) from sqlite_schema where name = 'notes' and type = 'table' and rootpage > 0";
    let there: i64 = database.query_row(table, [], |row| row.get(0))?;
    if there != 1 {
        return Ok(None);
    }
    let columns = "select group_concat(iif(hidden, '', name)) from pragma_table_xinfo('notes')";
    let columns: String = database.query_row(columns, [], |row| row.get(0))?;
    if columns != COLUMNS {
        return Ok(None);
    }
    let mut select = database.prepare("select * from notes not indexed")?;
    let mut rows = select.query([])?;
    let mut notes = Vec::new();
    // Where pages are shared, a small file holds notes without end: what is
    // read of it is never more than it.
    let mut left = size;
    while let Some(row) = rows.next()? {
        for column in 0..COLUMNS.split(',').count() {
            if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column)? {
                let Some(rest) = left.checked_sub(bytes.len() as u64) else {
                    return Ok(None);
                };
                left = rest;
            }
        }
        if row.get_ref("mid")? != ValueRef::Integer(note_type::ID) {
            continue;
        }
        let guid = row.get_ref("guid")?.as_str()?;
        if guid.len() > MAX_GUID || notes.len() == MAX_NOTES {
            return Ok(None);
        }
        let fields = row.get_ref("flds")?.as_str()?;
        let fields: Vec<&str> = fields.split('\u{1f}').take(OURS).collect();
        let id = fields.get(ID).copied().unwrap_or_default();
        let tags = row.get_ref("tags")?.as_str()?.trim();
        let mut prints = [0; OURS + 1];
        for (print, text) in prints.iter_mut().zip(fields.iter().chain([&tags])) {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            *print = hasher.finish();
        }
        notes.push(Known {
            guid: guid.to_string(),
            id: id.chars().take(MAX_ID).collect(),
            modified: row.get("mod")?,
            prints,
        });
    }
    Ok(Some(notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "create table notes (id integer primary key, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data);";

    /// How many notes are read from the collection that `sql` makes, after `forge`.
    fn number(sql: &str, forge: fn(&mut [u8])) -> Option<usize> {
        let mut database = Connection::open_in_memory().ok()?;
        database.execute_batch(sql).ok()?;
        let mut bytes = database.serialize("main").ok()?.to_vec();
        forge(&mut bytes);
        let file = tempfile::NamedTempFile::new().ok()?;
        std::fs::write(file.path(), &bytes).ok()?;
        let notes = notes(file.path(), bytes.len() as u64);
        notes.ok().flatten().map(|notes| notes.len())
    }

    /// `number` notes of `bytes` each, the first of them `first` bytes.
    fn fill(number: usize, bytes: usize, first: usize) -> String {
        format!(
            "{TABLE} with recursive n(i) as (select 1 union all select i + 1 from n where i < {number})
            insert into notes select i, 'g' || i, {}, 1, 0, '', replace(hex(zeroblob(iif(i = 1, {first}, {bytes}) / 2)), '0', 'x'), '', 0, 0, ''
            from n;",
            note_type::ID
        )
    }

    #[test]
    fn the_notes_of_our_note_type_are_read() {
        assert_eq!(number(TABLE, |_| ()), Some(0));
        assert_eq!(number(&fill(50, 3000, 300_000), |_| ()), Some(50));
        let other = "update notes set mid = 1 where id < 10;";
        assert_eq!(number(&(fill(50, 3000, 10) + other), |_| ()), Some(41));
    }

    /// Makes all children of the table's first page, the second of the file,
    /// one and the same (<https://sqlite.org/fileformat2.html#b_tree_pages>).
    fn share(bytes: &mut [u8]) {
        let page = &mut bytes[4096..8192];
        assert_eq!(page[0], 5, "an inner page");
        let number = usize::from(u16::from_be_bytes([page[3], page[4]]));
        assert!(number > 40);
        let places: Vec<usize> = (0..number)
            .map(|at| usize::from(u16::from_be_bytes([page[12 + 2 * at], page[13 + 2 * at]])))
            .collect();
        let mut first = [0; 4];
        first.copy_from_slice(&page[places[0]..places[0] + 4]);
        for place in places.into_iter().chain([8]) {
            page[place..place + 4].copy_from_slice(&first);
        }
    }

    #[test]
    fn a_collection_that_is_none_is_refused() {
        let endless = "create view notes as with recursive n(i) as (select 1 union all select i + 1 from n) select i as id from n;";
        assert_eq!(number(endless, |_| ()), None);
        let computed = TABLE.replace("data)", "data as (zeroblob(30000000)))");
        assert_eq!(number(&computed, |_| ()), None);
        let long = format!("update notes set guid = '{}';", "x".repeat(MAX_GUID + 1));
        assert_eq!(number(&(fill(1, 10, 10) + &long), |_| ()), None);
        assert_eq!(
            number(&fill(50, 3000, 10), |bytes| bytes[5000..].fill(7)),
            None
        );
    }

    /// An archive whose list of files is so long, each with a name of 200 bytes
    /// (<https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, 4.3.12 and 4.3.16).
    fn listing(files: u16) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in 0..files {
            let mut header = [0; 46];
            header[..4].copy_from_slice(b"PK\x01\x02");
            header[28] = 200;
            bytes.extend(header);
            bytes.extend(format!("{number:0200}").as_bytes());
        }
        let size = u32::try_from(bytes.len()).unwrap();
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(files.to_le_bytes());
        bytes.extend(files.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend([0; 6]);
        bytes
    }

    #[test]
    fn a_list_of_files_is_read_so_far_only() {
        let reason = |bytes| read(io::Cursor::new(bytes)).unwrap_err();
        assert_eq!(reason(listing(30_000)), "it is no Anki package");
        assert_eq!(reason(listing(40_000)), "its list of files is too long");
        assert_eq!(reason(vec![0; 1 << 24]), "it is no Anki package");
    }

    #[test]
    fn pages_that_are_shared_are_not_read_for_ever() {
        assert_eq!(number(&fill(50, 3000, 1_000_000), share), None);
    }
}
