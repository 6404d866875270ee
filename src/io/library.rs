//! The library file: `*.maakblok-library`, uses, rates, a brief and typologies by themselves, with the conventions of the project file.

use serde::ser::SerializeMap;
use serde_json::Value;

use super::finite::NotANumber;
use super::native::{self, Stored};
use super::read_error::ReadError;
use crate::model::SharedLibrary;

/// What a library file says it is.
pub const FORMAT: &str = "maakblok-library";

/// The version of the format that this program reads and writes.
pub const VERSION: u64 = 1;

impl Stored for SharedLibrary {
    const FORMAT: &'static str = FORMAT;
    const VERSIONS: (u64, u64) = (VERSION, VERSION);

    fn upgrade(_: Value, from: u64) -> Result<Value, String> {
        Err(format!("there was no version {from}"))
    }

    fn write_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.write_fields(map)
    }
}

/// Reads a library from the bytes of a file.
///
/// # Errors
/// What is wrong with the bytes, where, and what to do.
pub fn read(bytes: &[u8]) -> Result<SharedLibrary, ReadError> {
    native::read_as(bytes).map(|(library, _)| library)
}

/// The bytes of a library's file.
///
/// # Errors
/// When one of its numbers is none: such a file could not be read again.
pub fn write(library: &SharedLibrary) -> Result<Vec<u8>, NotANumber> {
    native::bytes_of(library)
}
