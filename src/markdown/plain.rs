//! Markdown to plain text, for readers that render nothing.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::kinds::alert_name;
use super::maths::is_maths;
use super::mention::Mentions;
use super::raw_html::{self, is_markup};
use super::{MAX_DEPTH, options};

/// What a reader sees, without marks: paragraphs with an empty line between,
/// items behind `- `, code as it is, cells with ` | ` between, images as their
/// alternative text. Of raw HTML the text between tags stays.
pub fn text(markdown: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut block = String::new();
    let mut mentions = Mentions::new(markdown);
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth <= MAX_DEPTH {
                    start(&mut out, &tag, &mut lists);
                }
            }
            Event::End(tag) => {
                if depth <= MAX_DEPTH {
                    raw_html::visible_text(&std::mem::take(&mut block), &mut out);
                    end(&mut out, tag, &mut lists);
                }
                depth = depth.saturating_sub(1);
            }
            _ if depth > MAX_DEPTH => {}
            Event::InlineMath(_) if !is_maths(markdown, range.end) => {
                out.push_str(markdown.get(range).unwrap_or_default());
            }
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
            Event::InlineHtml(html) if !is_markup(&html) || mentions.holds(&range) => {
                out.push_str(&html);
            }
            // A block comes line by line, and is read whole.
            Event::Html(html) => block.push_str(&html),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
        }
    }
    out.trim().to_string()
}

/// Whether the words of a heading are shown as they are written: they hold no
/// mark that Markdown or HTML might read.
pub fn is_plain(words: &str) -> bool {
    let unread = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.?-'()/:".contains(&byte);
    words.bytes().all(|byte| unread(byte) || !byte.is_ascii())
}

fn start(out: &mut String, tag: &Tag<'_>, lists: &mut Vec<Option<u64>>) {
    match tag {
        Tag::Paragraph if is_item_mark(out) => {}
        Tag::BlockQuote(kind) => {
            blank_line(out);
            if let Some(name) = kind.map(alert_name) {
                out.push_str(name);
                out.push_str(": ");
            }
        }
        Tag::Paragraph if out.ends_with(": ") => {}
        Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_) => blank_line(out),
        Tag::List(first) => lists.push(*first),
        Tag::Item => {
            new_line(out);
            match lists.last_mut() {
                Some(Some(number)) => {
                    out.push_str(&number.to_string());
                    out.push_str(". ");
                    *number += 1;
                }
                _ => out.push_str("- "),
            }
        }
        Tag::TableRow => new_line(out),
        Tag::TableCell if !out.is_empty() && !out.ends_with('\n') => out.push_str(" | "),
        _ => {}
    }
}

/// Whether the line holds nothing but an item's mark.
fn is_item_mark(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    let mark = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line == "- " || (mark == ". " && mark.len() < line.len())
}

fn end(out: &mut String, tag: TagEnd, lists: &mut Vec<Option<u64>>) {
    match tag {
        TagEnd::List(_) => {
            lists.pop();
            blank_line(out);
        }
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => {
            blank_line(out);
        }
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
    use super::{is_plain, text};
    use crate::markdown::html::{Rendering, escaped, render};

    #[test]
    fn marks_are_gone_and_words_stay() {
        assert_eq!(text("What is `==` in *C*?"), "What is == in C?");
        assert_eq!(
            text("a\nb\n\n- one\n- two\n\nc"),
            "a b\n\n- one\n- two\n\nc"
        );
        assert_eq!(text("| a | b |\n|---|---|\n| 1 | 2 |"), "a | b\n1 | 2");
        assert_eq!(
            text("2. two\n3. three\n\n> [!TIP]\n> Do."),
            "2. two\n3. three\n\nTip: Do."
        );
        assert_eq!(
            text("When is List<Integer> slow, and <b>why</b>?"),
            "When is List<Integer> slow, and why?"
        );
        assert_eq!(text("$HOME/bin:$PATH and $x^2$"), "$HOME/bin:$PATH and x^2");
        assert_eq!(
            text("<details>\n<summary>S</summary>\nx\n</details>"),
            "S\nx"
        );
        assert_eq!(text("```c\nx;\n```\n![alt](i.png) &lt;"), "x;\n\nalt <");
    }

    #[test]
    fn plain_words_are_shown_as_they_are_written() {
        let rendering = Rendering {
            link: &|target| Some(target.to_string()),
            image: &|_| None,
            card: true,
        };
        // Each ASCII character within words, at their begin and at their end.
        for c in (0..128_u8)
            .map(char::from)
            .chain(['é', '\u{a0}', '\u{2028}'])
        {
            for words in [
                format!("1{c} a {c}b{c} c{c}{c}"),
                format!("{c}{c} a {c}"),
                format!("http:{c}{c}a.b"),
            ] {
                if is_plain(&words) {
                    let heading = format!("# {words}");
                    let shown = words.trim_matches(' ');
                    assert_eq!(text(&heading), shown.trim(), "{words:?}");
                    let html = format!("<h1>{}</h1>", escaped(shown));
                    assert_eq!(render(&heading, &rendering), html, "{words:?}");
                }
            }
        }
        assert!(is_plain("What is a B-tree (in 2-3 words)?"));
        assert!(
            !is_plain("What is `==`?")
                && !is_plain("a\nb")
                && !is_plain("&amp;")
                && !is_plain("# #")
        );
    }
}
