//! What a text must hold for a rule to find anything in it, so that one pass
//! over the text finds the rules that are worth a try.

use super::required::{LONG_ENOUGH, MAX_LITERALS, required};
use crate::rule::{Matcher, Rule};

/// What the patterns of the built-in pages need ([`required`]), by pattern.
const KNOWN: &[(&str, Option<&[&[u8]]>)] = &include!(concat!(env!("OUT_DIR"), "/needed.rs"));

/// One of these, in any ASCII letter case, stands in each text in which the
/// rule finds anything; with it the word that it is, where nothing is found in
/// that word as it is written. None where there is nothing of the kind, and
/// where the rule does not look for a match.
pub fn needed(rule: &Rule) -> Option<Vec<(Vec<u8>, Option<String>)>> {
    let (patterns, words, renames): (Vec<&str>, _, _) = match &rule.page.matcher {
        Matcher::Forbid { pattern, words, .. } => {
            (pattern.iter().map(String::as_str).collect(), words, false)
        }
        Matcher::Replace { swap, words, .. } => {
            let patterns = swap.iter().map(|swap| swap.from.as_str());
            (patterns.collect(), words, true)
        }
        _ => return None,
    };
    let ascii = words.iter().all(|word| word.is_ascii());
    let patterns = if ascii {
        patterns
    } else {
        vec![rule.pattern.as_ref()?.text.as_str()]
    };
    let mut needed = Vec::new();
    for pattern in patterns {
        needed.extend(of(pattern)?.into_iter().map(|literal| (literal, None)));
    }
    needed.extend(words.iter().filter(|_| ascii).map(|word| {
        let mut literal = word.to_ascii_lowercase().into_bytes();
        literal.truncate(LONG_ENOUGH);
        let whole = literal.len() == word.len();
        (literal, (renames && whole).then(|| word.clone()))
    }));
    (needed.len() <= MAX_LITERALS).then_some(needed)
}

fn of(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let known = KNOWN.binary_search_by_key(&pattern, |&(known, _)| known);
    match known.ok().and_then(|at| KNOWN.get(at)) {
        Some((_, literals)) => literals.map(|all| all.iter().map(|one| one.to_vec()).collect()),
        None => required(pattern),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::trust;
    use crate::source::Source;

    fn needed_by(matcher: &str) -> Vec<(String, Option<String>)> {
        let page = format!(
            "name = \"n\"\nsummary = \"s\"\nseverity = \"warning\"\nwhy = \"w\"\n[match]\n\
             kind = \"replace\"\nin = [\"heading\"]\nmessage = \"m\"\nhelp = \"h\"\n{matcher}"
        );
        let rule = trust(&Source::new("".into(), "".into(), page)).unwrap();
        let found = needed(&rule).unwrap_or_default().into_iter();
        found
            .map(|(literal, right)| (String::from_utf8(literal).unwrap(), right))
            .collect()
    }

    #[test]
    fn a_name_is_looked_for_whole_and_is_right_as_the_rule_writes_it() {
        let right = |word: &str| (word.to_lowercase(), Some(word.to_string()));
        assert_eq!(
            needed_by(
                "swap = [{ from = 'Java Script', to = 'JavaScript' }]\nwords = ['Java', 'JavaScript']"
            ),
            [
                ("java script".to_string(), None),
                right("Java"),
                right("JavaScript")
            ]
        );
        let foreign = needed_by("words = ['Café', 'Java']");
        assert!(foreign.iter().all(|(_, right)| right.is_none()));
        assert_eq!(
            needed_by("swap = [{ from = 'x*', to = '' }]\nwords = ['Java']"),
            []
        );
    }

    #[test]
    fn what_the_built_in_patterns_need_is_known_before() {
        assert!(KNOWN.len() > 50 && KNOWN.is_sorted());
        let same = |&(pattern, known): &(&str, Option<&[&[u8]]>)| {
            let own = required(pattern);
            own.as_deref().is_some() == known.is_some()
                && own.unwrap_or_default() == known.unwrap_or_default()
        };
        assert!(KNOWN.iter().all(same));
    }
}
