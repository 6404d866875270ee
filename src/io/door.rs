//! One door for all formats: reading by what a file holds, writing by what it is to be called.
//!
//! The window and the command line both go through here, so that a file means the same to them, has the same limits, and
//! gives the same picture. The command line adds streams and the wording of its messages (`cli::doors`).

use std::path::Path;

use super::digest::Fingerprint;
use super::drawing::{PictureFormat, PlanPicture, draw_plan};
use super::geojson::{self, Content, ExportError, ImportError, ImportOptions, PlainAreas};
use super::osm::{self, SurroundingsError, SurroundingsOptions};
use super::png::PngError;
use super::read_error::ReadError;
use super::repair::LoadNote;
use super::save::{self, SaveError, SaveOptions};
use super::{library, native, xlsx};
use crate::basemap;
use crate::crs::CrsError;
use crate::i18n::{Lang, tr, tr_with};
use crate::measure::{Sums, report_csv};
use crate::model::{Id, Project, SharedLibrary};

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    /// What it holds.
    pub project: Project,
    /// What the file looked like, when it is a project file and can be written back to.
    pub fingerprint: Option<Fingerprint>,
    /// What was put right, left out or assumed.
    pub notes: Vec<ReadNote>,
}

/// Something said about a file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadNote {
    /// The sentence for people.
    pub text: String,
    /// Whether something in the file could not be used as it stood there.
    pub is_fault: bool,
}

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A project file.
    Maakblok,
    /// A library file: the project's uses, rates and brief.
    Library,
    /// Exchange GeoJSON of one variant.
    Geojson,
    /// A table of the figures.
    Csv,
    /// A workbook of the tables with live formulas.
    Xlsx,
    /// The plan as vectors.
    Svg,
    /// The plan as pixels.
    Png,
    /// The plan as a page.
    Pdf,
}

impl Format {
    /// All formats, with the extensions that tell them; the first is the usual one.
    pub const ALL: [(Self, &'static [&'static str]); 8] = [
        (Self::Maakblok, &["maakblok"]),
        (Self::Library, &["maakblok-library"]),
        (Self::Geojson, &["geojson", "json"]),
        (Self::Csv, &["csv"]),
        (Self::Xlsx, &["xlsx"]),
        (Self::Svg, &["svg"]),
        (Self::Png, &["png"]),
        (Self::Pdf, &["pdf"]),
    ];

    /// Its usual extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        let known = Self::ALL.into_iter().find(|(format, _)| *format == self);
        known.and_then(|(_, extensions)| extensions.first().copied()).unwrap_or_default()
    }

    /// The format that a path's extension tells.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_string_lossy().to_lowercase();
        Self::ALL.into_iter().find(|(_, extensions)| extensions.contains(&extension.as_str())).map(|(format, _)| format)
    }
}

/// Why a file could not be read or written. The texts begin in lower case, for use after a name and a colon.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum DoorError {
    /// A file that cannot be read, or holds no project.
    Read(#[from] ReadError),
    /// An exchange file that cannot be understood.
    Import(#[from] ImportError),
    /// An OpenStreetMap file that gives no surroundings.
    Osm(#[from] SurroundingsError),
    /// A file that cannot be written.
    Save(#[from] SaveError),
    /// A name that does not say what to write.
    UnknownExtension,
    /// There is no such variant.
    NoVariant,
    /// A variant that cannot be written as exchange GeoJSON.
    Export(#[from] ExportError),
    /// A project that lies nowhere cannot be drawn on a map.
    Place(#[from] CrsError),
    /// More lines than a sheet of a workbook has.
    TooManyLines {
        /// So many there would be.
        lines: usize,
    },
    /// The work was called off.
    CalledOff,
    /// A picture that cannot be made.
    Picture(#[from] PngError),
    /// Memory did not take what was written.
    Memory(#[from] std::io::Error),
}

impl DoorError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Read(error) => error.text(lang),
            Self::Import(error) => error.text(lang),
            Self::Osm(error) => error.text(lang),
            Self::Save(error) => error.text(lang),
            Self::UnknownExtension => tr(lang, "export-extension"),
            Self::NoVariant => tr(lang, "export-no-variant"),
            Self::Export(error) => error.text(lang),
            Self::Place(error) => error.text(lang),
            Self::CalledOff => tr(lang, "export-called-off"),
            Self::TooManyLines { lines } => {
                let count = crate::i18n::number(lang, *lines as f64, 0);
                tr_with(lang, "export-too-many-lines", &[("count", count.into())])
            }
            Self::Picture(error) => error.text(lang),
            Self::Memory(error) => tr_with(lang, "save-error-system", &[("error", error.to_string().into())]),
        }
    }
}

/// What a file turned out to be.
#[derive(Debug)]
pub enum Found {
    /// Another project, or an exchange file.
    Project(Box<Opened>),
    /// Uses, rates and a brief.
    Library(SharedLibrary),
}

/// What is wanted of a file that is no project.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Where its local frame shall touch the earth, in degrees.
    pub origin_deg: Option<[f64; 2]>,
    /// What of a map of OpenStreetMap, in degrees: west, south, east, north.
    pub cover_deg: Option<[f64; 4]>,
    /// What areas of an exchange file are that say nothing of themselves.
    pub plain: PlainAreas,
}

/// Reads a project, an exchange file, a library or surroundings from OpenStreetMap, told apart by content (the last by its
/// name).
///
/// # Errors
/// When it is nothing of that, or cannot be read.
pub fn read(path: &Path, wanted: Wanted, lang: Lang) -> Result<Found, DoorError> {
    let Wanted { origin_deg, cover_deg, plain } = wanted;
    if osm::is_osm(path) {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let options = SurroundingsOptions { cover_deg, origin_deg, name: &name, lang };
        let (project, notes) = osm::surroundings(path, options, &|| true)?;
        let note = |text| ReadNote { text, is_fault: false };
        let notes = notes.into_iter().map(note).collect();
        return Ok(Found::Project(Box::new(Opened { project, fingerprint: None, notes })));
    }
    let bytes = native::read_bytes(path, native::LARGEST_FILE)?;
    let content = content_of(&bytes, Some(path));
    if content == Content::Library {
        return Ok(Found::Library(library::read(&bytes)?));
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let options =
        ImportOptions { origin: origin_deg, name: name.as_deref(), region_at: Some(&basemap::region_at), plain, lang };
    let mut opened = understand(bytes, content, &options)?;
    opened.fingerprint = opened.fingerprint.map(|fingerprint| fingerprint.dated(std::fs::metadata(path)));
    Ok(Found::Project(Box::new(opened)))
}

/// What bytes hold. Where they do not say so, the name decides whose reader explains what is wrong with them.
#[must_use]
pub fn content_of(bytes: &[u8], path: Option<&Path>) -> Content {
    match geojson::content(bytes) {
        Content::Unknown => match path.and_then(Format::of_path) {
            Some(Format::Maakblok) => Content::Own,
            Some(Format::Library) => Content::Library,
            _ => Content::Unknown,
        },
        content => content,
    }
}

/// The project in bytes.
///
/// # Errors
/// When there is none.
pub fn understand(bytes: Vec<u8>, content: Content, options: &ImportOptions<'_>) -> Result<Opened, DoorError> {
    if matches!(content, Content::Own | Content::Library) {
        let loaded = native::read(&bytes)?;
        let note = |note: &LoadNote| ReadNote { text: note.text(options.lang), is_fault: note.is_fault() };
        let notes = loaded.notes.iter().map(note).collect();
        return Ok(Opened { project: loaded.project, fingerprint: Some(loaded.fingerprint), notes });
    }
    let parsed = geojson::parse(&bytes, options.plain)?;
    // What was understood is held in another shape; both at once would be twice the memory.
    drop(bytes);
    let imported = geojson::build(parsed, options)?;
    let note = |note: &geojson::ImportNote| ReadNote { text: note.text(options.lang), is_fault: note.kind.is_loss() };
    Ok(Opened { project: imported.project, fingerprint: None, notes: imported.notes.iter().map(note).collect() })
}

/// How a variant is written.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// How pictures are drawn.
    pub picture: PlanPicture,
    /// The system of coordinates in exchange GeoJSON, one of [`crate::crs::SYSTEMS`].
    pub epsg: u32,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { picture: PlanPicture::default(), epsg: 4326 }
    }
}

/// What was written.
pub struct Written {
    /// The content of the file.
    pub bytes: Vec<u8>,
    /// What could not be written because it has no sound outline, by number.
    pub left_out: Vec<Id>,
    /// How many guide lines, dimensions, arrays, recipes and relations there are that the format does not have.
    pub aids: usize,
    /// What there is to say about the maps of a picture, in the language of its words.
    pub maps: Vec<String>,
}

impl Written {
    /// All that there is to say about it, in words.
    #[must_use]
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        self.loss(lang).into_iter().chain(self.remark(lang)).chain(self.maps.iter().cloned()).collect()
    }

    /// What was left out, in words; `None` when nothing was.
    fn loss(&self, lang: Lang) -> Option<String> {
        /// Named one by one; more would fill the screen.
        const MOST: usize = 20;
        if self.left_out.is_empty() {
            return None;
        }
        let mut ids: Vec<String> = self.left_out.iter().take(MOST).map(ToString::to_string).collect();
        if self.left_out.len() > MOST {
            ids.push("…".to_owned());
        }
        let count = self.left_out.len();
        let args = [("n", count.into()), ("count", count.to_string().into()), ("ids", ids.join(", ").into())];
        Some(tr_with(lang, "export-left-out", &args))
    }

    /// What the format has no place for, in words; `None` when there is nothing of it.
    fn remark(&self, lang: Lang) -> Option<String> {
        let args = [("n", self.aids.into()), ("count", self.aids.to_string().into())];
        (self.aids > 0).then(|| tr_with(lang, "export-aids", &args))
    }
}

/// A variant (or, as a project file, the whole project) in a format.
///
/// # Errors
/// When there is no such variant, or the format cannot hold it.
pub fn write_bytes(
    project: &Project,
    variant: Id,
    format: Format,
    options: &WriteOptions,
) -> Result<Written, DoorError> {
    let WriteOptions { picture, epsg } = options;
    let mut bytes = Vec::new();
    let mut left_out = Vec::new();
    let mut maps = Vec::new();
    let mut drawn = |format| {
        let drawn = draw_plan(project, variant, picture, format)?;
        maps = drawn.notes;
        Ok::<_, DoorError>(drawn.bytes)
    };
    let aids = match (format, project.variant(variant)) {
        (Format::Geojson, Some(variant)) => {
            variant.marks.len() + variant.arrays.len() + variant.recipes.len() + variant.relations.len()
        }
        _ => 0,
    };
    match format {
        Format::Maakblok => bytes = native::write(project).map_err(SaveError::from)?,
        Format::Library => bytes = library::write(&SharedLibrary::of(project)).map_err(SaveError::from)?,
        Format::Geojson => left_out = geojson::export_in(project, variant, *epsg, &mut bytes)?.left_out,
        Format::Csv => {
            let sums = Sums::new(project, variant);
            let head = sums.report_head(project).ok_or(DoorError::NoVariant)?;
            sums.with_plots(project, |plots| report_csv::write_csv(&head, plots, &mut bytes))
                .map_err(std::io::Error::from)?;
        }
        Format::Xlsx => bytes = xlsx::write(project, variant, options.picture.lang)?,
        Format::Svg => bytes = drawn(PictureFormat::Svg)?,
        Format::Png => bytes = drawn(PictureFormat::Png)?,
        Format::Pdf => bytes = drawn(PictureFormat::Pdf)?,
    }
    Ok(Written { bytes, left_out, aids, maps })
}

/// Writes a file in the format that its name says. Returns what there is to say about it.
///
/// # Errors
/// When the extension says nothing or the file cannot be written; what was there before is then untouched.
pub fn write(project: &Project, variant: Id, path: &Path, options: &WriteOptions) -> Result<Vec<String>, DoorError> {
    let lang = options.picture.lang;
    let format = Format::of_path(path).ok_or(DoorError::UnknownExtension)?;
    if format == Format::Maakblok {
        let saved = save::save(project, path, SaveOptions { overwrite: true, ..SaveOptions::default() })?;
        return Ok(saved.notes.iter().map(|note| note.text(lang)).collect());
    }
    let written = write_bytes(project, variant, format, options)?;
    save::write_whole(path, &written.bytes)?;
    Ok(written.notes(lang))
}
