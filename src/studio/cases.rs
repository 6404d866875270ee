//! The cases that come with the program, compiled in so that they open anywhere.

use crate::io::{ReadError, native};
use crate::model::Project;

/// A built case.
pub struct Case {
    /// Its file in `projects`.
    pub file: &'static str,
    /// The typology of the catalogue that it stands for.
    pub typology: &'static str,
    /// Place and year.
    pub place: &'static str,
    /// The message key of one fact.
    pub fact_key: &'static str,
    bytes: &'static [u8],
}

/// All cases, in order of typology.
pub const CASES: &[Case] = &[Case {
    file: "novacity-1.maakblok",
    typology: "T01",
    place: "Anderlecht, 2022",
    fact_key: "case-novacity-fact",
    bytes: include_bytes!("../../projects/novacity-1.maakblok"),
}];

/// Reads a case.
///
/// # Errors
/// What is wrong with it; a test reads the files.
pub fn open(index: usize) -> Result<Project, ReadError> {
    let case = CASES.get(index).ok_or(ReadError::Missing)?;
    native::read(case.bytes).map(|loaded| loaded.project)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_opens_and_is_sound() {
        for (index, case) in CASES.iter().enumerate() {
            let project = open(index).unwrap_or_else(|err| panic!("{}: {err}", case.file));
            assert_eq!(crate::model::check(&project), [], "{}", case.file);
        }
    }
}
