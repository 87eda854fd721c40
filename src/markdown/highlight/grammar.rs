//! What a row of the table says of a language.

/// How a language is written, as far as colours need it.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a trait of some languages and not of others"
)]
pub(super) struct Grammar {
    /// What a fence may call it, in lower case.
    pub names: &'static str,
    pub shape: Shape,
    /// What begins a comment that ends with its line.
    pub line_comments: &'static [&'static str],
    /// Whether such a comment needs white space before it: `$#` and `a#b` are none.
    pub spaced: bool,
    /// What begins and ends a comment that may run over lines.
    pub block_comments: &'static [(&'static str, &'static str)],
    /// Whether block comments stand within block comments.
    pub nested: bool,
    /// Of two that begin alike, the longer one first.
    pub quotes: &'static [Quote],
    pub raws: &'static [Raw],
    /// Words that may stand directly before a quotation, as part of it.
    pub prefixes: &'static str,
    /// What begins a text that ends with a line of its own, before that line's word.
    pub heres: &'static [&'static str],
    pub keywords: &'static str,
    pub types: &'static str,
    /// Whether `SELECT` and `select` are one keyword; the row has them in lower case.
    pub any_case: bool,
    /// Whether a capitalised word is a type.
    pub capitals: bool,
    /// Characters that a word may hold beside letters, digits and `_`.
    pub word: &'static str,
    /// At the begin of a line, this and the word behind it are a keyword.
    pub directive: Option<char>,
    /// This and the word behind it are an annotation.
    pub annotation: Option<char>,
    /// This and the word behind it are a constant.
    pub symbol: Option<char>,
    /// Stands between a key and its value.
    pub key: Option<char>,
    /// Whether `/…/` is a pattern where no operator can stand.
    pub patterns: bool,
    /// Whether `<name` is a tag where no operator can stand.
    pub tags: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Comments, strings, numbers and words.
    Code,
    /// Tags with attributes, and text between them.
    Markup,
    /// Lines that came and lines that went.
    Diff,
    /// Commands behind a prompt, and what they print.
    Session,
}

/// A string between two marks.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// What takes the meaning from the character behind it.
    pub escape: Option<u8>,
    /// Whether it may run over lines.
    pub lines: bool,
    /// What begins and ends code within it; each ends with a bracket.
    pub hole: Option<(&'static str, &'static str)>,
}

/// A string whose end depends on its begin.
#[derive(Clone, Copy)]
pub(super) enum Raw {
    /// `'x'`; any other `'` is none.
    Character,
    /// `r"…"`, `br##"…"##`
    Rust,
    /// `#"…"#`
    Swift,
    /// `R"x(…)x"`
    Cpp,
    /// `$tag$…$tag$`
    Dollar,
    /// `[==[…]==]`
    Lua,
}

pub(super) const DOUBLE: Quote = quote("\"", "\"");
pub(super) const SINGLE: Quote = quote("'", "'");
/// Three quotes around lines.
pub(super) const TRIPLE: Quote = lines("\"\"\"", "\"\"\"");
pub(super) const TRIPLE_SINGLE: Quote = lines("'''", "'''");

/// A string that ends in its line, with `\` as escape.
pub(super) const fn quote(open: &'static str, close: &'static str) -> Quote {
    Quote {
        open,
        close,
        escape: Some(b'\\'),
        lines: false,
        hole: None,
    }
}

/// A string that may run over lines, with `\` as escape.
pub(super) const fn lines(open: &'static str, close: &'static str) -> Quote {
    Quote {
        lines: true,
        ..quote(open, close)
    }
}

/// A string that may run over lines, in which everything is what it is. Where
/// a quote is written twice, two strings stand side by side and look like one.
pub(super) const fn verbatim(open: &'static str, close: &'static str) -> Quote {
    Quote {
        escape: None,
        ..lines(open, close)
    }
}

/// The same string with code in it.
pub(super) const fn with_hole(quote: Quote, open: &'static str, close: &'static str) -> Quote {
    Quote {
        hole: Some((open, close)),
        ..quote
    }
}

/// A language of which nothing is known.
pub(super) const PLAIN: Grammar = Grammar {
    names: "",
    shape: Shape::Code,
    line_comments: &[],
    spaced: false,
    block_comments: &[],
    nested: false,
    quotes: &[DOUBLE, SINGLE],
    raws: &[],
    prefixes: "",
    heres: &[],
    keywords: "",
    types: "",
    any_case: false,
    capitals: false,
    word: "",
    directive: None,
    annotation: None,
    symbol: None,
    key: None,
    patterns: false,
    tags: false,
};

/// What C and its descendants share.
pub(super) const C: Grammar = Grammar {
    line_comments: &["//"],
    block_comments: &[("/*", "*/")],
    quotes: &[DOUBLE],
    raws: &[Raw::Character],
    capitals: true,
    ..PLAIN
};

/// What the descendants of the shell share.
pub(super) const SCRIPT: Grammar = Grammar {
    line_comments: &["#"],
    ..PLAIN
};
