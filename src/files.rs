//! The files of a corpus: a walk over the folders that its sources name.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use dunce::canonicalize;
use ignore::{DirEntry, WalkBuilder};

use crate::config::SourceSet;
use crate::visible::path_text;

/// A file that holds questions.
#[derive(Debug)]
pub struct File {
    /// Where it is, if not at its path below the root: a name may be no UTF-8.
    pub elsewhere: Option<PathBuf>,
    /// From the corpus's root.
    pub path: Arc<str>,
    pub topic: Arc<str>,
    /// How it is read.
    pub set: Arc<SourceSet>,
}

impl File {
    /// Where it is, in the corpus at `root`.
    pub fn real(&self, root: &Path) -> PathBuf {
        let elsewhere = self.elsewhere.clone();
        elsewhere.unwrap_or_else(|| root.join(&*self.path))
    }
}

/// The files of each source set, in the order of their paths; one that fits two sets is of the first.
pub fn list(root: &Path, sets: &[SourceSet]) -> Vec<File> {
    gathered(sets, |set| walk(root, set, |path| set.paths.matches(path)))
}

/// As [`list`], of files that stand nowhere but in `paths`, from the corpus's root.
pub fn list_of(paths: &[String], sets: &[SourceSet]) -> Vec<File> {
    gathered(sets, |set| below(paths, set))
}

fn gathered<'a>(
    sets: &'a [SourceSet],
    find: impl Fn(&'a SourceSet) -> Vec<Found<'a>>,
) -> Vec<File> {
    let mut files = Vec::new();
    let mut seen: HashSet<Arc<str>> = HashSet::new();
    // Many files have one topic.
    let mut topics: BTreeSet<Arc<str>> = BTreeSet::new();
    for set in sets {
        let shared = Arc::new(set.clone());
        let mut found = find(set);
        if let Some(language) = &set.language {
            // Who names the folder of a translation means it.
            let below = |path: &str, folder: &str| {
                let path = path.strip_prefix(folder).unwrap_or(path);
                path.trim_start_matches('/').to_string()
            };
            let paths = found.iter().map(|(_, path, folder)| below(path, folder));
            let paths: BTreeSet<String> = paths.collect();
            found.retain(|(_, path, folder)| {
                !is_translation(&below(path, folder), &paths, language)
            });
        }
        for (elsewhere, path, folder) in found {
            let path: Arc<str> = path.into();
            if seen.insert(Arc::clone(&path)) {
                let topic = topic(&path, folder);
                let topic = topics.get(topic).cloned().unwrap_or_else(|| {
                    let topic: Arc<str> = topic.into();
                    topics.insert(Arc::clone(&topic));
                    topic
                });
                files.push(File {
                    elsewhere,
                    path,
                    topic,
                    set: Arc::clone(&shared),
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
        .flat_map(|set| walk(root, set, is_image))
        .filter(|(_, _, folder)| !folder.is_empty());
    paths.map(|(_, path, _)| path).collect()
}

/// Whether a file is an image, by its name.
pub fn is_image(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    let is = |ending: &str| {
        IMAGES
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    };
    ending.is_some_and(is)
}

const IMAGES: &[&str] = &["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// Codes of languages that names of translated files end with, or that their
/// folders are called; some repositories write a country's for its language.
const LANGUAGES: &[&str] = &[
    "am", "ar", "az", "be", "bg", "bn", "br", "bs", "ca", "ch", "cn", "cs", "cz", "da", "de", "el",
    "en", "es", "et", "eu", "fa", "fi", "fr", "ge", "gl", "gr", "he", "hi", "hr", "hu", "hy", "id",
    "in", "ir", "it", "ja", "jp", "ka", "kk", "km", "ko", "kr", "lt", "lv", "mk", "ml", "mn", "mr",
    "ms", "my", "ne", "nl", "no", "pa", "pl", "pt", "ro", "rs", "ru", "si", "sk", "sl", "sq", "sr",
    "sv", "sw", "ta", "te", "th", "tl", "tr", "tw", "ua", "uk", "ur", "uz", "vi", "vn", "zh",
];

/// Whether a file is in another language than `language`: `README-zh_CN.md`
/// beside `README.md`, `de-DE/README.md` below it.
fn is_translation(path: &str, paths: &BTreeSet<String>, language: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |parts| parts);
    let mut folders = folder.split('/');
    if folders.any(|folder| ["translations", "i18n", "locales"].contains(&folder)) {
        return true;
    }
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return false;
    };
    let join = |folder: &str, name: &str| match folder {
        "" => name.to_string(),
        folder => format!("{folder}/{name}"),
    };
    let code = |text: &str| {
        let text = text.to_ascii_lowercase();
        let (code, country) = text.split_once(['-', '_']).unwrap_or((&text, ""));
        let known = LANGUAGES.contains(&code) && country.len() <= 4;
        known.then(|| code.to_string())
    };
    // `name-zh_CN`, `name.pt-BR`, `name_fr`: the code is the last part or two.
    let marks = stem.match_indices(['-', '_', '.']).map(|(at, _)| at);
    for at in marks.collect::<Vec<_>>().into_iter().rev().take(2) {
        let (plain, last) = (stem.get(..at), stem.get(at + 1..));
        if let (Some(plain), Some(found)) = (plain, last.and_then(code)) {
            let original = join(folder, &format!("{plain}.{ending}"));
            let beside = format!("{plain}-{language}.{ending}");
            if paths.contains(&original) || paths.contains(&join(folder, &beside)) {
                return found != language || paths.contains(&original);
            }
        }
    }
    let (above, own) = folder.rsplit_once('/').map_or(("", folder), |parts| parts);
    let Some(found) = code(own).filter(|_| own.len() == 2 || own.len() == 5) else {
        return false;
    };
    // Of `README.md` and `en-EN/README.md`, one is enough.
    let original = ["README.md", name]
        .iter()
        .any(|name| paths.contains(&join(above, name)));
    // `ml` is a language and a subject: a translation has an original.
    let same = paths.contains(&join(above, name));
    let beside = join(&join(above, language), name);
    if found == language {
        original
    } else {
        same || paths.contains(&beside)
    }
}

/// Where a file is, if not at its path below the root; that path; and the
/// set's folder that it is in.
type Found<'a> = (Option<PathBuf>, String, &'a str);

/// The regular files in the folders of a source set whose path is `wanted`.
fn walk<'a>(root: &Path, set: &'a SourceSet, wanted: impl Fn(&str) -> bool) -> Vec<Found<'a>> {
    let mut files = Vec::new();
    for folder in &set.paths.folders {
        let start = root.join(folder);
        // A link that leads out of the corpus is not followed.
        if !canonicalize(&start).is_ok_and(|real| real.starts_with(root)) {
            continue;
        }
        for real in entries(&start) {
            let Ok(below) = real.strip_prefix(root) else {
                continue;
            };
            let path = path_text(below);
            if wanted(&path) {
                let elsewhere = (below != Path::new(&path)).then_some(real);
                files.push((elsewhere, path, folder.as_str()));
            }
        }
    }
    files
}

/// What [`list`] would walk to if `paths` were all that there is.
fn below<'a>(paths: &[String], set: &'a SourceSet) -> Vec<Found<'a>> {
    let mut files = Vec::new();
    for folder in &set.paths.folders {
        for path in paths {
            let rest = path.strip_prefix(folder.as_str()).unwrap_or_default();
            let rest = match folder.as_str() {
                "" => Some(rest),
                _ => rest.strip_prefix('/'),
            };
            // Hidden files are no part of a corpus.
            let shown = rest.is_some_and(|rest| !rest.split('/').any(|part| part.starts_with('.')));
            if shown && set.paths.matches(path) {
                files.push((None, path.clone(), folder.as_str()));
            }
        }
    }
    files
}

/// The largest `.gitignore` that is read, in bytes.
const MAX_IGNORE: u64 = 64 * 1024;

/// The regular files that `.gitignore` leaves of a folder. Where one that counts cannot be read,
/// because a stranger made it a pipe, a device or endless, none is: then more
/// is judged, not less.
fn entries(start: &Path) -> Vec<PathBuf> {
    let plain = Arc::new(AtomicBool::new(start.ancestors().all(ignores_plainly)));
    let seen = Arc::clone(&plain);
    let walk = || {
        let mut walk = WalkBuilder::new(start);
        walk.ignore(false).git_global(false).git_exclude(false);
        walk
    };
    if plain.load(Ordering::Relaxed) {
        let mut walk = walk();
        walk.filter_entry(move |entry| {
            // Asked before the folder's own `.gitignore` is read.
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            let plainly = !folder || ignores_plainly(entry.path());
            seen.fetch_and(plainly, Ordering::Relaxed);
            plainly
        });
        let entries = walk
            .build()
            .filter_map(Result::ok)
            .filter_map(file)
            .collect();
        if plain.load(Ordering::Relaxed) {
            return entries;
        }
    }
    let mut walk = walk();
    walk.git_ignore(false).parents(false);
    walk.build()
        .filter_map(Result::ok)
        .filter_map(file)
        .collect()
}

fn file(entry: DirEntry) -> Option<PathBuf> {
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    is_file.then(|| entry.into_path())
}

fn ignores_plainly(folder: &Path) -> bool {
    folder
        .join(".gitignore")
        .metadata()
        .map_or(true, |found| found.is_file() && found.len() <= MAX_IGNORE)
}

/// The names in folders, each folder read once: every link asks how its file is written.
#[derive(Debug, Default)]
pub struct Names(Mutex<HashMap<PathBuf, Arc<Folded>>>);

/// Names by themselves in lower case.
type Folded = HashMap<String, Vec<String>>;

impl Names {
    /// The entry of a folder that has the name, or else the same name in another case.
    pub fn written(&self, folder: &Path, name: &str) -> Option<String> {
        let known = self.0.lock().ok()?.get(folder).map(Arc::clone);
        let names = known.unwrap_or_else(|| {
            let names = Arc::new(names(folder));
            if let Ok(mut all) = self.0.lock() {
                all.insert(folder.to_path_buf(), Arc::clone(&names));
            }
            names
        });
        let alike = names.get(&name.to_lowercase())?;
        let exact = alike.iter().find(|other| *other == name);
        exact.or(alike.iter().min()).cloned()
    }
}

fn names(folder: &Path) -> Folded {
    let mut names = Folded::new();
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    for entry in entries.filter_map(Result::ok) {
        if let Ok(name) = entry.file_name().into_string() {
            names.entry(name.to_lowercase()).or_default().push(name);
        }
    }
    names
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
fn topic<'a>(path: &'a str, root: &str) -> &'a str {
    let below = path
        .strip_prefix(root)
        .unwrap_or(path)
        .trim_start_matches('/');
    below.rsplit_once('/').map_or("", |(topic, _)| topic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translation_stands_beside_its_original_or_in_a_folder_of_its_language() {
        let paths = [
            "README.md",
            "README-zh_CN.md",
            "README.pt-BR.md",
            "de-DE/README.md",
            "en-EN/README.md",
            "css/css-quiz.md",
            "css/css-quiz-es.md",
            "c/c-quiz.md",
            "go.md",
            "a/is-it.md",
            "translations/arabic/README.md",
            "ml/ml-quiz.md",
            "docs/en/a.md",
            "docs/fr/a.md",
        ];
        let all: BTreeSet<String> = paths.iter().map(ToString::to_string).collect();
        let read = paths
            .iter()
            .filter(|path| !is_translation(path, &all, "en"));
        let read: Vec<&str> = read.copied().collect();
        assert_eq!(
            read,
            [
                "README.md",
                "css/css-quiz.md",
                "c/c-quiz.md",
                "go.md",
                "a/is-it.md",
                "ml/ml-quiz.md",
                "docs/en/a.md"
            ]
        );
    }

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
