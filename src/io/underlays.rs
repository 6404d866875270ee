//! Pictures that lie under a drawing: read from their files, placed by what lies beside those, made shapes for painters.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::basemap::{Coordinates, bytes_of_file};
use crate::crs::Frame;
use crate::geometry::{Point, WorldFromPixel, tied};
use crate::i18n::{Lang, system_words, tr, tr_with};
use crate::model::{Id, Picture, Project};
use crate::scene::{Layer, Pixels, Scene, Shape};

/// A larger file is linked, not stored: a project shall stay one that can be sent.
pub const MOST_STORED: usize = 24 << 20;

/// Nor are more stored when those of a project are larger together, in letters.
pub const MOST_STORED_TOGETHER: usize = 96 << 20;

/// A larger file is not read at all.
const LARGEST: u64 = 400 << 20;

/// A picture that was read from a file.
#[derive(Debug)]
pub struct ReadPicture {
    /// The file.
    pub path: PathBuf,
    /// Its bytes as a project stores them, where it can.
    pub stored: Option<Arc<str>>,
    /// Its pixels.
    pub pixels: Arc<Pixels>,
    /// What its world file says, in the system of that file.
    pub world: Option<WorldFromPixel>,
}

/// Why a picture cannot be laid under a drawing.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum UnderlayError {
    /// The file system refuses.
    Open(std::io::Error),
    /// It is no picture, or one that cannot be held.
    NoPicture,
}

impl UnderlayError {
    /// The sentence for people; it begins in lower case.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Open(error) => tr_with(lang, "archive-error-open", &[("error", system_words(lang, error).into())]),
            Self::NoPicture => tr(lang, "underlay-error-picture"),
        }
    }
}

/// Whether a name is that of a picture.
#[must_use]
pub fn is_picture(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["png", "jpg", "jpeg", "webp", "tif", "tiff"].contains(&extension.as_str())
}

/// Reads a picture, and the world file beside it.
///
/// # Errors
/// When there is none that can be read.
pub fn read(path: &Path) -> Result<ReadPicture, UnderlayError> {
    let bytes = bytes_of_file(path, LARGEST).map_err(UnderlayError::Open)?;
    let pixels = Pixels::read(&bytes).ok_or(UnderlayError::NoPicture)?;
    let stored = (bytes.len() <= MOST_STORED).then(|| stored(&bytes));
    Ok(ReadPicture { path: path.to_owned(), stored, pixels: Arc::new(pixels), world: world_file(path) })
}

/// The bytes of a picture as they are stored in a project.
#[must_use]
pub fn stored(bytes: &[u8]) -> Arc<str> {
    STANDARD.encode(bytes).into()
}

/// The pixels of a picture of a project; `None` where its file is gone or damaged.
#[must_use]
pub fn pixels_of(picture: &Picture) -> Option<Pixels> {
    let bytes = if picture.is_linked() {
        let path = Path::new(&picture.file);
        // A name that leads to another machine would be a request; a picture is told by its name before it is opened.
        if !path.is_absolute()
            || picture.file.starts_with("\\\\")
            || picture.file.starts_with("//")
            || !is_picture(path)
        {
            return None;
        }
        bytes_of_file(path, LARGEST).ok()?
    } else {
        STANDARD.decode(picture.base64.as_bytes()).ok()?
    };
    Pixels::read(&bytes)
}

/// The six numbers of a world file beside a picture (`.pgw`, `.jgw`, `.tfw`, `.wld`…), for pixel corners: the file is about
/// the middle of the first pixel.
fn world_file(path: &Path) -> Option<WorldFromPixel> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    let letters: Vec<char> = extension.chars().collect();
    let short = format!("{}{}w", letters.first()?, letters.last()?);
    let names = [short.clone(), format!("{extension}w"), "wld".to_owned(), short.to_uppercase()];
    let text =
        names.iter().find_map(|name| String::from_utf8(bytes_of_file(&path.with_extension(name), 4_096).ok()?).ok())?;
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.replace(',', ".").parse().ok()).collect();
    let [a, d, b, e, c, f] = <[f64; 6]>::try_from(numbers).ok()?;
    let finite = [a, b, c, d, e, f].iter().all(|n| n.is_finite()) && (a * e - b * d).abs() > 0.0;
    finite.then_some([a, b, c - (a + b) / 2.0, d, e, f - (d + e) / 2.0])
}

/// A map of a world file brought into a frame: its system is told by where it lies (degrees, Lambert 72, Lambert 2008), as of
/// coordinates that are typed. `None` when it lies in none of them, or too far away.
#[must_use]
pub fn placed_by_world(world: WorldFromPixel, size_px: [u32; 2], frame: &Frame) -> Option<WorldFromPixel> {
    let [width, height] = size_px.map(f64::from);
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    let mut ties: Vec<([f64; 2], Point)> = Vec::new();
    for pixel in corners {
        let at = crate::geometry::world_from_pixel(world, pixel);
        let typed = Coordinates::typed(&format!("{:.9}; {:.9}", at.x, at.y))?;
        ties.push((pixel, frame.local_from_wgs84(typed.lon, typed.lat).ok()?));
    }
    tied(&ties, world, true).map(|fit| fit.map)
}

/// The pictures of a project that are seen, as shapes; `pixels` gives what they show.
pub fn shapes(project: &Project, pixels: &mut dyn FnMut(Id) -> Option<Arc<Pixels>>) -> Scene {
    let mut scene = Scene::default();
    scene.begin(Layer::Map);
    for underlay in project.underlays.iter().filter(|underlay| !underlay.hidden) {
        if let Some(pixels) = pixels(underlay.picture) {
            scene.push(Shape::Picture { pixels, corners: underlay.corners(), opacity: underlay.opacity() });
        }
    }
    scene
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{distance_m, world_from_pixel};

    #[test]
    fn a_world_file_places_a_picture_where_its_system_says() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.png");
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbaImage::new(200, 100).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        std::fs::write(&path, bytes.into_inner()).unwrap();
        // Half a metre to a pixel in Lambert 72; the middle of the first pixel at 149 000.25, 170 999.75.
        std::fs::write(path.with_extension("pgw"), "0.5\n0\n0\n-0.5\n149000.25\n170999.75\n").unwrap();
        let read = read(&path).unwrap();
        assert_eq!(read.world, Some([0.5, 0.0, 149_000.0, 0.0, -0.5, 171_000.0]));
        let [lon, lat] = crate::crs::wgs84_from_epsg(31370, 149_000.0, 171_000.0).unwrap();
        let frame = Frame::new(lon, lat).unwrap();
        let map = placed_by_world(read.world.unwrap(), read.pixels.size, &frame).unwrap();
        assert!(distance_m(world_from_pixel(map, [0.0, 0.0]), Point::zero()) < 0.01);
        let across = world_from_pixel(map, [200.0, 0.0]);
        assert!((across.x - 100.0).abs() < 0.1, "{across:?}");
        assert!(placed_by_world([0.5, 0.0, 5.0e6, 0.0, -0.5, 1.0e6], [10, 10], &frame).is_none());
    }

    #[test]
    fn what_is_stored_comes_back() {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbaImage::from_pixel(3, 2, image::Rgba([9, 8, 7, 255]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        let base64 = stored(&bytes.into_inner());
        let picture = Picture { id: Id(1), file: "a.png".to_owned(), base64, extra: Default::default() };
        assert_eq!(pixels_of(&picture).unwrap().size, [3, 2]);
        let gone = Picture { base64: Arc::from(""), file: "/nowhere/a.png".to_owned(), ..picture };
        assert!(gone.is_linked() && pixels_of(&gone).is_none());
    }
}
