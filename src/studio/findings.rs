//! What the check finds in the open project, kept beside it: looked for after every edit, in a thread, while nothing is
//! being dragged.

use super::files::Outcome;
use super::latest::Latest;
use super::session::Session;
use super::state::Studio;
use crate::measure::check_all;
use crate::model::{Fault, Id};

/// What was found, by the state of the project that it was found in.
pub(super) type Findings = Latest<u64, Vec<Fault>>;

impl Studio {
    /// What is wrong with the open variant and the project around it, as of a moment ago.
    pub fn findings(&self) -> impl Iterator<Item = &Fault> {
        let known = self.session().zip(self.findings.known());
        let of_open = known.filter(|(session, (of, _))| Session::is_of_same(session.revision(), **of));
        let open = of_open.map(|(session, _)| session.variant().id);
        let faults = of_open.map(|(_, (_, faults))| faults).into_iter().flatten();
        faults.filter(move |fault| fault.at.variant.is_none() || fault.at.variant == open)
    }

    /// Whether the project as it is now has been looked at.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        self.session().is_some_and(|session| self.findings.of(&session.revision()).is_some())
    }

    /// What is wrong with one thing of the open variant.
    pub fn findings_of(&self, id: Id) -> impl Iterator<Item = &Fault> {
        self.findings().filter(move |fault| fault.at.id == Some(id))
    }

    /// Looks again when the project has changed since the last time.
    pub(super) fn look_for_findings(&mut self) {
        let Some(session) = self.session().filter(|session| !session.history().in_gesture()) else { return };
        let revision = session.revision();
        if !self.findings.begins(&revision) {
            return;
        }
        let Some(project) = self.session().map(Session::snapshot) else { return };
        // Without a name: it is no work that anybody waits for.
        self.tasks.start(String::new(), move || Outcome::Checked { revision, faults: check_all(&project) });
        if !self.services.threads {
            self.tasks.finished().into_iter().for_each(|outcome| self.take(outcome));
        }
    }
}
