//! Finds many short texts in a long one, whatever their letter case: each by
//! four of its bytes, those that few texts have.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

/// So many texts are found by the same four bytes: there, each is compared.
const MAX_ALIKE: usize = 16;
/// So many texts of three bytes, each of which is found by many keys.
const MAX_SHORT: usize = 64;
/// What letters of two cases differ in. Other bytes that differ in nothing else
/// are alike at first, and told apart where all is compared.
const CASE: u8 = 0x20;
/// Bytes of English, the most frequent first.
const FREQUENT: &[u8] = b" etaoinshrdlcumwfgypbvkxjqz";
/// As many as two bytes tell apart. Their bits stay near the processor.
const SLOTS: usize = 1 << 16;

#[derive(Debug)]
pub struct Finder {
    texts: Vec<Vec<u8>>,
    /// Those of three bytes, which are found together with any byte before them.
    short: Vec<usize>,
    /// A bit for each [`slot`] of four bytes that something is found by.
    marks: Box<[u64; SLOTS / 64]>,
    /// What is found by four bytes: a text, and how far before the second of
    /// them it begins.
    alike: HashMap<u32, Vec<(usize, usize)>>,
}

impl Finder {
    pub fn new() -> Finder {
        Finder {
            texts: Vec::new(),
            short: Vec::new(),
            marks: Box::new([0; SLOTS / 64]),
            alike: HashMap::new(),
        }
    }

    /// Adds a text in lower case, to be told by how many were added before it.
    /// False where it may not be found: it is too short, or too many are like it.
    pub fn add(&mut self, text: &[u8]) -> bool {
        let number = self.texts.len();
        self.texts.push(text.to_vec());
        if let [one, two, three] = *text {
            if self.short.len() == MAX_SHORT {
                return false;
            }
            self.short.push(number);
            let mut bytes = (0..=u8::MAX).filter(|byte| byte & CASE != 0);
            return bytes.all(|byte| self.found_by(key([byte, one, two, three]), number, 0));
        }
        let ranks: Vec<usize> = text.iter().map(|&byte| rank(byte)).collect();
        let rarities = ranks.windows(4).map(|four| four.iter().sum::<usize>());
        let fours = fours(text).zip(rarities).zip(1..);
        let free = fours.filter_map(|((key, rarity), before)| {
            let alike = self.alike.get(&key).map_or(0, Vec::len);
            let left = MAX_ALIKE.checked_sub(alike + 1)?;
            // Of four bytes nearly as rare, those by which fewer are found.
            Some((rarity + left, key, before))
        });
        let best = free.max_by_key(|&(worth, ..)| worth);
        best.is_some_and(|(_, key, before)| self.found_by(key, number, before))
    }

    fn found_by(&mut self, key: u32, text: usize, before: usize) -> bool {
        let (word, bit) = slot(key);
        if let Some(word) = self.marks.get_mut(word) {
            *word |= bit;
        }
        let alike = self.alike.entry(key).or_default();
        let taken = alike.len() < MAX_ALIKE;
        if taken {
            alike.push((text, before));
        }
        taken
    }

    /// Tells of each place of each text in `within`: its number, and where it stands.
    pub fn find(&self, within: &[u8], mut found: impl FnMut(usize, Range<usize>)) {
        for &number in &self.short {
            self.compare(number, within, Some(0), &mut found);
        }
        let marked = |key: u32| {
            let (word, bit) = slot(key);
            self.marks.get(word).is_some_and(|word| word & bit != 0)
        };
        let mut at = 0;
        while let Some(rest) = within.get(at..)
            && let Some(next) = fours(rest).position(marked)
        {
            let four = rest.get(next..).and_then(|rest| rest.first_chunk());
            let alike = four.and_then(|&four| self.alike.get(&key(four)));
            for &(number, before) in alike.map_or(&[][..], Vec::as_slice) {
                let start = (at + next + 1).checked_sub(before);
                self.compare(number, within, start, &mut found);
            }
            at += next + 1;
        }
    }

    /// Tells of a text if it stands in `within` at `start`.
    fn compare(
        &self,
        number: usize,
        within: &[u8],
        start: Option<usize>,
        found: &mut impl FnMut(usize, Range<usize>),
    ) {
        let (Some(text), Some(start)) = (self.texts.get(number), start) else {
            return;
        };
        let place = start..start + text.len();
        // Mostly the last byte tells that it is another.
        let last = |text: &[u8]| text.last().map(|byte| byte | CASE);
        let there = within.get(place.clone()).unwrap_or_default();
        if last(there) == last(text) && there.eq_ignore_ascii_case(text) {
            found(number, place);
        }
    }
}

/// The keys of each four bytes in a row.
fn fours(text: &[u8]) -> impl Iterator<Item = u32> {
    let fours = text.windows(4).filter_map(|four| four.first_chunk());
    fours.map(|&four| key(four))
}

/// Four bytes in one number, letter case left out.
fn key(four: [u8; 4]) -> u32 {
    u32::from_le_bytes(four) | u32::from_le_bytes([CASE; 4])
}

/// The place of four bytes among the marks: which number, and which bit of it.
fn slot(key: u32) -> (usize, u64) {
    let slot = key.wrapping_mul(0x9e37_79b1) >> 16;
    ((slot / 64) as usize, 1 << (slot % 64))
}

/// How seldom a byte is in English.
fn rank(byte: u8) -> usize {
    let known = FREQUENT.iter().position(|&known| known == byte);
    known.unwrap_or(FREQUENT.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(texts: &[String], within: &str) -> Vec<(usize, Range<usize>)> {
        let mut finder = Finder::new();
        assert!(texts.iter().all(|text| finder.add(text.as_bytes())));
        let mut found = Vec::new();
        finder.find(within.as_bytes(), |number, place| {
            found.push((number, place));
        });
        found.sort_by_key(|(number, place)| (*number, place.start));
        found
    }

    proptest! {
        #[test]
        fn each_place_of_each_text_is_told(
            texts in prop::collection::vec("[ab]{3,5}|[ab .]{3,6}|é[a@]{2}", 0..6),
            within in "[abAB]{0,30}|[abAB .@`éÉ]{0,30}",
        ) {
            let lower = within.to_ascii_lowercase();
            let places = |(number, text): (usize, &String)| {
                let starts = 0..lower.len();
                let starts = starts.filter(|&at| lower.as_bytes()[at..].starts_with(text.as_bytes()));
                let length = text.len();
                starts.map(move |at| (number, at..at + length)).collect::<Vec<_>>()
            };
            let all: Vec<_> = texts.iter().enumerate().flat_map(places).collect();
            prop_assert_eq!(found(&texts, &within), all);
        }
    }

    #[test]
    fn what_would_be_found_too_often_is_not_taken() {
        let mut finder = Finder::new();
        assert!(!finder.add(b"ab"));
        let same = (0..=MAX_ALIKE).map(|_| finder.add(b"abcd"));
        assert_eq!(same.filter(|taken| *taken).count(), MAX_ALIKE);
        assert!(finder.add(b"abcde"));
        let short = (b'a'..=b'z').flat_map(|one| (b'a'..=b'z').map(move |two| [one, two, one]));
        let taken = short.filter(|short| finder.add(short));
        assert_eq!(taken.count(), MAX_SHORT);
    }
}
