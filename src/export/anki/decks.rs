//! Decks from topics: a name and an id for each, and for each above it.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

use super::super::{Entry, Selection};
use crate::corpus::Corpus;
use crate::markdown::html::escaped;

#[derive(Debug)]
pub struct Deck {
    /// Its parts are parted by `::`.
    pub name: String,
    pub id: i64,
    /// What stands below its name, as HTML.
    pub about: String,
}

/// By name. Anki knows no case in names of decks, and would call the second of
/// `HTTP` and `http` `http_`; so all spellings of one name are one deck.
#[derive(Debug, Default)]
pub struct Decks(BTreeMap<UniCase<String>, Deck>);

impl Decks {
    /// The decks of `selection`. Anki matches decks by name; the ids only have
    /// to differ from each other, and from 1.
    pub fn of(selection: &Selection<'_>) -> Decks {
        let corpus = selection.corpus;
        let mut decks = Decks::default();
        decks.add(&root_deck(corpus));
        let topics: BTreeSet<&str> = selection
            .entries
            .iter()
            .map(|entry| &*entry.question.topic)
            .collect();
        for topic in topics {
            decks.add(&deck_of_topic(corpus, topic));
        }
        let mut taken = BTreeSet::from([1]);
        for deck in decks.0.values_mut() {
            let digest = Sha256::digest(deck.name.as_bytes());
            // 40 bits above a base: what other programs make of such a number stays exact.
            deck.id = digest
                .iter()
                .take(5)
                .fold(0, |sum, &byte| (sum << 8) | i64::from(byte))
                + (1 << 41);
            while !taken.insert(deck.id) {
                deck.id += 1;
            }
        }
        if let Some(root) = decks.0.get_mut(&folded(&root_deck(corpus))) {
            root.about = about(corpus);
        }
        decks
    }

    /// Adds a deck and those above it, each as it was first written.
    fn add(&mut self, name: &str) {
        let mut deck = String::new();
        for part in name.split("::") {
            if !deck.is_empty() {
                deck.push_str("::");
            }
            deck.push_str(part);
            let first = self.0.entry(folded(&deck));
            let first = first.or_insert_with(|| Deck {
                name: deck.clone(),
                id: 0,
                about: String::new(),
            });
            deck.clone_from(&first.name);
        }
    }

    /// By name.
    pub fn all(&self) -> impl Iterator<Item = &Deck> {
        self.0.values()
    }

    /// The deck of a question of the selection.
    pub fn get(&self, corpus: &Corpus, entry: &Entry<'_>) -> Option<&Deck> {
        self.0
            .get(&folded(&deck_of_topic(corpus, &entry.question.topic)))
    }
}

/// The deck that holds all others.
fn root_deck(corpus: &Corpus) -> String {
    let title = part(&corpus.title());
    if title.is_empty() {
        "prepdeck".to_string()
    } else {
        title
    }
}

/// As Anki compares names.
fn folded(name: &str) -> UniCase<String> {
    UniCase::new(name.nfc().collect())
}

/// The root deck, and one below it for each folder of the topic. Anki matches
/// decks by name, so names come from what stays.
fn deck_of_topic(corpus: &Corpus, topic: &str) -> String {
    let mut deck = root_deck(corpus);
    for folder in topic
        .split('/')
        .map(part)
        .filter(|folder| !folder.is_empty())
    {
        deck.push_str("::");
        deck.push_str(&folder);
    }
    deck
}

/// A part of a deck's name: `::` would begin another part, and Anki takes no quotes or control characters.
fn part(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && *c != '"')
        .collect();
    let mut name = name.trim().to_string();
    while name.contains("::") {
        name = name.replace("::", ":");
    }
    name.trim_matches(':').to_string()
}

fn about(corpus: &Corpus) -> String {
    let license = corpus
        .config
        .license
        .as_ref()
        .map(|license| format!("Licence: {license}"));
    let authors = &corpus.config.authors;
    let authors = (!authors.is_empty()).then(|| format!("By {}", authors.join(", ")));
    let lines = [corpus.config.url.clone(), authors, license];
    escaped(&lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_name_has_no_part_that_nobody_named() {
        assert_eq!(part("C++:: the \"hard\" parts"), "C++: the hard parts");
        assert_eq!(part("::::"), "");
    }

    #[test]
    fn names_that_differ_by_case_only_are_one_deck() {
        let mut decks = Decks::default();
        decks.add("Web::HTTP::Caching");
        decks.add("Web::http::Éclair");
        decks.add("Web::http::éclair");
        let names: Vec<&str> = decks.all().map(|deck| deck.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Web",
                "Web::HTTP",
                "Web::HTTP::Caching",
                "Web::HTTP::Éclair"
            ]
        );
    }
}
