//! Where a declarative rule looks: a closed list of scopes, and what each is of
//! a question.

use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::markdown::flat::{Flat, Origin};
use crate::source::Span;
use crate::verdict::Asked;

/// Where a declarative rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Scope {
    #[serde(rename = "question")]
    Question,
    #[serde(rename = "answer.prose")]
    AnswerProse,
    #[serde(rename = "answer.code")]
    AnswerCode,
    #[serde(rename = "heading")]
    Heading,
    #[serde(rename = "link.text")]
    LinkText,
    #[serde(rename = "link.target")]
    LinkTarget,
    #[serde(rename = "image.alt")]
    ImageAlt,
    #[serde(rename = "choice")]
    Choice,
    #[serde(rename = "tag")]
    Tag,
}

/// A stretch of flat text to look into.
pub struct Stretch<'a> {
    pub flat: Cow<'a, Flat>,
    pub range: Range<usize>,
    /// What the text is of: the heading, the link, …
    pub element: Span,
}

impl Stretch<'_> {
    pub fn text(&self) -> &str {
        self.flat.text.get(self.range.clone()).unwrap_or_default()
    }

    /// The source bytes behind a match in [`Stretch::text`].
    pub fn span(&self, found: Range<usize>) -> Span {
        self.flat
            .span(self.range.start + found.start..self.range.start + found.end)
    }
}

/// All of `flat`, the text of `element`.
fn whole(flat: &Flat, element: Span) -> Stretch<'_> {
    Stretch {
        range: 0..flat.text.len(),
        flat: Cow::Borrowed(flat),
        element,
    }
}

/// What `scope` is of a question.
pub fn stretches<'a>(scope: Scope, asked: &'a Asked<'_>) -> Vec<Stretch<'a>> {
    let question = asked.question;
    let document = asked.document();
    let heading = question.heading_span();
    let prose = |range: Range<usize>, element: Span| Stretch {
        flat: Cow::Borrowed(&document.prose),
        range,
        element,
    };
    let links = |image: bool| {
        document
            .links
            .iter()
            .filter(move |link| link.image == image)
    };
    match scope {
        Scope::Question => {
            let words = asked.heading_text().map(|flat| whole(flat, heading));
            let prompt = Some(asked.prompt_prose()).filter(|range| !range.is_empty());
            let prompt = prompt.map(|range| prose(range, heading));
            words.into_iter().chain(prompt).collect()
        }
        Scope::AnswerProse => {
            let first = asked.source.line_span(question.answer.start());
            let end = first.end().min(question.answer.end());
            let line = Span::new(question.answer.start(), end);
            let element = if line.is_empty() { heading } else { line };
            vec![prose(asked.answer_prose(), element)]
        }
        Scope::AnswerCode => {
            let codes = document.codes.iter();
            let own = codes.filter(|code| question.answer.contains(code.span.start()));
            own.map(|code| whole(&code.text, code.span)).collect()
        }
        Scope::Heading => {
            let headings = document.headings.iter();
            headings
                .map(|heading| whole(&heading.text, heading.span))
                .collect()
        }
        Scope::LinkText => links(false)
            .map(|link| whole(&link.text, link.span))
            .collect(),
        Scope::LinkTarget => {
            let all = links(false).chain(links(true));
            all.map(|link| written(asked, &link.target, link.target_span))
                .collect()
        }
        Scope::ImageAlt => links(true)
            .map(|link| whole(&link.text, link.span))
            .collect(),
        Scope::Choice => {
            let choices = question.choices.iter();
            choices
                .map(|choice| prose(choice.prose.clone(), choice.span))
                .collect()
        }
        Scope::Tag => {
            let tags = question.meta.tags.iter();
            tags.map(|tag| written(asked, &tag.value, tag.span))
                .collect()
        }
    }
}

/// A value that may be written otherwise than it reads, as with escapes.
fn written<'a>(asked: &Asked<'_>, text: &str, span: Span) -> Stretch<'a> {
    let slice = asked.source.slice(span);
    let inner = slice
        .get(1..slice.len().saturating_sub(1))
        .unwrap_or_default();
    let quoted = slice.starts_with(['"', '\'']) && inner == text;
    let place = if quoted {
        Span::new(span.start() + 1, span.end() - 1)
    } else {
        span
    };
    let exact = quoted || slice == text;
    let origin = if exact { Origin::Exact } else { Origin::Whole };
    Stretch {
        flat: Cow::Owned(Flat::of(text, place, origin)),
        range: 0..text.len(),
        element: span,
    }
}
