//! Code in colours: a lexer of our own, driven by a table with a row a
//! language. It marks comments, strings, numbers, keywords and types by CSS
//! classes, in one pass whose time grows with the length of the code alone.

mod code;
mod grammar;
mod lengths;
mod markup;
mod table;
#[cfg(test)]
mod tests;

use std::sync::{Arc, LazyLock};

use foldhash::{HashMap, HashMapExt, HashSet};

use super::html::escape;
use grammar::{Grammar, Shape};

/// What a stretch of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Comment,
    Keyword,
    Number,
    String,
    /// A type; also a key, an attribute, an annotation.
    Type,
    /// In a diff.
    Inserted,
    Deleted,
}

impl Kind {
    /// The class of its element; Anki's style gives it a colour.
    fn class(self) -> Option<&'static str> {
        match self {
            Kind::Plain => None,
            Kind::Comment => Some("pd-c"),
            Kind::Keyword => Some("pd-k"),
            Kind::Number => Some("pd-n"),
            Kind::String => Some("pd-s"),
            Kind::Type => Some("pd-t"),
            Kind::Inserted => Some("pd-i"),
            Kind::Deleted => Some("pd-d"),
        }
    }
}

/// A row of the table with its words ready to be looked up.
struct Language {
    grammar: &'static Grammar,
    keywords: HashSet<&'static str>,
    types: HashSet<&'static str>,
    prefixes: HashSet<&'static str>,
}

/// All languages by all their names.
static LANGUAGES: LazyLock<HashMap<&str, Arc<Language>>> = LazyLock::new(|| {
    let words = |words: &'static str| words.split_whitespace().collect();
    let mut languages = HashMap::new();
    for grammar in table::GRAMMARS.iter().copied().flatten() {
        let language = Arc::new(Language {
            grammar,
            keywords: words(grammar.keywords),
            types: words(grammar.types),
            prefixes: words(grammar.prefixes),
        });
        for name in grammar.names.split_whitespace() {
            languages.insert(name, Arc::clone(&language));
        }
    }
    languages
});

fn named(name: &str) -> Option<&'static Language> {
    LANGUAGES.get(name).map(Arc::as_ref)
}

/// The names of all languages that have a row.
pub fn names() -> impl Iterator<Item = &'static str> {
    table::GRAMMARS
        .iter()
        .copied()
        .flatten()
        .flat_map(|grammar| grammar.names.split_whitespace())
}

/// Appends `code` as HTML. A language without a row, or none, has no colours.
pub fn write(language: Option<&str>, code: &str, out: &mut String) {
    let name = language.map(str::to_ascii_lowercase);
    let Some(language) = name.as_deref().and_then(named) else {
        return escape(code, out);
    };
    let mut tokens = Tokens::default();
    lex(language, code, &mut tokens);
    let mut start = 0;
    for &(kind, end) in &tokens.0 {
        let text = code.get(start..end).unwrap_or_default();
        if let Some(class) = kind.class() {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
            escape(text, out);
            out.push_str("</span>");
        } else {
            escape(text, out);
        }
        start = end;
    }
    escape(code.get(start..).unwrap_or_default(), out);
}

fn lex(language: &Language, code: &str, tokens: &mut Tokens) {
    match language.grammar.shape {
        Shape::Code => code::lex(language, code, 0, tokens),
        Shape::Markup => markup::lex(code, tokens),
        Shape::Diff => diff(code, tokens),
        Shape::Session => session(code, tokens),
    }
}

/// The kinds of code in order, each with its end; one begins where the one before ends.
#[derive(Default)]
struct Tokens(Vec<(Kind, usize)>);

impl Tokens {
    fn end(&self) -> usize {
        self.0.last().map_or(0, |&(_, end)| end)
    }

    /// From the end of the last one to `end`, which is no smaller.
    fn push(&mut self, kind: Kind, end: usize) {
        if end <= self.end() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.0 == kind => last.1 = end,
            _ => self.0.push((kind, end)),
        }
    }
}

fn diff(code: &str, tokens: &mut Tokens) {
    let mut end = 0;
    for line in code.split_inclusive('\n') {
        end += line.len();
        let is_head = ["+++", "---", "@@", "diff ", "index "]
            .iter()
            .any(|head| line.starts_with(head));
        let kind = match line.chars().next() {
            _ if is_head => Kind::Comment,
            Some('+' | '>') => Kind::Inserted,
            Some('-' | '<') => Kind::Deleted,
            _ => Kind::Plain,
        };
        tokens.push(kind, end);
    }
}

fn session(code: &str, tokens: &mut Tokens) {
    let shell = named("sh");
    let mut start = 0;
    for line in code.split_inclusive('\n') {
        let prompt = ["$ ", "# ", "% ", "> "]
            .iter()
            .any(|prompt| line.starts_with(prompt));
        if let Some(shell) = shell.filter(|_| prompt) {
            tokens.push(Kind::Comment, start + 2);
            code::lex(shell, line.get(2..).unwrap_or_default(), start + 2, tokens);
        }
        start += line.len();
        tokens.push(Kind::Plain, start);
    }
}
