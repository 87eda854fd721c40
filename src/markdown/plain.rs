//! Markdown to plain text, for readers that render nothing.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{MAX_DEPTH, options};

/// What a reader sees, without marks: paragraphs with an empty line between,
/// items behind `- `, code as it is, cells with ` | ` between, images as their
/// alternative text. Raw HTML is left out.
pub fn text(markdown: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth <= MAX_DEPTH {
                    start(&mut out, &tag);
                }
            }
            Event::End(tag) => {
                if depth <= MAX_DEPTH {
                    end(&mut out, tag);
                }
                depth = depth.saturating_sub(1);
            }
            _ if depth > MAX_DEPTH => {}
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                out.push_str(&text);
            }
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Rule => blank_line(&mut out),
            Event::TaskListMarker(checked) => out.push_str(if checked { "[x] " } else { "[ ] " }),
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn start(out: &mut String, tag: &Tag<'_>) {
    match tag {
        Tag::Paragraph if out.ends_with("- ") => {}
        Tag::Paragraph
        | Tag::Heading { .. }
        | Tag::CodeBlock(_)
        | Tag::Table(_)
        | Tag::BlockQuote(_) => blank_line(out),
        Tag::Item => {
            new_line(out);
            out.push_str("- ");
        }
        Tag::TableRow => new_line(out),
        Tag::TableCell if !out.is_empty() && !out.ends_with('\n') => out.push_str(" | "),
        _ => {}
    }
}

fn end(out: &mut String, tag: TagEnd) {
    match tag {
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::CodeBlock
        | TagEnd::List(_)
        | TagEnd::Table => blank_line(out),
        TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => new_line(out),
        _ => {}
    }
}

fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn blank_line(out: &mut String) {
    new_line(out);
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn marks_are_gone_and_words_stay() {
        assert_eq!(text("What is `==` in *C*?"), "What is == in C?");
        assert_eq!(
            text("a\nb\n\n- one\n- two\n\nc"),
            "a b\n\n- one\n- two\n\nc"
        );
        assert_eq!(text("| a | b |\n|---|---|\n| 1 | 2 |"), "a | b\n1 | 2");
        assert_eq!(text("```c\nx;\n```\n![alt](i.png) &lt;"), "x;\n\nalt <");
    }
}
