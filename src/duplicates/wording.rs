//! What a question asks, as terms: its words without their framing, inflection
//! and other writings.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::stem::stem;
use super::vocabulary::{ALIASES, CLASSES, FRAMING, GENERAL, PHRASES, PLACES, TURNS};
use crate::markdown::flat::{Flat, Origin};
use crate::source::Source;

/// Behind such a word more of the same question follows, or another one.
const SENTENCE_ENDS: [char; 4] = ['?', '.', '!', ';'];

/// Words that point back at what was asked before.
const POINTERS: &[&str] = &[
    "each", "it", "its", "that", "their", "them", "these", "they", "this", "those",
];

/// Words that point to something outside a question that begins with them.
const LEANING: &[&str] = &["each", "it", "its", "these", "this"];

/// Words that begin a question.
const INTERROGATIVES: &[&str] = &["how", "what", "when", "where", "which", "who", "why"];

/// A thing that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What terms are compared by.
    pub stem: String,
    /// As the question writes it, in lower case.
    pub shown: String,
}

/// How a term may differ between two wordings of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is part of what is asked.
    Subject,
    /// It says where the question applies.
    Place,
    /// It says what sort of thing a name is.
    Class,
    /// It turns the question into another one.
    Turn,
}

static KINDS: LazyLock<HashMap<String, Kind>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for (table, kind) in [
        (CLASSES, Kind::Class),
        (PLACES, Kind::Place),
        (TURNS, Kind::Turn),
    ] {
        kinds.extend(table.split_whitespace().map(|word| (stem(word), kind)));
    }
    kinds
});

static FRAME: LazyLock<HashSet<String>> =
    LazyLock::new(|| FRAMING.split_whitespace().map(stem).collect());

static ALIAS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let lines = ALIASES.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(other, one)| (stem(other), stem(one))).collect()
});

/// Phrases by the stem of their first word: the stems of the others, and the name.
type Phrases = HashMap<String, Vec<(Vec<String>, String)>>;

static PHRASE: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases: Phrases = HashMap::new();
    for (words, name) in PHRASES.lines().filter_map(|line| line.split_once(" = ")) {
        let mut stems = words.split_whitespace().map(stem);
        if let Some(first) = stems.next() {
            let rest = stems.collect();
            phrases.entry(first).or_default().push((rest, stem(name)));
        }
    }
    phrases
});

static TECHNOLOGIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let general: HashSet<&str> = GENERAL.split_whitespace().collect();
    let special = PLACES
        .split_whitespace()
        .filter(|place| !general.contains(place));
    special.map(stem).collect()
});

/// The technologies that a topic names, as stems.
pub fn technologies(topic: &str) -> Vec<String> {
    let words = topic
        .split(['/', '-', '_', ' '])
        .map(|word| stem(&word.to_lowercase()));
    words.filter(|word| TECHNOLOGIES.contains(word)).collect()
}

pub fn kind(stem: &str) -> Kind {
    if stem.starts_with(|c: char| c.is_ascii_digit()) || ["itself", "leaning"].contains(&stem) {
        return Kind::Turn;
    }
    KINDS.get(stem).copied().unwrap_or(Kind::Subject)
}

/// What a question asks about, each thing once, in its order.
pub fn terms(source: &Source, flat: &Flat) -> Vec<Term> {
    let mut words = Vec::new();
    for (piece, shown) in flat.pieces(0..flat.text.len()) {
        match piece.origin {
            Origin::Code => push_code(&mut words, source.slice(piece.source)),
            Origin::Exact | Origin::Whole => push_words(&mut words, shown),
            Origin::Gap => words.push(Word::End),
        }
    }
    distinct(&words)
}

enum Word {
    Text(Text),
    /// A sentence ends.
    End,
}

#[derive(Clone)]
struct Text {
    lower: String,
    stem: String,
    /// Code, quoted, or in capitals: a name, whatever else the word may mean.
    name: bool,
}

fn push_code(words: &mut Vec<Word>, code: &str) {
    for part in code.trim_matches('`').split_whitespace() {
        push_parts(words, &identifier(part), true);
    }
}

/// A word of code without calls' parentheses, quotes and tags' brackets, so
/// that `map()` and map are one.
fn identifier(part: &str) -> String {
    let part = part.replace("()", "");
    let text = part
        .trim_matches(['"', '\'', ',', ';'])
        .trim_end_matches('.');
    let tag = text.strip_prefix('<').and_then(|tag| tag.strip_suffix('>'));
    tag.filter(|tag| !tag.is_empty())
        .unwrap_or(text)
        .to_string()
}

fn push_words(words: &mut Vec<Word>, text: &str) {
    let text = text.replace(['’', '‘'], "'");
    let mut quoted = false;
    for part in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '—' | '–' | '\u{fffc}'))
    {
        let end = part
            .trim_end_matches(['"', '\'', ')', ']', '”', '*'])
            .ends_with(SENTENCE_ENDS);
        quoted |= part.starts_with(['"', '“']);
        let ends_quote = part
            .trim_end_matches(['?', '.', ',', ';', ':', '!'])
            .ends_with(['"', '”']);
        // An abbreviation behind its words says them again.
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        let again =
            part.starts_with('(') && part.contains(')') && capitals > 1 && !words.is_empty();
        let signs = |c: char| c.is_ascii_punctuation() && !"+#=!*&|<>$@%^~".contains(c);
        let bare = part.trim_matches(|c: char| signs(c) || "“”«»…¿¡".contains(c));
        let bare = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '\'', ')']);
        let bare = bare.strip_suffix("'s").unwrap_or(bare);
        if !bare.is_empty() && !again {
            let capital = bare.len() > 1 && bare.chars().all(char::is_uppercase);
            push_parts(words, &identifier(bare), quoted || capital);
        }
        quoted &= !ends_quote;
        if end {
            words.push(Word::End);
        }
    }
}

/// Compounds with hyphens are their parts: trade-off, trade off.
fn push_parts(words: &mut Vec<Word>, text: &str, name: bool) {
    let text = text.to_lowercase();
    if text.ends_with("n't") || text == "cannot" {
        return push(words, "not".to_string(), false);
    }
    let compound = text.contains('-')
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
    if compound {
        text.split('-')
            .for_each(|part| push(words, part.to_string(), name));
    } else if !text.is_empty() {
        push(words, text, name);
    }
}

fn push(words: &mut Vec<Word>, text: String, name: bool) {
    let plain = text.chars().all(char::is_alphabetic);
    let stem = match text.as_str() {
        // What it is used for, and not the verb.
        "uses" => stem("usecase"),
        _ if plain => stem(&text),
        _ => text.clone(),
    };
    words.push(Word::Text(Text {
        lower: text,
        stem,
        name,
    }));
}

fn distinct(words: &[Word]) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut seen = HashSet::new();
    for (number, sentence) in sentences(words).into_iter().enumerate() {
        let own = joined(&sentence);
        if number > 0 && follows(&sentence, &own, &seen) {
            continue;
        }
        // "How is this template used?" leans on what is not said.
        let leaning = sentence
            .iter()
            .find(|word| !word.name && LEANING.contains(&word.lower.as_str()));
        if let (0, Some(word)) = (number, leaning) {
            let stem = "leaning".to_string();
            let shown = word.lower.clone();
            terms.push(Term { stem, shown });
        }
        for (term, name) in own {
            let frames = !name && FRAME.contains(&term.stem);
            if !frames && seen.insert(term.stem.clone()) {
                terms.push(term);
            }
        }
    }
    // "A callback in a callback": a thing beside itself is more than the thing.
    if let [only] = terms.as_slice() {
        let again = |word: &&Word| matches!(word, Word::Text(word) if word.stem == only.stem);
        if words.iter().filter(again).count() > 1 && sentences(words).len() == 1 {
            let stem = "itself".to_string();
            let shown = only.shown.clone();
            terms.push(Term { stem, shown });
        }
    }
    terms
}

/// Whether a further sentence asks no more than those before it: "How does it
/// work?", "Which would you choose, and why?"
fn follows(sentence: &[Text], own: &[(Term, bool)], seen: &HashSet<String>) -> bool {
    if sentence
        .iter()
        .any(|word| POINTERS.contains(&word.lower.as_str()))
    {
        return true;
    }
    let news = own
        .iter()
        .filter(|(term, name)| *name || !FRAME.contains(&term.stem));
    news.into_iter().all(|(term, _)| {
        let kind = kind(&term.stem);
        seen.contains(&term.stem) || matches!(kind, Kind::Class | Kind::Turn)
    })
}

/// Sentences, and clauses that begin a further question: "and why is it used".
fn sentences(words: &[Word]) -> Vec<Vec<Text>> {
    let mut all: Vec<Vec<Text>> = vec![Vec::new()];
    let mut after_and = false;
    for word in words {
        match word {
            Word::End => all.push(Vec::new()),
            Word::Text(word) => {
                let long = all.last().is_some_and(|sentence| sentence.len() > 2);
                if after_and && long && INTERROGATIVES.contains(&word.lower.as_str()) {
                    all.push(Vec::new());
                }
                after_and = word.lower == "and" || word.lower == "or";
                if let Some(last) = all.last_mut() {
                    last.push(word.clone());
                }
            }
        }
    }
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// The words' stems, phrases and aliases replaced by the name that stands for
/// them; each with whether it is a name.
fn joined(words: &[Text]) -> Vec<(Term, bool)> {
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while let (Some(first), Some(word)) = (stems.get(at), words.get(at)) {
        let rest = stems.get(at + 1..).unwrap_or_default();
        let phrases = PHRASE.get(first).map(Vec::as_slice).unwrap_or_default();
        let fitting = phrases
            .iter()
            .filter(|(others, _)| rest.starts_with(others));
        let phrase = fitting.max_by_key(|(others, _)| others.len());
        let (length, stem) = match phrase {
            Some((others, name)) => (others.len() + 1, name.clone()),
            None => (1, first.clone()),
        };
        let stem = ALIAS.get(&stem).cloned().unwrap_or(stem);
        let shown = words.get(at..at + length).unwrap_or_default();
        let shown = shown
            .iter()
            .map(|word| word.lower.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        out.push((Term { stem, shown }, word.name && phrase.is_none()));
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;
    use crate::source::Span;

    fn terms_of(question: &str) -> Vec<String> {
        let text = format!("# {question}");
        let document = markdown::read(&text, Span::new(0, text.len()));
        let source = Source::new(String::new(), String::new(), text.clone());
        let heading = document.headings.first().unwrap();
        terms(&source, &heading.text)
            .into_iter()
            .map(|term| term.stem)
            .collect()
    }

    #[test]
    fn framing_is_no_part_of_what_is_asked() {
        assert_eq!(terms_of("Can you explain what a closure is?"), ["closur"]);
        assert_eq!(
            terms_of("What is a closure? How does it work, and why would you use it?"),
            ["closur"]
        );
        assert_eq!(
            terms_of("What's the difference between `Handler.post()` and View.post()?"),
            ["differenc", "handler.post", "view.post"]
        );
    }

    #[test]
    fn one_thing_has_one_name() {
        assert_eq!(
            terms_of("What is cross-origin resource sharing (CORS)?"),
            ["cors"]
        );
        assert_eq!(
            terms_of("How do closures work in JS?"),
            terms_of("closures javascript")
        );
        assert_eq!(
            terms_of("Caching strategies"),
            terms_of("What is a cache strategy?")
        );
    }

    #[test]
    fn symbols_stay() {
        assert_eq!(terms_of("== vs ==="), ["==", "differenc", "==="]);
        assert_eq!(terms_of("What is C++? What is C#?"), ["c++", "c#"]);
    }
}
