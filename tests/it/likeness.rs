//! Questions are grouped before they are compared; nothing may get lost by it.

use prepdeck::duplicates::likeness::{key, same};
use prepdeck::duplicates::similar::asking_text;
use proptest::prelude::*;

/// Words of each kind: subjects, places, classes, turns and framing.
const WORDS: &[&str] = &[
    "closure",
    "index",
    "REST",
    "let",
    "`==`",
    "Java",
    "SQL",
    "MySQL",
    "database",
    "architecture",
    "method",
    "keyword",
    "pattern",
    "difference",
    "vs",
    "when",
    "why",
    "not",
    "types",
    "advantages",
    "2",
    "what is",
    "explain",
    "to",
    "use",
    "it",
    "in",
    "and",
    "?",
];

fn question() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..7).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_asks_the_same_has_one_key_and_is_found_from_both_sides(one in question(), other in question()) {
        let (first, second) = (asking_text(&one), asking_text(&other));
        let found = same(&first, &second).is_some();
        prop_assert_eq!(found, same(&second, &first).is_some());
        if found {
            prop_assert_eq!(key(&first), key(&second));
        }
    }
}
