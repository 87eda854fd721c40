//! What makes two texts equal: case, space, emphasis and sentence punctuation
//! are folded away; code and symbols inside words are not.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::markdown::flat::{Flat, Origin};
use crate::markdown::tags::tags;
use crate::source::{Source, Span};
use crate::verdict::Asked;
use crate::word::places;

/// Between parts of a key, where no folded text can hold it.
const PART: char = '\u{1}';

/// The question, its code and its choices. The order of choices does not count.
pub fn question_key(asked: &Asked<'_>) -> String {
    whole_question(asked, &material_key(asked))
}

/// [`question_key`] of a question that leans on this material ([`material_key`]).
pub fn whole_question(asked: &Asked<'_>, material: &str) -> String {
    let question = asked.question;
    let heading = asked.heading_text();
    let mut key = heading.map_or(String::new(), |flat| {
        fold(asked.source, flat, 0..flat.text.len())
    });
    if key.is_empty() && question.prompt.is_empty() {
        return key;
    }
    if question.choices.is_empty() {
        let prose = fold(asked.source, &asked.document().prose, asked.prompt_prose());
        push(&mut key, &prose);
    }
    key.push_str(material);
    key
}

/// The code and the choices that a question leans on; empty where there are none.
pub fn material_key(asked: &Asked<'_>) -> String {
    let question = asked.question;
    let prose = &asked.document().prose;
    let choices = question
        .choices
        .iter()
        .map(|choice| fold(asked.source, prose, choice.prose.clone()));
    let mut choices: Vec<String> = choices.collect();
    choices.sort();
    let mut key = String::new();
    let choices = choices.iter().map(String::as_str);
    codes(asked, question.prompt)
        .chain(images(asked, question.prompt))
        .chain(choices)
        .for_each(|part| push(&mut key, part));
    key
}

/// The answer proper: words, code and images, without its follow-ups.
pub fn answer_key(asked: &Asked<'_>) -> String {
    let mut key = answer_words(asked);
    answer_material(asked).for_each(|part| push(&mut key, part));
    key
}

/// The code and the images of the answer proper.
pub fn answer_material<'a>(asked: &'a Asked<'_>) -> impl Iterator<Item = &'a str> {
    let question = asked.question;
    let section = question.follow_ups_section;
    let end = section.map_or(question.answer.end(), Span::start);
    let proper = Span::new(question.answer.start(), end);
    codes(asked, proper).chain(images(asked, proper))
}

/// Where the images lead that begin in `within`.
fn images<'a>(asked: &'a Asked<'_>, within: Span) -> impl Iterator<Item = &'a str> {
    let document = asked.document();
    let links = document.links.iter();
    let links = links.filter(move |link| link.image && within.contains(link.span.start()));
    let tags = tags(&asked.source.text, document).into_iter();
    let tags = tags.filter(move |tag| tag.is(&["img"]) && within.contains(tag.span.start()));
    let targets = tags.filter_map(|tag| Some(tag.attribute("src")?.text));
    links.map(|link| link.target.as_str()).chain(targets)
}

/// The running words of an answer, without its follow-ups.
pub fn answer_words(asked: &Asked<'_>) -> String {
    joined(&answer_text(asked))
}

/// The running text of an answer in lower case, without its follow-ups.
pub fn answer_text(asked: &Asked<'_>) -> String {
    let question = asked.question;
    let end = question.follow_ups_section.map_or(usize::MAX, Span::start);
    let blocks = asked
        .answer_blocks()
        .iter()
        .take_while(|block| block.span.start() < end);
    let last = blocks.last().map_or(0, |block| block.prose.end);
    let range = asked.answer_prose();
    let proper = range.start..last.clamp(range.start, range.end);
    lowered(asked.source, &asked.document().prose, proper)
}

fn push(key: &mut String, part: &str) {
    if !part.is_empty() {
        key.push(PART);
        key.push_str(part);
    }
}

/// The texts of code blocks that begin in `within`.
fn codes<'a>(asked: &'a Asked<'_>, within: Span) -> impl Iterator<Item = &'a str> {
    let codes = asked.document().codes.iter();
    let codes = codes.filter(move |code| within.contains(code.span.start()));
    codes.map(|code| code.text.text.trim_end())
}

/// The words of a stretch of flat text, with one space between.
pub fn fold(source: &Source, flat: &Flat, range: Range<usize>) -> String {
    joined(&lowered(source, flat, range))
}

/// A stretch of flat text in lower case, code excepted, which stands in it as
/// written.
fn lowered(source: &Source, flat: &Flat, range: Range<usize>) -> String {
    let mut text = String::with_capacity(range.len());
    for (piece, shown) in flat.pieces(range) {
        match piece.origin {
            // Case counts in code: `Map` is a type, `map` a method.
            Origin::Code => text.push_str(inner(source.slice(piece.source))),
            Origin::Exact | Origin::Whole if shown.is_ascii() => {
                let start = text.len();
                text.push_str(shown);
                if let Some(new) = text.get_mut(start..) {
                    new.make_ascii_lowercase();
                }
            }
            Origin::Exact | Origin::Whole => {
                let shown = shown.nfkc().map(|c| if c == '’' { '\'' } else { c });
                text.extend(shown.flat_map(char::to_lowercase));
            }
            Origin::Gap => text.push(' '),
        }
    }
    text
}

/// The words of a text in lower case, with one space between.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for word in bare_words(text) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// The words of a text without the sentence punctuation around them.
fn bare_words(text: &str) -> impl Iterator<Item = &str> {
    bare_places(text).filter_map(|place| text.get(place))
}

/// Where the words of a text stand, without the sentence punctuation around
/// them. `C++`, `C#` and `==` stay as they are: their signs are none.
pub fn bare_places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bare = |place| bare(text, place);
    places(text).map(bare).filter(|place| !place.is_empty())
}

#[inline]
fn bare(text: &str, place: Range<usize>) -> Range<usize> {
    let letter = |at: usize| {
        let byte = text.as_bytes().get(at);
        byte.is_some_and(u8::is_ascii_alphanumeric)
    };
    if letter(place.start) && letter(place.end.wrapping_sub(1)) {
        return place;
    }
    trimmed(text, place)
}

fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let word = text.get(place.clone()).unwrap_or_default();
    let word = word.trim_start_matches([
        '"', '\'', '(', '[', '{', '“', '”', '‘', '’', '«', '¿', '¡', '—', '–', '…',
    ]);
    let start = place.end - word.len();
    let word = word.trim_end_matches([
        '.', ',', ';', ':', '!', '?', '"', '\'', ')', ']', '}', '“', '”', '‘', '’', '»', '—', '–',
        '…',
    ]);
    start..start + word.len()
}

/// A code span without its back-ticks; a code block's own text is taken elsewhere.
fn inner(code: &str) -> &str {
    let ticks = code.bytes().take_while(|&byte| byte == b'`').count();
    if ticks == 0 || code.starts_with("```") {
        return if code.starts_with('$') { code } else { "" };
    }
    code.trim_matches('`').trim()
}
