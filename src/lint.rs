//! Runs the rules over a corpus: severities as configured, suppressions
//! honoured, findings in the order of their places.

use rayon::prelude::*;

use crate::corpus::Corpus;
use crate::finding::{Finding, Problem, Severity};
use crate::markdown::flat::SEPARATOR;
use crate::question::Question;
use crate::rule::{Asked, Check, Matcher, Rule, Verdict, fill, stretches};
use crate::rules::{Rules, check_of};
use crate::source::{Source, Span};

/// All findings of the corpus, by path and place. The same corpus gives the
/// same list, whatever the number of threads.
pub fn lint(corpus: &Corpus, rules: &Rules) -> Vec<Finding> {
    let run = Run { corpus, rules };
    let mut findings: Vec<Finding> = (0..corpus.questions.len())
        .into_par_iter()
        .flat_map_iter(|index| run.question(index))
        .collect();
    findings.extend((0..corpus.sources.len()).flat_map(|source| run.problems(source)));
    for rule in &rules.rules {
        if let Some(Check::Corpus(check)) = check_of(rule.name()) {
            findings.extend(
                check(corpus)
                    .into_iter()
                    .filter_map(|verdict| run.finding(rule, verdict)),
            );
        }
    }
    findings.sort_by(|a, b| {
        (a.source, a.span, &a.rule, &a.message).cmp(&(b.source, b.span, &b.rule, &b.message))
    });
    findings
}

struct Run<'a> {
    corpus: &'a Corpus,
    rules: &'a Rules,
}

impl Run<'_> {
    fn question(&self, index: usize) -> Vec<Finding> {
        let Some(asked) = Asked::new(self.corpus, index) else {
            return Vec::new();
        };
        let mut findings = self.declarative(&asked);
        for rule in &self.rules.rules {
            if let Some(Check::Question(check)) = check_of(rule.name()) {
                findings.extend(
                    check(&asked)
                        .into_iter()
                        .filter_map(|verdict| self.finding(rule, verdict)),
                );
            }
        }
        findings
    }

    fn declarative(&self, asked: &Asked<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for set in &self.rules.sets {
            for stretch in stretches(set.scope, asked) {
                for matched in &set.set.matches(stretch.text()) {
                    let Some(rule) = set
                        .rules
                        .get(matched)
                        .and_then(|&rule| self.rules.rules.get(rule))
                    else {
                        continue;
                    };
                    let (Matcher::Forbid { message, help, .. }, Some(pattern)) =
                        (&rule.page.matcher, &rule.pattern)
                    else {
                        continue;
                    };
                    for captures in pattern.captures_iter(stretch.text()) {
                        let Some(found) = captures
                            .get(0)
                            .filter(|found| !found.as_str().contains(SEPARATOR))
                        else {
                            continue;
                        };
                        let verdict = asked.verdict(
                            stretch.span(found.range()),
                            fill(message, &captures, pattern),
                            help.as_str(),
                        );
                        findings.extend(self.finding(rule, verdict));
                    }
                }
            }
        }
        findings
    }

    /// What the parsers said of a source.
    fn problems(&self, source: usize) -> Vec<Finding> {
        let question = self
            .corpus
            .questions
            .iter()
            .position(|question| question.source == source);
        let problems = self
            .corpus
            .problems
            .get(source)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let finding = |Problem {
                           rule,
                           span,
                           message,
                           help,
                       }: &Problem| {
            let rule = self
                .rules
                .rules
                .iter()
                .find(|known| known.name() == *rule)?;
            let verdict = Verdict {
                source,
                question,
                span: *span,
                message: message.clone(),
                help: help.clone(),
                related: Vec::new(),
            };
            self.finding(rule, verdict)
        };
        problems.iter().filter_map(finding).collect()
    }

    /// A verdict as a finding, unless the rule is off or allowed there.
    fn finding(&self, rule: &Rule, verdict: Verdict) -> Option<Finding> {
        let source = self.corpus.sources.get(verdict.source)?;
        let severity = self.severity(rule, &source.path);
        let question = verdict
            .question
            .and_then(|index| self.corpus.questions.get(index));
        let allowed = !rule.page.locked
            && question
                .is_some_and(|question| is_allowed(rule.name(), question, source, verdict.span));
        (severity > Severity::Off && !allowed).then(|| Finding {
            rule: rule.name().to_string(),
            severity,
            source: verdict.source,
            span: verdict.span,
            message: verdict.message,
            help: verdict.help,
            question: verdict.question,
            related: verdict.related,
        })
    }

    fn severity(&self, rule: &Rule, path: &str) -> Severity {
        let config = &self.corpus.config;
        let overrides = config
            .overrides
            .iter()
            .rev()
            .filter(|set| set.paths.matches(path));
        let set = overrides.map(|set| &set.rules).chain([&config.rules]);
        set.into_iter()
            .find_map(|rules| rules.get(rule.name()))
            .copied()
            .unwrap_or(rule.page.severity)
    }
}

/// Whether the question allows `rule` as a whole, or a comment allows it for
/// the block that holds `span`.
fn is_allowed(rule: &str, question: &Question, source: &Source, span: Span) -> bool {
    question
        .meta
        .allow
        .iter()
        .any(|allow| allow.rule.value == rule)
        || question.document.comments.iter().any(|comment| {
            comment
                .covers
                .is_some_and(|block| block.contains(span.start))
                && allowed_by(source.slice(comment.span)).any(|name| name == rule)
        })
}

/// The rules that a comment `<!-- prepdeck-allow rule rule -->` names.
fn allowed_by(comment: &str) -> impl Iterator<Item = &str> {
    let inner = comment
        .trim()
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .unwrap_or_default();
    let names = inner
        .trim()
        .strip_prefix("prepdeck-allow")
        .unwrap_or_default();
    names
        .split([' ', ',', '\n', '\t'])
        .filter(|name| !name.is_empty())
}
