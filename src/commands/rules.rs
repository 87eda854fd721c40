//! `prepdeck rules`: the rules in a table.

use super::{Outcome, print, say};
use crate::rules::built_in;

pub fn run() -> miette::Result<Outcome> {
    let rules = built_in()?.rules;
    let width = rules
        .iter()
        .map(|rule| rule.name().len())
        .max()
        .unwrap_or(0);
    let lines = rules.iter().map(|rule| {
        let severity = rule.page.severity.to_string();
        format!(
            "{:width$}  {severity:7}  {}\n",
            rule.name(),
            rule.page.summary
        )
    });
    print(lines.collect::<String>().as_bytes())?;
    say(&format!(
        "\n{} rules; `prepdeck explain RULE` says more of one\n",
        rules.len()
    ));
    Ok(Outcome::Clean)
}
