//! A chart as a file: as SVG and PNG by the painters of the plan, as CSV the numbers under it.

use std::path::Path;

use super::door::{DoorError, Format};
use super::drawing::{PictureFormat, painted};
use super::picture::PictureOptions;
use super::save;
use super::tables::csv_of;
use crate::chart::Chart;
use crate::i18n::Lang;
use crate::look::Theme;

/// Pixels of a PNG for a logical pixel: sharp on a projector and in a report.
const PNG_ZOOM: f64 = 2.0;

/// A chart in a format; a project file or GeoJSON is none that it has.
///
/// # Errors
/// When the format cannot hold it or the picture cannot be made.
pub fn write_bytes(chart: &Chart, format: Format, theme: Theme, lang: Lang) -> Result<Vec<u8>, DoorError> {
    let picture = |zoom, format| {
        let options = PictureOptions { scale_bar: false, north: false, zoom, ..PictureOptions::new(theme, lang) };
        painted(&chart.scene, &chart.camera(zoom), &options, format)
    };
    match format {
        Format::Svg => picture(1.0, PictureFormat::Svg),
        Format::Png => picture(PNG_ZOOM, PictureFormat::Png),
        Format::Pdf => picture(1.0, PictureFormat::Pdf),
        Format::Csv => csv_of(&chart.table),
        Format::Maakblok | Format::Library | Format::Geojson | Format::Xlsx => Err(DoorError::UnknownExtension),
    }
}

/// Writes a chart in the format that the name says.
///
/// # Errors
/// When the extension says nothing or the file cannot be written; what was there before is then untouched.
pub fn write(chart: &Chart, path: &Path, theme: Theme, lang: Lang) -> Result<(), DoorError> {
    let format = Format::of_path(path).ok_or(DoorError::UnknownExtension)?;
    save::write_whole(path, &write_bytes(chart, format, theme, lang)?)?;
    Ok(())
}
