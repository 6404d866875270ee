//! A draft of a project's library: uses, rates and a brief as they would be, step by step, beside the project.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::library::{Library, OwnRate, RateId, Use, UseId, UseOverride};
use crate::measure::check_library;
use crate::model::{Fault, Project, SharedLibrary};

/// A change to the library that is being edited.
#[derive(Clone, Debug, PartialEq)]
pub enum LibraryStep {
    /// What a project says of a use.
    Use(Box<UseOverride>),
    /// A use of the project's own, with the numbers of another; the name that it gets.
    NewUse(UseId, String),
    /// What a project says of a use goes: the library's stands again, and a use of the project's own is gone.
    ResetUse(UseId),
    /// A rate, of a use, a kind of ground or, under an empty name, of everything; `None` for the library's again.
    Rate(RateId, String, Option<OwnRate>),
    /// Everything that the library says is copied: what it will say later changes nothing.
    CopyAll,
    /// Everything is as the library says; uses of the project's own stay.
    FollowAll,
    /// What another project or a file gives, over what is there.
    Take(Box<SharedLibrary>),
    /// The changes become an edit of the project.
    Apply,
    /// The changes are dropped.
    Discard,
}

/// The library of a project while it is being edited.
#[derive(Debug)]
pub struct Draft {
    /// As it stands in the project.
    base: SharedLibrary,
    /// As it would be.
    now: SharedLibrary,
    /// With the uses of the draft.
    library: Arc<Library>,
    /// What is wrong with it, and what was so before.
    faults: Vec<Fault>,
    base_faults: Vec<Fault>,
    is_copy: bool,
    /// What was changed, to be done again where the project itself changes meanwhile.
    steps: Vec<LibraryStep>,
    /// Which state of which draft it is; no two have the same.
    number: u64,
}

impl Draft {
    pub(super) fn new(base: SharedLibrary) -> Self {
        let mut draft = Self {
            now: base.clone(),
            base,
            library: Library::built_in(),
            faults: Vec::new(),
            base_faults: Vec::new(),
            is_copy: false,
            steps: Vec::new(),
            number: 0,
        };
        draft.follow();
        draft.base_faults.clone_from(&draft.faults);
        draft
    }

    /// Brings what follows from the draft up to it.
    fn follow(&mut self) {
        static STATES: AtomicU64 = AtomicU64::new(0);
        self.number = STATES.fetch_add(1, Ordering::Relaxed);
        self.library = Library::with_overrides(&self.now.uses);
        self.faults = check_library(&self.now);
        let copied = |known: &Use| self.now.uses.iter().any(|own| own.id == known.id && own.says_all_of(known));
        self.is_copy = Library::built_in().uses().iter().all(copied)
            && defaults().all(|(rate, subject)| self.now.rates.get(rate.info().id, subject).is_some());
    }

    /// Whether it was begun from just what the project says.
    pub(super) fn is_of(&self, project: &Project) -> bool {
        self.base.is_of(project)
    }

    /// Which state of which draft it is; no two have the same.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// As it would be.
    #[must_use]
    pub fn now(&self) -> &SharedLibrary {
        &self.now
    }

    /// The uses as they would be.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// What is wrong with it.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether it can be applied: whatever is wrong with it was so in the project before.
    #[must_use]
    pub fn may_be_applied(&self) -> bool {
        self.is_changed() && self.faults.iter().all(|fault| self.base_faults.contains(fault))
    }

    /// Whether what is asked of the project changes too, as by a file that brings a brief.
    #[must_use]
    pub fn changes_brief(&self) -> bool {
        self.now.brief != self.base.brief
    }

    /// Whether anything is changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.now != self.base
    }

    /// The same changes, of a project that says something else by now.
    pub(super) fn rebased(self, base: SharedLibrary) -> Self {
        let mut draft = Self::new(base);
        for step in self.steps {
            draft.take(step);
        }
        draft
    }

    /// What the project says of a use; nothing yet when it says nothing.
    #[must_use]
    pub fn use_of(&self, id: &UseId) -> UseOverride {
        self.now.uses.iter().find(|own| own.id == *id).cloned().unwrap_or_else(|| UseOverride::new(id.as_str()))
    }

    /// Whether the project says something of a use.
    #[must_use]
    pub fn is_own(&self, id: &UseId) -> bool {
        self.now.uses.iter().any(|own| own.id == *id)
    }

    /// How many uses and rates are the project's own.
    #[must_use]
    pub fn own_counts(&self) -> (usize, usize) {
        (self.now.uses.len(), self.now.rates.iter().count())
    }

    /// Whether everything that the library says is copied into the project.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.is_copy
    }

    pub(super) fn take(&mut self, step: LibraryStep) {
        match &step {
            LibraryStep::Discard => self.steps.clear(),
            step => self.steps.push(step.clone()),
        }
        let now = &mut self.now;
        match step {
            LibraryStep::Use(own) => {
                let place = now.uses.iter().position(|known| known.id == own.id);
                match (place, own.is_empty()) {
                    (Some(at), true) => drop(now.uses.remove(at)),
                    (Some(at), false) => now.uses[at] = *own,
                    (None, true) => {}
                    (None, false) => now.uses.push(*own),
                }
            }
            LibraryStep::NewUse(like, name) => {
                let Some(known) = self.library.get(&like) else { return };
                let id = free_id(&name, &self.library);
                let own = UseOverride { id: id.as_str().into(), name: Some(name), ..UseOverride::copy_of(known) };
                now.uses.push(own);
            }
            LibraryStep::ResetUse(id) => {
                now.uses.retain(|own| own.id != id);
                if Library::built_in().get(&id).is_none() {
                    // Nobody is left to have them.
                    now.rates.forget(&id);
                }
            }
            LibraryStep::Rate(rate, subject, Some(own)) => now.rates.put(rate.info().id, &subject, own),
            LibraryStep::Rate(rate, subject, None) => now.rates.reset(rate.info().id, &subject),
            LibraryStep::CopyAll => copy_all(now),
            LibraryStep::FollowAll => {
                let built_in = Library::built_in();
                now.uses.retain(|own| built_in.get(&own.id).is_none());
                // Rates of uses of the project's own, and names that a newer version may know, are nobody else's.
                let owns: Vec<UseId> = now.uses.iter().map(|own| own.id.clone()).collect();
                now.rates.follow_but_for(&owns);
            }
            LibraryStep::Take(other) => *now = now.clone().with(*other),
            LibraryStep::Discard => *now = self.base.clone(),
            LibraryStep::Apply => {}
        }
        self.follow();
    }
}

/// Every default that a project can have its own of, with what it is of.
pub fn defaults() -> impl Iterator<Item = (RateId, &'static str)> {
    let of_table = RateId::all().filter(|rate| rate.info().is_of_table());
    of_table.flat_map(|rate| rate.info().subjects().map(move |subject| (rate, subject)))
}

/// Copies what the library says and the project does not.
fn copy_all(now: &mut SharedLibrary) {
    let library = Library::with_overrides(&now.uses);
    for built_in in Library::built_in().uses() {
        let Some(known) = library.get(&built_in.id) else { continue };
        let copy = UseOverride::copy_of(known);
        let own = now.uses.iter().position(|own| own.id == known.id);
        let said = own.map_or_else(|| UseOverride::new(known.id.as_str()), |at| now.uses[at].clone());
        let whole = UseOverride {
            name: said.name,
            color: said.color,
            hatch: said.hatch,
            // Its own numbers have its own source, or none; those that are copied have theirs.
            source: known.told_sources(),
            confidence: said
                .confidence
                .or(UseOverride::copy_of(known).confidence.filter(|_| said.m2_per_job.is_none())),
            year: said.year,
            hidden: said.hidden,
            extra: said.extra,
            ..copy
        };
        match own {
            Some(at) => now.uses[at] = whole,
            None => now.uses.push(whole),
        }
    }
    for (rate, subject) in defaults() {
        let info = rate.info();
        let Some(default) = info.default_of(subject).filter(|_| now.rates.get(info.id, subject).is_none()) else {
            continue;
        };
        let copy = OwnRate {
            confidence: Some(default.confidence),
            source: default.source.to_string(),
            ..OwnRate::new(default.value)
        };
        now.rates.put(info.id, subject, copy);
    }
}

/// A name for files that no use has yet, after what people call it.
fn free_id(name: &str, library: &Library) -> String {
    let mut id = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            _ if !id.is_empty() && !id.ends_with('_') => id.push('_'),
            _ => {}
        }
    }
    let id = id.trim_end_matches('_');
    let id = if id.starts_with(|c: char| c.is_ascii_lowercase()) { id.to_owned() } else { format!("use_{id}") };
    let id = id.trim_end_matches('_').to_owned();
    let taken = |id: &String| library.get(&id.as_str().into()).is_some() || id == UseId::VOID;
    if !taken(&id) {
        return id;
    }
    (2..).map(|number| format!("{id}_{number}")).find(|id| !taken(id)).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{OwnRates, RateTable};

    #[test]
    fn a_copy_says_what_the_library_says() {
        let mut copy = SharedLibrary::default();
        copy_all(&mut copy);
        let (library, built_in) = (Library::with_overrides(&copy.uses), Library::built_in());
        let (theirs, ours) = (RateTable::new(&built_in, &OwnRates::default()), RateTable::new(&library, &copy.rates));
        for rate in RateId::all() {
            let value = |table: &RateTable, id: &UseId| Some(table.of_use(rate, library.ix(id)?)?.value);
            for known in built_in.uses() {
                assert_eq!(value(&ours, &known.id), value(&theirs, &known.id), "{} of {}", rate.info().id, known.id);
            }
            let of_project = |table: &RateTable| table.project(rate).map(|found| (found.value, found.source.clone()));
            assert_eq!(of_project(&ours), of_project(&theirs), "{}", rate.info().id);
        }
        let mut draft = Draft::new(SharedLibrary::default());
        assert!(!draft.is_copy());
        draft.take(LibraryStep::CopyAll);
        assert!(draft.is_copy() && draft.is_changed() && draft.faults().is_empty(), "{:?}", draft.faults());
        draft.take(LibraryStep::FollowAll);
        assert!(!draft.is_changed());
    }

    #[test]
    fn a_new_use_has_the_numbers_of_another_and_a_name_of_its_own() {
        let mut draft = Draft::new(SharedLibrary::default());
        let like: UseId = "food_production".into();
        for _ in 0..2 {
            draft.take(LibraryStep::NewUse(like.clone(), "Brasserie « La Senne »".to_owned()));
        }
        let ids: Vec<&str> = draft.now().uses.iter().map(|own| own.id.as_str()).collect();
        assert_eq!(ids, ["brasserie_la_senne", "brasserie_la_senne_2"]);
        let (new, known) = (draft.library().get(&ids[0].into()), draft.library().get(&like));
        assert_eq!(new.and_then(|new| new.m2_per_job), known.and_then(|known| known.m2_per_job));
        draft.take(LibraryStep::ResetUse("brasserie_la_senne".into()));
        assert_eq!(draft.now().uses.len(), 1);
        draft.take(LibraryStep::Discard);
        assert!(!draft.is_changed());
    }
}
