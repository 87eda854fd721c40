//! Front matter: read to its end, and every place on character boundaries.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prepdeck::parse::front_matter::{find, read};

fuzz_target!(|text: &str| {
    let place = find(text, 0);
    let mut problems = Vec::new();
    let meta = read(text, &place, &mut problems);
    let allows = meta.rare().allow.iter().map(|allow| allow.rule.span);
    let lists = [
        &meta.tags,
        &meta.rare().aliases,
        &meta.rare().distinct_from,
        &meta.rare().authors,
    ];
    let items = lists.into_iter().flatten().map(|item| item.span);
    let places = problems.iter().map(|problem| problem.span);
    for span in places
        .chain(allows)
        .chain(items)
        .chain([meta.span, meta.rare().allow_span])
    {
        assert!(
            text.get(span.range()).is_some(),
            "{span:?} is no stretch of the text"
        );
    }
});
