//! `broken-link`: a relative link or image that leads to no file, or out of the corpus.

use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::markdown::Link;
use crate::markdown::html::scheme;
use crate::verdict::{Asked, Verdict};

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    asked
        .question
        .document
        .links
        .iter()
        .filter_map(|link| judge(asked, link))
        .collect()
}

fn judge(asked: &Asked<'_>, link: &Link) -> Option<Verdict> {
    let path = local_path(&link.target)?;
    let root = &asked.corpus.root;
    let wanted = match path.strip_prefix('/') {
        Some(from_root) => root.join(from_root),
        None => root.join(&asked.source.path).parent()?.join(&path),
    };
    let kind = if link.image { "image" } else { "link" };
    let broken =
        |message: String, help: String| Some(asked.verdict(link.target_span, message, help));
    let Ok(real) = wanted.canonicalize() else {
        return match name_in_other_case(&wanted) {
            Some(name) => broken(
                format!("this {kind} is written in another letter case than the file"),
                format!("write `{name}`"),
            ),
            None => broken(
                format!("this {kind} leads to no file"),
                "correct the path, or add the file".to_string(),
            ),
        };
    };
    if !real.starts_with(root) {
        return broken(
            format!("this {kind} leads out of the corpus"),
            "copy the file into the corpus, or link to its address".to_string(),
        );
    }
    // Where the file system folds case, other people's does not.
    let written = Path::new(&path).file_name()?;
    if real.file_name() != Some(written)
        && wanted
            .symlink_metadata()
            .is_ok_and(|found| !found.is_symlink())
    {
        let name = real.file_name()?.to_string_lossy();
        return broken(
            format!("this {kind} is written in another letter case than the file"),
            format!("write `{name}`"),
        );
    }
    None
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

/// The name that the last part of `wanted` has on disk, if only its case differs.
fn name_in_other_case(wanted: &Path) -> Option<String> {
    let name = wanted.file_name()?.to_str()?.to_lowercase();
    let folder = std::fs::read_dir(wanted.parent()?).ok()?;
    let mut names = folder
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok());
    names.find(|found| found.to_lowercase() == name)
}
