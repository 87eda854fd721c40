//! Which headings of a file ask: their level, and how they are marked.

use crate::config::SourceSet;
use crate::source::Span;

use super::answered::answered;
use super::body::File;
use super::boxes::has_choices;
use super::frames::is_frame;
use super::looks::{asks, asks_by_word, label, plain, surely_asks};
use super::outline::{Head, Outline, PARAGRAPH};
use super::repeated::is_repeated;

/// Which headings ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    pub level: usize,
    /// Whether most stand in items of a list.
    pub in_items: bool,
    /// Whether most have a number or a `Q`.
    pub numbered: bool,
    /// Whether most say `Q`, which then asks at any level.
    pub says_q: bool,
}

/// What a heading's words say.
pub struct Words<'a> {
    pub text: &'a str,
    pub number: Option<Span>,
    pub labelled: bool,
    pub says_q: bool,
    /// The question, behind its label.
    pub rest: Span,
}

/// How long the empty anchors are that a heading begins with: `<a name=x></a>`.
fn anchor(words: &str) -> usize {
    let mut rest = words;
    while rest.starts_with("<a ") {
        let Some((_, behind)) = rest.split_once('>') else {
            break;
        };
        let Some(behind) = behind.strip_prefix("</a>") else {
            break;
        };
        rest = behind.trim_start();
    }
    words.len() - rest.len()
}

pub fn words<'a>(text: &'a str, head: &Head) -> Words<'a> {
    let written = text.get(head.words.range()).unwrap_or_default();
    let anchor = anchor(written);
    let shown = Span::new(head.words.start() + anchor, head.words.end());
    let label = label(written.get(anchor..).unwrap_or_default(), shown.start());
    let in_item = head
        .item
        .map(|item| item.number)
        .filter(|number| !number.is_empty());
    let own = label.as_ref().map(|label| label.number);
    Words {
        text: written,
        number: own.filter(|number| !number.is_empty()).or(in_item),
        labelled: label.is_some(),
        says_q: label.as_ref().is_some_and(|label| label.says_q),
        rest: label.map_or(shown, |label| label.rest),
    }
}

impl Words<'_> {
    /// Whether it asks something behind its label.
    pub fn asks(&self) -> bool {
        let behind = self.text.len() - (self.rest.end() - self.rest.start()).min(self.text.len());
        asks(self.text.get(behind..).unwrap_or(self.text))
    }

    /// Whether it asks beyond doubt behind its label. A number alone is that
    /// of a step.
    fn surely_asks(&self) -> bool {
        let behind = self.text.len() - (self.rest.end() - self.rest.start()).min(self.text.len());
        let text = self.text.get(behind..).unwrap_or(self.text);
        surely_asks(text) || asks_by_word(text)
    }

    /// Whether it looks like a question, by its label, its mark or its first word.
    pub fn looks(&self) -> bool {
        self.labelled || asks(self.text)
    }

    /// Whether it says something with a link in place of naming a section.
    pub fn is_note(&self) -> bool {
        self.text.contains(": [")
    }

    pub fn is_frame(&self) -> bool {
        !self.says_q && !self.text.contains('?') && is_frame(self.text)
    }
}

/// The numbers of questions, one after the other: a heading that goes on
/// counting asks too, whatever its level.
#[derive(Default)]
pub struct Series {
    /// The last number, and whether it is that of a question.
    last: Option<(u64, bool)>,
}

impl Series {
    /// Whether `head` goes on counting from a question and is none by itself,
    /// as `asks` says.
    pub fn goes_on(&mut self, text: &str, head: &Head, asks: bool) -> bool {
        let words = words(text, head);
        let number = words.number.and_then(|number| text.get(number.range()));
        let Some(number) = number.and_then(|number| number.parse().ok()) else {
            return false;
        };
        let follows = |(last, asked): (u64, bool)| asked && last.checked_add(1) == Some(number);
        let follows = self.last.is_some_and(follows) && words.asks();
        self.last = Some((number, asks || follows));
        follows && !asks
    }
}

/// Whether words only hold the place of a question: `?`, `...`.
pub fn holds_place(words: &str) -> bool {
    let marks = ['?', '.', '…', '-', '–', '_', '*'];
    words.trim().trim_matches(marks).trim().is_empty()
}

/// Words without the emphasis around all of them.
pub fn unmarked(text: &str, span: Span) -> Span {
    let words = text.get(span.range()).unwrap_or_default();
    let marks = words.bytes().take_while(|&byte| byte == b'*').count();
    let mark = words.get(..marks).unwrap_or_default();
    let inner = words
        .get(marks..words.len().saturating_sub(marks))
        .unwrap_or_default();
    if marks > 0 && words.ends_with(mark) && !inner.is_empty() && !inner.contains('*') {
        return Span::new(span.start() + marks, span.end() - marks);
    }
    span
}

/// What questions call the code that they are about, in lower case.
const CODE: &[&str] = &[
    "application",
    "class",
    "code",
    "command",
    "example",
    "expression",
    "function",
    "loop",
    "method",
    "methods",
    "output",
    "program",
    "query",
    "script",
    "snippet",
    "statement",
    "statements",
];

/// What a question calls code that stands below it, though it does not say so.
const THIS: &[&str] = &["this code", "this loop", "this program", "this snippet"];

/// Whether a question is about code that it shows below itself.
fn speaks_of_code(text: &str) -> bool {
    let plain = plain(text);
    let has = |names: &[&str]| plain.split(' ').any(|word| names.contains(&word));
    let shown = THIS.iter().any(|name| plain.contains(name));
    shown || (has(&["below", "following"]) && has(CODE))
}

/// Whether what stands below a number without words is a question: code, or an
/// image above choices.
pub fn shows_question(file: File<'_>, below: Span) -> bool {
    let codes = &file.outline.codes;
    let next = codes.partition_point(|code| code.start() < below.start());
    let code = codes.get(next).filter(|code| code.end() <= below.end());
    let above = code.and_then(|code| file.text.get(below.start()..code.start()));
    let first = above.is_some_and(|above| above.trim().is_empty());
    let written = file.text.get(below.range()).unwrap_or_default();
    let image = written.trim_start().starts_with("![");
    first || (image && has_choices(written))
}

/// Whether the code below a question can be nothing but asked about, even if
/// no answer follows it.
fn asks_about_code(text: &str) -> bool {
    let plain = plain(text);
    let tells = [
        "write",
        "implement",
        "create",
        "how can",
        "how do you",
        "how to",
        "how would you",
    ];
    let shown = ["code below", "below code", "following code"];
    shown.iter().any(|name| plain.contains(name))
        && !tells.iter().any(|word| plain.starts_with(word))
}

/// The code that a question goes on with: directly below a paragraph that
/// asks, or first below a heading that speaks of it or, with `asked` empty, has
/// no words.
pub fn code_of(file: File<'_>, head: &Head, asked: &str, below: Span) -> Span {
    let codes = &file.outline.codes;
    let next = codes.partition_point(|code| code.start() < below.start());
    let none = below.ending(below.start());
    let Some(code) = codes.get(next).filter(|code| code.end() <= below.end()) else {
        return none;
    };
    let slice = |span: Span| file.text.get(span.range()).unwrap_or_default().trim();
    let first = slice(below.ending(code.start())).is_empty();
    let rest = slice(below.starting(code.end()));
    // Above choices all is the question's as it is.
    if !first || rest.starts_with(['-', '*', '+']) || has_choices(rest) {
        return none;
    }
    let joined = head.level == PARAGRAPH && code.start() == below.start();
    if joined
        || asked.is_empty()
        || asks_about_code(asked)
        || (!rest.is_empty() && speaks_of_code(asked))
    {
        below.ending(code.end())
    } else {
        none
    }
}

/// Which headings ask, as set or as most of those do that look so.
pub fn form(text: &str, outline: &Outline, set: &SourceSet) -> Option<Form> {
    let mut levels = [(0_usize, 0_usize, 0_usize, 0_usize); PARAGRAPH + 1];
    for head in &outline.heads {
        let words = words(text, head);
        if !words.looks() || words.is_frame() || is_repeated(outline, head) {
            continue;
        }
        if let Some((all, items, labelled, says_q)) = levels.get_mut(head.level) {
            *all += 1;
            *items += usize::from(head.item.is_some());
            *labelled += usize::from(words.labelled);
            *says_q += usize::from(words.says_q);
        }
    }
    let level = match set.heading_level {
        Some(level) => usize::from(level),
        None => {
            (1..=PARAGRAPH).max_by_key(|&level| levels.get(level).map_or(0, |counts| counts.0))?
        }
    };
    let &(all, items, labelled, says_q) = levels.get(level)?;
    if all == 0 && set.heading_level.is_none() {
        return None;
    }
    Some(Form {
        level,
        in_items: items * 2 > all,
        numbered: set.numbered.unwrap_or(labelled * 2 > all),
        says_q: says_q * 2 > all,
    })
}

/// Takes paragraphs and items for headings where more of them ask than of those.
pub fn take_paragraphs(text: &str, outline: &mut Outline, set: &SourceSet) {
    if set.heading_level.is_some() {
        return;
    }
    let own = form(text, outline, set).map(|form| count(text, outline, form));
    let own = own.map_or(0, |counts| counts.asking);
    if outline.labelled.len() > own {
        outline.heads.append(&mut outline.labelled);
    } else {
        let mut asked = answered(text, outline);
        if asked.len() > own {
            outline.heads.append(&mut asked);
        }
    }
    outline.heads.sort_by_key(|head| head.lines.start());
}

/// How many headings of a file ask, by looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub asking: usize,
    /// Those of them that ask beyond doubt, or say `Q`.
    pub sure: usize,
    /// All of their level.
    pub heads: usize,
    /// Those of a higher level, the title apart.
    pub above: usize,
}

pub fn count(text: &str, outline: &Outline, form: Form) -> Counts {
    let mut counts = Counts::default();
    let mut series = Series::default();
    for (number, head) in outline.heads.iter().enumerate() {
        let words = words(text, head);
        if is_repeated(outline, head) {
            continue;
        }
        let asks = words.looks() && !words.is_frame();
        let level = head.level == form.level;
        if !series.goes_on(text, head, asks && level) && !level {
            counts.above += usize::from(number > 0 && head.level < form.level);
            continue;
        }
        counts.heads += 1;
        if asks {
            counts.asking += 1;
            counts.sure += usize::from(words.says_q || words.surely_asks());
        }
    }
    counts
}
