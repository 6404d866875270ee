//! One door for all formats: reading by what a file holds, writing by what it is to be called.
//!
//! The window reads and writes all formats through here. The command line reads and writes streams too and has doors of
//! its own (`cli::doors`) to the same readers and writers; its pictures are drawn here, so that both draw the same.

use std::path::Path;

use super::digest::Fingerprint;
use super::geojson::{self, ImportError, ImportOptions};
use super::picture::PictureOptions;
use super::read_error::ReadError;
use super::save::{self, SaveError, SaveOptions};
use super::{native, png, svg};
use crate::basemap;
use crate::crs::Frame;
use crate::geometry::{Bounds, Point};
use crate::i18n::{Lang, tr};
use crate::library::Library;
use crate::look::Theme;
use crate::measure::Sums;
use crate::model::{Id, Project, Variant};
use crate::scene::{Camera, PlanOptions, Scene, plan};

/// A file that was read.
#[derive(Debug)]
pub struct Opened {
    /// What it holds.
    pub project: Project,
    /// What the file looked like, when it is a project file and can be written back to.
    pub fingerprint: Option<Fingerprint>,
    /// What was put right, left out or assumed, in words.
    pub notes: Vec<String>,
}

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// A project file that cannot be read.
    #[error("the file {0}")]
    Read(#[from] ReadError),
    /// An exchange file that cannot be read.
    #[error("{0}")]
    Import(#[from] ImportError),
    /// A file that cannot be written.
    #[error("{0}")]
    Save(#[from] SaveError),
    /// A name that does not say what to write.
    #[error("the name must end in .maakblok, .geojson, .csv, .svg or .png, so that it is clear what to write")]
    UnknownExtension,
    /// The writer of a format failed.
    #[error("{0}")]
    Write(String),
}

/// Reads a project or an exchange file, told apart by content.
///
/// `origin_deg` is where the local frame of an exchange file shall touch the earth.
///
/// # Errors
/// When it is neither, or cannot be read.
pub fn read(path: &Path, origin_deg: Option<[f64; 2]>, lang: Lang) -> Result<Opened, DoorError> {
    let bytes = native::read_bytes(path)?;
    if geojson::content(&bytes) != geojson::Content::GeoJson {
        let loaded = native::read(&bytes)?;
        let notes = loaded.notes.iter().map(|note| note.text(lang)).collect();
        let fingerprint = Some(loaded.fingerprint.dated(std::fs::metadata(path)));
        return Ok(Opened { project: loaded.project, fingerprint, notes });
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let options =
        ImportOptions { origin: origin_deg, name: name.as_deref(), region_at: Some(&basemap::region_at), lang };
    let imported = geojson::import(&bytes, &options)?;
    let notes = imported.notes.iter().map(|note| note.text(lang)).collect();
    Ok(Opened { project: imported.project, fingerprint: None, notes })
}

/// Writes a variant in the format that the name's extension says. Returns what could not be written, in words.
///
/// # Errors
/// When the extension says nothing or the file cannot be written; what was there before is then untouched.
pub fn write(project: &Project, variant: Id, path: &Path, theme: Theme, lang: Lang) -> Result<Vec<String>, DoorError> {
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let failed = |err: &dyn std::fmt::Display| DoorError::Write(err.to_string());
    let mut notes = Vec::new();
    let bytes = match extension.as_str() {
        "maakblok" => {
            save::save(project, path, SaveOptions { overwrite: true, ..SaveOptions::default() })?;
            return Ok(notes);
        }
        "geojson" | "json" => {
            let mut bytes = Vec::new();
            let exported = geojson::export(project, variant, &mut bytes).map_err(|err| failed(&err))?;
            if !exported.left_out.is_empty() {
                let ids: Vec<String> = exported.left_out.iter().map(ToString::to_string).collect();
                notes.push(format!("{}: {}", tr(lang, "export-left-out"), ids.join(", ")));
            }
            bytes
        }
        "csv" => {
            let report = Sums::new(project, variant).report(project);
            let report = report.ok_or_else(|| DoorError::Write(tr(lang, "export-no-variant")))?;
            crate::measure::table::report_csv(&report).map_err(|err| failed(&err))?.into_bytes()
        }
        "svg" | "png" => {
            let picture = PlanPicture { theme, lang, ..PlanPicture::default() };
            let format = if extension == "svg" { PictureFormat::Svg } else { PictureFormat::Png };
            draw_plan(project, variant, &picture, format)?
        }
        _ => return Err(DoorError::UnknownExtension),
    };
    save::write_whole(path, &bytes)?;
    Ok(notes)
}

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
}

/// How a plan is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlanPicture {
    /// Its colours.
    pub theme: Theme,
    /// The language of its words.
    pub lang: Lang,
    /// Width and height in pixels.
    pub size_px: [u32; 2],
    /// Whether the built-in map lies under it.
    pub map: bool,
}

impl Default for PlanPicture {
    fn default() -> Self {
        Self { theme: Theme::Print, lang: Lang::En, size_px: [1920, 1080], map: true }
    }
}

/// Draws the plan of a variant, as the window shows it, with its map and credits.
///
/// # Errors
/// When there is no such variant, or the picture cannot be made.
pub fn draw_plan(
    project: &Project,
    variant: Id,
    picture: &PlanPicture,
    format: PictureFormat,
) -> Result<Vec<u8>, DoorError> {
    let failed = |err: &dyn std::fmt::Display| DoorError::Write(err.to_string());
    let PlanPicture { theme, lang, size_px, map } = *picture;
    let variant = project.variant(variant).ok_or_else(|| DoorError::Write(tr(lang, "export-no-variant")))?;
    let subjects = format == PictureFormat::Svg;
    let library = Library::with_overrides(&project.uses);
    let size_px = size_px.map(f64::from);
    let camera = camera_for_plan(variant, size_px);
    let options = PlanOptions { subjects, ..PlanOptions::new(lang, &library).seen_by(&camera) };
    let mut scene = Scene::default();
    if map {
        let frame = Frame::new(project.origin.lon_deg, project.origin.lat_deg).map_err(|err| failed(&err))?;
        scene = basemap::schematic().place(&frame).scene(lang, Some(camera.bounds()), camera.px_per_m);
    }
    scene.append(plan(project, variant, &options));
    let credits = if map { tr(lang, "credit-schematic") } else { String::new() };
    let title = format!("{} · {}", project.name, variant.name);
    let options = PictureOptions { credits: &credits, title: &title, ..PictureOptions::new(theme, lang) };
    match format {
        PictureFormat::Svg => {
            let mut bytes = Vec::new();
            svg::write(&scene, &camera, &options, &mut bytes).map_err(|err| failed(&err))?;
            Ok(bytes)
        }
        PictureFormat::Png => {
            let pixmap = png::render(&scene, &camera, &options).map_err(|err| failed(&err))?;
            png::encode(&pixmap).map_err(|err| failed(&err))
        }
    }
}

/// A camera on all that a variant draws, with room around it; on the site where it is empty.
fn camera_for_plan(variant: &Variant, size_px: [f64; 2]) -> Camera {
    /// Part of the picture's lesser side left free all around.
    const MARGIN: f64 = 0.1;
    /// Half of what is shown of an empty site, in metres.
    const EMPTY_HALF_M: f64 = 100.0;
    let bounds = variant.bounds().unwrap_or_else(|| {
        let origin = Point { x: 0.0, y: 0.0 };
        Bounds { min: origin, max: origin }.grown(EMPTY_HALF_M)
    });
    Camera::fit(bounds, size_px, size_px[0].min(size_px[1]) * MARGIN)
}
