//! Tables of what is open: worked out off the frame's thread, kept until the project changes, copied and exported.

use std::sync::Arc;

use super::files::Outcome;
use super::{Session, Studio};
use crate::i18n::{Lang, tr, tr_with};
use crate::measure::{Scope, Sums};
use crate::model::Id;
use crate::schedule::{Schedule, ScheduleKind, plain};

/// What a table was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TableOf {
    kind: ScheduleKind,
    serial: u64,
    revision: u64,
    variant: Id,
}

/// The table that is shown.
#[derive(Debug, Default)]
pub(super) struct Table {
    known: Option<(TableOf, Arc<Schedule>)>,
    under_way: Option<TableOf>,
}

impl Studio {
    /// Keeps the table up to the project, while one is shown.
    pub fn follow_table(&mut self) {
        let Some(kind) = self.panels.table else {
            self.table = Table::default();
            return;
        };
        let Some(document) = &self.document else { return };
        let session = &document.session;
        let of = TableOf { kind, serial: document.serial, revision: session.revision(), variant: session.variant().id };
        let is_fresh = |known: &Option<(TableOf, Arc<Schedule>)>| known.as_ref().is_some_and(|(is, _)| *is == of);
        // Only one at a time: while one edits on, the last state is what counts.
        if is_fresh(&self.table.known) || self.table.under_way.is_some() {
            return;
        }
        self.table.under_way = Some(of);
        let project = session.project().clone();
        let name = tr(self.lang(), "task-table");
        self.tasks.start(name, move || {
            let sums = Sums::new(&project, of.variant);
            let schedule = Arc::new(Schedule::new(of.kind, &project, &sums, &Scope::All));
            Outcome::Table { of, schedule }
        });
        if !self.services.threads {
            self.tick();
        }
    }

    pub(super) fn take_table(&mut self, of: TableOf, schedule: Arc<Schedule>) {
        self.table.under_way = None;
        if self.panels.table.is_some() {
            self.table.known = Some((of, schedule));
        }
    }

    /// Work under way came to nothing by a fault of the program.
    pub(super) fn give_up_table(&mut self) {
        self.table.under_way = None;
    }

    /// The table that is shown, or the one before it while that is worked out.
    #[must_use]
    pub fn table(&self) -> Option<&Arc<Schedule>> {
        let kind = self.panels.table?;
        let serial = self.document.as_ref()?.serial;
        let known = self.table.known.as_ref().filter(|(of, _)| of.kind == kind && of.serial == serial);
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
        let count = crate::i18n::number(lang, order.len() as f64, 0);
        self.say(tr_with(lang, "say-table-copied", &[("n", order.len().into()), ("count", count.into())]), None);
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
    pub fn has_row(&self, of: crate::schedule::RowOf) -> bool {
        use crate::schedule::RowOf;
        let selection = self.selection();
        match of {
            RowOf::Plot(id) => selection.contains(id),
            RowOf::Building(id) => {
                let mut volumes = self.variant().volumes_of(id).peekable();
                volumes.peek().is_some() && volumes.all(|volume| selection.contains(volume.id))
            }
            RowOf::Storey(id, at) => {
                let volume = self.variant().volumes.get(id);
                selection.contains(id) && volume.is_some_and(|volume| selection.has_storey(volume, at))
            }
        }
    }
}
