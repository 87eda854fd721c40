//! `curly-quotes-in-code`: quotes and dashes that a text editor made of those
//! that a program takes.

use std::ops::Range;

use crate::finding::Edit;
use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;
use crate::verdict::{Asked, Verdict};

/// Languages in which a quote is a letter like any other.
const TEXT: &[&str] = &[
    "asciidoc",
    "bibtex",
    "csv",
    "diff",
    "email",
    "http",
    "latex",
    "log",
    "markdown",
    "md",
    "mdx",
    "mermaid",
    "none",
    "output",
    "plain",
    "plaintext",
    "rst",
    "tex",
    "text",
    "tsv",
    "txt",
    "yaml",
    "yml",
];

/// Languages with text between commands or tags.
const MIXED: &[&str] = &[
    "",
    "astro",
    "console",
    "erb",
    "handlebars",
    "hbs",
    "html",
    "jinja",
    "jsx",
    "session",
    "svelte",
    "svg",
    "terminal",
    "tsx",
    "vue",
    "xhtml",
    "xml",
];

/// Words behind which a program's text begins.
const BEFORE_TEXT: &[&str] = &[
    "case", "echo", "export", "from", "grep", "import", "include", "like", "print", "printf",
    "println", "puts", "require", "return", "throw", "yield",
];

/// What holds no code, over lines too: how it opens and closes.
const WITHIN: &[(&str, &str)] = &[
    ("/*", "*/"),
    ("<!--", "-->"),
    (r#"""""#, r#"""""#),
    ("'''", "'''"),
];

/// What a piece of code is known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A program, in one language.
    Program,
    /// Perhaps words that are set as code, or text between tags.
    Mixed,
    /// The same, between back-ticks in a sentence.
    Inline,
}

pub fn check(asked: &Asked<'_>) -> Vec<Verdict> {
    if asked.source.slice(asked.question.body).is_ascii() {
        return Vec::new();
    }
    let document = asked.document();
    let mut verdicts = Vec::new();
    for code in &document.codes {
        let language = code.fence.as_ref().map(|fence| fence.language);
        let language = language.map_or("", |language| asked.source.slice(language));
        let language = language.trim_matches(['{', '}', '.']).to_lowercase();
        if TEXT.contains(&language.as_str()) || !code.text.text.contains(is_typographic) {
            continue;
        }
        let mixed = MIXED.contains(&language.as_str());
        let kind = if mixed { Kind::Mixed } else { Kind::Program };
        verdicts.extend(judge(asked, &code.text, kind));
    }
    let headings = document.headings.iter().map(|heading| &heading.text);
    for flat in headings.chain([&document.prose]) {
        for (piece, _) in flat.pieces(0..flat.text.len()) {
            let code = Some(piece.source).filter(|_| piece.origin == Origin::Code);
            if let Some(span) = code.and_then(|span| between_back_ticks(asked, span)) {
                let inner = Flat::of(asked.source.slice(span), span, Origin::Exact);
                verdicts.extend(judge(asked, &inner, Kind::Inline));
            }
        }
    }
    verdicts
}

/// What stands in a code span, where there is anything to judge in it. Code
/// blocks and formulas have no back-tick at both ends.
fn between_back_ticks(asked: &Asked<'_>, span: Span) -> Option<Span> {
    let written = asked.source.slice(span);
    let inner = written.trim_start_matches('`');
    let marks = written.len() - inner.len();
    let is_block = marks > 2 && written.contains('\n');
    let judged = marks > 0 && !is_block && inner.contains(is_typographic);
    judged.then(|| Span::new(span.start() + marks, span.end().saturating_sub(marks)))
}

fn is_double(c: char) -> bool {
    matches!(c, '“' | '”' | '„')
}

fn is_single(c: char) -> bool {
    matches!(c, '‘' | '’' | '‚')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '−')
}

fn is_typographic(c: char) -> bool {
    is_double(c) || is_single(c) || is_dash(c)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// What is wrong in a line, and what stands in its place.
struct Fault {
    range: Range<usize>,
    mark: char,
    plain: &'static str,
    edits: Vec<Range<usize>>,
}

fn judge(asked: &Asked<'_>, flat: &Flat, kind: Kind) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut within = None;
    let mut start = 0;
    for line in flat.text.split_inclusive('\n') {
        let ends = [';', '{', ')', ',', ':'];
        let mut scan = Scan {
            line,
            statement: line.trim_end().ends_with(ends) || line.contains('='),
            kind,
            within,
            faults: Vec::new(),
        };
        scan.run();
        within = scan.within;
        for fault in scan.faults {
            let place = |range: &Range<usize>| flat.span(start + range.start..start + range.end);
            let Fault { mark, plain, .. } = fault;
            let message = format!("`{mark}` in code, where a program takes `{plain}`");
            let help = "write it as a keyboard does";
            let edits = fault.edits.iter();
            let edits = edits.map(|range| Edit::new(place(range), plain)).collect();
            let verdict = asked.verdict(place(&fault.range), message, help);
            verdicts.push(verdict.unsafely(edits));
        }
        start += line.len();
    }
    verdicts
}

/// A walk over one line, past its comments and what stands in plain quotes.
struct Scan<'a> {
    line: &'a str,
    /// Whether it looks as if it did something.
    statement: bool,
    kind: Kind,
    /// What closes the comment or text that the line begins, or ends, in.
    within: Option<&'static str>,
    faults: Vec<Fault>,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.line.get(at..).filter(|rest| !rest.is_empty()) {
            let step = match self.within {
                Some(close) => rest.find(close).map(|found| {
                    self.within = None;
                    found + close.len()
                }),
                None => self.step(at, rest),
            };
            let Some(step) = step else { return };
            at += step;
        }
    }

    /// How far it is to what comes next; None where the rest is no code.
    fn step(&mut self, at: usize, rest: &str) -> Option<usize> {
        let opened = WITHIN.iter().find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = opened {
            self.within = Some(close);
            return Some(open.len());
        }
        let before = self.line.get(..at).unwrap_or_default();
        if begins_comment(before, rest) {
            return None;
        }
        let c = rest.chars().next()?;
        match c {
            '\\' => Some(1 + rest.chars().nth(1).map_or(0, char::len_utf8)),
            '"' | '\'' | '`' => self.plain_text(c, rest),
            _ if is_double(c) || is_single(c) => Some(self.quoted(before, rest, c)),
            _ if is_dash(c) => {
                self.dash(before, rest, c);
                Some(c.len_utf8())
            }
            _ => Some(c.len_utf8()),
        }
    }

    /// Past a text in plain quotes.
    fn plain_text(&mut self, quote: char, rest: &str) -> Option<usize> {
        let mut escaped = false;
        let mut inner = rest.char_indices().skip(1);
        let close = inner.find(|&(_, c)| {
            let closes = c == quote && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        match (close, quote) {
            (Some((at, _)), _) => Some(at + 1),
            (None, '"') => None,
            (None, '`') if self.kind == Kind::Program => {
                self.within = Some("`");
                Some(1)
            }
            _ => Some(1),
        }
    }

    /// Past a text in curly quotes, which is a fault where a program's text begins.
    fn quoted(&mut self, before: &str, rest: &str, open: char) -> usize {
        let width = open.len_utf8();
        if before.chars().next_back().is_some_and(is_word) {
            return width;
        }
        let inner = rest.get(width..).unwrap_or_default();
        let mut last = None;
        let close = inner.char_indices().find(|&(at, c)| {
            let kin = is_double(c) == is_double(open) && is_single(c) == is_single(open);
            let apostrophe = is_single(c) && last.is_some_and(is_word) && {
                let behind = inner.get(at + c.len_utf8()..).unwrap_or_default();
                behind.chars().next().is_some_and(is_word)
            };
            last = Some(c);
            kin && !apostrophe
        });
        let Some((length, close)) = close else {
            return width;
        };
        let start = before.len();
        let end = start + width + length + close.len_utf8();
        let after = self.line.get(end..).unwrap_or_default();
        if !self.takes_text(before, after) {
            return end - start;
        }
        let plain = if is_double(open) { "\"" } else { "'" };
        let clash = inner.get(..length).unwrap_or_default().contains(plain);
        let edits = vec![start..start + width, end - close.len_utf8()..end];
        self.faults.push(Fault {
            range: start..end,
            mark: open,
            plain,
            edits: if clash { Vec::new() } else { edits },
        });
        end - start
    }

    /// Whether a program's text can begin between the two.
    fn takes_text(&self, before: &str, after: &str) -> bool {
        let tight = before.trim_end();
        let beside = tight.len() == before.len();
        let program = self.kind == Kind::Program;
        let called = |behind: &str| behind.chars().next_back().is_some_and(is_word);
        match tight.chars().next_back() {
            Some('=') => true,
            Some('(') => program || beside && called(tight.trim_end_matches('(')),
            Some('[' | '{') => program || beside,
            Some(',') => program || !self.faults.is_empty(),
            Some(':' | '+' | '?' | '&' | '|' | '!') => program,
            Some(_) if beside => false,
            Some(_) => {
                let word = tight.split_whitespace().next_back().unwrap_or_default();
                let known = BEFORE_TEXT.contains(&word.to_lowercase().as_str());
                let option = word.len() > 1 && word.starts_with(|c| c == '-' || is_dash(c));
                option || program && known
            }
            None => {
                let next = after.trim_start().chars().next();
                let ends = [')', ']', '}', ',', ';', ':', '+', '.'];
                program && next.is_none_or(|next| ends.contains(&next))
            }
        }
    }

    fn dash(&mut self, before: &str, rest: &str, dash: char) {
        let behind = rest.get(dash.len_utf8()..).unwrap_or_default();
        let spaced = before.is_empty() || before.ends_with(char::is_whitespace);
        let left = before.trim_end().chars().next_back();
        let right = behind.trim_start().chars().next();
        let named = |behind: &str| {
            let name = behind.trim_start_matches(|c| is_dash(c) || c == '-');
            name.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        let option = spaced && (left.is_some() || self.kind == Kind::Inline) && named(behind);
        let operator = self.kind == Kind::Program
            && self.statement
            && left.is_some_and(|c| is_word(c) || matches!(c, ')' | ']'))
            && right.is_some_and(|c| is_word(c) || c == '(')
            && spaced == behind.starts_with(char::is_whitespace);
        if option || operator {
            let start = before.len();
            let range = start..start + dash.len_utf8();
            self.faults.push(Fault {
                mark: dash,
                plain: if option && dash == '—' { "--" } else { "-" },
                edits: vec![range.clone()],
                range,
            });
        }
    }
}

/// Whether the rest of a line is a comment, in any language that has such.
fn begins_comment(before: &str, rest: &str) -> bool {
    let apart = before.is_empty() || before.ends_with(char::is_whitespace);
    let directives = ["#include", "#import", "#define"];
    if rest.starts_with("//") {
        return !before.ends_with(':');
    }
    if rest.starts_with('#') {
        return apart
            && !directives
                .iter()
                .any(|directive| rest.starts_with(directive));
    }
    let dashes = rest.starts_with("-- ");
    let goes_on = rest.starts_with("* ") && before.trim().is_empty();
    apart && (dashes || goes_on)
}
