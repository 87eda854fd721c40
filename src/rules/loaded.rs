//! The rules of a run: the built-in pages, the corpus's own, and what cannot be used.

use std::io;
use std::path::Path;
use std::sync::Arc;

use dunce::canonicalize;
use miette::Report;
use rayon::prelude::*;

use super::PAGES;
use super::candidates::{ScopeSets, scope_sets};
use crate::config::{Config, Setting, fault, fault_at, settings};
use crate::finding::{Severity, did_you_mean};
use crate::rule::{Matcher, Rule, read, trust};
use crate::source::{Source, Span};
use crate::visible::path_text;

/// All rules, by name.
#[derive(Debug)]
pub struct Rules {
    pub rules: Vec<Rule>,
    pub sets: ScopeSets,
    /// Pages of the corpus's own that cannot be used. The other rules still run.
    pub faults: Vec<Report>,
}

/// The rules that are built in.
///
/// # Errors
/// Where a page is faulty, which a test rules out.
pub fn built_in() -> miette::Result<Rules> {
    Ok(Rules::of(pages()?, Vec::new()))
}

/// The rules of our own pages.
fn pages() -> miette::Result<Vec<Rule>> {
    // Reading them is most of what a check of a small corpus takes.
    let rules = PAGES.par_iter().map(|(name, text)| {
        let path: Arc<str> = format!("rules/{name}.toml").into();
        let page = Source::new(Arc::clone(&path), path, (*text).to_string());
        trust(&page)
    });
    rules.collect()
}

/// The built-in rules and those of the corpus: the pages in the folder that
/// its configuration names. `shown` is how that folder is called.
///
/// # Errors
/// Where the folder cannot be read; a faulty page is none.
pub fn with_own(root: &Path, config: &Config, shown: &str) -> miette::Result<Rules> {
    let Some(folder) = &config.rule_pages else {
        return built_in();
    };
    let (mut rules, mut faults) = (pages()?, Vec::new());
    let cannot = |error: std::io::Error| {
        let message = format!("can't read the folder of rule pages {shown}: {error}");
        fault(
            &message,
            "correct `rule-pages` in prepdeck.toml, or add the folder",
        )
    };
    let folder = canonicalize(root.join(folder)).map_err(cannot)?;
    if !folder.starts_with(root) {
        return Err(cannot(io::Error::other("it is not in the corpus")));
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
    files.sort();
    for file in files {
        let name = file
            .file_name()
            .map(|name| path_text(Path::new(name)))
            .unwrap_or_default();
        let read = settings(root, &file, &name, &format!("{shown}/{name}"));
        match read.and_then(|page| own_rule(&page, &rules)) {
            Ok(rule) => rules.push(rule),
            Err(fault) => faults.push(fault),
        }
    }
    rules.sort_by(|a, b| a.name().cmp(b.name()));
    Ok(Rules::of(rules, faults))
}

/// A page of the corpus's own: a declarative rule with a name of its own.
fn own_rule(page: &Source, known: &[Rule]) -> miette::Result<Rule> {
    if page.fault.is_some() {
        return Err(fault(
            &format!("can't read {}", page.shown),
            "make it a readable file in UTF-8",
        ));
    }
    let rule = read(page)?;
    let line = page.text.lines().next().map_or(0, str::len);
    let first = Span::new(0, line);
    if known.iter().any(|other| other.name() == rule.name()) {
        let message = format!("there is a rule `{}` already", rule.name());
        return Err(fault_at(
            page,
            first,
            &message,
            Some("give it another name".to_string()),
        ));
    }
    if let Matcher::Builtin { .. } = rule.page.matcher {
        let help = "use forbid, replace, require or limit".to_string();
        return Err(fault_at(
            page,
            first,
            "only prepdeck's own rules can be builtin",
            Some(help),
        ));
    }
    Ok(rule)
}

impl Rules {
    fn of(rules: Vec<Rule>, faults: Vec<Report>) -> Rules {
        Rules {
            sets: scope_sets(&rules),
            rules,
            faults,
        }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(Rule::name)
    }

    /// The rule of that name.
    ///
    /// # Errors
    /// Where there is none; the message names the one that was meant.
    pub fn find(&self, name: &str) -> miette::Result<&Rule> {
        let found = self.rules.iter().find(|rule| rule.name() == name);
        found.ok_or_else(|| fault(&format!("there is no rule `{name}`"), &self.meant(name)))
    }

    /// What to say to somebody who names a rule that there is not.
    pub fn meant(&self, name: &str) -> String {
        match did_you_mean(name, self.names()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`prepdeck rules` lists them all".to_string(),
        }
    }

    /// Checks what `config`, read from `file`, says of rules.
    ///
    /// # Errors
    /// A rule that does not exist or cannot be weakened, or an option that it
    /// does not have or that is of another type.
    pub fn accept(&self, config: &Config, file: &Source) -> miette::Result<()> {
        let overrides = config.overrides.iter().flat_map(|set| &set.rules);
        for (name, setting) in config.rules.iter().chain(overrides) {
            let refuse = |message: String, help: String| {
                Err(fault_at(
                    file,
                    Span::from(name.span()),
                    &message,
                    Some(help),
                ))
            };
            let name = name.as_ref();
            let Some(rule) = self.rules.iter().find(|rule| rule.name() == name) else {
                return refuse(format!("there is no rule `{name}`"), self.meant(name));
            };
            if rule.page.locked
                && setting
                    .severity
                    .is_some_and(|severity| severity != Severity::Error)
            {
                let help = "remove this line; exports could not be trusted without the rule";
                return refuse(format!("`{name}` is always an error"), help.to_string());
            }
            if let Some((message, help)) = bad_option(rule, setting) {
                return refuse(message, help);
            }
        }
        Ok(())
    }
}

fn bad_option(rule: &Rule, setting: &Setting) -> Option<(String, String)> {
    let own = &rule.options.0;
    for (key, value) in &setting.options {
        let Some(default) = own.get(key) else {
            let message = format!("`{}` has no option `{key}`", rule.name());
            let names = || own.keys().map(String::as_str).chain(["severity"]);
            let help = match did_you_mean(key, names()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it has: {}", names().collect::<Vec<_>>().join(", ")),
            };
            return Some((message, help));
        };
        let negative = value.as_integer().is_some_and(|number| number < 0);
        if !default.same_type(value) || negative {
            let message = format!("`{key}` of `{}` is of another kind", rule.name());
            return Some((
                message,
                format!("write it like its default, `{key} = {default}`"),
            ));
        }
    }
    None
}
