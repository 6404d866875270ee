//! The library of the open project while it is being edited: the draft is kept up to the project, its effect on the figures is
//! shown, and only then it becomes one edit.

use std::sync::Arc;

use super::draft::{Draft, LibraryStep};
use super::files::Outcome;
use super::operate;
use super::{Command, Session, Studio};
use crate::edit::Label;
use crate::i18n::{tr, tr_with};
use crate::library::UseId;
use crate::measure::{Coefficients, Figures, Scope, Sums};
use crate::model::{Id, Project, SharedLibrary};

/// What the figures are before and after.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The figures of the scope as the project stands, and what they are taken with.
    pub before: (Figures, Arc<Coefficients>),
    /// The same after the change.
    pub after: (Figures, Arc<Coefficients>),
}

/// What an effect was worked out of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct EffectOf {
    draft: u64,
    revision: u64,
    variant: Id,
    scope: Scope,
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
        if !draft.is_of(session.project()) {
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
        if !self.panels.library || !draft.is_changed() || self.effect.is_under_way() {
            return;
        }
        let (variant, scope) = (session.variant().id, session.scope());
        let of = EffectOf { draft: draft.number(), revision: session.revision(), variant, scope };
        if self.effect.of(&of).is_some() {
            return;
        }
        let (now, project) = (draft.now().clone(), session.snapshot());
        let Some(before) = figures_before(session) else { return };
        if !self.effect.begins(&of) {
            return;
        }
        self.tasks.start(tr(lang, "task-effect"), move || {
            let mut project = Project::clone(&project);
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

    /// What the figures become; `None` while that is being worked out.
    #[must_use]
    pub fn effect(&self) -> Option<&Effect> {
        let draft = self.draft.as_ref()?;
        let known = self.effect.known().filter(|(of, _)| of.draft == draft.number() && !self.effect.is_under_way());
        known.map(|(_, effect)| effect)
    }

    fn apply_draft(&mut self) {
        let lang = self.lang();
        if self.draft.as_ref().is_some_and(|draft| draft.is_changed() && !draft.may_be_applied()) {
            self.panels.library = true;
            return self.say(tr(lang, "say-library-faulty"), None);
        }
        let Some(draft) = self.draft.take() else { return };
        let (is_changed, now) = (draft.is_changed(), draft.now().clone());
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
