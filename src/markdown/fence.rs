//! What the words behind a code fence say.

/// The language in what stands behind a fence: `java`, `java title="x"`,
/// `js{1,3}`, `rust,ignore`, `{.java}`. None where it is no name at all, such
/// as the directive in `{note}`.
pub fn language(info: &str) -> Option<&str> {
    let word = match info.strip_prefix('{') {
        Some(attributes) => attributes
            .split([' ', '\t', '}'])
            .find_map(|word| word.strip_prefix('.'))?,
        None => info.split_whitespace().next()?,
    };
    let word = word.strip_prefix('.').unwrap_or(word);
    let end = word.find(|c: char| ",:;{}[]()|=".contains(c));
    let name = word.get(..end.unwrap_or(word.len()))?;
    let takes = |c: char| c.is_ascii_alphanumeric() || "+#.*/_-".contains(c);
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(takes);
    is_name.then_some(name)
}
