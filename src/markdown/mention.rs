//! Tags that a text speaks of and does not use: `put it in a <div>`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::raw_html::{arranges, element};

/// What is known of the tags of a text so far: they are asked for in their
/// order, so that no part of it is searched twice for one name.
pub struct Mentions<'a> {
    markdown: &'a str,
    /// The lines without an empty one between that the last tag stands in.
    paragraph: Range<usize>,
    /// Where the next end tag of a name stands.
    ends: BTreeMap<String, usize>,
    /// Where the last start tag of a name stood.
    starts: BTreeMap<String, usize>,
}

impl<'a> Mentions<'a> {
    pub fn new(markdown: &'a str) -> Mentions<'a> {
        Mentions {
            markdown,
            paragraph: 0..0,
            ends: BTreeMap::new(),
            starts: BTreeMap::new(),
        }
    }

    /// Whether the tag at `range`, within a line of running text, begins or ends
    /// nothing: it has no attribute, and its paragraph no tag that it goes with.
    pub fn holds(&mut self, range: &Range<usize>) -> bool {
        let tag = self.markdown.get(range.clone()).unwrap_or_default();
        let Some((name, closing)) = element(tag) else {
            return false;
        };
        if name == "img" {
            return !tag.contains('=');
        }
        if !arranges(&name) {
            return false;
        }
        self.go_to(range.start);
        if closing {
            let start = self.starts.get(&name);
            return start.is_none_or(|&start| start < self.paragraph.start);
        }
        let alone = !tag.contains('=') && self.end_of(&name, range.end) >= self.paragraph.end;
        if !alone {
            self.starts.insert(name, range.start);
        }
        alone
    }

    /// Goes on to the paragraph that `at` is in.
    fn go_to(&mut self, at: usize) {
        while self.paragraph.end <= at {
            let start = self.paragraph.end;
            let rest = self.markdown.get(start..).unwrap_or_default();
            let end = rest.find("\n\n").map_or(rest.len(), |end| end + 2);
            self.paragraph = start..start + end;
            if end == 0 {
                break;
            }
        }
    }

    /// Where the next end tag of `name` stands, from `at` on; the text's end
    /// where there is none.
    fn end_of(&mut self, name: &str, at: usize) -> usize {
        if let Some(&known) = self.ends.get(name).filter(|&&known| known >= at) {
            return known;
        }
        let rest = self.markdown.get(at..).unwrap_or_default();
        let mut tags = rest.match_indices("</");
        let own = tags.find(|(from, _)| {
            let written = rest.get(from + 2..from + 2 + name.len());
            written.is_some_and(|written| written.eq_ignore_ascii_case(name))
        });
        let end = own.map_or(self.markdown.len(), |(from, _)| at + from);
        self.ends.insert(name.to_string(), end);
        end
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::html::{Rendering, render};
    use crate::markdown::plain::text;

    #[test]
    fn a_tag_that_is_spoken_of_is_shown() {
        let keep = |target: &str| Some(target.to_string());
        let rendering = Rendering {
            link: &keep,
            image: &keep,
            card: true,
        };
        for (written, html, plain) in [
            (
                "unlike <a> and <img>, or <Article> in a <div>",
                "<p>unlike &lt;a&gt; and &lt;img&gt;, or &lt;Article&gt; in a &lt;div&gt;</p>",
                "unlike <a> and <img>, or <Article> in a <div>",
            ),
            (
                "a <a href> ends with </a>, a table with </table>",
                "<p>a  ends with , a table with &lt;/table&gt;</p>",
                "a  ends with , a table with </table>",
            ),
            (
                "a <span>b</span> <a name=x>, <b>c",
                "<p>a b , <b>c</b></p>",
                "a b , c",
            ),
            ("x <DIV>y</div>\n\n<section>", "<p>x y</p>", "x y"),
        ] {
            assert_eq!(render(written, &rendering), html);
            assert_eq!(text(written), plain);
        }
    }
}
