//! A table as a file: as CSV its rows, as XLSX the workbook of the whole variant.

use std::path::Path;

use super::door::{DoorError, Format};
use super::save;
use crate::i18n::Lang;
use crate::schedule::{Schedule, plain};

/// A table as CSV: numbers with a point, a head in the language.
///
/// # Errors
/// When memory does not take it.
pub fn csv(schedule: &Schedule, order: &[usize], lang: Lang) -> Result<Vec<u8>, DoorError> {
    csv_of(&schedule.lines(order, lang, &plain))
}

/// Lines as CSV; they may be of several kinds, and then not all of one length.
pub(super) fn csv_of(lines: &[Vec<String>]) -> Result<Vec<u8>, DoorError> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).map_err(std::io::Error::from)?;
    }
    writer.into_inner().map_err(|error| DoorError::Memory(error.into_error()))
}

/// Writes a table as CSV.
///
/// # Errors
/// When the name says another format, or the file cannot be written; what was there before is then untouched.
pub fn write(schedule: &Schedule, order: &[usize], path: &Path, lang: Lang) -> Result<(), DoorError> {
    if Format::of_path(path) != Some(Format::Csv) {
        return Err(DoorError::UnknownExtension);
    }
    save::write_whole(path, &csv(schedule, order, lang)?)?;
    Ok(())
}
