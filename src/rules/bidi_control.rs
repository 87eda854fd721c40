//! `bidi-control`: characters that turn the direction of the text around them,
//! so that a reader and a program see different things.

use crate::finding::Edit;
use crate::rules::places::{around, code};
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It shows no direction but its own.
    Mark,
    /// It opens a stretch that the second kind closes.
    Embedding,
    Isolate,
    /// As an embedding, and letters are turned too.
    Override,
    EndOfEmbedding,
    EndOfIsolate,
}

fn kind(c: char) -> Option<(Kind, &'static str)> {
    Some(match c {
        '\u{61c}' => (Kind::Mark, "ARABIC LETTER MARK"),
        '\u{200e}' => (Kind::Mark, "LEFT-TO-RIGHT MARK"),
        '\u{200f}' => (Kind::Mark, "RIGHT-TO-LEFT MARK"),
        '\u{202a}' => (Kind::Embedding, "LEFT-TO-RIGHT EMBEDDING"),
        '\u{202b}' => (Kind::Embedding, "RIGHT-TO-LEFT EMBEDDING"),
        '\u{202c}' => (Kind::EndOfEmbedding, "POP DIRECTIONAL FORMATTING"),
        '\u{202d}' => (Kind::Override, "LEFT-TO-RIGHT OVERRIDE"),
        '\u{202e}' => (Kind::Override, "RIGHT-TO-LEFT OVERRIDE"),
        '\u{2066}' => (Kind::Isolate, "LEFT-TO-RIGHT ISOLATE"),
        '\u{2067}' => (Kind::Isolate, "RIGHT-TO-LEFT ISOLATE"),
        '\u{2068}' => (Kind::Isolate, "FIRST STRONG ISOLATE"),
        '\u{2069}' => (Kind::EndOfIsolate, "POP DIRECTIONAL ISOLATE"),
        _ => return None,
    })
}

/// Letters of scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        && c != '\u{61c}'
}

/// What is opened deeper is ignored, as by the Unicode algorithm.
const MAX_OPEN: usize = 125;

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    let question = asked.question;
    let text = asked.source.slice(question.span);
    if text.is_ascii() || !text.contains(|c| kind(c).is_some()) {
        return Vec::new();
    }
    let code = code(asked.document());
    let mut verdicts = Vec::new();
    let mut start = question.span.start();
    for line in text.split_inclusive('\n') {
        let right_to_left = line.contains(is_right_to_left);
        for control in controls(line, start) {
            let reason = if around(&code, control.span.start()).is_some() {
                (control.kind != Kind::Mark || !right_to_left).then_some("in code")
            } else if control.kind == Kind::Override {
                Some("which turns letters around")
            } else if control.kind != Kind::Mark && control.partner.is_none() {
                Some("without its other half in the line")
            } else {
                (!right_to_left).then_some("in a line without right-to-left letters")
            };
            // What closes a stretch goes with what opens it.
            let closes = matches!(control.kind, Kind::EndOfEmbedding | Kind::EndOfIsolate);
            if let Some(reason) = reason.filter(|_| !closes || control.partner.is_none()) {
                verdicts.push(verdict(asked, &control, reason));
            }
        }
        start += line.len();
    }
    verdicts
}

struct Control {
    span: Span,
    kind: Kind,
    name: &'static str,
    /// What closes it, or what it closes, in the same line: beyond that no
    /// control reaches in an editor or a diff.
    partner: Option<Span>,
}

/// The controls of a line that begins at `start` of the source.
fn controls(line: &str, start: usize) -> Vec<Control> {
    let mut controls: Vec<Control> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in line.char_indices() {
        let Some((kind, name)) = kind(c) else {
            continue;
        };
        let span = Span::new(start + at, start + at + c.len_utf8());
        let isolates = |open: &usize| {
            let opened = controls.get(*open);
            opened.is_some_and(|opened| opened.kind == Kind::Isolate)
        };
        let opened = match kind {
            // What closes an isolate closes all that is open in it.
            Kind::EndOfIsolate => open.iter().rposition(isolates),
            Kind::EndOfEmbedding => open
                .last()
                .filter(|open| !isolates(open))
                .map(|_| open.len() - 1),
            _ => None,
        };
        let opened = opened.and_then(|position| {
            let index = open.get(position).copied();
            open.truncate(position);
            controls.get_mut(index?)
        });
        let partner = opened.map(|opener| {
            opener.partner = Some(span);
            opener.span
        });
        let opens = matches!(kind, Kind::Embedding | Kind::Override | Kind::Isolate);
        if opens && open.len() < MAX_OPEN {
            open.push(controls.len());
        }
        controls.push(Control {
            span,
            kind,
            name,
            partner,
        });
    }
    controls
}

fn verdict(asked: &Asked<'_>, control: &Control, reason: &str) -> Verdict {
    let c = asked.source.slice(control.span).chars().next();
    let hex = u32::from(c.unwrap_or_default());
    let message = format!("{} (U+{hex:04X}) {reason}", control.name);
    let help = "remove it, and read again what stands there without it";
    let spans = [Some(control.span), control.partner];
    let edits = spans.into_iter().flatten().map(|span| Edit::new(span, ""));
    asked
        .verdict(control.span, message, help)
        .unsafely(edits.collect())
}
