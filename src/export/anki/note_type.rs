//! The note type, frozen from the first release: Anki takes another set of
//! fields or templates, or another id, for a conflict, and then updates nothing.

use serde_json::{Value, json};

pub const ID: i64 = 1_763_942_400_000;
pub const NAME: &str = "prepdeck";

/// When the templates or the style last changed, in seconds since 1970. Anki
/// takes them over only from a later one.
pub const MODIFIED: i64 = 1_763_942_400;

/// So many fields are ours; those behind are the reader's.
pub const OURS: usize = 9;

/// Name and id of each field, in order.
pub const FIELDS: [(&str, i64); 12] = [
    ("Question", 5_120_344_871_930_001),
    ("Choices", 5_120_344_871_930_002),
    ("Answer", 5_120_344_871_930_003),
    ("Follow-ups", 5_120_344_871_930_004),
    ("Sources", 5_120_344_871_930_005),
    ("Link", 5_120_344_871_930_006),
    ("Topic", 5_120_344_871_930_007),
    ("Level", 5_120_344_871_930_008),
    ("Id", 5_120_344_871_930_009),
    ("Notes", 5_120_344_871_930_010),
    ("Spare 1", 5_120_344_871_930_011),
    ("Spare 2", 5_120_344_871_930_012),
];

pub const TEMPLATE: &str = "Card 1";
pub const TEMPLATE_ID: i64 = 5_120_344_871_930_101;

pub const FRONT: &str = include_str!("front.html");
pub const BACK: &str = include_str!("back.html");
pub const STYLE: &str = include_str!("style.css");

/// What Anki wants around LaTeX, of which our fields have none.
pub const LATEX_BEFORE: &str = "\\documentclass[12pt]{article}\n\\begin{document}\n";
pub const LATEX_AFTER: &str = "\\end{document}";

/// The note type as schema 11 keeps it.
pub fn model() -> Value {
    let fields: Vec<Value> = FIELDS
        .iter()
        .enumerate()
        .map(|(ord, &(name, id))| field(ord, name, id))
        .collect();
    json!({
        "id": ID,
        "name": NAME,
        "type": 0,
        "mod": MODIFIED,
        "usn": 0,
        "sortf": 0,
        "did": null,
        "tmpls": [{
            "id": TEMPLATE_ID, "name": TEMPLATE, "ord": 0, "qfmt": FRONT, "afmt": BACK,
            "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
        }],
        "flds": fields,
        "css": STYLE,
        "latexPre": LATEX_BEFORE,
        "latexPost": LATEX_AFTER,
        "latexsvg": false,
        "req": [[0, "any", [0, 1]]],
        "originalStockKind": 0,
        "vers": [],
        "tags": [],
    })
}

fn field(ord: usize, name: &str, id: i64) -> Value {
    json!({
        "id": id, "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
        "description": "", "plainText": false, "collapsed": false, "excludeFromSearch": false,
        "tag": null, "preventDeletion": false,
    })
}
