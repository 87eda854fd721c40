//! What a package changes for the readers of the one before it.

use std::collections::{BTreeSet, HashMap};

use super::contents::Known;
use super::note_type::{self, OURS};
use crate::visible::visible;

/// More ids than these are only counted.
const MAX_IN_SUMMARY: usize = 5;
const MAX_IN_LIST: usize = 1000;

/// Ids, made visible, in the order of the package that has them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    pub new: Vec<String>,
    /// With what differs: names of fields, or `tags`.
    pub changed: Vec<(String, String)>,
    /// No question of the corpus has these ids any more.
    pub gone: Vec<String>,
    /// In the corpus, but not in this package: drafts, faulty ones, filtered ones.
    pub left_out: Vec<String>,
    /// Changed, but no later than before: Anki keeps the old text.
    pub not_newer: Vec<String>,
    /// Whether ids stayed and what Anki knows notes by did not.
    pub other_corpus: bool,
}

/// Compares two packages; `there` are the ids of the corpus.
pub fn between(before: &[Known], after: &[Known], there: &BTreeSet<&str>) -> Difference {
    let old: HashMap<&str, &Known> = before
        .iter()
        .map(|note| (note.guid.as_str(), note))
        .collect();
    let ids: BTreeSet<&str> = before.iter().map(|note| note.id.as_str()).collect();
    let mut difference = Difference::default();
    let mut stayed = 0_usize;
    for note in after {
        let id = visible(&note.id).into_owned();
        let Some(old) = old.get(note.guid.as_str()) else {
            difference.new.push(id);
            continue;
        };
        stayed += 1;
        if old.prints == note.prints {
            continue;
        }
        if note.modified <= old.modified {
            difference.not_newer.push(id.clone());
        }
        difference.changed.push((id, what_differs(old, note)));
    }
    let kept: BTreeSet<&str> = after.iter().map(|note| note.guid.as_str()).collect();
    let kept_ids: BTreeSet<&str> = after.iter().map(|note| note.id.as_str()).collect();
    for note in before {
        // Under another GUID it is new, and not gone.
        if kept.contains(note.guid.as_str()) || kept_ids.contains(note.id.as_str()) {
            continue;
        }
        let id = visible(&note.id).into_owned();
        if there.contains(note.id.as_str()) {
            difference.left_out.push(id);
        } else {
            difference.gone.push(id);
        }
    }
    difference.other_corpus =
        stayed == 0 && after.iter().any(|note| ids.contains(note.id.as_str()));
    difference
}

fn what_differs(old: &Known, new: &Known) -> String {
    let names = note_type::FIELDS.iter().map(|&(name, _)| name).take(OURS);
    let pairs = old.prints.iter().zip(&new.prints);
    let differing = names
        .chain(["tags"])
        .zip(pairs)
        .filter(|(_, (old, new))| old != new)
        .map(|(name, _)| name);
    differing.collect::<Vec<_>>().join(", ")
}

/// `3 new, 2 changed, 1 gone (circuit-breaker)`.
pub fn summary(difference: &Difference) -> String {
    let gone = match difference.gone.len() {
        0 => String::new(),
        number => format!("{number} gone ({})", some(&difference.gone)),
    };
    let number = |number: usize, what: &str| match number {
        0 => String::new(),
        _ => format!("{number} {what}"),
    };
    let parts = [
        number(difference.new.len(), "new"),
        number(difference.changed.len(), "changed"),
        gone,
        number(difference.left_out.len(), "left out"),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        "nothing new, changed or gone".to_string()
    } else {
        parts.join(", ")
    }
}

/// A line for each question that is not as it was.
pub fn list(difference: &Difference) -> String {
    let width = difference.changed.iter().map(|(id, _)| id.len()).max();
    let width = width.unwrap_or(0).min(40);
    let one = |what: &'static str| move |id: &String| format!("{what:<9} {id}\n");
    let changed = |(id, what): &(String, String)| format!("changed   {id:<width$}  {what}\n");
    let lines: Vec<String> = (difference.new.iter().map(one("new")))
        .chain(difference.changed.iter().map(changed))
        .chain(difference.gone.iter().map(one("gone")))
        .chain(difference.left_out.iter().map(one("left out")))
        .collect();
    let shown: String = lines.iter().take(MAX_IN_LIST).map(String::as_str).collect();
    match lines.len().saturating_sub(MAX_IN_LIST) {
        0 => shown,
        more => format!("{shown}… and {more} more\n"),
    }
}

/// What whoever publishes the package should know before readers import it.
pub fn warnings(difference: &Difference) -> Vec<String> {
    let mut warnings = Vec::new();
    if difference.other_corpus {
        warnings.push("the file before was made with another `id` in prepdeck.toml: readers get every question a second time, as a new one. Set the old id again, unless the decks are meant to stand apart".to_string());
    }
    if !difference.not_newer.is_empty() {
        warnings.push(format!(
            "changed, but no later than in the file before, so readers keep the old text: {}. Anki compares times; these come from commits, so commit the change, or export with the history of the file before",
            some(&difference.not_newer)
        ));
    }
    warnings
}

fn some(ids: &[String]) -> String {
    let (shown, more) = ids.split_at(ids.len().min(MAX_IN_SUMMARY));
    match more.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(guid: &str, modified: i64, answer: u64) -> Known {
        let mut prints = [0; OURS + 1];
        prints[2] = answer;
        Known {
            guid: guid.to_string(),
            id: guid.trim_end_matches('!').to_string(),
            modified,
            prints,
        }
    }

    #[test]
    fn what_is_gone_is_told_from_what_was_left_out() {
        let before = [note("a", 1, 1), note("b", 1, 1), note("c", 1, 1)];
        let after = [note("a", 2, 2), note("d", 1, 1)];
        let there = BTreeSet::from(["a", "c", "d"]);
        let difference = between(&before, &after, &there);
        assert_eq!(
            summary(&difference),
            "1 new, 1 changed, 1 gone (b), 1 left out"
        );
        assert_eq!(
            list(&difference),
            "new       d\nchanged   a  Answer\ngone      b\nleft out  c\n"
        );
        assert!(warnings(&difference).is_empty());
    }

    #[test]
    fn a_change_that_readers_would_not_get_is_a_warning() {
        let there = BTreeSet::from(["a"]);
        let difference = between(&[note("a", 2, 1)], &[note("a", 2, 2)], &there);
        assert_eq!(difference.not_newer, ["a"]);
        let difference = between(&[note("a!", 1, 1)], &[note("a", 2, 1)], &there);
        assert!(difference.other_corpus);
        assert!(!between(&[], &[note("a", 2, 1)], &there).other_corpus);
    }
}
