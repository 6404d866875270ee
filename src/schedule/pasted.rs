//! What comes back from a spreadsheet: a block of texts, read as changes to the cells of a table.
//!
//! Two blocks are understood. One that begins with the heads of the table, as it was copied, goes back to the rows that its
//! column of ids names, wherever they stand by now. One without heads goes to the cell that was chosen and on from there to
//! the right and down, in the order in which the rows are shown. Nothing is taken of a block in which anything is wrong.

use super::columns::{Column, ColumnId};
use super::{Cell, Row, RowOf, Schedule, as_words, id_text, plain};
use crate::i18n::{Lang, number, parse_number, tr, tr_with};
use crate::library::UseId;
use crate::model::limits::STOREY_HEIGHT_M;
use crate::model::{Id, Region, State, UseShare, Uses, Variant};

/// What a cell shall say.
#[derive(Clone, Debug, PartialEq)]
pub enum NewCell {
    /// The name of a plot, a building or a volume.
    Name(String),
    /// On which side of the border a plot lies.
    Region(Region),
    /// The plot that a building stands on, or none.
    Plot(Option<Id>),
    /// The uses of a storey, their shares summing to 1.
    Uses(Uses),
    /// What becomes of a storey.
    State(State),
    /// The height of a storey in metres.
    Height(f64),
}

/// A change to a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellChange {
    /// The row.
    pub of: RowOf,
    /// What its cell shall say.
    pub to: NewCell,
}

/// Why a text cannot stand in a cell, as a sentence without its end.
pub type CellFault = String;

/// Why a block cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasteError {
    /// There is nothing in it.
    Empty,
    /// It has no heads, and no cell was chosen to begin at.
    NoPlace,
    /// It has heads but no column of ids, and not as many lines as rows are shown.
    Lines {
        /// So many lines come.
        lines: usize,
        /// For so many rows.
        rows: usize,
    },
    /// It goes beyond the last row or column by this many cells.
    TooLarge,
    /// Cells that cannot be taken: a sentence for each.
    Cells(Vec<String>),
}

impl PasteError {
    /// What is wrong, in sentences.
    #[must_use]
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        let count = |n: usize| number(lang, n as f64, 0);
        match self {
            Self::Empty => vec![tr(lang, "paste-empty")],
            Self::NoPlace => vec![tr(lang, "paste-no-place")],
            Self::Lines { lines, rows } => {
                let args = [("n", (*lines).into()), ("lines", count(*lines).into()), ("rows", count(*rows).into())];
                vec![tr_with(lang, "paste-lines", &args)]
            }
            Self::TooLarge => vec![tr(lang, "paste-too-large")],
            Self::Cells(cells) => cells.clone(),
        }
    }
}

impl Schedule {
    /// Reads a block of texts as changes: `order` is the rows as they are shown, `at` the cell that was chosen, by its row
    /// and its column. Cells that say what they said before change nothing.
    ///
    /// # Errors
    ///
    /// [`PasteError`] when anything in it cannot be taken; then nothing is.
    pub fn pasted(
        &self,
        text: &str,
        order: &[usize],
        at: Option<(RowOf, usize)>,
        variant: &Variant,
        lang: Lang,
    ) -> Result<Vec<CellChange>, PasteError> {
        let lines = block(text);
        let Some(first) = lines.first() else { return Err(PasteError::Empty) };
        let heads: Vec<Head> = first.iter().map(|text| self.head_of(text)).collect();
        let has_heads =
            heads.iter().any(|head| matches!(head, Head::Column(at) if self.columns()[*at].can_be_changed()));
        let reader = Reader { schedule: self, variant, lang };
        if has_heads {
            let rows = self.rows_of_lines(&lines[1..], &heads, order, lang)?;
            let columns: Vec<Option<usize>> = heads
                .iter()
                .map(|head| match head {
                    // Figures and facts come with the rest, and follow from it.
                    Head::Column(at) if self.columns()[*at].can_be_changed() => Some(*at),
                    _ => None,
                })
                .collect();
            return reader.changes(&lines[1..], &rows, &columns, false);
        }
        let Some((row, column)) = at else { return Err(PasteError::NoPlace) };
        let Some(top) = order.iter().position(|at| self.rows[*at].of == row) else { return Err(PasteError::NoPlace) };
        let rows = order.get(top..top + lines.len()).ok_or(PasteError::TooLarge)?;
        let width = lines.iter().map(Vec::len).max().unwrap_or(0);
        if column + width > self.columns().len() {
            return Err(PasteError::TooLarge);
        }
        let columns: Vec<Option<usize>> = (column..column + width).map(Some).collect();
        reader.changes(&lines, rows, &columns, true)
    }

    /// Reads what is typed into one cell.
    ///
    /// # Errors
    ///
    /// Why it cannot stand there, in words.
    pub fn typed_cell(
        &self,
        of: RowOf,
        column: usize,
        text: &str,
        variant: &Variant,
        lang: Lang,
    ) -> Result<CellChange, CellFault> {
        let reader = Reader { schedule: self, variant, lang };
        Ok(CellChange { of, to: reader.read(&self.columns()[column], text)? })
    }

    /// What a head is of, in whichever language it was copied.
    fn head_of(&self, text: &str) -> Head {
        let text = text.trim().to_lowercase();
        let says = |words: String| words.to_lowercase() == text;
        if Lang::ALL.iter().any(|lang| says(tr(*lang, "column-id"))) {
            return Head::Id;
        }
        let is_of =
            |column: &Column| Lang::ALL.iter().any(|lang| says(column.title(*lang)) || says(column.name(*lang)));
        self.columns().iter().position(is_of).map_or(Head::Other, Head::Column)
    }

    /// The rows that lines go to: by their ids, or one by one where there are none.
    fn rows_of_lines(
        &self,
        lines: &[Vec<String>],
        heads: &[Head],
        order: &[usize],
        lang: Lang,
    ) -> Result<Vec<usize>, PasteError> {
        let Some(place) = heads.iter().position(|head| *head == Head::Id) else {
            if lines.len() != order.len() {
                return Err(PasteError::Lines { lines: lines.len(), rows: order.len() });
            }
            return Ok(order.to_vec());
        };
        let known: std::collections::HashMap<String, usize> =
            self.rows.iter().enumerate().map(|(at, row)| (id_text(row.of), at)).collect();
        let (mut rows, mut faults) = (Vec::with_capacity(lines.len()), Vec::new());
        for (at, line) in lines.iter().enumerate() {
            let id = line.get(place).map_or("", |text| text.trim());
            match known.get(id) {
                Some(row) => rows.push(*row),
                None => faults.push(in_line(at + 2, tr_with(lang, "paste-no-row", &[("id", id.into())]), lang)),
            }
        }
        if faults.is_empty() { Ok(rows) } else { Err(PasteError::Cells(faults)) }
    }
}

/// What stands over a column of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    /// The ids of the rows.
    Id,
    /// A column of the table, by its place.
    Column(usize),
    /// Something of the user's own, or one of three columns of a range.
    Other,
}

/// Reads texts of cells.
struct Reader<'a> {
    schedule: &'a Schedule,
    variant: &'a Variant,
    lang: Lang,
}

impl Reader<'_> {
    fn changes(
        &self,
        lines: &[Vec<String>],
        rows: &[usize],
        columns: &[Option<usize>],
        is_strict: bool,
    ) -> Result<Vec<CellChange>, PasteError> {
        let (mut changes, mut faults) = (Vec::new(), Vec::new());
        // The first line is a head where there is one.
        let first = if is_strict { 1 } else { 2 };
        for (number, (line, row)) in lines.iter().zip(rows).enumerate() {
            let row = &self.schedule.rows[*row];
            for (text, at) in line.iter().zip(columns).filter_map(|(text, at)| Some((text.trim(), (*at)?))) {
                let column = &self.schedule.columns()[at];
                if is_left_out(column, text) || self.says(row, at, text) {
                    continue;
                }
                let to = if column.can_be_changed() {
                    self.read(column, text)
                } else {
                    Err(tr_with(self.lang, "paste-fixed", &[("column", column.name(self.lang).into())]))
                };
                match to {
                    Ok(to) if is_said(&row.cells[at], &to) => {}
                    Ok(to) => changes.push(CellChange { of: row.of, to }),
                    Err(why) => faults.push(in_line(number + first, why, self.lang)),
                }
            }
        }
        if faults.is_empty() { Ok(changes) } else { Err(PasteError::Cells(faults)) }
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

    fn read(&self, column: &Column, text: &str) -> Result<NewCell, CellFault> {
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
                let mut named = self.variant.plots.iter().filter(|plot| is_same(&plot.called(), text));
                match (named.next(), named.next()) {
                    (Some(plot), None) => Ok(NewCell::Plot(Some(plot.id))),
                    (Some(_), Some(_)) => Err(unknown("paste-two-plots")),
                    (None, _) => Err(unknown("paste-no-plot")),
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
            ColumnId::Uses => self.uses(text).map(NewCell::Uses),
            ColumnId::Figure(_) | ColumnId::Fact => {
                Err(tr_with(lang, "paste-fixed", &[("column", column.name(lang).into())]))
            }
        }
    }

    /// One use by its name, or several, each with its share: `Offices 60 %, Homes 40 %`.
    fn uses(&self, text: &str) -> Result<Uses, CellFault> {
        if !text.contains('%') {
            return Ok(Uses::single(self.use_named(text)?));
        }
        let mut shares: Vec<UseShare> = Vec::new();
        for part in text.split_terminator('%') {
            let part = part.trim().trim_start_matches([',', ';', '+', '/']).trim();
            let (name, share) = part.rsplit_once(char::is_whitespace).unwrap_or((part, ""));
            let share = parse_number(share).filter(|share| (0.0..=100.0).contains(share));
            let share = share.ok_or_else(|| tr_with(self.lang, "paste-no-share", &[("text", part.into())]))? / 100.0;
            let id = self.use_named(name.trim())?;
            match shares.iter_mut().find(|known| known.id == id) {
                Some(known) => known.share += share,
                None => shares.push(UseShare { id, share }),
            }
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
        found.map(|known| known.id.clone()).ok_or_else(|| tr_with(self.lang, "paste-no-use", &[("text", text.into())]))
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
        (Cell::Uses(is), NewCell::Uses(to)) => is == to,
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

fn in_line(line: usize, why: String, lang: Lang) -> String {
    tr_with(lang, "paste-in-line", &[("line", number(lang, line as f64, 0).into()), ("why", why.into())])
}

/// The cells of a block as spreadsheets copy it: lines of cells with tabs between, quotes around what holds either. Lines at
/// the end with nothing in them are none; one between others is one that says nothing.
fn block(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut chars = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            '\t' if !is_quoted => line.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            '\r' if !is_quoted => {}
            c => cell.push(c),
        }
    }
    line.push(cell);
    lines.push(line);
    let says_nothing = |line: &Vec<String>| line.iter().all(|cell| cell.trim().is_empty());
    while lines.last().is_some_and(says_nothing) {
        lines.pop();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_as_spreadsheets_write_it() {
        assert_eq!(
            block("a\tb\r\n\r\n\"c\td \"\"e\"\"\"\tf \"g\"\n\n"),
            [
                vec!["a".to_owned(), "b".to_owned()],
                vec![String::new()],
                vec!["c\td \"e\"".to_owned(), "f \"g\"".to_owned()],
            ]
        );
        assert!(block(" \n\t\n").is_empty());
        assert_eq!(block("3,5"), [["3,5"]]);
    }
}
