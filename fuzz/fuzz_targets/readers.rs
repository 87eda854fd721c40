//! Every reader, and the guess which one it is: the first byte says which.
//! What is understood stands in the file, and each byte belongs to one part.
#![no_main]

use clap::ValueEnum;
use libfuzzer_sys::fuzz_target;
use prepdeck::config::{Format, SourceSet};
use prepdeck::parse::guess::guess;
use prepdeck::parse::parse;
use prepdeck::source::{Source, Span};

fuzz_target!(|input: (u8, &str)| {
    let (kind, text) = input;
    let formats = Format::value_variants();
    let source = Source::new("a.md".into(), "a.md".into(), text.to_string());
    let set = match formats.get(usize::from(kind) % (formats.len() + 1)) {
        Some(&format) => SourceSet {
            format,
            ..SourceSet::default()
        },
        None => match guess(text, "a.md") {
            Some(guess) => guess.set(),
            None => return,
        },
    };
    let parsed = parse(&set, &source, 0, &"topic".into());
    let stands = |span: Span| {
        assert!(
            text.get(span.range()).is_some(),
            "{span:?} is not in the file"
        )
    };
    parsed
        .problems
        .iter()
        .for_each(|problem| stands(problem.span));
    let mut at = 0;
    for part in &parsed.parts {
        stands(part.span);
        assert!(part.span.start() >= at, "parts overlap at {at}");
        at = part.span.end();
    }
    let page = parsed.page.as_ref().map_or(text, |page| &page.source.text);
    for question in &parsed.questions {
        let spans = [question.span, question.prompt, question.answer];
        for span in spans
            .into_iter()
            .chain(question.choices.iter().map(|choice| choice.span))
        {
            assert!(
                page.get(span.range()).is_some(),
                "{span:?} is not on the page"
            );
            if let Some(page) = &parsed.page {
                stands(page.place(span));
            }
        }
    }
});
