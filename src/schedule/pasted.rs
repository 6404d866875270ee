//! What comes back from a spreadsheet: a block of texts, read as changes to the cells of a table.
//!
//! Two blocks are understood. One that begins with the heads of the table, as it was copied, goes back to the rows that its
//! column of ids names, wherever they stand by now. One without heads goes to the cell that was pressed and on from there to
//! the right and down, in the order in which the rows are shown. Nothing is taken of a block in which anything is wrong.

mod cells;

use std::collections::{BTreeMap, BTreeSet};

use self::cells::Reader;
use super::{RowOf, Schedule};
use crate::i18n::{Lang, number, tr, tr_with};
use crate::model::{Id, Region, State, Uses, Variant};

/// What a cell shall say.
#[derive(Clone, Debug, PartialEq)]
pub enum NewCell {
    /// The name of a plot, a building or a volume.
    Name(String),
    /// On which side of the border a plot lies.
    Region(Region),
    /// The plot that a building stands on, or none.
    Plot(Option<Id>),
    /// The uses of a storey, their shares summing to 1, and whether its height was said with them: else it goes with its use.
    Uses(Uses, bool),
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
    /// It has heads but no column of ids.
    NoIds,
    /// It goes beyond the last row or column.
    TooLarge,
    /// A quotation mark is opened and not closed.
    OpenQuote,
    /// Cells that cannot be taken: a sentence for each.
    Cells(Vec<String>),
}

impl PasteError {
    /// What is wrong, in sentences.
    #[must_use]
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        let key = match self {
            Self::Empty => "paste-empty",
            Self::NoPlace => "paste-no-place",
            Self::NoIds => "paste-no-ids",
            Self::TooLarge => "paste-too-large",
            Self::OpenQuote => "paste-open-quote",
            Self::Cells(cells) => return cells.clone(),
        };
        vec![tr(lang, key)]
    }
}

/// What comes from a spreadsheet, and where to.
#[derive(Clone, Debug, PartialEq)]
pub struct Pasted {
    /// Cells with tabs between them, in lines.
    pub text: String,
    /// The rows in the order in which they are shown.
    pub rows: Vec<RowOf>,
    /// The cell that was pressed last, by its row and column.
    pub at: Option<(RowOf, usize)>,
}

impl Schedule {
    /// Reads a block of texts as changes. Cells that say what they said before change nothing.
    ///
    /// # Errors
    ///
    /// [`PasteError`] when anything in it cannot be taken; then nothing is.
    pub fn pasted(&self, pasted: &Pasted, variant: &Variant, lang: Lang) -> Result<Vec<CellChange>, PasteError> {
        let lines = block(&pasted.text).ok_or(PasteError::OpenQuote)?;
        let Some(first) = lines.first() else { return Err(PasteError::Empty) };
        let heads: Vec<Head> = first.iter().map(|text| self.head_of(text)).collect();
        // Figures and facts come with the rest, and follow from it.
        let changed = |head: &Head| match head {
            Head::Column(at) => Some(*at).filter(|at| self.columns()[*at].can_be_changed()),
            Head::Id | Head::Other => None,
        };
        let columns: Vec<Option<usize>> = heads.iter().map(changed).collect();
        let reader = Reader::new(self, variant, lang);
        if columns.iter().any(Option::is_some) {
            let rows = self.rows_of_lines(&lines[1..], &heads, lang)?;
            return changes(&reader, &lines[1..], &rows, &columns, 2);
        }
        let places = self.places();
        let (row, column) = pasted.at.ok_or(PasteError::NoPlace)?;
        // A row that went meanwhile leaves no gap for the next to slip into.
        let shown = pasted.rows.iter().skip_while(|of| **of != row).take(lines.len());
        let rows: Vec<usize> =
            shown.map(|of| places.get(of).copied()).collect::<Option<_>>().ok_or(PasteError::NoPlace)?;
        let width = lines.iter().map(Vec::len).max().unwrap_or(0);
        match rows.len() {
            0 => return Err(PasteError::NoPlace),
            count if count < lines.len() || column + width > self.columns().len() => return Err(PasteError::TooLarge),
            _ => {}
        }
        let columns: Vec<Option<usize>> = (column..column + width).map(Some).collect();
        changes(&reader, &lines, &rows, &columns, 1)
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
        Ok(CellChange { of, to: Reader::new(self, variant, lang).read(&self.columns()[column], text)? })
    }

    /// What a head is of, in whichever language it was copied.
    fn head_of(&self, text: &str) -> Head {
        let text = text.trim().to_lowercase();
        let says = |words: String| words.to_lowercase() == text;
        if Lang::ALL.iter().any(|lang| says(tr(*lang, "column-id"))) {
            return Head::Id;
        }
        let is_of =
            |column: &super::Column| Lang::ALL.iter().any(|lang| says(column.title(*lang)) || says(column.name(*lang)));
        self.columns().iter().position(is_of).map_or(Head::Other, Head::Column)
    }

    /// The rows that lines go to, by their ids; none for an empty line.
    fn rows_of_lines(&self, lines: &[Vec<String>], heads: &[Head], lang: Lang) -> Result<Vec<usize>, PasteError> {
        let place = heads.iter().position(|head| *head == Head::Id).ok_or(PasteError::NoIds)?;
        let known: BTreeMap<String, usize> =
            self.rows.iter().enumerate().map(|(at, row)| (self.id_text(row), at)).collect();
        let (mut rows, mut taken, mut faults) = (Vec::with_capacity(lines.len()), BTreeSet::new(), Vec::new());
        for (at, line) in lines.iter().enumerate() {
            let id = line.get(place).map_or("", |text| text.trim());
            let mut fault = |key: &str| faults.push(in_line(at + 2, tr_with(lang, key, &[("id", id.into())]), lang));
            match known.get(id) {
                // What an empty line goes to does not matter.
                None if says_nothing(line) => rows.push(0),
                None => fault("paste-no-row"),
                Some(row) if !taken.insert(*row) => fault("paste-row-twice"),
                Some(row) => rows.push(*row),
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

/// What lines say, each of its row: `first` is the number of the first line in the block.
fn changes(
    reader: &Reader<'_>,
    lines: &[Vec<String>],
    rows: &[usize],
    columns: &[Option<usize>],
    first: usize,
) -> Result<Vec<CellChange>, PasteError> {
    let (mut changes, mut faults) = (Vec::new(), Vec::new());
    // Storeys of one volume have one name between them.
    let mut names: BTreeMap<Id, String> = BTreeMap::new();
    for (number, (line, row)) in lines.iter().zip(rows).enumerate().filter(|(_, (line, _))| !says_nothing(line)) {
        let cells = line.iter().zip(columns).filter_map(|(text, at)| Some((text.trim(), (*at)?)));
        for read in reader.line(*row, cells) {
            match read {
                Ok(CellChange { of: RowOf::Storey(id, _), to: NewCell::Name(name) })
                    if names.insert(id, name.clone()).is_some_and(|before| before != name) =>
                {
                    let why = tr_with(reader.lang, "paste-two-names", &[("text", name.into())]);
                    faults.push(in_line(number + first, why, reader.lang));
                }
                Ok(change) => changes.push(change),
                Err(why) => faults.push(in_line(number + first, why, reader.lang)),
            }
        }
    }
    if faults.is_empty() { Ok(changes) } else { Err(PasteError::Cells(faults)) }
}

fn in_line(line: usize, why: String, lang: Lang) -> String {
    tr_with(lang, "paste-in-line", &[("line", number(lang, line as f64, 0).into()), ("why", why.into())])
}

fn says_nothing(line: &[String]) -> bool {
    line.iter().all(|cell| cell.trim().is_empty())
}

/// The cells of a block as spreadsheets copy it: lines of cells with tabs between, quotes around what holds either. Lines at
/// the end with nothing in them are none; one between others is one that says nothing. `None` when a quote stays open.
fn block(text: &str) -> Option<Vec<Vec<String>>> {
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
            // A cell is one line.
            c if c.is_control() => cell.push(' '),
            c => cell.push(c),
        }
    }
    line.push(cell);
    lines.push(line);
    while lines.last().is_some_and(|line| says_nothing(line)) {
        lines.pop();
    }
    (!is_quoted).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_as_spreadsheets_write_it() {
        assert_eq!(
            block("a\tb\r\n\r\n\"c\td \"\"e\"\"\"\tf \"g\"\n\n").unwrap_or_default(),
            [
                vec!["a".to_owned(), "b".to_owned()],
                vec![String::new()],
                vec!["c d \"e\"".to_owned(), "f \"g\"".to_owned()],
            ]
        );
        assert_eq!(block(" \n\t\n"), Some(Vec::new()));
        assert_eq!(block("3,5"), Some(vec![vec!["3,5".to_owned()]]));
        assert_eq!(block("\"Hall\nHall 2\nHall 3"), None, "a quote that swallows the rest is no name");
    }
}
