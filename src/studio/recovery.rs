//! The journal of the open project, and what a crash left.
//!
//! Every committed edit goes to the journal before the next frame. What a journal holds that nobody has open is offered
//! when its file is opened, or at the start for a project that never had a file.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::action::Action;
use super::command::Command;
use super::document::Document;
use super::question::Question;
use super::session::Session;
use super::state::{Screen, Studio};
use crate::i18n::{Arg, number, sentence, tr, tr_with};
use crate::io::journal::{Base, Journal, JournalError, Leftover, Opened, Recovery};
use crate::model::{Origin, Project};

/// A session in which the recovered edits were made one by one, so that each can be taken back; `None` when that does not
/// lead to the recovered project.
fn replayed(recovery: &Recovery, project: &Project) -> Option<Session> {
    let (before, edits) = recovery.replay.as_ref()?;
    let mut session = Session::new(before.clone()).ok()?;
    for edit in edits {
        session.apply(edit.clone()).ok()?;
    }
    // They are in the journal already.
    session.take_journalled();
    (session.project() == project).then_some(session)
}

impl Studio {
    /// Opens the journal of the open project: beside its file, or in the user's folder.
    pub(super) fn open_journal(&mut self) {
        let lang = self.lang();
        let data = self.services.folders.data.clone();
        let Some(document) = &mut self.document else { return };
        let base = document.fingerprint.as_ref();
        let beside = document.path.as_deref().map(Journal::path_beside);
        let path = document.path.as_deref();
        let in_data = |path: Option<&Path>| {
            // A system without folders of its users has no other place.
            let folder = data.as_deref().ok_or(JournalError::NoPlace)?;
            std::fs::create_dir_all(folder)?;
            let unsaved = || Journal::path_for_unsaved(folder);
            Ok::<_, JournalError>(path.map_or_else(unsaved, |path| Journal::path_in(folder, path)))
        };
        let elsewhere = in_data(path);
        let project = document.session.snapshot();
        let base = base.map_or(Base::Unsaved(&project), Base::File);
        let mut refused = None;
        for path in [beside.map(Ok), Some(elsewhere)].into_iter().flatten() {
            match path.and_then(|path| Journal::open(&path, base)) {
                Ok(Opened::Fresh(journal)) => {
                    document.journal = Some(journal);
                    return;
                }
                Ok(Opened::Leftover(leftover)) => return self.offer_recovery(leftover),
                // The other window has its journal: this one's work is kept like that of a project without a file.
                Err(JournalError::InUse) => {
                    document.in_use = true;
                    match in_data(None).and_then(|path| Journal::open(&path, Base::Unsaved(&project))) {
                        Ok(Opened::Fresh(journal)) => document.journal = Some(journal),
                        Ok(Opened::Leftover(_)) => {}
                        Err(err) => self.unprotected(&err, None),
                    }
                    return self.complain(tr(lang, "say-in-use"), vec![tr(lang, "say-in-use-text")], None);
                }
                Err(err) => refused = Some(err),
            }
        }
        if let Some(err) = refused {
            self.unprotected(&err, None);
        }
    }

    fn offer_recovery(&mut self, leftover: Leftover) {
        let Some(document) = &self.document else { return };
        let project = document.session.project();
        let recovery = leftover.recover(document.fingerprint.as_ref().map(|fingerprint| (project, fingerprint)));
        match recovery {
            Some(recovery) if recovery.edits > 0 => {
                self.question = Some(Question::Recover {
                    leftover: Box::new(leftover),
                    recovery: Box::new(recovery),
                    path: document.path.clone(),
                });
            }
            // Everything in it is in the file, or nothing was ever done.
            Some(recovery) if !recovery.complete => {
                if self.keep_aside(&leftover) {
                    self.discard(leftover);
                }
            }
            _ => self.discard(leftover),
        }
    }

    /// Keeps a copy of a journal that is not taken up whole, and says where.
    /// Whether that worked; where it did not, the journal must stay as it is: it may be all that is left.
    pub(super) fn keep_aside(&mut self, leftover: &Leftover) -> bool {
        let lang = self.lang();
        match leftover.set_aside() {
            Ok(path) => {
                let text = tr(lang, "say-journal-aside");
                self.complain(text, vec![path.display().to_string()], None);
                true
            }
            Err(err) => {
                let details =
                    vec![sentence(&JournalError::from(err).text(lang)), leftover.path().display().to_string()];
                self.complain(tr(lang, "say-journal-stays"), details, None);
                false
            }
        }
    }

    pub(super) fn discard(&mut self, leftover: Leftover) {
        let Some(document) = &mut self.document else { return };
        let project = document.session.snapshot();
        let base = document.fingerprint.as_ref().map_or(Base::Unsaved(&project), Base::File);
        match leftover.discard(base) {
            Ok(journal) => document.journal = Some(journal),
            Err(err) => self.unprotected(&err, None),
        }
    }

    /// Offers what a crash left of a project that was never saved. Called once, at the start.
    pub fn offer_unsaved(&mut self) {
        let Some(folder) = self.services.folders.data.clone() else { return };
        for path in Journal::unsaved_in(&folder) {
            let nothing = Project::new("", Origin::new(0.0, 0.0), "");
            let leftover = match Journal::open(&path, Base::Unsaved(&nothing)) {
                Ok(Opened::Leftover(leftover)) => leftover,
                Ok(Opened::Fresh(empty)) => {
                    // It was left by a window that had nothing to lose.
                    let _ = empty.close();
                    continue;
                }
                Err(_) => continue,
            };
            // A project that was opened and not touched is not worth a question.
            let recovery = leftover.recover(None);
            let damaged = recovery.as_ref().is_some_and(|recovery| !recovery.complete && recovery.edits == 0);
            if damaged && !self.keep_aside(&leftover) {
                continue;
            }
            if let Some(recovery) = recovery.filter(|recovery| recovery.edits > 0) {
                self.question =
                    Some(Question::Recover { leftover: Box::new(leftover), recovery: Box::new(recovery), path: None });
                return;
            }
            self.forget(leftover);
        }
    }

    /// Lets go of a journal of a project that was never saved.
    pub(super) fn forget(&mut self, leftover: Leftover) {
        let nothing = Project::new("", Origin::new(0.0, 0.0), "");
        if let Ok(journal) = leftover.discard(Base::Unsaved(&nothing)) {
            // What stays of it is offered at the next start; better than an error now.
            let _ = journal.close();
        }
    }

    /// Writes the edits made since the last time to the journal. Those that it does not take wait and are tried again when
    /// there are new ones, or after some time: a full disk may have room later, and a save empties the journal anyhow.
    pub(super) fn write_journal(&mut self) {
        /// How long edits that were not taken wait when nothing else happens.
        const AGAIN_AFTER: Duration = Duration::from_secs(5);
        let now = self.services.clock.now();
        // While it is asked what shall become of an old journal there is none to write to, but there will be.
        let undecided = matches!(self.question, Some(Question::Recover { .. }));
        let Some(document) = &mut self.document else { return };
        if document.saving {
            // The journal is with the thread that saves; the edits wait for it.
            return;
        }
        let new = document.session.take_journalled();
        let waits = document.waiting_since.is_some_and(|since| now < since + AGAIN_AFTER);
        if new.is_empty() && (document.unwritten.is_empty() || waits) {
            return;
        }
        document.unwritten.extend(new);
        let Some(journal) = &mut document.journal else {
            if !undecided {
                document.unwritten.clear();
            }
            return;
        };
        let mut trouble = None;
        let mut written = 0;
        for edit in &document.unwritten {
            match journal.append(edit) {
                Ok(()) => {}
                // It can never be kept; those after it can.
                Err(err @ JournalError::NotANumber(_)) => trouble = Some(err),
                Err(err) => {
                    trouble = Some(err);
                    break;
                }
            }
            written += 1;
        }
        document.unwritten.drain(..written);
        document.waiting_since = (!document.unwritten.is_empty()).then_some(now);
        // Said once, not with every edit.
        let told = std::mem::replace(&mut document.is_unprotected, trouble.is_some());
        if let Some(err) = trouble.filter(|_| !told) {
            let save = (Command::Save.name(self.lang()), Action::Run(Command::Save));
            self.unprotected(&err, Some(save));
        }
    }

    /// Goes on with what a crash left.
    pub(super) fn take_up(&mut self, project: Project, leftover: Leftover, recovery: &Recovery, path: Option<PathBuf>) {
        let lang = self.lang();
        let fingerprint = self.document.as_ref().and_then(|document| document.fingerprint);
        let mut session = match replayed(recovery, &project).map_or_else(|| Session::new(project), Ok) {
            Ok(session) => session,
            Err(err) => return self.complain(tr(lang, "say-not-opened"), vec![sentence(&err.text(lang))], None),
        };
        let journal = match leftover.resume(recovery) {
            Ok(journal) => Some(journal),
            Err(err) => {
                self.unprotected(&err, None);
                None
            }
        };
        // What was recovered is not in the file yet.
        session.set_drawing(self.settings.drawing());
        let serial = self.next_serial();
        self.document = Some(Document {
            session,
            path,
            fingerprint,
            journal,
            saved_mark: None,
            in_use: false,
            saving: false,
            serial,
            unwritten: Vec::new(),
            waiting_since: None,
            is_unprotected: false,
        });
        self.screen = Screen::Editor;
        self.say_recovered(recovery);
    }

    /// Goes on with what a crash left of work on a file that has become another: as a project of its own, so that
    /// neither costs the other anything.
    pub(super) fn take_up_as_copy(&mut self, leftover: Leftover, recovery: &Recovery) {
        let Some((theirs, edits)) = recovery.replay.clone() else { return };
        if !self.keep_aside(&leftover) {
            return self.without_journal();
        }
        self.forget(leftover);
        self.install(theirs, None, None);
        // Made anew, so that each can be taken back and all are in the copy's own journal.
        for edit in edits {
            self.apply(edit);
        }
        self.write_journal();
        self.say_recovered(recovery);
    }

    /// A piece of work broke down by a fault of the program: nothing may wait for it any more. Had it the journal, a new one
    /// is begun.
    pub(super) fn work_failed(&mut self) {
        let lang = self.lang();
        self.findings.give_up();
        self.effect.give_up();
        self.table.give_up();
        self.shown.give_up();
        let was_saving = self.document.as_mut().is_some_and(|document| std::mem::take(&mut document.saving));
        if was_saving && self.document.as_ref().is_some_and(|document| document.journal.is_none()) {
            self.open_journal();
        }
        self.complain(tr(lang, "say-work-failed"), vec![tr(lang, "say-work-failed-text")], None);
    }

    fn say_recovered(&mut self, recovery: &Recovery) {
        let lang = self.lang();
        let count = number(lang, recovery.edits as f64, 0);
        self.say(tr_with(lang, "say-recovered", &[("n", Arg::from(recovery.edits)), ("count", count.into())]), None);
    }

    /// The old journal stays where a new one would stand: what is done now is in none, and that is known.
    pub(super) fn without_journal(&mut self) {
        if let Some(document) = &mut self.document {
            document.is_unprotected = true;
        }
    }

    /// Says that work is not protected against a crash, and why.
    fn unprotected(&mut self, why: &JournalError, button: Option<(String, Action)>) {
        let lang = self.lang();
        self.complain(tr(lang, "say-no-journal"), vec![sentence(&why.text(lang))], button);
    }
}
