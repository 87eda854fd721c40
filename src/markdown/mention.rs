//! Tags that a text speaks of and does not use: `put it in a <div>`.

use std::ops::Range;

use super::raw_html::{arranges, element};

/// So near, in characters, stands the tag that belongs to another.
const NEAR: usize = 2000;

/// Whether the tag at `range`, within a line of running text, begins or ends
/// nothing: it has no attribute, and its paragraph has no tag that it goes with.
pub fn is_mention(markdown: &str, range: &Range<usize>) -> bool {
    let tag = markdown.get(range.clone()).unwrap_or_default();
    let Some((name, closing)) = element(tag).filter(|_| !tag.contains('=')) else {
        return false;
    };
    if name == "img" {
        return true;
    }
    if !arranges(&name) {
        return false;
    }
    let (above, below) = (markdown.get(..range.start), markdown.get(range.end..));
    if closing {
        let above = above.unwrap_or_default();
        let start = above.char_indices().rev().nth(NEAR);
        let near = above.get(start.map_or(0, |(at, _)| at)..);
        let near = near.unwrap_or_default().rsplit("\n\n").next();
        !has(near.unwrap_or_default(), &format!("<{name}"))
    } else {
        let below = below.unwrap_or_default();
        let end = below.char_indices().nth(NEAR);
        let near = below.get(..end.map_or(below.len(), |(at, _)| at));
        let near = near.unwrap_or_default().split("\n\n").next();
        !has(near.unwrap_or_default(), &format!("</{name}"))
    }
}

/// Whether `tag` stands in `text`, in whatever case.
fn has(text: &str, tag: &str) -> bool {
    text.to_ascii_lowercase().contains(tag)
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
