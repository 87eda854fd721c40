//! `prepdeck.toml` and pages of rules: taken or refused, never more.
#![no_main]

use libfuzzer_sys::fuzz_target;
use prepdeck::config;
use prepdeck::rule;
use prepdeck::source::Source;

fuzz_target!(|text: &str| {
    let source = Source::new("a.toml".into(), "a.toml".into(), text.to_string());
    let faults = [config::parse(&source).err(), rule::read(&source).err()];
    for fault in faults.into_iter().flatten() {
        // Drawn as a person sees it: its place is one of the text.
        let drawn = format!("{fault:?}");
        assert!(!drawn.is_empty());
    }
});
