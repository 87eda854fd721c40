//! Where `$` is no maths: `$HOME/bin:$PATH`, `$this->$name`; and maths that does more than show.

/// Whether inline maths that ends at `end` of `text` is maths. Behind a formula
/// stands no letter, digit or bracket; behind the second dollar of two names does.
pub(super) fn is_maths(text: &str, end: usize) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '{' | '(' | '$'))
}

/// Commands of `MathJax` that make links, load packages, or write attributes:
/// in 3.2 `\mmlToken` gives `javascript:` links, and `\style` asks the network.
const ACTING: &[&str] = &[
    "bbox",
    "class",
    "csname",
    "cssId",
    "data",
    "href",
    "html",
    "htmlClass",
    "htmlData",
    "htmlId",
    "htmlStyle",
    "includegraphics",
    "mmlToken",
    "require",
    "style",
    "unicode",
    "url",
];

/// Whether `formula` would do more than show; then its text is shown.
pub(super) fn acts(formula: &str) -> bool {
    formula.split('\\').skip(1).any(|command| {
        let end = command.find(|c: char| !c.is_ascii_alphabetic());
        let name = command.get(..end.unwrap_or(command.len()));
        name.is_some_and(|name| ACTING.contains(&name))
    })
}

#[cfg(test)]
mod tests {
    use crate::markdown::html::{Rendering, render};

    #[test]
    fn dollars_are_maths_only_around_a_formula() {
        let cases = [
            ("$x^2$ and $$y$$", "\\(x^2\\) and \\[y\\]"),
            ("$a<b$, $5.", "\\(a&lt;b\\), $5."),
            ("It costs $5 and $6.", "It costs $5 and $6."),
            ("$HOME/bin:$PATH", "$HOME/bin:$PATH"),
            ("$this->$name", "$this-&gt;$name"),
            (
                "\\$x\\$ and \\\\(x\\\\)",
                "$x$ and <span>\\</span>(x<span>\\</span>)",
            ),
            ("`$x$` `\\(x\\)`", "<code>$x$</code> <code>\\(x\\)</code>"),
            (
                "$\\href{javascript:x}{y}$",
                "$<span>\\</span>href{javascript:x}{y}$",
            ),
            ("$\\unicode[a]{65}$", "$<span>\\</span>unicode[a]{65}$"),
            ("$\\mmlToken{mi}{y}$", "$<span>\\</span>mmlToken{mi}{y}$"),
            ("$$\\require{html}x$$", "$$<span>\\</span>require{html}x$$"),
        ];
        let nowhere = |_: &str| None;
        let rendering = Rendering {
            link: &nowhere,
            image: &nowhere,
            card: true,
        };
        for (markdown, html) in cases {
            assert_eq!(render(markdown, &rendering), format!("<p>{html}</p>"));
        }
    }
}
