//! What a text says in a cell: names as they are shown in any language, or as files have them.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{CellChange, CellFault, NewCell};
use crate::formula::nearest;
use crate::i18n::{Lang, number, parse_number, tr, tr_with};
use crate::library::UseId;
use crate::model::limits::STOREY_HEIGHT_M;
use crate::model::{Id, Region, State, UseShare, Uses, Variant};
use crate::schedule::columns::{Column, ColumnId};
use crate::schedule::{Cell, Row, Schedule, as_words, plain};

/// Reads texts of cells.
pub(super) struct Reader<'a> {
    schedule: &'a Schedule,
    variant: &'a Variant,
    pub(super) lang: Lang,
    /// Plots by what they are called, in small letters; none where several are called so.
    plots: OnceCell<HashMap<String, Option<Id>>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(schedule: &'a Schedule, variant: &'a Variant, lang: Lang) -> Self {
        Self { schedule, variant, lang, plots: OnceCell::new() }
    }

    /// What the cells of one line change in a row, each with the place of its column.
    pub(super) fn line<'t>(
        &self,
        row: usize,
        cells: impl Iterator<Item = (&'t str, usize)>,
    ) -> Vec<Result<CellChange, CellFault>> {
        let Some(row) = self.schedule.rows.get(row) else { return Vec::new() };
        let mut changes = Vec::new();
        let mut says_height = false;
        for (text, at) in cells {
            let column = &self.schedule.columns()[at];
            says_height |= column.id == ColumnId::Height && !text.is_empty();
            if is_left_out(column, text) || self.says(row, at, text) {
                continue;
            }
            match self.read(column, text) {
                Ok(to) if is_said(&row.cells[at], &to) => {}
                read => changes.push(read.map(|to| CellChange { of: row.of, to })),
            }
        }
        // The height that a line says is the one that stands, also when it said so before.
        for change in changes.iter_mut().flatten() {
            if let NewCell::Uses(_, keeps_height) = &mut change.to {
                *keeps_height = says_height;
            }
        }
        changes
    }

    /// Whether a text is what the cell says, as it is shown or as it was copied.
    fn says(&self, row: &Row, at: usize, text: &str) -> bool {
        let shown = self.schedule.text(row, at, self.lang);
        match row.cells.get(at) {
            Some(Cell::Number(Some(value))) => parse_number(text).is_some_and(|typed| plain(typed) == plain(*value)),
            Some(Cell::Range(_) | Cell::Number(None)) | None => shown == text,
            Some(_) => shown.trim() == text || as_words(shown) == text,
        }
    }

    pub(super) fn read(&self, column: &Column, text: &str) -> Result<NewCell, CellFault> {
        let lang = self.lang;
        // What was marked as words for the spreadsheet comes back without the mark.
        let text = text.trim();
        let text = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text);
        let unknown = |key: &str| tr_with(lang, key, &[("text", text.into())]);
        match column.id {
            ColumnId::Name => Ok(NewCell::Name(text.to_owned())),
            ColumnId::Region => {
                let of = |region: &Region| format!("region-{}", region.key());
                let found = Region::ALL.into_iter().find(|region| is_called(text, &of(region), region.key()));
                found.map(NewCell::Region).ok_or_else(|| unknown("paste-no-region"))
            }
            ColumnId::State => {
                let of = |state: &State| format!("state-{}", state.key());
                let found = State::ALL.into_iter().find(|state| is_called(text, &of(state), state.key()));
                found.map(NewCell::State).ok_or_else(|| unknown("paste-no-state"))
            }
            ColumnId::Plot => {
                if is_called(text, "volume-on-no-plot", "") {
                    return Ok(NewCell::Plot(None));
                }
                match self.plots().get(&text.to_lowercase()) {
                    Some(Some(plot)) => Ok(NewCell::Plot(Some(*plot))),
                    Some(None) => Err(unknown("paste-two-plots")),
                    None => Err(unknown("paste-no-plot")),
                }
            }
            ColumnId::Height => {
                let (low, high) = STOREY_HEIGHT_M;
                let metres = |value: f64| number(lang, value, 1).into();
                let bounds = [("text", text.into()), ("low", metres(low)), ("high", metres(high))];
                let value =
                    parse_number(text.trim_end_matches(['m', ' '])).filter(|value| (low..=high).contains(value));
                value.map(NewCell::Height).ok_or_else(|| tr_with(lang, "paste-no-height", &bounds))
            }
            ColumnId::Uses => self.uses(text).map(|uses| NewCell::Uses(uses, false)),
            ColumnId::Figure(_) | ColumnId::Fact => {
                Err(tr_with(lang, "paste-fixed", &[("column", column.name(lang).into())]))
            }
        }
    }

    fn plots(&self) -> &HashMap<String, Option<Id>> {
        self.plots.get_or_init(|| {
            let mut plots: HashMap<String, Option<Id>> = HashMap::new();
            for plot in self.variant.plots.iter() {
                let name = plot.called().trim().to_lowercase();
                plots.entry(name).and_modify(|known| *known = None).or_insert(Some(plot.id));
            }
            plots
        })
    }

    /// One use by its name, or several, each with its share: `Offices 60 %, Homes 40 %`. The last may leave its share out and
    /// takes the rest.
    fn uses(&self, text: &str) -> Result<Uses, CellFault> {
        // The name of a use may end in a number itself.
        if let Ok(id) = self.use_named(text) {
            return Ok(Uses::single(id));
        }
        // «housing 60, office 40» is as good.
        let separators = [',', ';', '+'];
        let ends_in_number = |part: &str| part.trim().rsplit_once(' ').is_some_and(|(_, n)| parse_number(n).is_some());
        // The last may leave its share out there too.
        let parts: Vec<&str> = text.split(separators).collect();
        let percents = parts.split_last().filter(|(last, before)| {
            before.iter().all(|part| ends_in_number(part)) && (ends_in_number(last) || !before.is_empty())
        });
        let percents = percents.map(|(last, _)| {
            let end = if ends_in_number(last) { "%" } else { "" };
            text.replace(separators, "%") + end
        });
        let text = percents.as_deref().filter(|_| !text.contains('%')).unwrap_or(text);
        if !text.contains('%') {
            return Ok(Uses::single(self.use_named(text)?));
        }
        let mut shares: Vec<UseShare> = Vec::new();
        let mut takes_rest = None;
        let mut parts = text.trim().split_terminator('%').peekable();
        while let Some(part) = parts.next() {
            let is_open = parts.peek().is_none() && !text.trim().ends_with('%');
            let part = part.trim().trim_start_matches([',', ';', '+', '/']).trim();
            // The last may leave out its sign, or its share and take the rest.
            if is_open && (!ends_in_number(part) || self.use_named(part).is_ok()) {
                takes_rest = Some(part).filter(|part| !part.is_empty());
                continue;
            }
            let (name, share) = part.rsplit_once(char::is_whitespace).unwrap_or((part, ""));
            let share = parse_number(share).filter(|share| (0.0..=100.0).contains(share));
            let share = share.ok_or_else(|| tr_with(self.lang, "paste-no-share", &[("text", part.into())]))? / 100.0;
            add(&mut shares, self.use_named(name.trim())?, share);
        }
        if let Some(name) = takes_rest {
            let id = self.use_named(name)?;
            let rest = 1.0 - shares.iter().map(|share| share.share).sum::<f64>();
            if rest < 1e-9 {
                return Err(tr_with(self.lang, "paste-no-rest", &[("text", name.into())]));
            }
            add(&mut shares, id, rest);
        }
        shares.retain(|share| share.share > 0.0);
        /// Shares are shown without decimals: three thirds come back as 99 %.
        const ROUNDING: f64 = 0.005;
        let (sum, most) = (shares.iter().map(|share| share.share).sum::<f64>(), ROUNDING * shares.len() as f64);
        let uses = Uses::new(shares);
        let whole = uses.scaled_to_whole().filter(|_| (sum - 1.0).abs() <= most + 1e-9);
        whole.ok_or_else(|| {
            let sum = number(self.lang, sum * 100.0, 0);
            tr_with(self.lang, "paste-shares", &[("sum", sum.into())])
        })
    }

    /// A use by its name in any language, or by its name in files.
    fn use_named(&self, text: &str) -> Result<UseId, CellFault> {
        if is_called(text, "use-void", UseId::VOID) {
            return Ok(UseId::VOID.into());
        }
        let library = &self.schedule.library;
        let is_named = |known: &&crate::library::Use| {
            is_same(known.id.as_str(), text) || Lang::ALL.iter().any(|lang| is_same(known.name(*lang), text))
        };
        // Of two with one name that which is offered.
        let found = library.offered().find(is_named).or_else(|| library.uses().iter().find(is_named));
        found.map(|known| known.id.clone()).ok_or_else(|| {
            let why = tr_with(self.lang, "paste-no-use", &[("text", text.into())]);
            let names: Vec<&str> = library.offered().map(|known| known.name(self.lang)).collect();
            match nearest(text, names) {
                Some(name) => format!("{why}. {}", tr_with(self.lang, "formula-meant", &[("name", name.into())])),
                None => why,
            }
        })
    }
}

/// One share of each use, however often it is named.
fn add(shares: &mut Vec<UseShare>, id: UseId, share: f64) {
    match shares.iter_mut().find(|known| known.id == id) {
        Some(known) => known.share += share,
        None => shares.push(UseShare { id, share }),
    }
}

/// Empty cells leave all as it is, but for names, which may be empty.
fn is_left_out(column: &Column, text: &str) -> bool {
    text.is_empty() && column.id != ColumnId::Name
}

/// Whether a cell says it already.
fn is_said(cell: &Cell, to: &NewCell) -> bool {
    match (cell, to) {
        (Cell::Text(is), NewCell::Name(to)) => is == to,
        (Cell::Region(is), NewCell::Region(to)) => is == to,
        (Cell::Plot(is, _), NewCell::Plot(to)) => is == to,
        (Cell::Uses(is), NewCell::Uses(to, _)) => is == to,
        (Cell::State(is), NewCell::State(to)) => is == to,
        (Cell::Number(is), NewCell::Height(to)) => is.is_some_and(|is| (is - to).abs() < 1e-6),
        _ => false,
    }
}

fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Whether a text is what a message says in some language, or a name in files.
fn is_called(text: &str, key: &str, name: &str) -> bool {
    (!name.is_empty() && is_same(text, name)) || Lang::ALL.iter().any(|lang| is_same(&tr(*lang, key), text))
}
