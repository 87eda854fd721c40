//! `prepdeck explain RULE`: what a rule means and what to do.

use super::{Outcome, print};
use crate::cli::Explain;
use crate::rule::Page;
use crate::rules::built_in;

pub fn run(arguments: &Explain) -> miette::Result<Outcome> {
    let rules = built_in()?;
    print(page(&rules.find(&arguments.rule)?.page).as_bytes())?;
    Ok(Outcome::Clean)
}

/// A page for a person: its reasons, an example of each kind, how to allow it.
fn page(page: &Page) -> String {
    let Page {
        name,
        severity,
        summary,
        why,
        ..
    } = page;
    let example = |title: &str, text: Option<&str>| match text {
        Some(text) => format!("\n{title}:\n\n{}\n", indented(text)),
        None => String::new(),
    };
    let bad = example(
        "Found in",
        page.tests.iter().find_map(|test| test.bad.as_deref()),
    );
    let good = example(
        "Not found in",
        page.tests.iter().find_map(|test| test.good.as_deref()),
    );
    let allow = if page.locked {
        "This rule can be neither allowed nor turned off.".to_string()
    } else {
        format!(
            "To allow it in one question, write in its front matter `allow: [{name}]`; for one block,\n\
             put `<!-- prepdeck-allow {name} -->` above it. To change what it weighs, write in\n\
             prepdeck.toml under `[rules]`: `{name} = \"off\"`, \"warning\" or \"error\"."
        )
    };
    format!(
        "{name} ({severity})\n{summary}\n\n{}\n{bad}{good}\n{allow}\n",
        why.trim()
    )
}

fn indented(example: &str) -> String {
    let lines = example.trim_matches('\n').lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!("    {line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
