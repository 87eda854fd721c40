//! Markdown to HTML: what comes out is read as a browser reads it, and holds
//! no element, attribute or scheme but those listed here.
#![no_main]

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use libfuzzer_sys::fuzz_target;
use prepdeck::markdown::html::{Rendering, render};

/// Elements, and the attributes that each may have.
const ALLOWED: &[(&[&str], &[&str])] = &[
    (&["a"], &["href"]),
    (&["img"], &["src", "alt"]),
    (&["code", "div", "span"], &["class"]),
    (&["ol"], &["start"]),
    (&["td", "th"], &["style"]),
    (
        &[
            "b",
            "blockquote",
            "br",
            "caption",
            "dd",
            "del",
            "details",
            "dl",
            "dt",
            "em",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "i",
            "ins",
            "kbd",
            "li",
            "mark",
            "p",
            "pre",
            "q",
            "s",
            "samp",
            "small",
            "strong",
            "sub",
            "summary",
            "sup",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr",
            "u",
            "ul",
            "var",
            "wbr",
        ],
        &[],
    ),
];

#[derive(Default)]
struct Judge {
    open: RefCell<Vec<String>>,
}

impl TokenSink for Judge {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tag(&tag),
            Token::CommentToken(text) => panic!("a comment: {text}"),
            Token::DoctypeToken(_) => panic!("a doctype"),
            Token::CharacterTokens(_)
            | Token::NullCharacterToken
            | Token::EOFToken
            | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}

impl Judge {
    fn tag(&self, tag: &Tag) {
        let name = tag.name.to_string();
        let Some((_, attributes)) = ALLOWED.iter().find(|(names, _)| names.contains(&&*name))
        else {
            panic!("<{name}> is not on the list");
        };
        for attribute in &tag.attrs {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            assert!(
                attributes.contains(&key),
                "<{name} {key}> is not on the list"
            );
            let fits = match key {
                "href" | "src" => is_safe(value),
                "style" => ["left", "center", "right"]
                    .iter()
                    .any(|side| value == format!("text-align: {side}")),
                "start" => value.parse::<u64>().is_ok(),
                "class" if name == "div" => value == "footnote",
                "class" if name == "span" => value.starts_with("pd-"),
                "class" => value.starts_with("language-"),
                _ => true,
            };
            assert!(fits, "<{name} {key}={value:?}>");
        }
        let mut open = self.open.borrow_mut();
        match tag.kind {
            TagKind::StartTag if ["br", "hr", "img", "wbr"].contains(&&*name) => {}
            TagKind::StartTag => open.push(name),
            TagKind::EndTag => assert_eq!(open.pop(), Some(name), "elements are balanced"),
        }
    }
}

/// Whether a browser that follows `target` neither runs it nor opens a file:
/// it drops line ends and tabs wherever they stand, and controls before.
fn is_safe(target: &str) -> bool {
    let target: String = target
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let target = target.trim_start_matches(|c: char| c <= ' ').to_lowercase();
    let end = target.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    match end.and_then(|end| target.split_at_checked(end)) {
        Some((scheme, rest)) if rest.starts_with(':') && !scheme.is_empty() => {
            ["http", "https", "mailto"].contains(&scheme)
        }
        _ => true,
    }
}

fuzz_target!(|text: &str| {
    for card in [false, true] {
        let same = |target: &str| Some(target.to_string());
        let html = render(
            text,
            &Rendering {
                link: &same,
                image: &same,
                card,
            },
        );
        let judge = Tokenizer::new(Judge::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        let _ = judge.feed(&input);
        judge.end();
        assert!(
            judge.sink.open.borrow().is_empty(),
            "all elements are closed"
        );
    }
});
