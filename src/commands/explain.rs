//! `prepdeck explain RULE`: what a rule means and what to do.

use textwrap::fill;

use super::{Outcome, print, rules_here};
use crate::cli::Explain;
use crate::rule::{Page, PageTest};

pub fn run(arguments: &Explain) -> miette::Result<Outcome> {
    let rules = rules_here()?;
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
    let bad = page
        .tests
        .iter()
        .find(|test| test.bad.is_some() || !test.want.is_empty());
    let good = page.tests.iter().find(|test| test.good.is_some());
    let bad = bad.map_or(String::new(), |test| example("Found in", test));
    let good = good.map_or(String::new(), |test| example("Not found in", test));
    let allow = if page.locked {
        "This rule can be neither allowed nor turned off.".to_string()
    } else {
        format!(
            "To allow it in one question, write in its front matter `allow: [{name}]`; for one block,\n\
             put `<!-- prepdeck-allow {name} -->` above it. To change what it weighs, write in\n\
             prepdeck.toml under `[rules]`: `{name} = \"off\"`, \"warning\" or \"error\"."
        )
    };
    let why = fill(why.trim(), 80);
    format!("{name} ({severity})\n{summary}\n\n{why}\n{bad}{good}\n{allow}\n")
}

/// A test as an example: its text, or its files with their paths.
fn example(title: &str, test: &PageTest) -> String {
    let mut example = format!("\n{title}:\n");
    for written in test.bad.iter().chain(&test.good) {
        example = format!("{example}\n{}\n", indented(written));
    }
    for (path, written) in &test.files {
        example = format!("{example}\n  {path}\n{}\n", indented(written));
    }
    example
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
