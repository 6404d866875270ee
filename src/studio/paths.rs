//! Names of files, and which kinds of files a dialog offers.

use std::path::{Path, PathBuf};

use super::action::PathFor;
use super::services::FileFilter;
use crate::i18n::{Lang, tr};
use crate::io::door::Format;

/// The name of a file without its folder.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// A typed path with `~` written out.
pub(super) fn from_home(path: PathBuf, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// The path of a project file: what stands after a dot in «Block 1.5» is no extension.
pub(super) fn with_own_extension(path: PathBuf) -> PathBuf {
    with_end(path, Format::Maakblok)
}

/// The path with an end that tells its format, where it has none.
fn with_end(path: PathBuf, format: Format) -> PathBuf {
    if Format::of_path(&path) == Some(format) {
        return path;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}", format.extension()));
    path.with_file_name(name)
}

/// The path of a library file.
pub(super) fn with_library_extension(path: PathBuf) -> PathBuf {
    with_end(path, Format::Library)
}

/// Whether two paths lead to one file, links followed.
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    a == b || real(a).is_some_and(|a| Some(a) == real(b))
}

/// A path beside another with the first number that is free: `block 2.maakblok` beside `block.maakblok`.
pub(super) fn free_path(path: &Path) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    let numbered = |number: u32| path.with_file_name(format!("{stem} {number}.{extension}"));
    (2..).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(2))
}

/// A file name made of a project's name.
pub(super) fn suggested_name(name: &str, extension: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_alphanumeric() { c.to_lowercase().next().unwrap_or(c) } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let stem = if parts.is_empty() { "maakblok".to_owned() } else { parts.join("-") };
    format!("{stem}.{extension}")
}

/// What a file is called that is exported from a project; nothing where another kind of path is asked for.
pub(super) fn export_name(project: &str, what: PathFor) -> String {
    match what {
        PathFor::Export => suggested_name(project, "svg"),
        PathFor::Picture => suggested_name(project, "pdf"),
        PathFor::Library => suggested_name(project, "maakblok-library"),
        PathFor::Table => suggested_name(project, "xlsx"),
        PathFor::Chart(chart) => suggested_name(&format!("{project} {}", chart.key()), "svg"),
        PathFor::Open
        | PathFor::Save
        | PathFor::Import
        | PathFor::ImportPlots
        | PathFor::Map
        | PathFor::KeepArea
        | PathFor::Underlay => String::new(),
    }
}

/// The message key of a path dialog's title.
#[must_use]
pub fn title_key(what: PathFor) -> &'static str {
    match what {
        PathFor::Open => "path-open",
        PathFor::Save => "path-save",
        PathFor::Import => "path-import",
        PathFor::ImportPlots => "path-import-plots",
        PathFor::Map => "path-map",
        PathFor::Underlay => "path-underlay",
        PathFor::KeepArea => "path-keep-area",
        PathFor::Export => "path-export",
        PathFor::Picture => "path-picture",
        PathFor::Chart(_) => "path-chart",
        PathFor::Library => "path-library",
        PathFor::Table => "path-table",
    }
}

/// What a dialog offers.
pub(super) fn filters(what: PathFor, lang: Lang) -> Vec<FileFilter> {
    let filter = |key: &str, extensions: &[&str]| FileFilter {
        name: tr(lang, key),
        extensions: extensions.iter().map(|e| (*e).to_owned()).collect(),
    };
    match what {
        PathFor::Open => vec![filter("filter-open", &["maakblok", "geojson", "json"])],
        PathFor::Save => vec![filter("filter-project", &["maakblok"])],
        PathFor::Import => vec![
            filter("filter-geojson", &["geojson", "json", "maakblok", "maakblok-library"]),
            filter("filter-osm", &["pbf", "osm", "gz"]),
        ],
        PathFor::ImportPlots => vec![filter("filter-areas", &["geojson", "json"])],
        PathFor::Underlay => vec![filter("filter-pictures", &["png", "jpg", "jpeg", "webp", "tif", "tiff"])],
        PathFor::KeepArea => vec![filter("filter-map", &["pmtiles"])],
        PathFor::Map => vec![filter("filter-map", &["pmtiles", "mbtiles"])],
        PathFor::Table => vec![filter("filter-xlsx", &["xlsx"]), filter("filter-csv", &["csv"])],
        PathFor::Library => vec![filter("filter-library", &["maakblok-library"])],
        PathFor::Chart(_) => {
            vec![
                filter("filter-svg", &["svg"]),
                filter("filter-png", &["png"]),
                filter("filter-pdf", &["pdf"]),
                filter("filter-csv", &["csv"]),
            ]
        }
        PathFor::Picture => {
            vec![filter("filter-pdf", &["pdf"]), filter("filter-png", &["png"]), filter("filter-svg", &["svg"])]
        }
        PathFor::Export => vec![
            filter("filter-svg", &["svg"]),
            filter("filter-png", &["png"]),
            filter("filter-pdf", &["pdf"]),
            filter("filter-geojson", &["geojson"]),
            filter("filter-csv", &["csv"]),
            filter("filter-xlsx", &["xlsx"]),
        ],
    }
}
