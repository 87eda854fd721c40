//! The stem of an English word.

use std::borrow::Cow;

/// A light stem: plural, -ing, -ed. Heavier ones make one word of *observer*
/// and *observable*. Mostly it is the begin of the word.
pub fn stem(word: &str) -> Cow<'_, str> {
    // Names that would be others without their ends.
    if ["cors", "https", "less", "sass"].contains(&word) {
        return word.into();
    }
    // Short names, and not words such as basis.
    if let "apis" | "clis" | "guis" | "uris" = word {
        return word.trim_end_matches('s').into();
    }
    // No ending below ends otherwise.
    if !word.ends_with(['d', 'e', 'g', 'l', 'n', 's']) {
        return word.into();
    }
    let mut word: Cow<'_, str> = match word.strip_suffix("isation") {
        Some(stem) => format!("{stem}ization").into(),
        None => word.into(),
    };
    let ends = |word: &str, ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if word.len() > 4 && word.ends_with("ies") {
        cut(&mut word, 3);
        word.to_mut().push('y');
    } else if word.len() > 4 && ends(&word, &["sses", "shes", "ches", "xes", "zes"]) {
        cut(&mut word, 2);
    } else if word.len() > 3 && word.ends_with('s') && !ends(&word, &["ss", "us", "is"]) {
        cut(&mut word, 1);
    }
    if word.len() > 6 && word.ends_with("ical") {
        cut(&mut word, 2);
    }
    let has_vowel = |stem: &str| stem.contains(|c: char| "aeiouy".contains(c));
    for end in ["ing", "ed"] {
        let stem = word.strip_suffix(end);
        let Some(stem) = stem.filter(|stem| stem.len() > 2 && has_vowel(stem)) else {
            continue;
        };
        // Doubled at the end: mapping, map; but passing, pass.
        let mut last = stem.chars().rev();
        let last = last.next().filter(|&a| last.next() == Some(a));
        let doubled = last.filter(|&letter| !"lsz".contains(letter));
        cut(&mut word, end.len() + doubled.map_or(0, char::len_utf8));
        break;
    }
    // "caching" has lost the e of "cache".
    if word.len() > 2 && word.ends_with('e') {
        cut(&mut word, 1);
    }
    word
}

/// Takes so many bytes from the end of a word.
fn cut(word: &mut Cow<'_, str>, bytes: usize) {
    let length = word.len() - bytes;
    match word {
        Cow::Borrowed(word) => *word = word.get(..length).unwrap_or_default(),
        Cow::Owned(word) => word.truncate(length),
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn inflections_of_a_word_are_one() {
        for (one, other) in [
            ("indexes", "index"),
            ("queries", "query"),
            ("caching", "cache"),
            ("mapped", "map"),
            ("passing", "pass"),
            ("normalisation", "normalization"),
            ("closures", "closure"),
        ] {
            assert_eq!(stem(one), stem(other));
        }
    }

    #[test]
    fn other_words_stay_apart() {
        for (one, other) in [
            ("observer", "observable"),
            ("http", "https"),
            ("class", "clas"),
            ("string", "str"),
            ("process", "proces"),
        ] {
            assert_ne!(stem(one), stem(other));
        }
    }
}
