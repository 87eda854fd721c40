//! A question: one thing asked, with its answer and what is known about it.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::markdown::{self, Comment, Document, plain};
use crate::source::{Source, Span};

/// A value with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    pub value: T,
    pub span: Span,
}

/// A key of the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Field<T> {
    #[default]
    Absent,
    /// The format has no place for it, or most of the file does without.
    NoPlace,
    /// It stands there, but not as it must; the parser has said so.
    Malformed,
    Given(At<T>),
}

impl<T> Field<T> {
    pub fn given(&self) -> Option<&At<T>> {
        match self {
            Field::Given(at) => Some(at),
            Field::Absent | Field::NoPlace | Field::Malformed => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Active,
    /// Checked, but not exported.
    Draft,
    /// Stays in the deck, tagged.
    Retired,
}

/// A rule that may be broken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    pub rule: At<String>,
    pub reason: Option<String>,
}

/// What stands in the front matter.
#[derive(Debug, Clone, Default)]
pub struct Meta {
    /// The block with its `---` lines; empty where there is none.
    pub span: Span,
    pub id: Field<String>,
    /// Whether the id was made from the question, because the file gives none.
    pub id_derived: bool,
    /// The key `id` with its colon, where it stands there without a value.
    pub id_key: Option<Span>,
    pub level: Field<String>,
    pub sources: Field<Vec<At<String>>>,
    pub tags: Vec<At<String>>,
    pub status: Status,
    /// What few questions say, so that the others need no room for it.
    pub rare: Option<Box<Rare>>,
}

/// Keys that stand above few questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rare {
    pub aliases: Vec<At<String>>,
    pub distinct_from: Vec<At<String>>,
    pub license: Option<At<String>>,
    pub authors: Vec<At<String>>,
    pub allow: Vec<Allow>,
    /// The key `allow` with its value.
    pub allow_span: Span,
    pub origin: Option<At<String>>,
    /// The file, from the corpus's root, that its relative links lead on from:
    /// a record names the one that it was exported from.
    pub path: Option<String>,
}

static NOTHING_RARE: Rare = Rare {
    aliases: Vec::new(),
    distinct_from: Vec::new(),
    license: None,
    authors: Vec::new(),
    allow: Vec::new(),
    allow_span: Span::EMPTY,
    origin: None,
    path: None,
};

impl Meta {
    pub fn rare(&self) -> &Rare {
        self.rare.as_deref().unwrap_or(&NOTHING_RARE)
    }

    pub fn rare_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub correct: bool,
    /// The item without its bullet and box.
    pub span: Span,
    pub prose: Range<usize>,
}

impl Choice {
    /// Its words as written, without the space around them.
    pub fn written(&self, source: &Source) -> Span {
        let text = source.slice(self.span);
        let start = self.span.start() + (text.len() - text.trim_start().len());
        Span::new(start, start + text.trim().len())
    }
}

/// The text of a list's item, as it would stand alone.
pub fn dedented(text: &str) -> String {
    let lines = text.lines().enumerate();
    let below = lines.clone().skip(1).map(|(_, line)| line);
    let below = below.filter(|line| !line.trim().is_empty());
    let indent = below.map(|line| line.len() - line.trim_start_matches(' ').len());
    let indent = indent.min().unwrap_or(0);
    let lines = lines.map(|(at, line)| match at {
        0 => line,
        _ => line.get(indent..).unwrap_or_default(),
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_string()
}

/// A bullet for choices below `prompt`: one that no list there has, since the
/// two would be one.
pub fn choice_bullet(prompt: &str) -> char {
    let used = |bullet: char| {
        let mut lines = prompt.lines();
        lines.any(|line| line.trim_start().starts_with(bullet))
    };
    let mut bullets = ['-', '*'].into_iter();
    bullets.find(|&bullet| !used(bullet)).unwrap_or('+')
}

/// What stands before a choice that is `text`. A fence needs a line of its own,
/// and so does a list of several lines.
pub fn choice_mark(bullet: char, correct: bool, text: &str) -> String {
    let mark = if correct { 'x' } else { ' ' };
    let fence = text.starts_with("```") || text.starts_with("~~~");
    let item = text.strip_prefix(['-', '*', '+']);
    let list = item.is_some_and(|item| item.starts_with(' ') && item.contains('\n'));
    let gap = if fence || list { "\n  " } else { " " };
    format!("{bullet} [{mark}]{gap}")
}

/// Its heading: which of the document's it is, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// Index in `document.headings`.
    pub index: usize,
    pub span: Span,
    /// The words as written, without the heading's marks; may be empty.
    pub words: Span,
}

/// Whether its document holds what few do, so that who looks for it need not
/// read all documents again.
#[derive(Debug, Clone, Copy, Default)]
pub struct Holds {
    pub images: bool,
    /// Links to a part of a page.
    pub parts: bool,
    pub numbered: bool,
}

/// A question keeps no document, since a corpus may have a million: who looks
/// into it reads it again ([`Question::document`]).
#[derive(Debug)]
pub struct Question {
    /// Index of its source in the corpus.
    pub source: usize,
    /// All of it: the whole file, in a file of one question. This span and all
    /// others count in the source's page, where it has one.
    pub span: Span,
    /// Folder below the corpus root: `databases`, `http/caching`; may be empty.
    pub topic: Arc<str>,
    pub meta: Meta,
    /// Its number, where the file numbers questions; no part of the heading.
    pub number: Option<At<u64>>,
    /// Whether it may stand without an answer.
    pub answer_optional: bool,
    pub heading: Heading,
    /// What belongs to the question below its heading: text and code, choices
    /// included; empty where there is nothing.
    pub prompt: Span,
    pub choices: Vec<Choice>,
    /// The list that the choices stand in, a part of the prompt.
    pub choices_list: Option<Span>,
    /// Everything after the question's part, trimmed; empty where there is nothing.
    pub answer: Span,
    /// The blocks of the answer, as a range of `document.blocks`.
    pub answer_blocks: Range<usize>,
    /// The text below `## Follow-ups`, a part of the answer.
    pub follow_ups: Option<Span>,
    /// The follow-ups with their heading: the answer without this is the answer proper.
    pub follow_ups_section: Option<Span>,
    /// What its document is read from.
    pub body: Span,
    /// HTML comments that stand as blocks, and what each covers.
    pub comments: Vec<Comment>,
    /// Definitions of link targets, `[label]: target`, by place.
    pub definitions: Vec<Span>,
    pub holds: Holds,
}

impl Question {
    /// Its id, where it has one that could be read.
    pub fn id(&self) -> Option<&str> {
        self.meta.id.given().map(|id| id.value.as_str())
    }

    /// The level, where it has one that could be read.
    pub fn level(&self) -> Option<&str> {
        self.meta.level.given().map(|level| level.value.as_str())
    }

    /// The file that its relative links lead on from, which was read from `source`.
    pub fn links_from<'a>(&'a self, source: &'a Source) -> &'a str {
        self.meta.rare().path.as_deref().unwrap_or(&source.path)
    }

    /// Its Markdown, read again; `source` is what its spans count in.
    pub fn document(&self, source: &Source) -> Document {
        markdown::read(&source.text, self.body)
    }

    /// The heading as a reader sees it, code included.
    pub fn title(&self, source: &Source) -> String {
        plain::text(source.slice(self.heading.span))
    }

    /// The words of the heading as written, without its marks.
    pub fn heading_span(&self) -> Span {
        if self.heading.words.is_empty() {
            self.heading.span
        } else {
            self.heading.words
        }
    }
}

impl Heading {
    /// The heading of that index; None where the document has none.
    pub fn of(document: &Document, index: usize) -> Option<Heading> {
        let heading = document.headings.get(index)?;
        Some(Heading {
            index,
            span: heading.span,
            words: heading.content,
        })
    }
}

impl Holds {
    pub fn of(document: &Document) -> Holds {
        let links = &document.links;
        Holds {
            images: links.iter().any(|link| link.image),
            parts: links.iter().any(|link| link.target.contains('#')),
            numbered: !document.numbered.is_empty(),
        }
    }
}

/// Text as an id is written: `a-z`, `0-9` and single `-`. Accents are left out,
/// and so are letters without a plain form, so it may be empty.
pub fn slug(text: &str) -> String {
    let named = text
        .to_lowercase()
        .replace("c++", "cpp")
        .replace("c#", "csharp");
    let named = named.replace(".net", "dotnet").replace('ß', "ss");
    let mut slug = String::new();
    for c in named.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            '\'' | '’' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_names_what_the_text_names() {
        assert_eq!(slug("Café naïve Straße"), "cafe-naive-strasse");
        assert_eq!(slug("C++ or C#? It's .NET!"), "cpp-or-csharp-its-dotnet");
        assert_eq!(slug("¿?"), "");
    }
}
