//! What an answer to a question sets going.

use super::action::PathFor;
use super::question::Question;
use super::state::Studio;

impl Studio {
    /// A question was answered.
    pub(super) fn answer(&mut self, choice: usize) {
        match (self.question.take(), choice) {
            (Some(Question::Unsaved { then, .. }), 0) => {
                match self.document.as_ref().filter(|d| !d.in_use).and_then(|d| d.path.clone()) {
                    Some(path) => {
                        self.after_save = Some(then);
                        self.save_to(path, false);
                    }
                    None => {
                        self.after_save = Some(then);
                        self.ask_path(PathFor::Save);
                    }
                }
            }
            (Some(Question::Unsaved { then, .. }), 1) => {
                // The old project goes when the new one is there: a file that cannot be read must not cost it.
                self.may_drop = true;
                self.act(*then);
            }
            (Some(Question::Recover { leftover, recovery, path, .. }), choice) => {
                let take = choice == 0 && recovery.project.is_some();
                if take && !recovery.base_matches {
                    return self.take_up_as_copy(*leftover, &recovery);
                }
                // What is not taken up may be wanted after all.
                if (!recovery.complete || (!take && path.is_some())) && !self.keep_aside(&leftover) {
                    return self.without_journal();
                }
                match recovery.project.clone().filter(|_| take) {
                    Some(project) => self.take_up(project, *leftover, &recovery, path),
                    None if self.document.is_some() => self.discard(*leftover),
                    None => self.forget(*leftover),
                }
            }
            (Some(Question::ChangedOnDisk { .. }), 0) => self.ask_path(PathFor::Save),
            (Some(Question::ChangedOnDisk { path }), 1) => self.save_to(path, true),
            (Some(Question::Replace { what, path }), 1) => self.go_on_with_path(what, path),
            (Some(Question::Replace { what, path }), _) => self.path_wanted = Some((what, path.display().to_string())),
            _ => {}
        }
    }
}
