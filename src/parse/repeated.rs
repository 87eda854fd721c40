//! Headings that say the same below every question, `## Any doubts?`, and ask
//! nothing.

use std::collections::HashMap;

use super::looks::plain;
use super::outline::{Head, Outline};

/// What stands so often with nothing below it is no question.
const MIN_REPEATED: usize = 4;

/// Finds the headings of `outline` that only part questions.
pub fn find(text: &str, outline: &mut Outline) {
    let heads = &outline.heads;
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, head) in heads.iter().enumerate() {
        let next = heads.get(at + 1);
        let next = next.map_or(text.len(), |next| next.lines.start());
        let below = text.get(head.lines.end()..next).unwrap_or_default();
        let words = text.get(head.words.range()).unwrap_or_default();
        if head.item.is_none() && below.trim().is_empty() {
            let starts = places.entry(plain(words)).or_default();
            starts.push(head.lines.start());
        }
    }
    let often = places.into_iter().filter(|(words, starts)| {
        let numbered = words.starts_with(|c: char| c.is_ascii_digit());
        starts.len() >= MIN_REPEATED && !numbered
    });
    let mut repeated: Vec<usize> = often.flat_map(|(_, starts)| starts).collect();
    repeated.sort_unstable();
    outline.repeated = repeated;
}

/// Whether a heading only parts questions.
pub fn is_repeated(outline: &Outline, head: &Head) -> bool {
    let start = head.lines.start();
    outline.repeated.binary_search(&start).is_ok()
}
