//! What the check finds in the open project, kept beside it: looked for after every edit, in a thread, while nothing is
//! being dragged.

use super::files::Outcome;
use super::session::Session;
use super::state::Studio;
use crate::measure::check_all;
use crate::model::{Fault, Id};

/// What was found, and in which state of the project.
#[derive(Default)]
pub(super) struct Findings {
    of: Option<u64>,
    looking: bool,
    faults: Vec<Fault>,
}

impl Findings {
    /// No answer will come.
    pub(super) fn give_up(&mut self) {
        self.looking = false;
    }
}

impl Studio {
    /// What is wrong with the open variant and the project around it, as of a moment ago.
    pub fn findings(&self) -> impl Iterator<Item = &Fault> {
        let known = self.session().filter(|session| {
            let of = self.findings.of;
            of.is_some_and(|of| Session::is_of_same(session.revision(), of))
        });
        let open = known.map(|session| session.variant().id);
        let faults = if open.is_some() { self.findings.faults.as_slice() } else { &[] };
        faults.iter().filter(move |fault| fault.at.variant.is_none() || fault.at.variant == open)
    }

    /// Whether the project as it is now has been looked at.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.session().is_some_and(|session| self.findings.of == Some(session.revision()))
    }

    /// What is wrong with one thing of the open variant.
    pub fn findings_of(&self, id: Id) -> impl Iterator<Item = &Fault> {
        self.findings().filter(move |fault| fault.at.id == Some(id))
    }

    /// Looks again when the project has changed since the last time.
    pub(super) fn look_for_findings(&mut self) {
        let Some(session) = self.session().filter(|session| !session.history().in_gesture()) else { return };
        let revision = session.revision();
        if self.findings.looking || self.findings.of == Some(revision) {
            return;
        }
        let project = session.project().clone();
        self.findings.looking = true;
        // Without a name: it is no work that anybody waits for.
        self.tasks.start(String::new(), move || Outcome::Checked { revision, faults: check_all(&project) });
        if !self.services.threads {
            self.tasks.finished().into_iter().for_each(|outcome| self.take(outcome));
        }
    }

    /// Takes in what a thread found.
    pub(super) fn found(&mut self, revision: u64, faults: Vec<Fault>) {
        self.findings.looking = false;
        let is_of_open = self.session().is_some_and(|session| Session::is_of_same(session.revision(), revision));
        self.findings.of = Some(revision);
        self.findings.faults = if is_of_open { faults } else { Vec::new() };
    }
}
