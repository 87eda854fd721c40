//! When questions that share a file were made and last changed: each version of
//! the file is read as the file is, and what its questions say is compared.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::{Found, Times, Version};
use crate::corpus::Corpus;
use crate::duplicates::hash;
use crate::files::File;
use crate::git::blobs;
use crate::parse::parse;
use crate::progress::{VERSIONS_READ, one_more};
use crate::question::{At, Question};
use crate::source::Source;
use crate::visible::visible;

/// So many bytes of versions are read for all files together; what is beyond has
/// the times of its file.
const MAX_BYTES: usize = 1 << 30;
/// So many versions are read at a time.
const AT_A_TIME: usize = 64;

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
/// and their ids, given the versions and times of files by path. Nothing of one whose
/// versions cannot be told; of one that has too many, `warnings` say so.
pub fn within(
    corpus: &Corpus,
    versions: &HashMap<String, Vec<Version>>,
    committed: &HashMap<String, Found>,
    warnings: &mut Vec<String>,
) -> HashMap<(usize, String), Option<Found>> {
    let mut left = MAX_BYTES;
    let mut known: BTreeMap<usize, &[Version]> = BTreeMap::new();
    for (number, source) in corpus.sources.iter().enumerate() {
        let Some(own) = versions.get(&*source.path) else {
            continue;
        };
        let bytes = source.text.len().saturating_mul(own.len());
        if let Some(rest) = left.checked_sub(bytes) {
            left = rest;
            known.insert(number, own);
        } else {
            warnings.push(format!(
                "the versions of {} are too many to tell when each of its questions changed, \
                so all of them have the file's times",
                visible(&source.shown)
            ));
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

/// The times of `questions`, each an id and a hash of what it says now, in a file
/// that `differs` from the last commit or not; None for one that no commit has.
fn walk(
    root: &Path,
    file: &File,
    versions: &[Version],
    questions: Vec<(String, u64)>,
    differs: bool,
) -> Option<HashMap<String, Option<Found>>> {
    let newest = versions.first()?.time;
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
    for some in versions.chunks(AT_A_TIME) {
        let names: Vec<&str> = some.iter().map(|version| version.blob.as_str()).collect();
        let texts = blobs(root, &names).ok()?;
        let says = some.par_iter().map(|version| {
            let text = texts.get(&version.blob)?;
            one_more(&VERSIONS_READ);
            Some(says(file, text.clone()))
        });
        let says: Vec<Option<HashMap<String, u64>>> = says.collect();
        for (version, says) in some.iter().zip(says) {
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
                walk.found.times.created = version.time;
                walk.same &= said == walk.said;
                if walk.same {
                    walk.found.times.updated = version.time;
                }
                walk.same &= !version.moved;
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
