//! Where `$` is no maths: `$HOME/bin:$PATH`, `$this->$name`.

/// Whether inline maths that ends at `end` of `text` is maths. Behind a formula
/// stands no letter, digit or bracket; behind the second dollar of two names does.
pub(super) fn is_maths(text: &str, end: usize) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '{' | '(' | '$'))
}
