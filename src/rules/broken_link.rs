//! `broken-link`: a relative link or image that leads to no file, or out of the corpus.

use std::path::Path;

use dunce::canonicalize;
use percent_encoding::percent_decode_str;

use crate::files::{Names, resolved};
use crate::markdown::Link;
use crate::markdown::html::scheme;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    asked
        .document()
        .links
        .iter()
        .filter_map(|link| judge(asked, link))
        .collect()
}

fn judge(asked: &Asked<'_>, link: &Link) -> Option<Verdict> {
    let path = local_path(&link.target)?;
    let root = &asked.corpus.root;
    let folder = if path.starts_with('/') {
        root.clone()
    } else {
        root.join(asked.question.links_from(asked.source))
            .parent()?
            .to_path_buf()
    };
    let kind = if link.image { "image" } else { "link" };
    let broken =
        |message: String, help: String| Some(asked.verdict(link.target_span, message, help));
    let outside = || {
        let help = "copy the file into the corpus, or link to its address";
        let message = format!("this {kind} leads out of the corpus");
        asked.verdict(link.target_span, message, help)
    };
    // What is there is nobody's business. A folder on the way that is left again
    // need not be there: that of a record is where it was exported.
    let Some(target) = resolved(asked.question.links_from(asked.source), &path) else {
        return Some(outside());
    };
    let names = &asked.corpus.names;
    let Ok(real) = canonicalize(root.join(target)) else {
        if let Some(name) = on_disk(names, &folder, &path) {
            return broken(other_case(kind), format!("write `{name}`"));
        }
        let help = "correct the path, or add the file; an address begins with https://";
        return broken(format!("`{path}` leads to no file"), help.to_string());
    };
    if !real.starts_with(root) {
        return Some(outside());
    }
    // Where the file system folds case, other people's does not.
    let exact = on_disk(names, &folder, &path)?;
    let parts = path.split('/').filter(|part| !part.is_empty());
    if parts.eq(exact.split('/')) {
        return None;
    }
    broken(other_case(kind), format!("write `{exact}`"))
}

fn other_case(kind: &str) -> String {
    format!("this {kind} is written in another letter case than the file")
}

/// The path as its parts are written on disk, if they differ in case alone.
fn on_disk(names: &Names, folder: &Path, path: &str) -> Option<String> {
    let mut here = folder.to_path_buf();
    let mut written: Vec<String> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => written.push(part.to_string()),
            ".." => {
                here.pop();
                written.push(part.to_string());
            }
            part => {
                let name = names.written(&here, part)?;
                here.push(&name);
                written.push(name);
            }
        }
    }
    Some(written.join("/"))
}

/// The path in `target`, decoded; None where it is an address, a place on the
/// same page, or nothing.
fn local_path(target: &str) -> Option<String> {
    if scheme(target).is_some() || target.starts_with("//") {
        return None;
    }
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    (!path.is_empty() && path != "." && !path.contains('\0')).then_some(path)
}
