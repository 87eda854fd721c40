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
    let mut text = format!("{} ({})\n{}\n\n{}\n", page.name, page.severity, page.summary, page.why.trim());
    let bad = page.tests.iter().find_map(|test| test.bad.as_deref());
    let good = page.tests.iter().find_map(|test| test.good.as_deref());
    for (title, example) in [("Found in", bad), ("Not found in", good)] {
        if let Some(example) = example {
            text.push_str(&format!("\n{title}:\n\n{}\n", indented(example)));
        }
    }
    text.push_str(&if page.locked {
        "\nThis rule can be neither allowed nor turned off.\n".to_string()
    } else {
        format!(
            "\nTo allow it in one question, write in its front matter `allow: [{name}]`; for one block,\n\
             put `<!-- prepdeck-allow {name} -->` above it. To change what it weighs, write in\n\
             prepdeck.toml under `[rules]`: `{name} = \"off\"`, \"warning\" or \"error\".\n",
            name = page.name
        )
    });
    text
}

fn indented(example: &str) -> String {
    let lines = example.trim_matches('\n').lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}
