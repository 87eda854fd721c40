//! Where the text of a page came from, in three bytes a piece: a file may have
//! a hundred million.

use crate::markdown::flat::{Flat, Origin, Piece};
use crate::source::Span;

/// How many pieces are read to find one of them.
const IN_BLOCK: usize = 64;

/// Pieces by their offsets on the page. Each is written as how far it is from
/// the one before it, in numbers of seven bits a byte (LEB128).
#[derive(Debug, Default)]
pub struct Pieces {
    bytes: Vec<u8>,
    blocks: Vec<Block>,
    /// How many there are.
    count: usize,
    /// Where the last one begins on the page, and where it ends in the file.
    last: (u32, u32),
}

/// Where the first of some pieces stands in the bytes, and what it is counted from.
#[derive(Debug, Clone, Copy)]
struct Block {
    at: u32,
    flat: u32,
    source: u32,
}

impl Pieces {
    /// Takes the pieces out of a text that is being written. What lies beyond
    /// 4 GiB is as if at the end.
    pub fn take(&mut self, flat: &mut Flat) {
        let pack = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        for piece in flat.take_pieces() {
            let (flat, start) = (pack(piece.flat), pack(piece.source.start()));
            let end = pack(piece.source.end());
            if self.count.is_multiple_of(IN_BLOCK) {
                self.last.0 = flat;
                self.blocks.push(Block {
                    at: pack(self.bytes.len()),
                    flat,
                    source: self.last.1,
                });
            }
            self.count += 1;
            write(&mut self.bytes, flat.saturating_sub(self.last.0).into());
            let step = i64::from(start) - i64::from(self.last.1);
            // Zigzag: a small step back is a small number too.
            let step = ((step << 1) ^ (step >> 63)).cast_unsigned();
            write(&mut self.bytes, step << 2 | number(piece.origin));
            write(&mut self.bytes, end.saturating_sub(start).into());
            self.last = (flat, end);
        }
    }

    pub fn shrink_to_fit(&mut self) {
        self.bytes.shrink_to_fit();
        self.blocks.shrink_to_fit();
    }

    /// The place in the file of a stretch of the page.
    pub fn place(&self, span: Span) -> Span {
        Flat::place(&self.over(span), span.range())
    }

    /// The pieces that a stretch of the page touches: from the last one that
    /// begins at its start or before it. None where there is no such.
    pub fn over(&self, span: Span) -> Vec<Piece> {
        let mut over: Vec<Piece> = Vec::new();
        for block in self.up_to(span.start()).saturating_sub(1)..self.blocks.len() {
            for piece in self.block(block) {
                if piece.flat <= span.start() {
                    over.clear();
                } else if piece.flat >= span.end() || over.is_empty() {
                    return over;
                }
                over.push(piece);
            }
        }
        over
    }

    /// The pieces that begin at `at` or before it, the last one first.
    pub fn back_from(&self, at: usize) -> impl Iterator<Item = Piece> + '_ {
        let blocks = (0..self.up_to(at)).rev();
        let pieces = blocks.flat_map(|block| self.block(block).into_iter().rev());
        pieces.skip_while(move |piece| piece.flat > at)
    }

    /// How many blocks begin at `at` or before it.
    fn up_to(&self, at: usize) -> usize {
        self.blocks
            .partition_point(|block| block.flat as usize <= at)
    }

    fn block(&self, index: usize) -> Vec<Piece> {
        let Some(&Block { at, flat, source }) = self.blocks.get(index) else {
            return Vec::new();
        };
        let mut bytes = self.bytes.get(at as usize..).unwrap_or_default().iter();
        let count = (self.count - index * IN_BLOCK).min(IN_BLOCK);
        let (mut flat, mut end) = (u64::from(flat), i64::from(source));
        let mut pieces = Vec::with_capacity(count);
        for _ in 0..count {
            flat += read(&mut bytes);
            let step = read(&mut bytes);
            let (step, origin) = (step >> 2, step & 3);
            let start = end + ((step >> 1).cast_signed() ^ -(step & 1).cast_signed());
            end = start + read(&mut bytes).cast_signed();
            let offset = |at: i64| usize::try_from(at).unwrap_or_default();
            pieces.push(Piece {
                flat: usize::try_from(flat).unwrap_or(usize::MAX),
                source: Span::new(offset(start), offset(end)),
                origin: ORIGINS
                    .get(offset(origin.cast_signed()))
                    .copied()
                    .unwrap_or(Origin::Gap),
            });
        }
        pieces
    }
}

const ORIGINS: [Origin; 4] = [Origin::Exact, Origin::Whole, Origin::Code, Origin::Gap];

fn number(origin: Origin) -> u64 {
    match origin {
        Origin::Exact => 0,
        Origin::Whole => 1,
        Origin::Code => 2,
        Origin::Gap => 3,
    }
}

fn write(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            return bytes.push(low & 0x7f);
        }
        bytes.push(low | 0x80);
    }
}

fn read<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> u64 {
    let mut number = 0;
    for (at, &byte) in bytes.enumerate().take(9) {
        number |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            break;
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_piece_is_found_again(
            steps in proptest::collection::vec((0_usize..4, 0_usize..300, 0_usize..90_000, 0_usize..40), 1..400),
            span in (0_usize..20_000, 0_usize..400),
        ) {
            let mut laid = Flat::default();
            for (origin, length, start, words) in steps {
                let source = Span::new(start, start + length);
                laid.push(&"x".repeat(words + 1), source, ORIGINS[origin]);
            }
            let end = laid.text.len();
            let all: Vec<Piece> = laid.pieces(0..end).map(|(piece, _)| piece).collect();
            let mut pieces = Pieces::default();
            pieces.take(&mut laid);
            let shown = |pieces: &[Piece]| format!("{pieces:?}");
            let back: Vec<Piece> = pieces.back_from(end).collect();
            let reversed: Vec<Piece> = all.iter().rev().copied().collect();
            prop_assert_eq!(shown(&back), shown(&reversed));
            let span = Span::new(span.0, span.0 + span.1);
            let first = all.partition_point(|piece| piece.flat <= span.start()).saturating_sub(1);
            let last = all.partition_point(|piece| piece.flat < span.end()).max(first + 1);
            prop_assert_eq!(shown(&pieces.over(span)), shown(&all[first..last]));
            prop_assert_eq!(pieces.place(span), Flat::place(&all, span.range()));
        }
    }
}
