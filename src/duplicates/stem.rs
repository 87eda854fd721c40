//! The stem of an English word.

/// A light stem: plural, -ing, -ed. Heavier ones make one word of *observer*
/// and *observable*.
pub fn stem(word: &str) -> String {
    // Names that would be others without their ends.
    if ["cors", "https", "less", "sass"].contains(&word) {
        return word.to_string();
    }
    // Short names, and not words such as basis.
    if let "apis" | "clis" | "guis" | "uris" = word {
        return word.trim_end_matches('s').to_string();
    }
    // No ending below ends otherwise.
    if !word.ends_with(['d', 'e', 'g', 'l', 'n', 's']) {
        return word.to_string();
    }
    let is_vowel = |c: char| "aeiouy".contains(c);
    let has_vowel = |stem: &str| stem.contains(is_vowel);
    let mut word = word.to_string();
    if let Some(stem) = word.strip_suffix("isation") {
        word = format!("{stem}ization");
    }
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.len() > 4
        && ["sses", "shes", "ches", "xes", "zes"]
            .iter()
            .any(|end| word.ends_with(end))
    {
        word.truncate(word.len() - 2);
    } else if word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
    {
        word.truncate(word.len() - 1);
    }
    if word.len() > 6 && word.ends_with("ical") {
        word.truncate(word.len() - 2);
    }
    for end in ["ing", "ed"] {
        if let Some(stem) = word
            .strip_suffix(end)
            .filter(|stem| stem.len() > 2 && has_vowel(stem))
        {
            let mut stem = stem.to_string();
            let mut last = stem.chars().rev();
            // Doubled at the end: mapping, map; but passing, pass.
            if let (Some(a), Some(b)) = (last.next(), last.next())
                && a == b
                && !"lsz".contains(a)
            {
                stem.pop();
            }
            word = stem;
            break;
        }
    }
    // "caching" has lost the e of "cache".
    if word.len() > 2 && word.ends_with('e') {
        word.pop();
    }
    word
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
