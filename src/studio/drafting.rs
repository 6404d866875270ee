//! The library as it is being edited: uses, rates and a brief are tried out beside the project, their effect on its figures
//! is shown, and only then they become one edit.

use std::sync::Arc;

use super::files::Outcome;
use super::operate;
use super::{Command, Session, Studio};
use crate::edit::Label;
use crate::i18n::{tr, tr_with};
use crate::library::{Library, OwnRate, RateId, Use, UseId, UseOverride};
use crate::measure::{Coefficients, Figures, Scope, Sums, check_library};
use crate::model::{Fault, Id, SharedLibrary};

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

/// What the figures are before and after.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The figures of the scope as the project stands, and what they are taken with.
    pub before: (Figures, Arc<Coefficients>),
    /// The same after the change.
    pub after: (Figures, Arc<Coefficients>),
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
    /// So many changes were made; a result of an earlier one is of no use any more.
    number: u64,
    effect: Option<(EffectOf, Effect)>,
    under_way: Option<EffectOf>,
}

/// What an effect was worked out of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EffectOf {
    number: u64,
    revision: u64,
    variant: Id,
    scope: Scope,
}

impl Draft {
    fn new(base: SharedLibrary) -> Self {
        let mut draft = Self {
            now: base.clone(),
            base,
            library: Library::built_in(),
            faults: Vec::new(),
            base_faults: Vec::new(),
            is_copy: false,
            steps: Vec::new(),
            number: 0,
            effect: None,
            under_way: None,
        };
        draft.follow();
        draft.base_faults.clone_from(&draft.faults);
        draft
    }

    /// Brings what follows from the draft up to it.
    fn follow(&mut self) {
        self.library = Library::with_overrides(&self.now.uses);
        self.faults = check_library(&self.now);
        let copied = |known: &Use| self.now.uses.iter().any(|own| own.id == known.id && own.says_all_of(known));
        self.is_copy = Library::built_in().uses().iter().all(copied)
            && defaults().all(|(rate, subject)| self.now.rates.get(rate.info().id, subject).is_some());
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

    /// What the figures become; `None` while that is being worked out.
    #[must_use]
    pub fn effect(&self) -> Option<&Effect> {
        let is_fresh = |of: &EffectOf| of.number == self.number && self.under_way.is_none();
        self.effect.as_ref().filter(|(of, _)| is_fresh(of)).map(|(_, effect)| effect)
    }

    /// The same changes, of a project that says something else by now.
    fn rebased(self, base: SharedLibrary) -> Self {
        let mut draft = Self { number: self.number + 1, under_way: self.under_way, ..Self::new(base) };
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

    fn take(&mut self, step: LibraryStep) {
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
        self.number += 1;
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

impl Studio {
    /// The library of the open project while it is being edited.
    #[must_use]
    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// Opens the editor of the library, or closes it. What is not applied is kept for the next time.
    pub(super) fn toggle_library(&mut self) {
        let lang = self.lang();
        self.panels.library = !self.panels.library;
        if self.panels.library {
            self.open_draft();
        } else if self.draft.as_ref().is_some_and(Draft::is_changed) {
            let apply = (tr(lang, "library-apply"), super::Action::Library(LibraryStep::Apply));
            self.say(tr(lang, "say-library-not-applied"), Some(apply));
        } else {
            self.draft = None;
        }
    }

    /// Makes sure of a draft of the project as it stands; what was changed in it is changed still.
    fn open_draft(&mut self) {
        if self.draft.is_none() {
            self.draft = self.session().map(|session| Draft::new(SharedLibrary::of(session.project())));
        }
        self.follow_library();
    }

    /// Keeps the draft up to the project: by undoing, importing, setting targets it may say something else by now.
    pub(super) fn follow_library(&mut self) {
        let (Some(draft), Some(session)) = (&self.draft, self.session()) else { return };
        if !draft.base.is_of(session.project()) {
            let base = SharedLibrary::of(session.project());
            self.draft = self.draft.take().map(|draft| draft.rebased(base));
        }
    }

    /// Whether something else must wait until the changes of the library are applied or dropped; then they are shown.
    pub(super) fn library_waits(&mut self) -> bool {
        let waits = self.draft.as_ref().is_some_and(Draft::is_changed);
        if waits {
            self.panels.library = true;
            self.say(tr(self.lang(), "say-library-first"), None);
        }
        waits
    }

    /// Shows what a file of uses, rates and a brief would change.
    pub(super) fn import_library(&mut self, name: &str, library: SharedLibrary) {
        let lang = self.lang();
        if self.session().is_none() {
            return self.complain(tr(lang, "say-not-opened"), vec![tr(lang, "say-library-needs-project")], None);
        }
        if library.is_empty() {
            return self.complain(tr_with(lang, "say-library-empty", &[("name", name.into())]), Vec::new(), None);
        }
        self.screen = super::Screen::Editor;
        self.open_draft();
        self.panels.library = true;
        self.edit_library(LibraryStep::Take(Box::new(library)));
        if self.draft.as_ref().is_some_and(|draft| !draft.is_changed()) {
            self.say(tr_with(lang, "say-library-known", &[("name", name.into())]), None);
        }
    }

    /// Changes the library that is being edited.
    pub(super) fn edit_library(&mut self, step: LibraryStep) {
        if step == LibraryStep::Apply {
            return self.apply_draft();
        }
        let Some(draft) = &mut self.draft else { return };
        draft.take(step);
        self.follow_effect();
    }

    /// Has a use give way to another in every storey, so that it can go.
    pub(super) fn replace_use(&mut self, from: &UseId, to: &UseId) {
        let lang = self.lang();
        let Some(session) = self.session() else { return };
        let edit = operate::replace_use(session, from, to, lang);
        self.apply(edit);
        self.follow_effect();
    }

    /// Works out what the figures become, off the frame's thread, while the editor shows it: of the state, the variant and
    /// the scope of now, one at a time.
    pub fn follow_effect(&mut self) {
        let lang = self.lang();
        let (Some(draft), Some(session)) = (&self.draft, self.session()) else { return };
        if !self.panels.library || !draft.is_changed() || draft.under_way.is_some() {
            return;
        }
        let (variant, scope) = (session.variant().id, session.scope());
        let of = EffectOf { number: draft.number, revision: session.revision(), variant, scope };
        if draft.effect.as_ref().is_some_and(|(known, _)| *known == of) {
            return;
        }
        let (now, project) = (draft.now.clone(), session.project().clone());
        let Some(before) = figures_before(session) else { return };
        if let Some(draft) = &mut self.draft {
            draft.under_way = Some(of.clone());
        }
        self.tasks.start(tr(lang, "task-effect"), move || {
            let mut project = project;
            now.put_into(&mut project);
            let sums = Sums::new(&project, variant);
            let figures = sums.of(&project, &of.scope).unwrap_or_default();
            let after = (figures, Arc::clone(sums.coefficients()));
            Outcome::Effect { of, effect: Box::new(Effect { before, after }) }
        });
        if !self.services.threads {
            self.tick();
        }
    }

    /// Takes what was worked out of a change.
    pub(super) fn take_effect(&mut self, of: EffectOf, effect: Effect) {
        if let Some(draft) = &mut self.draft {
            draft.under_way = None;
            draft.effect = Some((of, effect));
        }
    }

    /// Work under way came to nothing by a fault of the program.
    pub(super) fn give_up_effect(&mut self) {
        if let Some(draft) = &mut self.draft {
            draft.under_way = None;
        }
    }

    fn apply_draft(&mut self) {
        let lang = self.lang();
        if self.draft.as_ref().is_some_and(|draft| draft.is_changed() && !draft.may_be_applied()) {
            self.panels.library = true;
            return self.say(tr(lang, "say-library-faulty"), None);
        }
        let Some(draft) = self.draft.take() else { return };
        let (is_changed, now) = (draft.is_changed(), draft.now);
        let Some(session) = self.session_mut().filter(|_| is_changed) else { return };
        let edit = operate::with_info(session, Label::new("edit-library"), |info| {
            (info.uses, info.rates, info.brief) = (now.uses, now.rates, now.brief);
        });
        self.apply(edit);
        if self.panels.library {
            self.open_draft();
        }
        let undo = (Command::Undo.name(lang), super::Action::Run(Command::Undo));
        self.say(tr(lang, "say-library-applied"), Some(undo));
    }
}

fn figures_before(session: &Session) -> Option<(Figures, Arc<Coefficients>)> {
    let sums = session.sums()?;
    Some((sums.of(session.project(), &session.scope())?, Arc::clone(sums.coefficients())))
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
