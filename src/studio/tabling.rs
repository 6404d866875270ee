//! Tables of what is open: worked out off the frame's thread, kept until the project changes, copied and exported.

use std::sync::Arc;

use super::files::Outcome;
use super::{Session, Studio, cells};
use crate::i18n::{Lang, number, sentence, tr, tr_with};
use crate::measure::{Scope, Sums};
use crate::model::Id;
use crate::schedule::{CellChange, Pasted, RowOf, Schedule, ScheduleKind, plain};

/// What a table was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TableOf {
    kind: ScheduleKind,
    serial: u64,
    revision: u64,
    variant: Id,
}

impl Studio {
    /// What the table that is shown has to be of.
    fn table_wanted(&self) -> Option<TableOf> {
        let (kind, document) = (self.panels.table?, self.document.as_ref()?);
        let session = &document.session;
        Some(TableOf { kind, serial: document.serial, revision: session.revision(), variant: session.variant().id })
    }

    /// Keeps the table up to the project, while one is shown.
    pub fn follow_table(&mut self) {
        let Some(of) = self.table_wanted() else {
            if self.panels.table.is_none() {
                self.table.forget();
            }
            return;
        };
        if !self.table.begins(&of) {
            return;
        }
        let Some(project) = self.session().map(Session::snapshot) else { return };
        let name = tr(self.lang(), "task-table");
        self.tasks.start(name, move || {
            // Summed anew: the sums of the session follow the hand, and to copy them would cost it a frame.
            let sums = Sums::new(&project, of.variant);
            let schedule = Arc::new(Schedule::new(of.kind, &project, &sums, &Scope::All));
            Outcome::Table { of, schedule }
        });
        if !self.services.threads {
            self.tick();
        }
    }

    /// The table that is shown, or the one before it while that is worked out.
    #[must_use]
    pub fn table(&self) -> Option<&Arc<Schedule>> {
        let kind = self.panels.table?;
        let serial = self.document.as_ref()?.serial;
        let known = self.table.known().filter(|(of, _)| of.kind == kind && of.serial == serial);
        known.map(|(_, schedule)| schedule)
    }

    /// Puts rows of the table on the clipboard, as spreadsheets take them.
    pub(super) fn copy_table(&mut self, order: &[usize]) {
        let lang = self.lang();
        let Some(schedule) = self.table() else { return };
        let lines = schedule.lines(order, lang, &|value| typed(lang, value));
        let clean = |text: &String| {
            let line = text.replace(['\t', '\n', '\r'], " ");
            // Quotes at the beginning would swallow the cells that follow.
            if line.starts_with('"') { format!("\"{}\"", line.replace('"', "\"\"")) } else { line }
        };
        let text: Vec<String> =
            lines.iter().map(|line| line.iter().map(clean).collect::<Vec<_>>().join("\t")).collect();
        self.to_clipboard = Some(text.join("\n"));
        let count = number(lang, order.len() as f64, 0);
        self.say(tr_with(lang, "say-table-copied", &[("n", order.len().into()), ("count", count.into())]), None);
    }
}

impl Studio {
    /// The table that is shown, when it is of the project as it stands; else it is said that it is on its way. What a table of
    /// a moment ago says must not decide what changes.
    fn table_of_now(&mut self) -> Option<Arc<Schedule>> {
        self.follow_table();
        let of_now = self.table.of(&self.table_wanted()?).cloned();
        if of_now.is_none() {
            self.say(tr(self.lang(), "say-table-busy"), None);
        }
        of_now
    }

    /// Takes what a spreadsheet gives into the table: all of it as one step, or nothing.
    pub(super) fn paste_table(&mut self, pasted: &Pasted) {
        let lang = self.lang();
        let Some(schedule) = self.table_of_now() else { return };
        let Some(session) = self.session() else { return };
        let before = session.history().mark();
        match schedule.pasted(pasted, session.variant(), lang) {
            Ok(changes) if changes.is_empty() => self.say(tr(lang, "say-table-same"), None),
            Ok(changes) => {
                let count = number(lang, changes.len() as f64, 0);
                let said = tr_with(lang, "say-table-pasted", &[("n", changes.len().into()), ("count", count.into())]);
                if self.change_cells(&changes) {
                    // One line with its Undo says both.
                    let homes = self.homes_still_stated(before).map(|(words, _)| words);
                    self.say_done(std::iter::once(said).chain(homes).collect::<Vec<_>>().join(" · "));
                }
            }
            Err(error) => self.not_taken("say-table-not-pasted", error.sentences(lang)),
        }
    }

    /// Takes what was typed into a cell.
    pub(super) fn type_cell(&mut self, of: RowOf, column: usize, text: &str) {
        let lang = self.lang();
        let Some(schedule) = self.table_of_now() else { return };
        let Some(session) = self.session() else { return };
        let before = session.history().mark();
        match schedule.typed_cell(of, column, text, session.variant(), lang) {
            Ok(change) => {
                self.change_cells(&[change]);
                self.tell_of_homes(before);
            }
            Err(why) => self.not_taken("say-cell-not-taken", vec![sentence(&why)]),
        }
    }

    fn not_taken(&mut self, key: &str, mut why: Vec<String>) {
        /// More sentences than this are no help.
        const MOST: usize = 6;
        let lang = self.lang();
        let more = why.len().saturating_sub(MOST);
        why.truncate(MOST);
        if more > 0 {
            let count = number(lang, more as f64, 0);
            why.push(tr_with(lang, "paste-more", &[("n", more.into()), ("count", count.into())]));
        }
        self.complain(tr(lang, key), why, None);
    }

    /// Makes the changes one step; whether that could be done.
    fn change_cells(&mut self, changes: &[CellChange]) -> bool {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return false };
        session.keep_made();
        session.settle();
        session.begin_gesture();
        let mut result = Ok(());
        for edit_of in [cells::things_edit, cells::storeys_edit] {
            let edit = edit_of(session, changes);
            result = result.and_then(|()| session.apply(edit));
        }
        if let Err(error) = result {
            session.cancel_gesture();
            self.complain(tr(lang, "say-edit-failed"), vec![sentence(&error.text(lang))], None);
            return false;
        }
        session.end_gesture();
        true
    }
}

/// A number as the spreadsheets of a language take it: the sign for decimals that is usual there, nothing between
/// thousands.
fn typed(lang: Lang, value: f64) -> String {
    let text = plain(value);
    if lang == Lang::En { text } else { text.replace('.', ",") }
}

impl Session {
    /// Whether a row of a table is about something that is selected.
    #[must_use]
    pub fn has_row(&self, of: RowOf) -> bool {
        let selection = self.selection();
        match of {
            RowOf::Plot(id) => selection.contains(id),
            RowOf::Building(id) => {
                let mut volumes = self.volumes_of(id).peekable();
                volumes.peek().is_some() && volumes.all(|volume| selection.contains(volume))
            }
            RowOf::Storey(id, at) => {
                let volume = self.variant().volumes.get(id);
                selection.contains(id) && volume.is_some_and(|volume| selection.has_storey(volume, at))
            }
        }
    }
}
