//! Where the words of a text stand: what is between white space.

use std::iter;
use std::ops::Range;

/// The places of the words of `text`, in order.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    iter::from_fn(move || {
        let space = |byte: &&u8| matches!(byte, b' ' | b'\n');
        let mut start = at + bytes.get(at..)?.iter().take_while(space).count();
        let mut end = start + plain(bytes.get(start..)?);
        // Mostly that is all of it; other white space, and words beyond ASCII,
        // are seen by their characters.
        if start == end || !bytes.get(end).is_none_or(|byte| space(&byte)) {
            let rest = text.get(at..)?.trim_start();
            start = text.len() - rest.len();
            end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
        }
        at = end;
        (start < end).then_some(start..end)
    })
}

/// How many bytes from `!` to U+007F, which are no white space, `text` begins with.
fn plain(text: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 255;
    let (eights, rest) = text.as_chunks();
    for (number, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of each byte that is less than `!`, or beyond ASCII;
        // the first is right, those behind it may be borrowed from.
        let other = (eight.wrapping_sub(EACH * u64::from(b'!')) & !eight | eight) & (EACH << 7);
        if other != 0 {
            return number * 8 + other.trailing_zeros() as usize / 8;
        }
    }
    let last = rest.iter().take_while(|byte| (b'!'..0x80).contains(*byte));
    eights.len() * 8 + last.count()
}

/// The words of `text`, in order.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    places(text).filter_map(|place| text.get(place))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::words;

    proptest! {
        #[test]
        fn words_are_what_white_space_parts(text in "([a-z!é\u{a0}\u{1e}\u{2003}\u{fffc} \t\n\u{b}]{0,6} ?){0,4}") {
            let found: Vec<&str> = words(&text).collect();
            prop_assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
        }
    }
}
