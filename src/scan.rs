//! Where a byte of some class first stands in a text, and how many there are.

/// How many bytes are looked at together: as many as fit into one register of
/// every 64-bit processor.
const TOGETHER: usize = 16;

/// The place of the first byte of `text` for which `is` holds. It is asked of
/// stretches without a branch between, which compilers turn into vectors.
pub fn position(text: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let (stretches, rest) = text.as_chunks::<TOGETHER>();
    let holds = |stretch: &[u8; TOGETHER]| stretch.iter().fold(false, |any, &byte| any | is(byte));
    let clean = stretches.iter().take_while(|stretch| !holds(stretch));
    let start = clean.count() * TOGETHER;
    let rest = if start < text.len() - rest.len() {
        text.get(start..)?
    } else {
        rest
    };
    rest.iter().position(|&byte| is(byte)).map(|at| start + at)
}

/// For how many bytes of `text` `is` holds.
pub fn count(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // So few that a byte counts them.
    let stretches = text.chunks(usize::from(u8::MAX));
    let each = |stretch: &[u8]| {
        stretch
            .iter()
            .fold(0, |sum, &byte| sum + u8::from(is(byte)))
    };
    stretches.map(|stretch| usize::from(each(stretch))).sum()
}

/// Whether `byte` is one of `marks`, told without a branch.
#[allow(
    clippy::needless_bitwise_bool,
    reason = "of `||` compilers make a jump, which keeps `position` from vectors"
)]
pub fn one_of<const N: usize>(byte: u8, marks: &[u8; N]) -> bool {
    marks.iter().fold(false, |any, &mark| any | (byte == mark))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{count, position};

    proptest! {
        #[test]
        fn it_is_where_a_byte_by_byte_search_finds_it(text in "[ab]{0,40}") {
            let is = |byte| byte == b'b';
            prop_assert_eq!(position(text.as_bytes(), is), text.bytes().position(is));
            prop_assert_eq!(count(text.repeat(20).as_bytes(), is), 20 * text.matches('b').count());
        }
    }
}
