//! Where the words of a text stand: what is between white space.

use std::ops::Range;

use memchr::{memchr, memchr3};

/// The places of the words of `text`, in order. Before the first is told, all of
/// `text` is looked at.
pub fn places(text: &str) -> Places<'_> {
    let plain = is_plain(text);
    Places {
        text,
        plain,
        base: 0,
        ends: if plain { ends(text.as_bytes()) } else { 0 },
        start: 0,
    }
}

/// Whether no white space but that of ASCII is in `text`.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    // All other white space begins with one of four bytes.
    let none = memchr(0xc2, bytes).is_none() && memchr3(0xe1, 0xe2, 0xe3, bytes).is_none();
    none || !text.contains(|c: char| !c.is_ascii() && c.is_whitespace())
}

/// Words, found eight bytes at a time where only white space of ASCII parts them.
pub struct Places<'a> {
    text: &'a str,
    plain: bool,
    /// Where the eight bytes begin that are looked at.
    base: usize,
    /// The highest bit of each of them that may end a word, and is still ahead.
    ends: u64,
    /// Where the next word begins, or white space before it.
    start: usize,
}

const EIGHT: usize = 8;

impl Iterator for Places<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        if !self.plain {
            return self.next_by_characters();
        }
        let bytes = self.text.as_bytes();
        loop {
            while self.ends == 0 {
                self.base += EIGHT;
                self.ends = ends(bytes.get(self.base..)?);
            }
            let end = self.base + self.ends.trailing_zeros() as usize / EIGHT;
            self.ends &= self.ends - 1;
            // Other control characters are no white space.
            let byte = bytes.get(end).copied().unwrap_or(b' ');
            if byte != b' ' && !matches!(byte, b'\t'..=b'\r') {
                continue;
            }
            let word = self.start..end;
            self.start = end + 1;
            if !word.is_empty() {
                return Some(word);
            }
        }
    }
}

impl Places<'_> {
    fn next_by_characters(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.start..)?.trim_start();
        let start = self.text.len() - rest.len();
        let end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
        self.start = end;
        (start < end).then_some(start..end)
    }
}

/// The highest bit of each of the first eight bytes that is ASCII and no more
/// than a space; the end of the text counts as spaces.
fn ends(bytes: &[u8]) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let mut eight = [b' '; EIGHT];
    if let Some(all) = bytes.first_chunk() {
        eight = *all;
    } else {
        let both = eight.iter_mut().zip(bytes);
        both.for_each(|(to, from)| *to = *from);
    }
    let eight = u64::from_le_bytes(eight);
    // No byte carries into the next.
    let more = (eight & (EACH * 0x7f)) + EACH * (0x7f - u64::from(b' '));
    !(more | eight) & (EACH << 7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::places;

    proptest! {
        #[test]
        fn words_are_what_white_space_parts(text in "([a-z!é\u{a0}\u{1e}\u{2003}\u{fffc} \t\n\u{b}]{0,6} ?){0,4}") {
            let found: Vec<&str> = places(&text).map(|place| &text[place]).collect();
            prop_assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
