//! Schedules: plots, buildings and storeys as tables, to be sorted, searched, changed and handed on.
//!
//! Floor 7. A schedule is rows of typed cells; what a cell says in a language is made when it is shown. Nothing here is
//! computed that is not a figure, a floor area or a field of the model.

mod columns;
mod pasted;
mod rows;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use columns::{Column, ColumnId, ScheduleKind};
pub use pasted::{CellChange, NewCell, PasteError, Pasted};

use crate::i18n::{Lang, UNDEFINED, number, tr};
use crate::library::{Library, UseId};
use crate::measure::{Scope, Sums};
use crate::model::{Id, Project, Region, State, UseShare, Uses};
use crate::num::{Span, round_parts};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowOf {
    /// A plot.
    Plot(Id),
    /// A building.
    Building(Id),
    /// A storey of a volume, by its place.
    Storey(Id, usize),
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words; may be empty.
    Text(String),
    /// A number in the unit that its column is shown in; `None` where there is none.
    Number(Option<f64>),
    /// A number with its range.
    Range(Option<Span>),
    /// On which side of the border.
    Region(Region),
    /// A plot by its number and name, or none.
    Plot(Option<Id>, String),
    /// What becomes of it.
    State(State),
    /// The uses of a storey.
    Uses(Uses),
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about.
    pub of: RowOf,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// A table of a scope.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Of what.
    pub kind: ScheduleKind,
    /// In the order of the model.
    pub rows: Vec<Row>,
    /// The uses that names are taken from.
    pub library: Arc<Library>,
}

/// How rows are put in order: by a column, downwards or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The place of the column.
    pub column: usize,
    /// The largest first.
    pub falls: bool,
}

impl Schedule {
    /// The table of a scope of the variant that `sums` is of.
    #[must_use]
    pub fn new(kind: ScheduleKind, project: &Project, sums: &Sums, scope: &Scope) -> Self {
        let library = Arc::clone(&sums.coefficients().library);
        let variant = project.variant(sums.variant());
        let rows = variant.map(|variant| rows::rows(kind, project, variant, sums, scope)).unwrap_or_default();
        Self { kind, rows, library }
    }

    /// Its columns.
    #[must_use]
    pub fn columns(&self) -> &'static [Column] {
        self.kind.columns()
    }

    /// The rows whose names and words hold all the words of a filter, in the order of a sort: their places. Rows that are equal keep the
    /// order of the model; what has no value comes last.
    #[must_use]
    pub fn order(&self, filter: &str, sort: Option<Sort>, lang: Lang) -> Vec<usize> {
        let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
        let holds = |row: &Row| {
            let is_words = |at: &usize| !self.columns().get(*at).is_some_and(Column::is_number);
            let texts = (0..row.cells.len()).filter(is_words).map(|at| self.text(row, at, lang).to_lowercase());
            let all: Vec<String> = texts.collect();
            words.iter().all(|word| all.iter().any(|text| text.contains(word)))
        };
        let fits = |at: &usize| words.is_empty() || holds(&self.rows[*at]);
        let mut order: Vec<usize> = (0..self.rows.len()).filter(fits).collect();
        if let Some(Sort { column, falls }) = sort {
            let keys: Vec<Key> = self.rows.iter().map(|row| self.key(row, column, lang)).collect();
            order.sort_by(|a, b| keys[*a].compare(&keys[*b], falls));
        }
        order
    }

    /// The places of the rows by what they are about.
    fn places(&self) -> HashMap<RowOf, usize> {
        self.rows.iter().enumerate().map(|(at, row)| (row.of, at)).collect()
    }

    /// The rows that were shown before in the order they had, as far as they are still there, and after them those found now
    /// that were not.
    #[must_use]
    pub fn keep_order(&self, before: &[RowOf], found: Vec<usize>) -> Vec<usize> {
        let places = self.places();
        let mut rows: Vec<usize> = before.iter().filter_map(|of| places.get(of).copied()).collect();
        let kept: HashSet<usize> = rows.iter().copied().collect();
        rows.extend(found.into_iter().filter(|at| !kept.contains(at)));
        rows
    }

    fn key(&self, row: &Row, column: usize, lang: Lang) -> Key {
        match row.cells.get(column) {
            Some(Cell::Number(value)) => Key::Number(*value),
            Some(Cell::Range(span)) => Key::Number(span.map(|span| span.mid)),
            Some(Cell::State(state)) => Key::Number(Some(*state as u8 as f64)),
            _ => Key::Text(natural(&self.text(row, column, lang))),
        }
    }

    /// What a cell says.
    #[must_use]
    pub fn text(&self, row: &Row, column: usize, lang: Lang) -> String {
        let Some((cell, of)) = row.cells.get(column).zip(self.columns().get(column)) else { return String::new() };
        match cell {
            Cell::Text(text) => text.clone(),
            Cell::Number(value) => of.number_text(*value, lang),
            Cell::Range(span) => of.number_text(span.map(|span| span.mid), lang),
            Cell::Region(region) => tr(lang, &format!("region-{}", region.key())),
            Cell::Plot(None, _) => tr(lang, "volume-on-no-plot"),
            Cell::Plot(Some(_), name) => name.clone(),
            Cell::State(state) => tr(lang, &format!("state-{}", state.key())),
            Cell::Uses(uses) => self.uses_text(uses, lang),
        }
    }

    /// The uses of a storey; several with their shares.
    fn uses_text(&self, uses: &Uses, lang: Lang) -> String {
        let name = |id: &UseId| if id.is_void() { tr(lang, "use-void") } else { self.library.use_name(id, lang) };
        match uses.shares() {
            [] => UNDEFINED.to_owned(),
            [one] => name(&one.id),
            several => {
                // Parts of a whole percent only where there are some; rounded so that they still come to 100.
                let percents: Vec<f64> = several.iter().map(|share| share.share * 100.0).collect();
                let decimals = u8::from(percents.iter().any(|percent| (percent - percent.round()).abs() > 0.05));
                let rounded = round_parts(&percents, decimals);
                let part = |(share, percent): (&UseShare, f64)| {
                    format!("{} {} %", name(&share.id), number(lang, percent, decimals))
                };
                several.iter().zip(rounded).map(part).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// What the numbers of a column of some rows come to, where they can be added.
    #[must_use]
    pub fn sum(&self, order: &[usize], column: usize) -> Option<Cell> {
        if !self.columns().get(column)?.adds {
            return None;
        }
        // What goes is no floor any more.
        let stays = |row: &Row| !row.cells.contains(&Cell::State(State::Removed));
        let rows = order.iter().map(|at| &self.rows[*at]).filter(|row| stays(row));
        let cells = rows.filter_map(|row| row.cells.get(column));
        let mut sum = Span::default();
        let (mut has_range, mut is_known) = (false, order.is_empty());
        for cell in cells {
            match cell {
                Cell::Number(Some(value)) => sum += Span::exact(*value),
                Cell::Range(Some(span)) => {
                    sum += *span;
                    has_range = true;
                }
                _ => continue,
            }
            is_known = true;
        }
        // What cannot be measured counts in no sum, as in the figures; of nothing but that there is no sum.
        let sum = is_known.then_some(sum);
        Some(if has_range { Cell::Range(sum) } else { Cell::Number(sum.map(|sum| sum.mid)) })
    }

    /// Which row it is, as files and spreadsheets have it: of a storey the volume and the level, which stays when a cellar comes
    /// under it. No spreadsheet takes it for a date.
    fn id_text(&self, row: &Row) -> String {
        match row.of {
            RowOf::Plot(id) | RowOf::Building(id) => id.to_string(),
            RowOf::Storey(id, at) => {
                let place = self.columns().iter().position(|column| column.key == "level");
                match place.and_then(|place| row.cells.get(place)) {
                    Some(Cell::Number(Some(level))) => format!("{id}#{level}"),
                    _ => format!("{id}#{at}"),
                }
            }
        }
    }

    /// The rows as lines for a spreadsheet: a head, then numbers as plain as they are, those with a range in three columns,
    /// and last which row it is, by which it finds back.
    #[must_use]
    pub fn lines(&self, order: &[usize], lang: Lang, number_text: &dyn Fn(f64) -> String) -> Vec<Vec<String>> {
        let mut head = Vec::new();
        for column in self.columns() {
            let name = column.title(lang);
            if column.has_range {
                head.extend(
                    ["library-low", "library-mid", "library-high"].map(|key| format!("{name}, {}", tr(lang, key))),
                );
            } else {
                head.push(name);
            }
        }
        head.push(tr(lang, "column-id"));
        let mut lines = vec![head];
        lines.extend(order.iter().map(|at| {
            let row = &self.rows[*at];
            let mut line = Vec::with_capacity(row.cells.len() + 1);
            for (at, cell) in row.cells.iter().enumerate() {
                let number = |value: Option<f64>| value.map_or_else(String::new, number_text);
                match cell {
                    Cell::Number(value) => line.push(number(*value)),
                    Cell::Range(span) => {
                        line.extend([span.map(|s| s.low), span.map(|s| s.mid), span.map(|s| s.high)].map(number));
                    }
                    _ => line.push(as_words(self.text(row, at, lang))),
                }
            }
            line.push(self.id_text(row));
            line
        }));
        lines
    }
}

/// A number as files have it: with a point, as short as it can be, rounded to a millionth.
#[must_use]
pub fn plain(value: f64) -> String {
    // Nothing is not less than nothing.
    ((value * 1e6).round() / 1e6 + 0.0).to_string()
}

/// A text that a spreadsheet takes for words: it would run what begins like a formula, wherever a name came from.
fn as_words(text: String) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins && crate::i18n::parse_number(&text).is_none() { format!("'{text}") } else { text }
}

/// What rows are put in order by.
enum Key {
    Number(Option<f64>),
    Text(Vec<Piece>),
}

impl Key {
    fn compare(&self, other: &Self, falls: bool) -> Ordering {
        let turned = |order: Ordering| if falls { order.reverse() } else { order };
        match (self, other) {
            (Self::Number(Some(a)), Self::Number(Some(b))) => turned(a.total_cmp(b)),
            (Self::Number(a), Self::Number(b)) => b.is_some().cmp(&a.is_some()),
            (Self::Text(a), Self::Text(b)) => turned(a.cmp(b)),
            // The cells of a column are of one kind.
            _ => Ordering::Equal,
        }
    }
}

/// A piece of a name: digits are compared as a number, so that «Hall 9» comes before «Hall 10».
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Digits(u64),
    Words(String),
}

fn natural(text: &str) -> Vec<Piece> {
    let lower = text.to_lowercase();
    let mut pieces = Vec::new();
    for run in lower.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        // Cut between digits and others, which is never inside a letter.
        let run = String::from_utf8_lossy(run).into_owned();
        pieces.push(run.parse().map_or(Piece::Words(run), Piece::Digits));
    }
    pieces
}
