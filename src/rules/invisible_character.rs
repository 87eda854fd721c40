//! `invisible-character`: characters that nobody sees and that programs obey.

use crate::finding::Edit;
use crate::rules::places::{around, code, prose};
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Why a character is no part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It takes no room: a zero-width space, a soft hyphen, …
    Nothing,
    /// It joins or parts letters, which some scripts and emoji need.
    Joiner,
    /// It chooses the form of the character before it.
    Selector,
    /// It spells the flag of a region, behind a black flag.
    Tag,
    /// A space that programs do not take for one.
    Space,
    /// It ends a line, but not in Markdown.
    Line,
    Control,
    /// Every font shows something else for it, or nothing.
    Private,
}

fn kind(c: char) -> Option<Kind> {
    Some(match c {
        ' '..='~' | '\t' | '\n' | '\r' => return None,
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Kind::Line,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Kind::Control,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Kind::Space
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffc}' => Kind::Nothing,
        '\u{200c}' | '\u{200d}' => Kind::Joiner,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Kind::Selector,
        '\u{e0000}'..='\u{e007f}' => Kind::Tag,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Kind::Private,
        _ => return None,
    })
}

fn name(c: char, kind: Kind) -> &'static str {
    match (c, kind) {
        ('\0', _) => "a NUL",
        ('\u{1b}', _) => "an escape character",
        ('\u{a0}' | '\u{202f}', _) => "a no-break space",
        ('\u{ad}', _) => "a soft hyphen",
        ('\u{200b}', _) => "a zero-width space",
        ('\u{200c}', _) => "a zero-width non-joiner",
        ('\u{200d}', _) => "a zero-width joiner",
        ('\u{2028}', _) => "a line separator",
        ('\u{2029}', _) => "a paragraph separator",
        ('\u{2060}', _) => "a word joiner",
        ('\u{feff}', _) => "a byte order mark inside the text",
        (_, Kind::Nothing | Kind::Joiner) => "an invisible character",
        (_, Kind::Selector) => "a variation selector with nothing to vary",
        (_, Kind::Tag) => "a tag character",
        (_, Kind::Space) => "a space that programs do not know",
        (_, Kind::Line) => "a line end that Markdown does not know",
        (_, Kind::Control) => "a control character",
        (_, Kind::Private) => "a character for private use",
    }
}

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let text = asked.source.slice(question.span);
    let plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    // Of some bytes all are looked at, which a processor does at once.
    let mut some = text.as_bytes().chunks(64);
    let plain = some.all(|some| some.iter().fold(true, |all, byte| all & plain(byte)));
    if plain || !text.chars().any(|c| kind(c).is_some()) {
        return Vec::new();
    }
    let (code, prose) = (code(asked.document()), prose(asked.document()));
    let mut verdicts = Vec::new();
    let mut start = question.span.start();
    for line in text.split_inclusive('\n') {
        let faults = faults(line);
        let drawn = !faults.is_empty() && line.contains(|c| matches!(c, '\u{2500}'..='\u{257f}'));
        let letter = line.find(char::is_alphabetic).unwrap_or(line.len());
        for found in faults {
            let span = Span::new(start + found.span.start(), start + found.span.end());
            let place = Place {
                before: line.get(..found.span.start()).unwrap_or_default(),
                drawn,
                lettered: letter < found.span.start(),
                part: if question.meta.span.contains(span.start()) {
                    Part::Meta
                } else if around(&code, span.start()).is_some() {
                    Part::Code
                } else if around(&prose, span.start()).is_some() {
                    Part::Prose
                } else {
                    Part::Other
                },
            };
            verdicts.extend(judge(asked, &found, span, &place));
        }
        start += line.len();
    }
    verdicts
}

/// Characters of one kind beside each other in a line.
struct Found {
    span: Span,
    kind: Kind,
    first: char,
    before: Option<char>,
    after: Option<char>,
}

/// The part of a question that a character stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Meta,
    Code,
    Prose,
    /// A link's target, a comment, HTML.
    Other,
}

/// Where a character stands.
struct Place<'a> {
    /// The line up to there.
    before: &'a str,
    /// Whether something is drawn in the line, with lines of boxes.
    drawn: bool,
    /// Whether there is a letter in the line before it.
    lettered: bool,
    part: Part,
}

/// All that are not in their right place, wherever the line stands.
fn faults(line: &str) -> Vec<Found> {
    let mut faults: Vec<Found> = Vec::new();
    let mut before = None;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|&(_, after)| after);
        if let Some(kind) = kind(c).filter(|&kind| !is_right(c, kind, before, after)) {
            let end = at + c.len_utf8();
            match faults.last_mut() {
                Some(last) if last.span.end() == at && last.kind == kind => {
                    last.span = last.span.ending(end);
                    last.after = after;
                }
                _ => faults.push(Found {
                    span: Span::new(at, end),
                    kind,
                    first: c,
                    before,
                    after,
                }),
            }
        }
        before = Some(c);
    }
    faults
}

/// Whether a character does what it is for.
fn is_right(c: char, kind: Kind, before: Option<char>, after: Option<char>) -> bool {
    let shaped = before.is_some_and(is_shaped) || after.is_some_and(is_shaped);
    match kind {
        Kind::Nothing => c != '\u{feff}' && shaped,
        Kind::Joiner => {
            let emoji = before.is_some_and(is_symbol) && after.is_some_and(is_symbol);
            shaped || (c == '\u{200d}' && emoji)
        }
        Kind::Selector => before.is_some_and(|before| {
            !before.is_whitespace() && !before.is_ascii_alphabetic() && self::kind(before).is_none()
        }),
        Kind::Tag => before
            .is_some_and(|before| before == '\u{1f3f4}' || self::kind(before) == Some(Kind::Tag)),
        _ => false,
    }
}

/// Letters of scripts that are joined, stacked or written without spaces.
fn is_shaped(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{11fff}')
        && kind(c).is_none()
}

/// What an emoji is joined of.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

fn judge(asked: &Asked<'_>, found: &Found, span: Span, place: &Place<'_>) -> Option<Verdict> {
    let hex = format!("U+{:04X}", u32::from(found.first));
    let mut message = format!("{} ({hex})", name(found.first, found.kind));
    let mut help = "remove it";
    if found.kind == Kind::Space {
        help = "write a plain space";
        if place.part == Part::Code {
            // `tree` draws with them, and numbers are grouped with them: both
            // are output, which nobody runs.
            let number = found.before.is_some_and(|c| c.is_ascii_digit())
                && found
                    .after
                    .is_some_and(|c| c.is_ascii_digit() || !c.is_ascii());
            if number || place.drawn {
                return None;
            }
            message.push_str(" in code");
        } else {
            let mark = place.before.trim_start_matches([' ', '\t', '>']);
            if place.part == Part::Meta || !is_mark(mark) {
                return None;
            }
            message = format!("{message} behind `{mark}`, which makes it plain text");
        }
    }
    let verdict = asked.verdict(span, message, help);
    let edit = |text: &str| vec![Edit::new(span, text)];
    Some(match found.kind {
        _ if place.part == Part::Meta => verdict,
        Kind::Control | Kind::Private => verdict,
        Kind::Space => verdict.unsafely(edit(" ")),
        Kind::Line if place.part == Part::Code => verdict,
        Kind::Line => {
            let beside = [found.before, found.after];
            let spaced = beside.iter().any(|c| c.is_none_or(char::is_whitespace));
            verdict.unsafely(edit(if spaced { "" } else { " " }))
        }
        _ if place.part == Part::Prose && is_idle(found, place) => verdict.safely(edit("")),
        _ => verdict.unsafely(edit("")),
    })
}

/// Whether a text is a mark that makes a heading or a list.
fn is_mark(text: &str) -> bool {
    let number = text.strip_suffix(['.', ')']);
    let number = number.filter(|number| (1..=9).contains(&number.len()));
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte == b'#')
        || matches!(text, "-" | "*" | "+")
        || number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the line is the same Markdown without it: it stands in a word or
/// beside one, and not where a line begins.
fn is_idle(found: &Found, place: &Place<'_>) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let (left, right) = (found.before, found.after);
    let between = word(left) && (word(right) || space(right)) || space(left) && word(right);
    between && place.lettered
}
