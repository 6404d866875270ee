//! The workbook of a variant: its tables with live formulas, so that a number changed in a spreadsheet changes what follows
//! from it, with all coefficients, formulas and sources beside them.
//!
//! `Storeys` has a line for each piece of floor, of one use in one storey; everything in `Plots`, `Buildings` and the first
//! lines of `Figures` is summed from it by formula. What a spreadsheet cannot work out (unions of outlines, roofs, ground)
//! stands as a number.

mod beside;
mod sheets;

use rust_xlsxwriter::{Color, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::door::DoorError;
use crate::i18n::{Lang, UNDEFINED, tr};
use crate::look::{Rgba, Role, Theme, tokens};
use crate::measure::{Scope, Sums};
use crate::model::{Id, Project};

/// A worksheet has no more lines than this, the head among them.
const MOST_LINES: usize = 1_048_576;

/// More lines than this to look through, one sum after the other, would keep a spreadsheet busy for minutes: then sums are
/// numbers.
const MOST_LOOKS: usize = 2_000_000_000;

/// So many sums has a line of plots or of buildings.
const SUMS_OF_LINE: usize = 12;

/// The workbook of a variant.
///
/// # Errors
/// When there is no such variant, it has more pieces of floor than a sheet has lines, or it cannot be written.
pub fn write(project: &Project, variant: Id, lang: Lang) -> Result<Vec<u8>, DoorError> {
    let of = project.variant(variant).ok_or(DoorError::NoVariant)?;
    let sums = Sums::new(project, variant);
    let pieces = sums.floor_pieces(project, &Scope::All);
    if pieces.len() + 1 > MOST_LINES {
        return Err(DoorError::TooManyLines { lines: pieces.len() });
    }
    let is_live = (of.plots.len() + of.buildings.len()).saturating_mul(pieces.len() * SUMS_OF_LINE) <= MOST_LOOKS;
    let book = sheets::Book { project, variant: of, sums: &sums, pieces: &pieces, is_live, lang };
    let mut workbook = Workbook::new();
    book.fill(&mut workbook).map_err(unwritten)?;
    workbook.save_to_buffer().map_err(unwritten)
}

fn unwritten(error: XlsxError) -> DoorError {
    DoorError::Memory(std::io::Error::other(error))
}

/// How cells look.
struct Looks {
    head: Format,
    words: Format,
    /// By decimals.
    numbers: [Format; 4],
    percent: Format,
    /// What may be changed: everything follows.
    input: Format,
}

impl Looks {
    fn new() -> Self {
        let color = |role| {
            let Rgba([r, g, b, _]) = tokens().color(Theme::Print, role);
            Color::RGB(u32::from_be_bytes([0, r, g, b]))
        };
        let number = |decimals: usize| {
            let digits = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
            Format::new().set_num_format(format!("#,##0{digits}"))
        };
        Self {
            head: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
            words: Format::new(),
            numbers: [number(0), number(1), number(2), number(3)],
            percent: Format::new().set_num_format("0%"),
            input: Format::new().set_font_color(color(Role::Accent)),
        }
    }
}

/// A sheet that is being filled, line by line.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    looks: &'a Looks,
    /// The line that is next, from 0.
    line: u32,
}

/// What goes into a cell.
enum Put<'a> {
    Nothing,
    Words(&'a str),
    Number(f64, u8),
    /// A number that may be changed.
    Input(f64, u8),
    /// A formula, with what it gives as the program knows it.
    Live(String, Option<f64>, u8),
    /// A part of a whole, shown as per cent.
    Percent(String, Option<f64>),
}

impl Page<'_> {
    fn head(&mut self, names: &[String], widths: &[f64]) -> Result<(), XlsxError> {
        for (at, name) in names.iter().enumerate() {
            let column = at as u16;
            self.sheet.write_string_with_format(0, column, name, &self.looks.head)?;
            self.sheet.set_column_width(column, widths.get(at).copied().unwrap_or(12.0))?;
        }
        self.sheet.set_freeze_panes(1, 0)?;
        self.line = 1;
        Ok(())
    }

    fn put(&mut self, cells: &[Put<'_>]) -> Result<(), XlsxError> {
        for (at, cell) in cells.iter().enumerate() {
            self.cell(at as u16, cell)?;
        }
        self.line += 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Put<'_>) -> Result<(), XlsxError> {
        let (line, looks) = (self.line, self.looks);
        let of = |decimals: &u8| &looks.numbers[usize::from(*decimals).min(3)];
        match cell {
            Put::Words(words) => drop(self.sheet.write_string_with_format(line, column, *words, &looks.words)?),
            Put::Number(value, decimals) if value.is_finite() => {
                self.sheet.write_number_with_format(line, column, *value, of(decimals))?;
            }
            Put::Input(value, decimals) if value.is_finite() => {
                let look = of(decimals).merge(&looks.input);
                self.sheet.write_number_with_format(line, column, *value, &look)?;
            }
            // What is no number is an empty cell, never a wrong one.
            Put::Nothing | Put::Number(..) | Put::Input(..) => {}
            Put::Live(formula, value, decimals) => self.formula(column, formula, *value, of(decimals))?,
            Put::Percent(formula, value) => self.formula(column, formula, *value, &looks.percent)?,
        }
        Ok(())
    }

    fn formula(&mut self, column: u16, text: &str, value: Option<f64>, look: &Format) -> Result<(), XlsxError> {
        let result = value.map_or_else(|| UNDEFINED.to_owned(), |value| value.to_string());
        let formula = Formula::new(text).set_result(result);
        self.sheet.write_formula_with_format(self.line, column, formula, look)?;
        Ok(())
    }

    /// The line that is next, as formulas count: from 1.
    fn row(&self) -> u32 {
        self.line + 1
    }
}

/// The name of a sheet in a language.
fn sheet_name(key: &str, lang: Lang) -> String {
    tr(lang, &format!("sheet-{key}"))
}

/// A whole column of a sheet, from its second line to its last, fixed.
fn column(sheet: &str, letter: &str, lines: usize) -> String {
    format!("'{}'!${letter}$2:${letter}${}", sheet.replace('\'', "''"), lines.max(1) + 1)
}
