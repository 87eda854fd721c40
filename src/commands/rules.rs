//! `prepdeck rules`: the rules in a table; the tests of a corpus's own; a new page.

use super::{Outcome, print, rules_here, say, show_fault, working_directory, write};
use crate::cli::{Rules, RulesCommand};
use crate::config::fault;
use crate::corpus::{configuration, root_above};
use crate::proof::prove;
use crate::question::slug;
use crate::report::count;
use crate::rules::built_in;
use crate::visible::shown_path;

pub fn run(arguments: &Rules) -> miette::Result<Outcome> {
    match &arguments.command {
        None => list(),
        Some(RulesCommand::Test) => test(),
        Some(RulesCommand::New { name }) => new(name),
    }
}

fn list() -> miette::Result<Outcome> {
    let rules = rules_here()?;
    let width = rules.names().map(str::len).max().unwrap_or(0);
    let lines = rules.rules.iter().map(|rule| {
        let severity = rule.page.severity.to_string();
        format!(
            "{:width$}  {severity:7}  {}\n",
            rule.name(),
            rule.page.summary
        )
    });
    print(lines.collect::<String>().as_bytes())?;
    let number = rules.rules.len();
    say(&format!(
        "\n{number} rules; `prepdeck explain RULE` says more of one\n"
    ));
    rules.faults.iter().for_each(show_fault);
    Ok(if rules.faults.is_empty() {
        Outcome::Clean
    } else {
        Outcome::Undone
    })
}

fn test() -> miette::Result<Outcome> {
    let rules = rules_here()?;
    let built_in = built_in()?;
    let own: Vec<_> = rules
        .rules
        .iter()
        .filter(|rule| !built_in.names().any(|name| name == rule.name()))
        .collect();
    if own.is_empty() && rules.faults.is_empty() {
        let help = "name their folder in prepdeck.toml, rule-pages = \"house-rules\", and write one: prepdeck rules new NAME";
        return Err(fault("this corpus has no rule pages of its own", help));
    }
    let mut text = String::new();
    let (mut tests, mut failed) = (0, 0);
    for rule in &own {
        let faults = prove(rule, &rules)?;
        tests += rule.page.tests.len();
        failed += usize::from(!faults.is_empty());
        let verdict = if faults.is_empty() { "ok" } else { "FAILED" };
        let number = count(rule.page.tests.len(), "test");
        text = format!("{text}{} … {verdict} ({number})\n", rule.name());
        for fault in faults {
            text = format!("{text}    {fault}\n");
        }
    }
    text = format!(
        "{text}{}, {}: {failed} failed\n",
        count(own.len(), "page"),
        count(tests, "test")
    );
    print(text.as_bytes())?;
    rules.faults.iter().for_each(show_fault);
    Ok(match (rules.faults.is_empty(), failed) {
        (false, _) => Outcome::Undone,
        (true, 0) => Outcome::Clean,
        (true, _) => Outcome::Findings,
    })
}

fn new(name: &str) -> miette::Result<Outcome> {
    if name.is_empty() || name != slug(name) {
        let help =
            "state the fault in a-z, 0-9 and -, so that it reads after \"allow\": passive-voice";
        return Err(fault(&format!("`{name}` is no name for a rule"), help));
    }
    if built_in()?.names().any(|known| known == name) {
        return Err(fault(
            &format!("there is a rule `{name}` already"),
            "give it another name",
        ));
    }
    let from = working_directory()?;
    let root = root_above(&from).unwrap_or_else(|| from.clone());
    let Some(folder) = configuration(&root, &from)?.rule_pages else {
        let help = "add a line to prepdeck.toml: rule-pages = \"house-rules\"";
        return Err(fault("this corpus has no folder for rule pages", help));
    };
    let folder = root.join(folder);
    write::create_folder(&folder)?;
    let file = folder.join(format!("{name}.toml"));
    write::create(&file, skeleton(name).as_bytes())?;
    print(
        format!(
            "{}\n",
            shown_path(file.strip_prefix(&from).unwrap_or(&file))
        )
        .as_bytes(),
    )?;
    say("Say there what to find, and run: prepdeck rules test\n");
    Ok(Outcome::Clean)
}

fn skeleton(name: &str) -> String {
    format!(
        r#"name = "{name}"
summary = "The word `foobar` stands for nothing"
severity = "warning" # error, warning or off
why = """
What goes wrong for the reader?
Why does it happen?
What should be written instead?
"""

[match]
kind = "forbid" # forbid, replace, require or limit
in = ["question", "answer.prose"]
words = ["foobar"] # or: pattern = '(?i)\bfoobar\b'
message = "`{{match}}` stands for nothing"
help = "name a thing that there is"

[[test]]
bad = """
A foobar is locked first.
"""
want = ["1:3"] # line:column

[[test]]
good = """
A row is locked first.
"""
"#
    )
}
