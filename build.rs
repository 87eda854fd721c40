//! Lists the pages in `rules/`, so that a new one needs no line of code.

#![allow(
    clippy::expect_used,
    reason = "a build that cannot read its own pages must stop"
)]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let mut files: Vec<_> = fs::read_dir(Path::new(&root).join("rules"))
        .expect("the folder of rule pages")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    files.sort();
    let mut table = String::from("[");
    for file in files {
        let name = file
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        let path = file.to_string_lossy().into_owned();
        write!(table, "({name:?}, include_str!({path:?})),").expect("a String takes all");
    }
    table.push(']');
    fs::write(Path::new(&out).join("pages.rs"), table).expect("OUT_DIR is writable");
}
