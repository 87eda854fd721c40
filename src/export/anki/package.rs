//! The archive around a collection, with its media by number. The same
//! questions give the same bytes.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};

use clap::ValueEnum;
use miette::IntoDiagnostic;
use sha1::{Digest, Sha1};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::super::Selection;
use super::collection::{Schema, render, render_notice, scratch};
use super::protobuf::{bytes, number};

/// The two kinds of package that Anki reads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Package {
    /// Read by every Anki, AnkiDroid and other program
    #[default]
    Legacy,
    /// Smaller and faster; for Anki 2.1.55 (2023) and later
    Latest,
}

/// Deflate's level: a fifth of the time of its own default, 6, for a file half as large again.
const DEFLATED: i64 = 1;

/// zstd's own default, which Anki takes too.
const LEVEL: i32 = zstd::DEFAULT_COMPRESSION_LEVEL;

const NOTICE: &str = "This package is for Anki 2.1.55 and later. Update Anki, or ask for the package of the kind \"legacy\".";

type Zip = ZipWriter<BufWriter<File>>;

/// A collection of schema 11, deflated; media as they are, with a list in JSON.
///
/// # Errors
/// Where SQLite or the archive cannot go on, as when memory ends.
pub fn legacy(selection: &Selection<'_>) -> miette::Result<File> {
    let mut zip = archive()?;
    let mut collection = render(selection, Schema::V11)?;
    begin(&mut zip, "collection.anki2", CompressionMethod::Deflated)?;
    io::copy(&mut collection.bytes, &mut zip).map_err(|error| scratch(&error))?;
    let mut names = serde_json::Map::new();
    for (number, (name, file)) in selection.media.files.iter().enumerate() {
        // Images are compressed as they are.
        add(
            &mut zip,
            &number.to_string(),
            CompressionMethod::Stored,
            file,
        )?;
        names.insert(number.to_string(), name.as_str().into());
    }
    let names = serde_json::Value::Object(names).to_string();
    add(
        &mut zip,
        "media",
        CompressionMethod::Deflated,
        names.as_bytes(),
    )?;
    finished(zip)
}

/// A collection of schema 18, media and their list, each as a zstd frame of
/// its own; messages as in Anki's `proto/anki/import_export.proto`.
///
/// # Errors
/// As for [`legacy`].
pub fn latest(selection: &Selection<'_>) -> miette::Result<File> {
    let mut zip = archive()?;
    let stored = CompressionMethod::Stored;
    // `PackageMetadata`.
    let mut meta = Vec::new();
    number(&mut meta, 1, 3);
    add(&mut zip, "meta", stored, &meta)?;
    let mut collection = render(selection, Schema::V18)?;
    begin(&mut zip, "collection.anki21b", stored)?;
    let mut pack = zstd::Encoder::new(&mut zip, LEVEL).into_diagnostic()?;
    let length = Some(collection.length);
    pack.set_pledged_src_size(length).into_diagnostic()?;
    io::copy(&mut collection.bytes, &mut pack).map_err(|error| scratch(&error))?;
    pack.finish().into_diagnostic()?;
    // `MediaEntries`.
    let mut entries = Vec::new();
    for (at, (name, file)) in selection.media.files.iter().enumerate() {
        add(&mut zip, &at.to_string(), stored, &packed(file)?)?;
        let mut entry = Vec::new();
        bytes(&mut entry, 1, name.as_bytes());
        number(&mut entry, 2, file.len() as u64);
        bytes(&mut entry, 3, &Sha1::digest(file));
        bytes(&mut entries, 1, &entry);
    }
    add(&mut zip, "media", stored, &packed(&entries)?)?;
    let notice = render_notice(NOTICE)?;
    let deflated = CompressionMethod::Deflated;
    add(&mut zip, "collection.anki2", deflated, &notice)?;
    finished(zip)
}

/// An archive in a file without a name, which is gone when nobody has it.
fn archive() -> miette::Result<Zip> {
    let file = tempfile::tempfile().map_err(|error| scratch(&error))?;
    Ok(Zip::new(BufWriter::new(file)))
}

/// The archive's file, to be read from its first byte.
fn finished(zip: Zip) -> miette::Result<File> {
    let written = zip.finish().map_err(|error| scratch(&error))?.into_inner();
    let file = written.map_err(io::IntoInnerError::into_error);
    let rewound = file.and_then(|mut file| file.rewind().map(|()| file));
    rewound.map_err(|error| scratch(&error))
}

fn packed(file: &[u8]) -> miette::Result<Vec<u8>> {
    zstd::bulk::compress(file, LEVEL).into_diagnostic()
}

fn add(zip: &mut Zip, name: &str, method: CompressionMethod, file: &[u8]) -> miette::Result<()> {
    begin(zip, name, method)?;
    zip.write_all(file).map_err(|error| scratch(&error))
}

/// Begins a file: what is written to the archive from here on is its content.
fn begin(zip: &mut Zip, name: &str, method: CompressionMethod) -> miette::Result<()> {
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .compression_level((method == CompressionMethod::Deflated).then_some(DEFLATED))
        .compression_method(method);
    zip.start_file(name, options).into_diagnostic()
}
