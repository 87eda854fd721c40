//! Which number a question has among those of its file with the same words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Known};

/// Of more, each is told by its place alone: all are compared with all.
const MAX_COMPARED: usize = 100;

/// The numbers, from 1, of the questions of one file whose link is `link`, in
/// their order. One that was imported before and says the same keeps its number,
/// wherever it stands now; the others get those that are left. `read` makes a
/// question's draft as it is with a number.
pub fn numbers(
    link: &str,
    count: usize,
    known: &BTreeMap<String, Known>,
    read: impl Fn(usize, usize) -> Option<Draft>,
) -> Vec<usize> {
    let numbered = |number: usize| match number {
        1 => known.get(link),
        _ => known.get(&format!("{link}-{number}")),
    };
    let prefix = format!("{link}-");
    let mut others = known.range(prefix.clone()..);
    let alone = others
        .next()
        .is_none_or(|(other, _)| !other.starts_with(&prefix));
    if count > MAX_COMPARED || (alone && (count == 1 || numbered(1).is_none())) {
        return (1..=count).collect();
    }
    let imported: Vec<usize> = (1..=MAX_COMPARED)
        .filter(|&number| numbered(number).is_some())
        .collect();
    let says_the_same = |question: usize, number: usize| {
        let known = numbered(number);
        let both = known.and_then(|known| Some((known, read(question, number)?)));
        both.is_some_and(|(known, draft)| known.said == draft.said)
    };
    let mut taken = BTreeSet::new();
    let mut find = |question: usize| {
        // Most often nothing was moved.
        let mut tried = std::iter::once(question + 1).chain(imported.iter().copied());
        let same = |number: &usize| !taken.contains(number) && says_the_same(question, *number);
        let number = tried.find(same)?;
        taken.insert(number);
        Some(number)
    };
    let found: Vec<Option<usize>> = (0..count).map(&mut find).collect();
    // One that says something else now has a file as well, most likely.
    let mut left = imported.iter().copied().chain(1..);
    let mut left = std::iter::from_fn(|| left.find(|number| taken.insert(*number)));
    let numbers = found
        .into_iter()
        .filter_map(|own| own.or_else(|| left.next()));
    numbers.collect()
}
