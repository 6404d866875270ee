//! Exchange GeoJSON: plots, volumes and their surroundings as RFC 7946, in degrees WGS 84.
//!
//! Part of floor 8. Import works in two steps so that a caller can let go of the text in between: [`parse`] reads the
//! text once into compact features ([`Parsed`]), [`build`] projects them and puts a project together. [`import`] is both.
//! [`export`] writes one variant so that its re-import gives the same report.
//!
//! A file that this program wrote carries a foreign member `maakblok` beside `features`: the origin, the name, the
//! variant and the project's own rates and uses. With it, the numbers of things come back as they were.

mod areas;
mod build;
mod coordinates;
mod error;
mod export;
mod features;
mod notes;
mod parcels;
mod properties;
mod scan;
mod volumes;

pub use build::{ImportOptions, Imported, build};
pub use error::ImportError;
pub use export::{ExportError, Exported, export, export_in};
pub use features::{Parsed, PlainAreas, parse};
pub use notes::{ImportNote, NoteKind};

/// Reads exchange GeoJSON: a collection, a bare feature or a bare geometry.
///
/// # Errors
/// When the text is no GeoJSON at all, with the line and column where it goes wrong. Single features that cannot be
/// used are no error: they are left out and named in the notes.
///
/// ```
/// use maakblok::io::geojson::{ImportOptions, import};
/// let text = r#"{"type": "Feature", "properties": {"maakblok": "plot", "id": "A"}, "geometry":
///     {"type": "Polygon", "coordinates": [[[4.35, 50.85], [4.351, 50.85], [4.351, 50.851], [4.35, 50.85]]]}}"#;
/// let imported = import(text.as_bytes(), &ImportOptions::default())?;
/// assert_eq!(imported.project.variants[0].plots.len(), 1);
/// # Ok::<(), maakblok::io::geojson::ImportError>(())
/// ```
pub fn import(bytes: &[u8], options: &ImportOptions<'_>) -> Result<Imported, ImportError> {
    build(parse(bytes, options.plain)?, options)
}

/// What a file's own text says it is, told from its outermost names without reading it whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// A GeoJSON object.
    GeoJson,
    /// A JSON object with `format`, as this program's own files have.
    Own,
    /// Such an object with uses, rates and a brief alone.
    Library,
    /// Anything else.
    Unknown,
}

/// Tells what a text is.
#[must_use]
pub fn content(bytes: &[u8]) -> Content {
    scan::content(bytes)
}
