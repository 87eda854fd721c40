//! `orphan-media`: an image that no question shows or links to.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::corpus::Corpus;
use crate::files::{images, is_image, resolved};
use crate::verdict::{Asked, Verdict};

pub fn check(corpus: &Corpus) -> Vec<Verdict> {
    let orphans = images(&corpus.root, &corpus.config.sources);
    if orphans.is_empty() {
        return Vec::new();
    }
    let used = used(corpus);
    // Images of one folder are equally near to each question.
    let mut nearest: BTreeMap<String, Option<usize>> = BTreeMap::new();
    let mut verdicts = Vec::new();
    for image in orphans
        .iter()
        .filter(|image| !used.contains(&image.to_lowercase()))
    {
        let folder = image.rsplit_once('/').map_or("", |(folder, _)| folder);
        let index = nearest
            .entry(folder.to_string())
            .or_insert_with(|| question_near(corpus, folder));
        verdicts.extend(index.and_then(|index| verdict(corpus, index, image)));
    }
    verdicts
}

/// The images that questions name in any way: as an image, a link, in HTML or
/// in words; in lower case, since `broken-link` minds the case.
fn used(corpus: &Corpus) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut add = |source: &str, target: &str| {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy();
        let path = resolved(source, &path).filter(|path| is_image(path));
        used.extend(path.map(|path| path.to_lowercase()));
    };
    for question in &corpus.questions {
        let Some(source) = corpus.source_of(question) else {
            continue;
        };
        let path = question.links_from(source);
        for link in &question.document(source).links {
            add(path, &link.target);
        }
    }
    let apart = |c: char| c.is_whitespace() || "\"'()[]<>{}|,;`=".contains(c);
    for source in &corpus.sources {
        for word in source.text.split(apart).filter(|word| word.contains('.')) {
            add(&source.path, word);
            add("", word);
        }
    }
    used
}

/// The first of the questions that share most of a folder's path.
fn question_near(corpus: &Corpus, folder: &str) -> Option<usize> {
    let shared = |path: &str| {
        path.split('/')
            .zip(folder.split('/'))
            .take_while(|(a, b)| a == b)
            .count()
    };
    let nearness = |index: &usize| {
        let question = corpus.questions.get(*index);
        let source = question.and_then(|question| corpus.source_of(question));
        source.map_or(0, |source| shared(&source.path))
    };
    (0..corpus.questions.len()).rev().max_by_key(nearness)
}

/// An image has no line to point at: the finding stands on a question near it.
fn verdict(corpus: &Corpus, index: usize, image: &str) -> Option<Verdict> {
    let asked = Asked::new(corpus, index)?;
    let message = format!("no question shows the image {image}");
    let help = "show it where it belongs, or remove the file";
    Some(asked.verdict(asked.question.heading_span(), message, help))
}
