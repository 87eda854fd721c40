//! The files of a corpus: a walk over the folders that its sources name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dunce::canonicalize;
use ignore::WalkBuilder;

use crate::config::{Format, SourceSet};
use crate::visible::path_text;

/// A file that holds questions.
#[derive(Debug)]
pub struct File {
    pub real: PathBuf,
    /// From the corpus's root.
    pub path: String,
    pub topic: String,
    pub format: Format,
}

/// The files of each source set, in the order of their paths; one that fits two sets is of the first.
pub fn list(root: &Path, sets: &[SourceSet]) -> Vec<File> {
    let mut files = Vec::new();
    let mut seen = BTreeSet::new();
    for set in sets {
        for (real, path, folder) in walk(root, set) {
            if set.paths.matches(&path) && seen.insert(path.clone()) {
                let topic = topic(&path, folder);
                let format = set.format;
                files.push(File {
                    real,
                    path,
                    topic,
                    format,
                });
            }
        }
    }
    files.sort_by_cached_key(|file| order(&file.path));
    files
}

/// The images in the folders of the source sets, from the corpus's root. Where
/// all of a repository is searched for questions, its images are for others too.
pub fn images(root: &Path, sets: &[SourceSet]) -> BTreeSet<String> {
    let paths = sets
        .iter()
        .flat_map(|set| walk(root, set))
        .filter(|(_, _, folder)| !folder.is_empty())
        .map(|(_, path, _)| path);
    paths.filter(|path| is_image(path)).collect()
}

/// Whether a file is an image, by its name.
pub fn is_image(path: &str) -> bool {
    let lower = path.to_lowercase();
    IMAGES.iter().any(|ending| lower.ends_with(ending))
}

const IMAGES: &[&str] = &[
    ".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp",
];

/// All regular files in the folders of a source set: where each is, its path
/// from the root, and the set's folder that it is in.
fn walk<'a>(root: &Path, set: &'a SourceSet) -> Vec<(PathBuf, String, &'a str)> {
    let mut files = Vec::new();
    for folder in &set.paths.folders {
        let start = root.join(folder);
        // A link that leads out of the corpus is not followed.
        if !canonicalize(&start).is_ok_and(|real| real.starts_with(root)) {
            continue;
        }
        let walk = WalkBuilder::new(&start)
            .ignore(false)
            .git_global(false)
            .git_exclude(false)
            .build();
        for entry in walk.filter_map(Result::ok) {
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            if let Ok(path) = entry.path().strip_prefix(root).map(path_text) {
                files.push((entry.into_path(), path, folder.as_str()));
            }
        }
    }
    files
}

/// The path from the corpus's root that a relative target leads to from
/// `source`; None where it leads out of the corpus.
pub fn resolved(source: &str, target: &str) -> Option<String> {
    let absolute = target.starts_with('/');
    let mut parts: Vec<&str> = if absolute {
        Vec::new()
    } else {
        source.split('/').collect()
    };
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Folder by folder, and `acid` before its copy `acid-copy`.
fn order(path: &str) -> String {
    path.strip_suffix(".md").unwrap_or(path).replace('/', "\0")
}

/// The folders between the corpus's root folder and the file.
fn topic(path: &str, root: &str) -> String {
    let below = path
        .strip_prefix(root)
        .unwrap_or(path)
        .trim_start_matches('/');
    below
        .rsplit_once('/')
        .map_or("", |(topic, _)| topic)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_the_folder_below_the_root() {
        assert_eq!(
            topic("questions/http/caching/etag.md", "questions"),
            "http/caching"
        );
        assert_eq!(topic("questions/a.md", "questions"), "");
        assert_eq!(topic("a/b.md", ""), "a");
    }
}
