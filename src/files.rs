//! The files of a corpus: a walk over the folders that its sources name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
        for folder in &set.paths.folders {
            let start = root.join(folder);
            // A link that leads out of the corpus is not followed.
            if !start
                .canonicalize()
                .is_ok_and(|real| real.starts_with(root))
            {
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
                let Ok(path) = entry.path().strip_prefix(root).map(path_text) else {
                    continue;
                };
                if set.paths.matches(&path) && seen.insert(path.clone()) {
                    let topic = topic(&path, folder);
                    files.push(File {
                        real: entry.into_path(),
                        path,
                        topic,
                        format: set.format,
                    });
                }
            }
        }
    }
    files.sort_by_cached_key(|file| order(&file.path));
    files
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
