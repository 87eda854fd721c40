//! What no check can be faster than: to read all files of a folder, and to
//! parse them with pulldown-cmark, by all processors.
//!
//! `cargo run --release --example floors -- read|parse FOLDER`

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement, run by hand"
)]

use std::fs;
use std::path::{Path, PathBuf};

use prepdeck::markdown::options;
use pulldown_cmark::Parser;
use rayon::prelude::*;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let parses = arguments.next().as_deref() == Some("parse");
    let folder = arguments.next().unwrap();
    let mut files = Vec::new();
    list(Path::new(&folder), &mut files);
    let seen = files.par_iter().map(|file| {
        let text = fs::read_to_string(file).unwrap();
        if parses {
            Parser::new_ext(&text, options()).into_offset_iter().count()
        } else {
            text.len()
        }
    });
    let seen: usize = seen.sum();
    let what = if parses { "events" } else { "bytes" };
    println!("{} files, {seen} {what}", files.len());
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else {
            files.push(path);
        }
    }
}
