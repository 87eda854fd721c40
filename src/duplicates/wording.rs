//! What a question asks, as terms: its words without their framing, inflection
//! and other writings.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::stem::stem;
use super::vocabulary::{ALIASES, CLASSES, FRAMING, GENERAL, PHRASES, PLACES, TURNS};
use super::words::{Word, spoken};
use crate::markdown::flat::Flat;
use crate::source::Source;

/// Words that point back at what was asked before.
const POINTERS: &[&str] = &[
    "each", "it", "its", "that", "their", "them", "these", "they", "this", "those",
];

/// Words that point to something outside a question that begins with them.
const LEANING: &[&str] = &["each", "it", "its", "these", "this"];

/// Words that begin a question.
const INTERROGATIVES: &[&str] = &["how", "what", "when", "where", "which", "who", "why"];

/// Words that ask, at the begin of a sentence before one of [`DETERMINERS`] or a turn:
/// "List the advantages", but not "List comprehensions".
const IMPERATIVES: &[&str] = &[
    "enumerate",
    "list",
    "mention",
    "name",
    "outline",
    "state",
    "summarize",
];

const DETERMINERS: &[&str] = &[
    "a", "all", "an", "any", "at", "few", "several", "some", "the", "various",
];

/// Articles and the like are no names, in quotes neither.
const PARTICLES: &[&str] = &["a", "an", "and", "of", "the"];

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
        kinds.extend(table.split_whitespace().map(|word| (stemmed(word), kind)));
    }
    kinds
});

static FRAME: LazyLock<HashSet<String>> =
    LazyLock::new(|| FRAMING.split_whitespace().map(stemmed).collect());

static ALIAS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let lines = ALIASES.lines().filter_map(|line| line.split_once(" = "));
    lines
        .map(|(other, one)| (stemmed(other), stemmed(one)))
        .collect()
});

/// Phrases by the stem of their first word: the stems of the others, and the name.
type Phrases = HashMap<String, Vec<(Vec<String>, String)>>;

static PHRASE: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases: Phrases = HashMap::new();
    for (words, name) in PHRASES.lines().filter_map(|line| line.split_once(" = ")) {
        let mut stems = words.split_whitespace().map(stemmed);
        if let Some(first) = stems.next() {
            let rest = stems.collect();
            phrases
                .entry(first)
                .or_default()
                .push((rest, stemmed(name)));
        }
    }
    phrases
});

static TECHNOLOGIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let general: HashSet<&str> = GENERAL.split_whitespace().collect();
    let special = PLACES
        .split_whitespace()
        .filter(|place| !general.contains(place));
    special.map(stemmed).collect()
});

fn stemmed(word: &str) -> String {
    stem(word).into_owned()
}

/// The technologies that a topic names, as stems.
pub fn technologies(topic: &str) -> Vec<String> {
    let words = topic
        .split(['/', '-', '_', ' '])
        .map(|word| stemmed(&word.to_lowercase()));
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
    let spoken = spoken(source, flat);
    things(&spoken.words()).iter().map(Thing::term).collect()
}

/// What a question's words are about: what [`terms`] copies.
pub fn things<'a>(words: &'a [Word<'a>]) -> Vec<Thing<'a>> {
    let mut things: Vec<Thing<'_>> = Vec::with_capacity(words.len());
    let mut seen = HashSet::new();
    let sentences = sentences(words);
    for (number, sentence) in sentences.iter().enumerate() {
        let sentence = asked(sentence);
        let own = joined(sentence);
        if number > 0 && follows(sentence, &own, &seen) {
            continue;
        }
        // "How is this template used?" leans on what is not said.
        let leans = |word: &Word<'_>| !word.name && LEANING.contains(&word.lower);
        let leaning = sentence.iter().position(leans);
        if let (0, Some(at)) = (number, leaning) {
            things.push(Thing {
                stem: "leaning",
                words: sentence.get(at..=at).unwrap_or_default(),
                name: false,
            });
        }
        for thing in own {
            let frames = (!thing.name || thing.is_particle()) && FRAME.contains(thing.stem);
            if !frames && seen.insert(thing.stem) {
                things.push(thing);
            }
        }
    }
    // "A callback in a callback": a thing beside itself is more than the thing.
    if let [only] = things.as_slice() {
        let again = |word: &&Word<'_>| word.stem == only.stem;
        if words.iter().filter(again).count() > 1 && sentences.len() == 1 {
            things.push(Thing {
                stem: "itself",
                words: only.words,
                name: false,
            });
        }
    }
    things
}

/// Words that name one thing.
pub struct Thing<'a> {
    pub stem: &'a str,
    words: &'a [Word<'a>],
    name: bool,
}

impl Thing<'_> {
    fn is_particle(&self) -> bool {
        matches!(self.words, [one] if PARTICLES.contains(&one.lower))
    }

    fn term(&self) -> Term {
        let shown = if let [one] = self.words {
            one.lower.to_string()
        } else {
            let words: Vec<&str> = self.words.iter().map(|word| word.lower).collect();
            words.join(" ")
        };
        Term {
            stem: self.stem.to_string(),
            shown,
        }
    }
}

/// A sentence without the imperative that it begins with.
fn asked<'a, 'w>(sentence: &'a [Word<'w>]) -> &'a [Word<'w>] {
    let [first, rest @ ..] = sentence else {
        return sentence;
    };
    let Some(second) = rest.first() else {
        return sentence;
    };
    let asks = match first.lower {
        "define" => !["and", "or", "versus", "vs"].contains(&second.lower),
        word => {
            let things = DETERMINERS.contains(&second.lower);
            IMPERATIVES.contains(&word) && (things || kind(&second.stem) == Kind::Turn)
        }
    };
    if asks && !first.name { rest } else { sentence }
}

/// Whether a further sentence asks no more than those before it: "How does it
/// work?", "Which would you choose, and why?"
fn follows(sentence: &[Word<'_>], own: &[Thing<'_>], seen: &HashSet<&str>) -> bool {
    if sentence.iter().any(|word| POINTERS.contains(&word.lower)) {
        return true;
    }
    let news = own
        .iter()
        .filter(|thing| thing.name || !FRAME.contains(thing.stem));
    news.into_iter().all(|thing| {
        let kind = kind(thing.stem);
        seen.contains(thing.stem) || matches!(kind, Kind::Class | Kind::Turn)
    })
}

/// Sentences, and clauses that begin a further question: "and why is it used".
fn sentences<'a, 'w>(words: &'a [Word<'w>]) -> Vec<&'a [Word<'w>]> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut after_and = false;
    for (index, word) in words.iter().enumerate() {
        let long = index - start > 2;
        if after_and && long && INTERROGATIVES.contains(&word.lower) {
            all.extend(words.get(start..index));
            start = index;
        }
        after_and = word.lower == "and" || word.lower == "or";
        if word.last || index + 1 == words.len() {
            all.extend(words.get(start..=index));
            start = index + 1;
        }
    }
    all
}

/// The words' stems, phrases and aliases replaced by the name that stands for
/// them.
fn joined<'a>(words: &'a [Word<'a>]) -> Vec<Thing<'a>> {
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let phrases = PHRASE.get(&*word.stem).map(Vec::as_slice);
        let fitting = phrases.unwrap_or_default().iter().filter(|(others, _)| {
            let rest = words.get(at + 1..at + 1 + others.len());
            rest.is_some_and(|rest| rest.iter().map(|word| &word.stem).eq(others))
        });
        let phrase = fitting.max_by_key(|(others, _)| others.len());
        let end = at + 1 + phrase.map_or(0, |(others, _)| others.len());
        let stem = phrase.map_or(&*word.stem, |(_, name)| name);
        out.push(Thing {
            stem: ALIAS.get(stem).map_or(stem, String::as_str),
            words: words.get(at..end).unwrap_or_default(),
            name: word.name && phrase.is_none(),
        });
        at = end;
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
        let source = Source::new("".into(), "".into(), text.clone());
        let headings = document.headings.iter();
        let terms = headings.flat_map(|heading| terms(&source, &heading.text));
        terms.map(|term| term.stem).collect()
    }

    #[test]
    fn framing_is_no_part_of_what_is_asked() {
        assert_eq!(terms_of("Can you explain what a closure is?"), ["closur"]);
        assert_eq!(
            terms_of("What is a closure? How does it work, and why would you use it?"),
            ["closur"]
        );
        assert_eq!(
            terms_of("List the advantages of REST"),
            terms_of("What are the advantages of REST?")
        );
        assert_eq!(terms_of("Define a closure."), ["closur"]);
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
    fn an_abbreviation_behind_its_words_says_them_again() {
        assert_eq!(
            terms_of("What is a content security policy (CSP)?"),
            terms_of("What is a content security policy?")
        );
        assert_eq!(terms_of("(CSP) caching"), ["csp", "cach"]);
        assert_eq!(terms_of("... (CSP) caching"), ["csp", "cach"]);
    }

    #[test]
    fn a_thing_may_be_called_like_an_imperative() {
        assert_eq!(
            terms_of("List comprehensions in Python"),
            ["list", "comprehension", "python"]
        );
        assert_eq!(terms_of("State or props?"), ["stat", "prop"]);
    }

    #[test]
    fn symbols_stay() {
        assert_eq!(terms_of("== vs ==="), ["==", "differenc", "==="]);
        assert_eq!(terms_of("What is C++? What is C#?"), ["c++", "c#"]);
    }
}
