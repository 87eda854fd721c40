//! What a finding is known by from one run to the next: baselines and code
//! hosts match by it. It does not change when lines come or go above it, when a
//! question's file moves, or when a message is worded better.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::corpus::Corpus;
use crate::finding::Finding;
use crate::question::Question;

/// So many characters of a finding's text tell it from others.
const MAX_TEXT: usize = 1000;

/// Gives each of a corpus's findings, which are in order, its fingerprint: of
/// the rule, the question's id (else the file's path), the text that it is
/// about, and how many came before it that are the same in all of this.
pub fn mark(corpus: &Corpus, findings: &mut [Finding]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        let about = about(corpus, finding).unwrap_or_default();
        let text = text(corpus, finding);
        let known = digest(&[&finding.rule, about, &text]);
        let before = seen.entry(known.clone()).or_insert(0);
        finding.fingerprint = match *before {
            0 => known,
            number => digest(&[&known, &number.to_string()]),
        };
        *before += 1;
    }
}

/// What a finding is about: its question's id, or the path of its file.
pub fn about<'a>(corpus: &'a Corpus, finding: &Finding) -> Option<&'a str> {
    let question = finding
        .question
        .and_then(|index| corpus.questions.get(index));
    let path = || Some(&*corpus.sources.get(finding.source)?.path);
    question.and_then(Question::id).or_else(path)
}

/// The text of its span, case and space folded.
fn text(corpus: &Corpus, finding: &Finding) -> String {
    let source = corpus.sources.get(finding.source);
    let text = source.map_or("", |source| source.slice(finding.span));
    let end = text.char_indices().nth(MAX_TEXT).map(|(at, _)| at);
    let text = end.and_then(|end| text.get(..end)).unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// 128 bits in hexadecimal.
fn digest(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\0").as_bytes());
    let mut text = String::with_capacity(32);
    for byte in hash.iter().take(16) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
