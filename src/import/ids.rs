//! Which id an imported question gets where another has its words.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Known, hash};

/// The ids of the corpus that questions come into, and what is known of those
/// that imports gave.
#[derive(Debug, Default)]
pub struct Ids {
    taken: BTreeSet<String>,
    /// By a question's id at its origin, what the origins with that id say.
    said: BTreeMap<String, BTreeSet<String>>,
}

/// Why a question gets no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Another origin says the very same.
    Same,
    /// Another question has the id.
    Taken,
}

impl Ids {
    pub fn new(taken: BTreeSet<String>, known: &BTreeMap<String, Known>) -> Ids {
        let mut ids = Ids {
            taken,
            ..Ids::default()
        };
        for (link, known) in known {
            let (_, name) = link.rsplit_once('#').unwrap_or_default();
            ids.says(name, &known.said);
        }
        ids
    }

    fn says(&mut self, name: &str, said: &str) {
        let all = self.said.entry(name.to_string()).or_default();
        all.insert(said.to_string());
    }

    /// A question that was imported before keeps its id, and its origin may say
    /// something else now. To be called for all of them before [`Ids::give`].
    pub fn keep(&mut self, draft: &mut Draft, known: &Known) {
        if let Some(all) = self.said.get_mut(&draft.name) {
            all.remove(&known.said);
        }
        self.says(&draft.name, &draft.said);
        if let Some(id) = &known.id {
            draft.id.clone_from(id);
        }
    }

    /// The id of a question that was not imported before: the one that it has at
    /// its origin. Where that was made of words (`derived`) and a question with
    /// the same words was imported from another file, its own file is told by a
    /// hash behind it: so it does not matter what else is there, or will be.
    ///
    /// # Errors
    /// Where there is none for it.
    pub fn give(&mut self, draft: &mut Draft, derived: bool) -> Result<(), Refused> {
        if self.taken.contains(&draft.id) {
            let Some(all) = self.said.get(&draft.name).filter(|_| derived) else {
                return Err(Refused::Taken);
            };
            if all.contains(&draft.said) {
                return Err(Refused::Same);
            }
            let (file, _) = draft.link.rsplit_once('#').unwrap_or_default();
            let hash = hash(file);
            draft.id = format!("{}-{}", draft.id, hash.get(..6).unwrap_or_default());
        }
        if !self.taken.insert(draft.id.clone()) {
            return Err(Refused::Taken);
        }
        self.says(&draft.name, &draft.said);
        Ok(())
    }
}
