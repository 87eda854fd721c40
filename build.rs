//! Lists the pages in `rules/`, so that a new one needs no line of code, and
//! what a text must hold for their patterns to match.

#![allow(
    clippy::expect_used,
    reason = "a build that cannot read its own pages must stop"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

#[path = "src/rules/required.rs"]
mod required;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rules/required.rs");
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
    let mut needed = BTreeMap::new();
    for file in files {
        let name = file
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        let path = file.to_string_lossy().into_owned();
        write!(table, "({name:?}, include_str!({path:?})),").expect("a String takes all");
        for pattern in patterns(&fs::read_to_string(&file).expect("a page is text")) {
            let literals = required::required(&pattern);
            needed.insert(pattern, literals);
        }
    }
    table.push(']');
    fs::write(Path::new(&out).join("pages.rs"), table).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("needed.rs"), written(&needed)).expect("OUT_DIR is writable");
}

/// The patterns of a page as it has them; none where it is no page, which a
/// test tells better.
fn patterns(page: &str) -> Vec<String> {
    let page: toml::Table = toml::from_str(page).unwrap_or_default();
    let matcher = page.get("match");
    let text = |value: &toml::Value, key: &str| Some(value.get(key)?.as_str()?.to_string());
    let swaps = matcher.and_then(|matcher| matcher.get("swap")?.as_array());
    let swaps = swaps.into_iter().flatten();
    let swaps = swaps.filter_map(|swap| text(swap, "from"));
    let pattern = matcher.and_then(|matcher| text(matcher, "pattern"));
    swaps.chain(pattern).collect()
}

/// As the elements of an array of patterns, each with its literals.
fn written(needed: &BTreeMap<String, Option<Vec<Vec<u8>>>>) -> String {
    let mut table = String::from("[");
    for (pattern, literals) in needed {
        write!(table, "({pattern:?}, ").expect("a String takes all");
        match literals {
            None => table.push_str("None),"),
            Some(literals) => {
                table.push_str("Some(&[");
                for literal in literals {
                    write!(table, "b\"{}\",", literal.escape_ascii()).expect("a String takes all");
                }
                table.push_str("])),");
            }
        }
    }
    table.push(']');
    table
}
