//! Decks from topics: a name and an id for each, and for each above it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

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

/// Anki knows no case in names of decks, and would call the second of `HTTP` and
/// `http` `http_`; so all spellings of one name are one deck.
type ByName = BTreeMap<UniCase<String>, Deck>;

#[derive(Debug, Default)]
pub struct Decks {
    /// By name.
    pub all: Vec<Deck>,
    /// The place in `all` of each topic's deck.
    of_topic: HashMap<Arc<str>, usize>,
}

impl Decks {
    /// The decks of `selection`. Anki matches decks by name; the ids only have
    /// to differ from each other, and from 1.
    pub fn of(selection: &Selection<'_>) -> Decks {
        let corpus = selection.corpus;
        let mut by_name = ByName::new();
        add(&mut by_name, &root_deck(corpus));
        let entries = selection.entries.iter();
        let topics: BTreeSet<&Arc<str>> = entries.map(|entry| &entry.question.topic).collect();
        for topic in &topics {
            add(&mut by_name, &deck_of_topic(corpus, topic));
        }
        let mut taken = BTreeSet::from([1]);
        for deck in by_name.values_mut() {
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
        if let Some(root) = by_name.get_mut(&folded(&root_deck(corpus))) {
            root.about = about(corpus);
        }
        let places: HashMap<&UniCase<String>, usize> = by_name.keys().zip(0..).collect();
        let place = |topic: &Arc<str>| {
            let place = places.get(&folded(&deck_of_topic(corpus, topic)))?;
            Some((Arc::clone(topic), *place))
        };
        Decks {
            of_topic: topics.into_iter().filter_map(place).collect(),
            all: by_name.into_values().collect(),
        }
    }

    /// The deck of a question of the selection.
    pub fn get(&self, entry: &Entry<'_>) -> Option<&Deck> {
        self.all.get(*self.of_topic.get(&entry.question.topic)?)
    }
}

/// Adds a deck and those above it, each as it was first written.
fn add(by_name: &mut ByName, name: &str) {
    let mut deck = String::new();
    for part in name.split("::") {
        if !deck.is_empty() {
            deck.push_str("::");
        }
        deck.push_str(part);
        let first = by_name.entry(folded(&deck));
        let first = first.or_insert_with(|| Deck {
            name: deck.clone(),
            id: 0,
            about: String::new(),
        });
        deck.clone_from(&first.name);
    }
}

/// Topics, and topics above them, that come to one deck and are not spelt alike.
pub fn one_deck<'a>(topics: &BTreeSet<&'a str>) -> Vec<Vec<&'a str>> {
    let mut spelt: BTreeMap<UniCase<String>, BTreeSet<&str>> = BTreeMap::new();
    for topic in topics {
        let ends = topic.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([topic.len()]) {
            let above = topic.get(..end).unwrap_or_default();
            spelt
                .entry(folded(&below(above)))
                .or_default()
                .insert(above);
        }
    }
    let spelt = spelt.into_values().map(|same| same.into_iter().collect());
    // Where only what is above differs, that is said already.
    let folder = |topic: &&'a str| topic.rsplit('/').next();
    spelt
        .filter(|same: &Vec<&str>| {
            same.iter()
                .any(|one| same.first().map(folder) != Some(folder(one)))
        })
        .collect()
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
    root_deck(corpus) + &below(topic)
}

/// What a topic's deck is called below the root deck.
fn below(topic: &str) -> String {
    let mut deck = String::new();
    for folder in topic.split('/').map(part) {
        if !folder.is_empty() {
            deck.push_str("::");
            deck.push_str(&folder);
        }
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
        let mut decks = ByName::new();
        add(&mut decks, "Web::HTTP::Caching");
        add(&mut decks, "Web::http::Éclair");
        add(&mut decks, "Web::http::éclair");
        let names: Vec<&str> = decks.values().map(|deck| deck.name.as_str()).collect();
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

    #[test]
    fn topics_of_one_deck_are_named_where_they_differ() {
        let topics = BTreeSet::from(["HTTP/caching", "http/caching", "http/Caching/x", "sql"]);
        let caching = vec!["HTTP/caching", "http/Caching", "http/caching"];
        assert_eq!(one_deck(&topics), [vec!["HTTP", "http"], caching]);
        assert!(one_deck(&BTreeSet::from(["http/caching", "sql/caching", "http"])).is_empty());
    }
}
