//! Findings drawn for people, by miette.

use miette::{
    GraphicalReportHandler, GraphicalTheme, MietteDiagnostic, Report, Severity as Weight,
};

use super::{Judged, Look, places};
use crate::corpus::Corpus;
use crate::finding::{Finding, Severity};
use crate::view::view;
use crate::visible::visible;

pub fn render(judged: &[Judged<'_>], look: Look) -> String {
    let handler = handler(look);
    let mut out = String::new();
    for one in judged {
        for finding in &one.findings {
            draw(&mut out, &handler, one.corpus, finding);
        }
    }
    out
}

/// A run that could not be done, drawn like a finding.
pub fn draw_fault(fault: &Report, look: Look) -> String {
    let mut out = String::new();
    // Drawing fails only where writing does, and a String takes all.
    let _ = handler(look).render_report(&mut out, fault.as_ref());
    out
}

fn handler(look: Look) -> GraphicalReportHandler {
    let theme = if look.colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_links(false)
}

fn draw(out: &mut String, handler: &GraphicalReportHandler, corpus: &Corpus, finding: &Finding) {
    let Some(source) = corpus.sources.get(finding.source) else {
        return;
    };
    let mut help = visible(&finding.help).into_owned();
    help.push_str(&places(corpus, finding, |source| source.shown.to_string()));
    let (view, label) = view(source, finding.span, None);
    let diagnostic = MietteDiagnostic::new(visible(&finding.message))
        .with_code(finding.rule.as_str())
        .with_severity(if finding.severity == Severity::Error {
            Weight::Error
        } else {
            Weight::Warning
        })
        .with_help(help)
        .with_label(label);
    let report = Report::new(diagnostic).with_source_code(view);
    let _ = handler.render_report(out, report.as_ref());
    out.push('\n');
}
