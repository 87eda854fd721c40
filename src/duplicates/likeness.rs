//! Whether two wordings ask one thing, and why not if they don't.

use foldhash::HashSet;

use super::vocabulary::SQL;
use super::wording::{Kind, Term, kind};

/// A question as it is compared.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    pub terms: Vec<Term>,
    /// The technologies that its topic names, as stems.
    pub places: Vec<String>,
    /// Of the code and choices that it leans on; 0 where there are none.
    pub material: u64,
    /// Of the whole question, folded; 0 where it is not known. Equal ones are
    /// equal to the letter.
    pub folded: u64,
    /// Whether a word gives its things a direction: from, to, into.
    pub directed: bool,
}

impl Asking {
    /// What its terms are compared by.
    pub fn stems(&self) -> Vec<&str> {
        self.terms.iter().map(|term| term.stem.as_str()).collect()
    }
}

/// What two wordings share, and what only one of them has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    pub shared: Vec<String>,
    pub only_first: Vec<String>,
    pub only_second: Vec<String>,
}

impl Comparison {
    /// What is the same and what differs, in a few words.
    pub fn words(&self, first: &str, second: &str) -> String {
        let quoted = |words: &[String]| words.join(" ");
        let mut text = format!("the same: {}", quoted(&self.shared));
        for (only, place) in [(&self.only_first, first), (&self.only_second, second)] {
            if !only.is_empty() {
                text = format!("{text}; only {place}: {}", quoted(only));
            }
        }
        text
    }
}

/// What the two have in common, if they ask one thing.
pub fn same(first: &Asking, second: &Asking) -> Option<Comparison> {
    if first.material != second.material {
        return None;
    }
    let Parts {
        shared,
        only_first,
        only_second,
    } = parts(first, second);
    // "When to use A or B" compares, whether it says so or not.
    let asks_when = shared.iter().any(|term| term.stem == "when");
    let counts = |term: &&Term| !(asks_when && term.stem == "differenc");
    let only_first: Vec<&Term> = only_first.into_iter().filter(counts).collect();
    let only_second: Vec<&Term> = only_second.into_iter().filter(counts).collect();
    if !behind_a_name(first, &stems(second)) || !behind_a_name(second, &stems(first)) {
        return None;
    }
    if shared.is_empty() || !may_differ(&shared, &only_first, &only_second) {
        return None;
    }
    if elsewhere(first, &only_second)
        || elsewhere(second, &only_first)
        || other_topics(first, second)
    {
        return None;
    }
    if reversed(first, second) {
        return None;
    }
    let parts = Parts {
        shared,
        only_first,
        only_second,
    };
    Some(parts.shown())
}

/// The terms of two wordings, by who has them.
pub struct Parts<'a> {
    pub shared: Vec<&'a Term>,
    pub only_first: Vec<&'a Term>,
    pub only_second: Vec<&'a Term>,
}

impl Parts<'_> {
    /// As the questions write them.
    pub fn shown(&self) -> Comparison {
        let shown = |terms: &[&Term]| terms.iter().map(|term| term.shown.clone()).collect();
        Comparison {
            shared: shown(&self.shared),
            only_first: shown(&self.only_first),
            only_second: shown(&self.only_second),
        }
    }
}

/// What two wordings share, and what only one of them has.
pub fn parts<'a>(first: &'a Asking, second: &'a Asking) -> Parts<'a> {
    let (in_first, in_second) = (stems(first), stems(second));
    let within = |asking: &'a Asking, stems: &HashSet<&str>, wanted: bool| {
        let terms = asking.terms.iter();
        terms
            .filter(|term| stems.contains(term.stem.as_str()) == wanted)
            .collect()
    };
    Parts {
        shared: within(first, &in_second, true),
        only_first: within(first, &in_second, false),
        only_second: within(second, &in_first, false),
    }
}

fn stems(asking: &Asking) -> HashSet<&str> {
    asking.terms.iter().map(|term| term.stem.as_str()).collect()
}

/// Whether what only one has can be left out without asking something else.
fn may_differ(shared: &[&Term], only_first: &[&Term], only_second: &[&Term]) -> bool {
    let count = |terms: &[&Term], wanted: Kind| {
        terms
            .iter()
            .filter(|term| kind(&term.stem) == wanted)
            .count()
    };
    if only_first.is_empty() && only_second.is_empty() {
        return true;
    }
    if count(only_first, Kind::Turn) + count(only_second, Kind::Turn) > 0 {
        return false;
    }
    // A place or a class alone is no subject that something may stand beside.
    if count(shared, Kind::Subject) == 0 {
        return false;
    }
    let of = |terms: &[&Term], wanted: Kind| {
        terms
            .iter()
            .filter(|term| kind(&term.stem) == wanted)
            .map(|term| term.stem.clone())
            .collect::<Vec<_>>()
    };
    let (here, there) = (of(only_first, Kind::Place), of(only_second, Kind::Place));
    if !here.is_empty()
        && !there.is_empty()
        && !here
            .iter()
            .chain(&there)
            .all(|place| SQL.split_whitespace().any(|one| one == *place))
    {
        return false;
    }
    if count(only_first, Kind::Class) > 0 && count(only_second, Kind::Class) > 0 {
        return false;
    }
    let subjects = count(only_first, Kind::Subject) + count(only_second, Kind::Subject);
    subjects == 0
}

/// Whether each class word that only one has stands behind a name that both
/// have: REST architecture, but not module scope.
fn behind_a_name(own: &Asking, other: &HashSet<&str>) -> bool {
    let mut named = false;
    own.terms.iter().all(|term| {
        let shared = other.contains(term.stem.as_str());
        let fits = shared || kind(&term.stem) != Kind::Class || named;
        let subject = kind(&term.stem) == Kind::Subject;
        named = (shared && subject) || (fits && kind(&term.stem) == Kind::Class);
        fits
    })
}

/// Whether a place that only the other names is not that of `own`'s topic.
fn elsewhere(own: &Asking, other: &[&Term]) -> bool {
    let mut places = other.iter().filter(|term| kind(&term.stem) == Kind::Place);
    !own.places.is_empty() && places.any(|place| !own.places.contains(&place.stem))
}

/// Whether the topics name technologies, and no common one.
fn other_topics(first: &Asking, second: &Asking) -> bool {
    !first.places.is_empty()
        && !second.places.is_empty()
        && !first
            .places
            .iter()
            .any(|place| second.places.contains(place))
}

/// Whether the same things stand in another order around a word that has a
/// direction: string to number, number to string.
fn reversed(first: &Asking, second: &Asking) -> bool {
    if !first.directed && !second.directed {
        return false;
    }
    let shared = |own: &Asking, other: &Asking| {
        let own = own.terms.iter().map(|term| &term.stem);
        own.filter(|stem| other.terms.iter().any(|term| term.stem == **stem))
            .cloned()
            .collect::<Vec<_>>()
    };
    shared(first, second) != shared(second, first)
}

/// What two wordings must have in common to ask one thing, given the stems of
/// one: all but places and classes. Wordings of different keys are never the same.
pub fn key<'a>(stems: &[&'a str]) -> Vec<&'a str> {
    let asks = |stem: &&str| matches!(kind(stem), Kind::Subject | Kind::Turn);
    let mut key = stems.to_vec();
    key.retain(asks);
    // Places and classes alone are what is asked about, then.
    if !key.iter().any(|stem| kind(stem) == Kind::Subject) {
        key = stems.to_vec();
    }
    if key.contains(&"when") {
        key.retain(|stem| *stem != "differenc");
    }
    key.sort_unstable();
    key
}
