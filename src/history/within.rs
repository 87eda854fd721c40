//! When questions that share a file were made and last changed: each version of
//! the file is read as the file is, and what its questions say is compared.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::{Found, Times, Version};
use crate::corpus::Corpus;
use crate::duplicates::hash;
use crate::files::File;
use crate::git::{blobs, sizes};
use crate::parse::parse;
use crate::progress::{VERSIONS_READ, one_more};
use crate::question::{At, Question};
use crate::source::Source;
use crate::visible::visible;

/// So many bytes of versions are read for all files together; the questions of
/// what is beyond have the times of their file.
const MAX_BYTES: usize = 1 << 30;
/// One version may have so many.
const MAX_VERSION: usize = 1 << 26;
/// So many are read at a time, or one version.
const SOME_BYTES: usize = 1 << 25;

/// Versions, newest first, each with its size.
type Versions<'a> = Vec<(&'a Version, usize)>;

/// What is known of a question while versions are looked at, newest first.
struct Walk {
    found: Found,
    said: u64,
    /// Whether all versions so far have it.
    there: bool,
    /// Whether they say the same of it.
    same: bool,
}

/// The times of the questions that share a file, by the number of their source
/// and their ids, given the versions and times of files by path. Nothing of a file
/// whose versions cannot be read; `warnings` say why.
pub fn within(
    corpus: &Corpus,
    versions: &HashMap<String, Vec<Version>>,
    committed: &HashMap<String, Found>,
    warnings: &mut Vec<String>,
) -> HashMap<(usize, String), Option<Found>> {
    let mut known: BTreeMap<usize, Versions> = BTreeMap::new();
    let mut left = MAX_BYTES;
    for (number, source) in corpus.sources.iter().enumerate() {
        let Some(own) = versions.get(&*source.path) else {
            continue;
        };
        match readable(&corpus.root, own, &mut left) {
            Ok(own) => drop(known.insert(number, own)),
            Err(why) => warnings.push(format!(
                "when each question of {} changed is not known, and all have the file's times: {why}",
                visible(&source.shown)
            )),
        }
    }
    let mut now: BTreeMap<usize, Vec<(String, u64)>> = BTreeMap::new();
    for question in &corpus.questions {
        let page = corpus.page(question.source);
        let page = page.filter(|_| known.contains_key(&question.source));
        if let Some((page, id)) = page.zip(question.id()) {
            let own = now.entry(question.source).or_default();
            own.push((id.to_string(), said(question, &page.source)));
        }
    }
    let mut all = HashMap::new();
    for (number, questions) in now {
        let (Some(file), Some(versions)) = (corpus.files.get(number), known.get(&number)) else {
            continue;
        };
        let differs = committed.get(&*file.path).is_none_or(|found| found.changed);
        let found = walk(&corpus.root, file, versions, questions, differs);
        let found = found.into_iter().flatten();
        all.extend(found.map(|(id, found)| ((number, id), found)));
    }
    all
}

/// Versions with their sizes, where all can be read within what is `left`.
///
/// # Errors
/// With the reason why not.
fn readable<'a>(
    root: &Path,
    versions: &'a [Version],
    left: &mut usize,
) -> Result<Versions<'a>, &'static str> {
    let names: Vec<&str> = versions
        .iter()
        .map(|version| version.blob.as_str())
        .collect();
    let sizes = sizes(root, &names).map_err(|_| "git does not tell of its versions")?;
    let sizes: Option<Vec<usize>> = sizes.into_iter().collect();
    let sizes = sizes.filter(|sizes| sizes.len() == versions.len());
    let sizes = sizes.ok_or(
        "this clone lacks some of its versions; fetch them: git fetch --refetch --no-filter",
    )?;
    let fits = |size: &usize| *size <= MAX_VERSION;
    let bytes = sizes
        .iter()
        .fold(0_usize, |sum, &size| sum.saturating_add(size));
    let rest = left.checked_sub(bytes).filter(|_| sizes.iter().all(fits));
    *left = rest.ok_or("its versions are too large or too many to be read")?;
    Ok(versions.iter().zip(sizes).collect())
}

/// How many versions from the first on are read at a time: one at least.
fn at_a_time(versions: &[(&Version, usize)]) -> usize {
    let mut bytes = 0_usize;
    let fit = versions.iter().take_while(|(_, size)| {
        bytes = bytes.saturating_add(*size);
        bytes <= SOME_BYTES
    });
    fit.count().max(1).min(versions.len())
}

/// The times of `questions`, each an id and a hash of what it says now, in a file
/// that `differs` from the last commit or not; None for one that no commit has.
fn walk(
    root: &Path,
    file: &File,
    versions: &[(&Version, usize)],
    questions: Vec<(String, u64)>,
    differs: bool,
) -> Option<HashMap<String, Option<Found>>> {
    let newest = versions.first()?.0.time;
    let mut walks: HashMap<String, Walk> = HashMap::new();
    for (id, said) in questions {
        let times = Times {
            created: newest,
            updated: newest,
        };
        let changed = false;
        walks.entry(id).or_insert(Walk {
            found: Found { times, changed },
            said,
            there: true,
            same: true,
        });
    }
    let mut uncommitted = HashSet::new();
    let mut is_newest = true;
    let mut rest = versions;
    while !rest.is_empty() {
        let (now, others) = rest.split_at(at_a_time(rest));
        rest = others;
        let names: Vec<&str> = now
            .iter()
            .map(|(version, _)| version.blob.as_str())
            .collect();
        let texts = blobs(root, &names).ok()?;
        let says = now.par_iter().map(|(version, _)| {
            let text = texts.get(&version.blob)?;
            one_more(&VERSIONS_READ);
            Some(says(file, text.clone()))
        });
        let says: Vec<Option<HashMap<String, u64>>> = says.collect();
        for ((version, _), says) in now.iter().zip(says) {
            // What this clone does not have tells nothing of what was before it.
            let says = says?;
            for (id, walk) in walks.iter_mut().filter(|(_, walk)| walk.there) {
                let Some(&said) = says.get(id) else {
                    walk.there = false;
                    if is_newest {
                        uncommitted.insert(id.clone());
                    }
                    continue;
                };
                if is_newest {
                    walk.found.changed = differs && said != walk.said;
                    walk.said = said;
                }
                let created = &mut walk.found.times.created;
                *created = version.time.min(*created);
                walk.same &= said == walk.said;
                if walk.same {
                    walk.found.times.updated = version.time;
                }
                walk.same &= !version.moved;
            }
            // What is in the last commit is written in another way than the file.
            if is_newest && uncommitted.len() == walks.len() {
                return None;
            }
            is_newest = false;
        }
    }
    let found = walks.into_iter().filter_map(|(id, walk)| {
        let is_new = uncommitted.contains(&id);
        // Where git sees no difference, it is only read otherwise than its commit.
        (differs || !is_new).then(|| (id, (!is_new).then_some(walk.found)))
    });
    Some(found.collect())
}

/// Hashes of what the questions of a version say, by their ids; of two with one
/// id, of the first.
fn says(file: &File, text: Vec<u8>) -> HashMap<String, u64> {
    let source = Source::of_bytes(text, file.path.clone(), file.path.clone());
    let parsed = parse(&file.set, &source, 0, &file.topic);
    let page = parsed.page.as_ref().map_or(&source, |page| &page.source);
    let mut all = HashMap::new();
    for question in &parsed.questions {
        if let Some(id) = question.id() {
            all.entry(id.to_string())
                .or_insert_with(|| said(question, page));
        }
    }
    all
}

/// A hash of what an export shows of a question. Its number is no part of it:
/// one that comes above changes that of all below.
fn said(question: &Question, page: &Source) -> u64 {
    let values = |values: &[At<String>]| {
        let values = values.iter().map(|at| at.value.as_str());
        values.collect::<Vec<_>>().join("\u{1}")
    };
    let (meta, rare) = (&question.meta, question.meta.rare());
    let sources = meta.sources.given();
    let license = rare.license.as_ref();
    let keys = [
        question.topic.to_string(),
        question.level().unwrap_or_default().to_string(),
        values(&meta.tags),
        sources.map_or(String::new(), |sources| values(&sources.value)),
        values(&rare.aliases),
        values(&rare.authors),
        license.map_or(String::new(), |own| own.value.clone()),
        format!("{:?}", meta.status),
    ];
    let start = question.heading.span.start();
    let text = page.text.get(start..question.span.end());
    // A work tree may have other line ends than its commits.
    let text = text.unwrap_or_default().replace("\r\n", "\n");
    hash(&format!("{}\u{2}{text}", keys.join("\u{2}")))
}
