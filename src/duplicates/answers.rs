//! Answers that were copied, wholly or in part, and lightly edited: shingles of
//! four words, a sample of them to find candidates, all of them to be sure.

use foldhash::HashSet;
use rayon::prelude::*;

use super::fold::{answer_text, bare_places};
use crate::corpus::Corpus;
use crate::verdict::Asked;

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Of so many shingles in a row, the one with the smallest hash is sampled
/// (winnowing; Schleimer, Wilkerson and Aiken, 2003).
const WINDOW: usize = 4;
/// Shorter answers, in words, are no evidence.
pub const MIN_WORDS: usize = 30;
/// So much of the shorter answer stands in the longer one.
const MIN_SHARE: f64 = 0.5;
/// Of so many samples of the shorter answer, one stands in the longer one, or
/// they are not looked at: the sample is rough, and what is sure is counted.
const SAMPLES_A_HIT: usize = 5;
/// A shingle in more answers than this is a manner of speaking.
const MAX_HOLDERS: usize = 32;

/// An answer, and those before it that hold much of its text or it of theirs,
/// with the share of the shorter one, from 0 to 1.
#[derive(Debug, PartialEq)]
pub struct Copies {
    pub index: usize,
    pub earlier: Vec<(usize, f64)>,
}

/// All answers that share much of their text with one before them; `samples`
/// are theirs ([`samples`]).
pub fn copied(corpus: &Corpus, samples: Vec<Vec<u32>>) -> Vec<Copies> {
    shared(samples, |index| {
        Asked::new(corpus, index).map_or(String::new(), |asked| answer_text(&asked))
    })
}

/// Of answers, each with its samples, those that share much of their text with
/// one before them. `text` gives that of one, in lower case.
pub fn shared(samples: Vec<Vec<u32>>, text: impl Fn(usize) -> String + Sync) -> Vec<Copies> {
    let words = |index: u32| word_hashes(&text(index as usize));
    let sizes: Vec<usize> = samples.iter().map(Vec::len).collect();
    // A corpus of more than four billion questions has other troubles.
    let of = |(own, index): (Vec<u32>, u32)| own.into_iter().map(move |hash| packed(hash, index));
    let mut postings: Vec<u64> = Vec::with_capacity(sizes.iter().sum());
    postings.extend(samples.into_iter().zip(0..).flat_map(of));
    postings.par_sort_unstable();
    let mut pairs: Vec<u64> = Vec::new();
    for holders in postings
        .chunk_by(|&a, &b| halves(a).0 == halves(b).0)
        .filter(|holders| holders.len() <= MAX_HOLDERS)
    {
        for (at, &later) in holders.iter().enumerate() {
            let before = holders.iter().take(at);
            pairs.extend(before.map(|&earlier| packed(halves(later).1, halves(earlier).1)));
        }
    }
    drop(postings);
    pairs.par_sort_unstable();
    let often = |pair: &&[u64]| {
        let Some(&both) = pair.first() else {
            return false;
        };
        let size = |index: u32| sizes.get(index as usize).copied().unwrap_or(0);
        let (later, earlier) = halves(both);
        pair.len() * SAMPLES_A_HIT >= size(later).min(size(earlier))
    };
    let candidates: Vec<(u32, u32)> = pairs
        .chunk_by(|a, b| a == b)
        .filter(often)
        .filter_map(|pair| pair.first().copied().map(halves))
        .collect();
    drop(pairs);
    let sure = candidates.into_par_iter().filter_map(|(later, earlier)| {
        let share = share(&words(later), &words(earlier));
        (share >= MIN_SHARE).then_some((later as usize, earlier as usize, share))
    });
    let sure: Vec<(usize, usize, f64)> = sure.collect();
    let group = |pairs: &[(usize, usize, f64)]| {
        let index = pairs.first()?.0;
        let earlier = pairs
            .iter()
            .map(|&(_, earlier, share)| (earlier, share))
            .collect();
        Some(Copies { index, earlier })
    };
    sure.chunk_by(|a, b| a.0 == b.0).filter_map(group).collect()
}

/// Two numbers in one, by which many are sorted sooner.
fn packed(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn halves(packed: u64) -> (u32, u32) {
    let low = packed & u64::from(u32::MAX);
    let half = |number: u64| u32::try_from(number).unwrap_or_default();
    (half(packed >> 32), half(low))
}

/// The hashes of an answer's shingles, given those of its words; none where it
/// is too short. A shingle is two pairs of words.
fn shingles(words: &[u64]) -> impl Iterator<Item = u64> {
    let words = Some(words).filter(|words| words.len() >= MIN_WORDS);
    let fours = words.unwrap_or_default().windows(SHINGLE);
    fours.filter_map(|four| match *four {
        [one, two, three, four] => Some(mix(mix(one, two), mix(three, four))),
        _ => None,
    })
}

/// The hash of each word of a text in lower case, from eight bytes at a time:
/// what is found by them is counted in full.
pub fn word_hashes(text: &str) -> Vec<u64> {
    let mut hashes = Vec::with_capacity(text.len() / 5);
    hashes.extend(bare_places(text).map(|place| {
        let behind = text.as_bytes().get(place.start..).unwrap_or_default();
        let length = place.len() as u64;
        // Mostly it is all within eight, of which the others are masked.
        if let (1..=8, Some(eight)) = (length, behind.first_chunk()) {
            let own = u64::MAX >> (64 - 8 * length);
            return mix(length, u64::from_le_bytes(*eight) & own);
        }
        let word = behind.get(..place.len()).unwrap_or_default();
        let (eights, rest) = word.as_chunks();
        let hash = eights
            .iter()
            .fold(length, |hash, eight| mix(hash, u64::from_le_bytes(*eight)));
        if rest.is_empty() {
            return hash;
        }
        let rest = rest.iter().rev();
        mix(hash, rest.fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
    }));
    hashes
}

fn mix(sum: u64, next: u64) -> u64 {
    (sum.rotate_left(7) ^ next).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// What an answer, given by the hashes of its words, is found by among others:
/// the smallest of each window, once each. Half a hash is enough to find by.
pub fn samples(words: &[u64]) -> Vec<u32> {
    let mut sample = Vec::with_capacity(words.len() / 2);
    // Those before this one in its window, none of them at first.
    let mut before = [u32::MAX; WINDOW - 1];
    for (at, hash) in shingles(words).enumerate() {
        let hash = halves(hash).0;
        let smallest = before.iter().fold(hash, |one, &other| one.min(other));
        before.rotate_left(1);
        before[WINDOW - 2] = hash;
        // Windows that overlap mostly have the same one.
        if at + 1 >= WINDOW && sample.last() != Some(&smallest) {
            sample.push(smallest);
        }
    }
    sample.sort_unstable();
    sample.dedup();
    sample.shrink_to_fit();
    sample
}

/// How much of the shorter answer's text stands in the other.
fn share(one: &[u64], other: &[u64]) -> f64 {
    let one: HashSet<u64> = shingles(one).collect();
    let other: HashSet<u64> = shingles(other).collect();
    let smaller = one.len().min(other.len()).max(1);
    let shared = one.intersection(&other).count();
    let exact = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    exact(shared) / exact(smaller)
}
