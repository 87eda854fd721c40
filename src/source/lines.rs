//! Where the lines of a long text begin, and how many characters stand before a byte.

/// Line starts, and a count of characters every [`LineIndex::STEP`] bytes, so
/// that a position costs the same at the end of an 8 MiB line as at its start.
#[derive(Debug)]
pub(super) struct LineIndex {
    /// In bytes: [`super::MAX_DATA`] sees to it that they fit.
    pub starts: Vec<u32>,
    /// Characters before byte `i * STEP`.
    checkpoints: Vec<usize>,
}

impl LineIndex {
    pub const STEP: usize = 4096;

    pub fn new(text: &str) -> LineIndex {
        let ends = || text.bytes().zip(1..).filter(|&(byte, _)| byte == b'\n');
        let mut starts = Vec::with_capacity(1 + ends().count());
        starts.push(0);
        starts.extend(ends().map(|(_, after)| after));
        let mut checkpoints = Vec::with_capacity(2 + text.len() / Self::STEP);
        checkpoints.push(0);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(Self::STEP) {
            count += characters(chunk);
            checkpoints.push(count);
        }
        LineIndex {
            starts,
            checkpoints,
        }
    }

    /// From 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|&start| start as usize <= offset)
            .saturating_sub(1)
    }

    /// Characters of `text` before `offset`.
    pub fn characters(&self, text: &str, offset: usize) -> usize {
        let step = offset / Self::STEP;
        let counted = self.checkpoints.get(step).copied().unwrap_or_default();
        let rest = text
            .as_bytes()
            .get(step * Self::STEP..offset)
            .unwrap_or_default();
        counted + characters(rest)
    }
}

/// Characters that begin in `bytes`, a stretch of UTF-8.
pub(super) fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}
