//! Runs the rules over a corpus: severities as configured, suppressions
//! honoured, findings in the order of their places.

use rayon::prelude::*;

use crate::config::Setting;
use crate::corpus::Corpus;
use crate::duplicates::{Depth, Trace, likeness, trace};
use crate::finding::{Edit, Finding, Fix, Problem, Severity};
use crate::fingerprint;
use crate::markdown::Document;
use crate::progress::{QUESTIONS_JUDGED, one_more};
use crate::question::Question;
use crate::rule::Rule;
use crate::rules::patterns::verdicts;
use crate::rules::suppression::Allows;
use crate::rules::unused_allow;
use crate::rules::{Check, Rules, check_of};
use crate::source::{Source, Span};
use crate::verdict::{Asked, Options, Verdict};

/// All findings of the corpus, by path and place; of the rules in `only`, or
/// of all where it is empty. The same corpus gives the same list, whatever the
/// number of threads.
pub fn lint(corpus: &Corpus, rules: &Rules, only: &[String]) -> Vec<Finding> {
    let run = Run::new(corpus, rules, only, Severity::Warning);
    run.judge(corpus, Vec::new())
}

/// Parses the corpus, and finds what [`lint`] finds, while each question's
/// document is at hand.
pub fn parse_and_lint(corpus: &mut Corpus, rules: &Rules, only: &[String]) -> Vec<Finding> {
    let run = Run::new(corpus, rules, only, Severity::Warning);
    let seen = run.parse(corpus);
    run.judge(corpus, seen)
}

/// Parses the corpus, and finds what [`lint`] finds of error severity alone;
/// rules that only warn are not run.
pub fn parse_and_find_errors(corpus: &mut Corpus, rules: &Rules) -> Vec<Finding> {
    let run = Run::new(corpus, rules, &[], Severity::Error);
    let seen = run.parse(corpus);
    run.judge(corpus, seen)
}

/// How a rule is run: what its findings weigh, and its options.
#[derive(Debug, Clone)]
struct Level {
    severity: Severity,
    options: Options,
}

impl Level {
    fn apply(&mut self, setting: &Setting) {
        self.severity = setting.severity.unwrap_or(self.severity);
        let options = setting.options.iter();
        self.options
            .0
            .extend(options.map(|(name, value)| (name.clone(), value.clone())));
    }
}

/// What a question's own rules say, and what it is found by among others.
#[derive(Default)]
struct Seen {
    verdicts: Vec<(usize, Verdict)>,
    trace: Trace,
}

struct Run<'a> {
    rules: &'a Rules,
    /// The rules that are asked for; all where it is empty.
    only: &'a [String],
    /// Whether all rules are run, so that what was suppressed is known.
    whole: bool,
    /// By rule, for paths that no override fits.
    levels: Vec<Level>,
    /// Whether other levels may hold for some paths.
    overrides: bool,
    /// By rule: looked up once, not for each question.
    checks: Vec<Option<Check>>,
    /// How deep likeness is looked for, if it is.
    depth: Option<Depth>,
    /// What weighs less is not looked for.
    least: Severity,
}

impl<'a> Run<'a> {
    fn new(corpus: &Corpus, rules: &'a Rules, only: &'a [String], least: Severity) -> Run<'a> {
        let by_run = |name: &String| matches!(check_of(name), Some(Check::Run));
        let whole = only.is_empty() || only.iter().any(by_run);
        let level = |rule: &Rule| {
            let mut level = Level {
                severity: rule.page.severity,
                options: rule.options.clone(),
            };
            if let Some(setting) = corpus.config.rules.get(rule.name()) {
                level.apply(setting);
            }
            let named = only.iter().any(|name| name == rule.name());
            if !whole && !named {
                level.severity = Severity::Off;
            } else if named {
                // Who asks for a rule by name wants to see it.
                level.severity = level.severity.max(Severity::Warning);
            }
            level
        };
        let checks = rules.rules.iter().map(|rule| check_of(rule.name()));
        let mut run = Run {
            rules,
            only,
            whole,
            levels: rules.rules.iter().map(level).collect(),
            overrides: !corpus.config.overrides.is_empty(),
            checks: checks.collect(),
            depth: None,
            least,
        };
        let depth = |rule: usize| match run.check(rule) {
            Some(Check::Likeness(depth, _)) => Some(depth),
            _ => None,
        };
        run.depth = (0..rules.rules.len()).filter_map(depth).max();
        run
    }

    /// Parses the corpus, and sees each question that stands in a file of its own.
    fn parse(&self, corpus: &mut Corpus) -> Vec<Option<Seen>> {
        if corpus.is_parsed() {
            return Vec::new();
        }
        let look = |corpus: &Corpus, question: &Question, document: Document| {
            let asked = Asked::reading(corpus, question, document);
            asked.map(|asked| self.see(asked)).unwrap_or_default()
        };
        let mut all = corpus.parse(look);
        for (index, seen) in all.iter_mut().enumerate() {
            let verdicts = seen.iter_mut().flat_map(|seen| &mut seen.verdicts);
            verdicts.for_each(|(_, verdict)| verdict.question = Some(index));
        }
        all
    }

    /// A question's document is read once for its own rules and for what compares it.
    fn see(&self, asked: Asked<'_>) -> Seen {
        let trace = self.depth.map(|depth| trace(&asked, depth));
        Seen {
            verdicts: self.question(asked),
            trace: trace.unwrap_or_default(),
        }
    }

    /// All findings, given what was seen of some questions while they were read.
    fn judge(&self, corpus: &Corpus, mut seen: Vec<Option<Seen>>) -> Vec<Finding> {
        seen.resize_with(corpus.questions.len(), || None);
        let all = seen.into_par_iter().enumerate().map(|(index, seen)| {
            let read = || Some(self.see(Asked::new(corpus, index)?));
            seen.or_else(read).unwrap_or_default()
        });
        let (found, traces): (Vec<_>, Vec<_>) = all.map(|one| (one.verdicts, one.trace)).unzip();
        let mut verdicts: Vec<(usize, Verdict)> = found.into_iter().flatten().collect();
        verdicts.extend(self.problems(corpus));
        let alike = self.depth.map(|_| likeness(corpus, traces));
        let rules = (0..self.rules.rules.len()).into_par_iter();
        let found = rules.map(|index| match (self.check(index), &alike) {
            (Some(Check::Corpus(check)), _) => check(corpus),
            (Some(Check::Likeness(_, check)), Some(alike)) => check(corpus, alike),
            _ => Vec::new(),
        });
        for (index, found) in found.collect::<Vec<_>>().into_iter().enumerate() {
            verdicts.extend(found.into_iter().map(|verdict| (index, verdict)));
        }
        let mut allows = Allows::of(corpus);
        let mut findings: Vec<Finding> = Vec::new();
        for (index, verdict) in verdicts {
            findings.extend(self.finding(corpus, index, verdict, &mut allows));
        }
        if self.whole {
            for (name, verdict) in unused_allow::verdicts(corpus, self.rules, &allows.used) {
                let mut rules = self.rules.rules.iter();
                if let Some(index) = rules.position(|rule| rule.name() == name) {
                    findings.extend(self.finding(corpus, index, verdict, &mut allows));
                }
            }
        }
        findings.retain(|finding| self.only.is_empty() || self.only.contains(&finding.rule));
        findings.sort_by(|a, b| {
            (a.source, a.span, &a.rule, &a.message).cmp(&(b.source, b.span, &b.rule, &b.message))
        });
        // Scopes overlap: a question's heading is a heading too.
        findings.dedup();
        fingerprint::mark(corpus, &mut findings);
        findings
    }

    /// The check behind a rule that can find anything at all.
    fn check(&self, rule: usize) -> Option<Check> {
        let on = |level: &Level| level.severity >= self.least;
        let on = self.levels.get(rule).is_some_and(on) || self.overrides;
        self.checks.get(rule).copied().flatten().filter(|_| on)
    }

    /// The levels at a path, where they differ from the usual.
    fn overridden(&self, corpus: &Corpus, path: &str) -> Option<Vec<Level>> {
        let overrides = &corpus.config.overrides;
        let fitting: Vec<_> = overrides
            .iter()
            .filter(|set| set.paths.matches(path))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let mut levels = self.levels.clone();
        for set in fitting {
            for (level, rule) in levels.iter_mut().zip(&self.rules.rules) {
                if let Some(setting) = set.rules.get(rule.name()) {
                    level.apply(setting);
                }
            }
        }
        Some(levels)
    }

    fn question(&self, asked: Asked<'_>) -> Vec<(usize, Verdict)> {
        one_more(&QUESTIONS_JUDGED);
        let overridden = self.overridden(asked.corpus, &asked.source.path);
        let levels = overridden.as_ref().unwrap_or(&self.levels);
        let options = |rule: usize| {
            let level = levels.get(rule)?;
            (level.severity >= self.least).then_some(&level.options)
        };
        let rules = &self.rules.rules;
        // Of a shorter life now: it takes options that live as long as this.
        let mut asked = asked;
        let mut found = verdicts(&self.rules.sets, rules, &asked, options);
        for (index, check) in self.checks.iter().enumerate() {
            if let (Some(Check::Question(check)), Some(options)) = (check, options(index)) {
                asked.options = options;
                let verdicts = check(&asked);
                found.extend(verdicts.into_iter().map(|verdict| (index, verdict)));
            }
        }
        found
    }

    /// What the parsers said.
    fn problems(&self, corpus: &Corpus) -> Vec<(usize, Verdict)> {
        let mut verdicts = Vec::new();
        let mut first: Vec<Option<usize>> = vec![None; corpus.sources.len()];
        for (index, question) in corpus.questions.iter().enumerate() {
            if let Some(first) = first.get_mut(question.source) {
                first.get_or_insert(index);
            }
        }
        for ((source, problems), question) in corpus.problems.iter().enumerate().zip(first) {
            // Of a file of many questions, a problem is of none in particular.
            let paged = corpus.page(source).is_some();
            let question = question.filter(|_| !paged);
            for Problem {
                rule,
                span,
                message,
                help,
            } in problems
            {
                let Some(index) = self
                    .rules
                    .rules
                    .iter()
                    .position(|known| known.name() == *rule)
                else {
                    continue;
                };
                let verdict = Verdict {
                    source,
                    question,
                    span: *span,
                    message: message.clone(),
                    help: help.clone(),
                    related: Vec::new(),
                    fix: None,
                };
                verdicts.push((index, verdict));
            }
        }
        verdicts
    }

    /// A verdict as a finding, unless the rule is off or allowed there; what
    /// allowed it is then used.
    fn finding(
        &self,
        corpus: &Corpus,
        rule: usize,
        verdict: Verdict,
        allows: &mut Allows<'_>,
    ) -> Option<Finding> {
        let source = corpus.sources.get(verdict.source)?;
        let overridden = self.overridden(corpus, &source.path);
        let severity = overridden
            .as_ref()
            .unwrap_or(&self.levels)
            .get(rule)?
            .severity;
        let rule = self.rules.rules.get(rule)?;
        if severity < self.least {
            return None;
        }
        if !rule.page.locked && allows.allow(rule.name(), &verdict) {
            return None;
        }
        Some(placed(
            corpus,
            Finding {
                rule: rule.name().to_string(),
                severity,
                source: verdict.source,
                span: verdict.span,
                message: verdict.message,
                help: verdict.help,
                question: verdict.question,
                related: verdict.related,
                fix: verdict.fix,
                fingerprint: String::new(),
            },
        ))
    }
}

/// A finding with its places in the files, where questions stand on pages.
/// A fix that the file cannot take as it is written is left out.
fn placed(corpus: &Corpus, mut finding: Finding) -> Finding {
    for related in &mut finding.related {
        related.span = corpus.place(related.source, related.span);
    }
    let Some(source) = corpus.sources.get(finding.source) else {
        return finding;
    };
    // The parsers have told where in the file their problems are.
    if finding.question.is_some()
        && let Some(page) = corpus.page(finding.source)
    {
        finding.span = page.place(finding.span);
        let question = finding
            .question
            .and_then(|index| corpus.questions.get(index));
        finding.fix = finding.fix.and_then(|Fix { safe, edits }| {
            let keeps = question.is_none_or(|own| keeps_id(own, &page.source, &edits));
            let edits = page.edits(&source.text, &edits)?;
            Some(Fix {
                safe: safe && keeps,
                edits,
            })
        });
    }
    // What is no UTF-8 would be written otherwise than it was.
    if source.fault.is_some() {
        finding.fix = None;
    }
    finding
}

/// Whether `edits` leave the id of a question on a page as it is. One that was
/// made of the question becomes another when its words do, and with it the
/// reviews that hang on it are lost. A question mark that it lacks is no change.
fn keeps_id(question: &Question, page: &Source, edits: &[Edit]) -> bool {
    if !question.meta.id_derived {
        return true;
    }
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let heading = question.heading_span();
    let meets = |own: Span, edit: &Edit| {
        own.start() <= edit.span.end() && edit.span.start() <= own.end() && !own.is_empty()
    };
    let in_code = |edit: &Edit| {
        let document = question.document(page);
        let mut codes = document.codes.iter();
        codes.any(|code| meets(code.content, edit))
    };
    edits.iter().all(|edit| {
        let spaces = bare(page.slice(edit.span)) == bare(&edit.text);
        let marks = edit.span.is_empty() && edit.text == "?";
        let in_heading = !meets(heading, edit) || spaces || marks;
        in_heading && (!meets(question.prompt, edit) || (spaces && !in_code(edit)))
    })
}
