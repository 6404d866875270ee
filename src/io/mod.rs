//! Files: the project file and what keeps it safe, and the files of others.
//!
//! Floor 8. [`native`] reads and writes `*.maakblok`, [`save`] puts it on disk whole or not at all and keeps backups,
//! [`journal`] holds every edit since the last save, [`compat`] lifts older files, [`schema`] describes the file to
//! other programs; [`library`] is a file of uses, rates and a brief alone. Beside it one module per foreign format: what cannot be used is named in notes, never dropped in
//! silence. [`svg`] and [`png`] paint the same scene as the window;
//! [`tables`] and [`xlsx`] write what stands in rows. [`door`] tells formats apart. Nothing here shows a
//! dialog or knows which project is open.

pub mod charts;
pub mod compat;
pub mod digest;
pub mod door;
pub mod drawing;
mod finite;
pub mod geojson;
pub mod journal;
mod layout;
pub mod library;
pub mod native;
pub mod osm;
pub mod pack;
pub mod page;
pub mod pdf;
pub mod picture;
pub mod png;
mod read_error;
mod repair;
pub mod save;
pub mod schema;
pub mod svg;
pub mod tables;
pub mod underlays;
pub mod xlsx;

pub use finite::NotANumber;
pub use read_error::{BinaryKind, NoFile, Place, ReadError};
pub use repair::LoadNote;
