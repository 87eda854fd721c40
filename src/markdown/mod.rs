//! Markdown read once into what rules and readers look at: blocks, prose,
//! headings, code, links and images, each with its exact span in the source.

mod comments;
mod escape;
pub mod fence;
pub mod flat;
pub mod highlight;
pub mod html;
mod kinds;
pub mod literal;
mod marks;
mod maths;
mod mention;
pub mod plain;
pub mod raw_html;
mod reader;
pub mod tags;

use std::ops::Range;

use pulldown_cmark::{HeadingLevel, Options};

use crate::source::Span;
use flat::Flat;
pub use marks::{heading_content, labels};
pub use reader::read;

/// Elements nested deeper than this are not read; [`Document::too_deep`] says where.
pub const MAX_DEPTH: usize = 100;

/// The Markdown that questions are written in: GitHub's, with maths.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

#[derive(Debug, Default)]
pub struct Document {
    /// The outermost blocks, in order.
    pub blocks: Vec<Block>,
    /// All running text but that of headings.
    pub prose: Flat,
    pub headings: Vec<Heading>,
    pub codes: Vec<Code>,
    /// Links and images.
    pub links: Vec<Link>,
    pub comments: Vec<Comment>,
    /// Raw HTML: each tag within a line, and each block of it as a whole.
    pub html: Vec<Span>,
    /// Line breaks that are shown, with the spaces or the backslash that make them.
    pub breaks: Vec<Span>,
    pub numbered: Vec<Numbered>,
    /// Definitions of link targets, `[label]: target`, by place.
    pub definitions: Vec<Span>,
    /// The first element nested deeper than [`MAX_DEPTH`].
    pub too_deep: Option<Span>,
}

#[derive(Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    /// Its stretch of [`Document::prose`].
    pub prose: Range<usize>,
}

#[derive(Debug)]
pub enum BlockKind {
    /// Index into [`Document::headings`].
    Heading(usize),
    /// A list in which at least one item has a box.
    TaskList(Vec<Item>),
    Code,
    /// An HTML block that is nothing but a comment.
    Comment,
    Other,
}

/// An item of an outermost list.
#[derive(Debug)]
pub struct Item {
    pub span: Span,
    /// What stands behind the bullet and its box.
    pub content: Span,
    /// `[ ]` is false, `[x]` true.
    pub checked: Option<bool>,
    pub prose: Range<usize>,
}

/// A numbered list.
#[derive(Debug)]
pub struct Numbered {
    /// Whether it stands in no other list or quotation.
    pub outermost: bool,
    /// The digits before each item, as written.
    pub numbers: Vec<Span>,
}

#[derive(Debug)]
pub struct Heading {
    pub level: u8,
    pub span: Span,
    /// The words as written, without the heading's marks.
    pub content: Span,
    pub text: Flat,
}

#[derive(Debug)]
pub struct Code {
    pub span: Span,
    /// None for code by indentation.
    pub fence: Option<Fence>,
    /// From the first line of code to the end of the last.
    pub content: Span,
    /// The code without the marks of the containers that it stands in.
    pub text: Flat,
}

#[derive(Debug)]
pub struct Fence {
    /// The opening back-ticks or tildes.
    pub mark: Span,
    /// The first word behind them, empty where there is none.
    pub language: Span,
    pub closed: bool,
}

#[derive(Debug)]
pub struct Link {
    pub image: bool,
    pub span: Span,
    /// Where the link leads, unescaped.
    pub target: String,
    /// The target as written, or the whole link where it stands elsewhere (a reference).
    pub target_span: Span,
    /// The link's text, or the image's alternative text.
    pub text: Flat,
}

/// An HTML comment that stands as a block.
#[derive(Debug)]
pub struct Comment {
    pub span: Span,
    /// The block that follows it in the same container.
    pub covers: Option<Span>,
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
