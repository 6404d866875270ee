//! What is on a picture of a variant: the maps under it, the scans, the grid, the drawing, and whom it owes to.

mod under;

use std::sync::Arc;

use self::under::{Under, under_plan};
use super::door::DoorError;
use super::page::scale_words;
use super::picture::{PictureOptions, credit_line};
use super::{pdf, png, svg};
use crate::basemap::{MapLook, TileReader};
use crate::crs::Frame;
use crate::geometry::{Bounds, Point, point};
use crate::i18n::{Lang, number, sentence, tr_with};
use crate::library::Library;
use crate::look::Theme;
use crate::model::{Id, LayerKind, Project, Variant, credits_of};
use crate::scene::{Camera, GridOf, PlanOptions, PlanPart, Scene, Tone, axo, plan};

/// A format of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
    /// A page.
    Pdf,
}

/// Logical pixels to an inch.
pub const PX_PER_INCH: f64 = 96.0;

/// What of a plan is on a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum PlanSeen {
    /// All that is drawn, or the site where nothing is.
    #[default]
    All,
    /// What lies in a rectangle, in local metres.
    View(Bounds),
}

/// How a plan is drawn.
#[derive(Clone, Debug)]
pub struct PlanPicture {
    /// Its colours.
    pub theme: Theme,
    /// The language of its words.
    pub lang: Lang,
    /// Width and height in logical pixels, of which 96 make an inch.
    pub size_px: [f64; 2],
    /// Pixels of a picture to a logical one. Files of vectors have no pixels.
    pub dots: f64,
    /// Whether it is a sheet of paper, with a size in millimetres.
    pub on_paper: bool,
    /// What of the plan is seen.
    pub seen: PlanSeen,
    /// The denominator of the scale; `None` for as large as the page holds.
    pub scale: Option<f64>,
    /// Whether the built-in map lies under it.
    pub map: bool,
    /// Maps that lie over that one, the lowest first.
    pub maps: Vec<UnderMap>,
    /// How maps of shapes look.
    pub map_look: MapLook,
    /// Whether maps have names on them.
    pub map_names: bool,
    /// The system whose grid lies over the map, if one does.
    pub grid: Option<GridOf>,
    /// Says whether maps are still to be read, which may take long; `None` for as long as it takes.
    pub watch: Option<PictureWatch>,
}

/// Asked between the tiles of a map: `false` calls a picture off.
#[derive(Clone)]
pub struct PictureWatch(pub Arc<dyn Fn() -> bool + Send + Sync>);

impl std::fmt::Debug for PictureWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PictureWatch")
    }
}

impl PlanPicture {
    /// What it shows of a variant, in logical pixels. Around all that is drawn is some room; an empty one shows its site.
    #[must_use]
    pub fn camera(&self, variant: &Variant) -> Camera {
        /// Part of the picture's lesser side left free all around.
        const MARGIN: f64 = 0.1;
        /// Half of what is shown of an empty site, in metres.
        const EMPTY_HALF_M: f64 = 100.0;
        let size_px = self.size_px;
        let camera = match self.seen {
            PlanSeen::View(bounds) => Camera::fit(bounds, size_px, 0.0),
            PlanSeen::All => {
                let bounds = variant.bounds().unwrap_or_else(|| {
                    let origin = Point { x: 0.0, y: 0.0 };
                    Bounds { min: origin, max: origin }.grown(EMPTY_HALF_M)
                });
                Camera::fit(bounds, size_px, size_px[0].min(size_px[1]) * MARGIN)
            }
        };
        match self.scale {
            Some(scale) => Camera { px_per_m: Camera::px_per_m_at(scale, PX_PER_INCH), ..camera },
            None => camera,
        }
    }

    fn goes_on(&self) -> bool {
        self.watch.as_ref().is_none_or(|PictureWatch(goes_on)| goes_on())
    }
}

impl Default for PlanPicture {
    fn default() -> Self {
        Self {
            theme: Theme::Paper,
            lang: Lang::En,
            size_px: [1920.0, 1080.0],
            dots: 1.0,
            on_paper: false,
            seen: PlanSeen::All,
            scale: None,
            map: true,
            maps: Vec::new(),
            map_look: MapLook::Quiet,
            map_names: true,
            grid: None,
            watch: None,
        }
    }
}

/// A map that lies under a drawing.
#[derive(Clone)]
pub struct UnderMap {
    /// What people call it.
    pub name: String,
    /// Where its tiles come from.
    pub map: Arc<dyn TileReader>,
    /// How strongly it is seen.
    pub tone: Tone,
}

impl std::fmt::Debug for UnderMap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UnderMap")
            .field("name", &self.name)
            .field("map", self.map.info())
            .field("tone", &self.tone)
            .finish()
    }
}

impl UnderMap {
    /// That a map is not on the picture, and why, in words.
    #[must_use]
    pub fn left_out(name: &str, why: &str, lang: Lang) -> String {
        tr_with(lang, "print-left-out", &[("name", name.into()), ("why", sentence(why).into())])
    }

    /// That parts of a map are not on the picture, in words; `None` when all are.
    fn gaps(&self, damaged: usize, lang: Lang) -> Option<String> {
        let count = number(lang, damaged as f64, 0);
        let args = [("n", damaged.into()), ("count", count.into()), ("name", self.name.as_str().into())];
        (damaged > 0).then(|| tr_with(lang, "print-gaps", &args))
    }
}

/// A plan that was drawn.
#[derive(Debug)]
pub struct DrawnPlan {
    /// The file of the picture.
    pub bytes: Vec<u8>,
    /// What there is to say about the maps under it.
    pub notes: Vec<String>,
}

/// Draws the plan of a variant, as the window shows it, with its map and credits. A map that cannot be had is left out and
/// said: the drawing does not wait for it.
///
/// # Errors
/// When there is no such variant, the picture cannot be made, or it was called off.
pub fn draw_plan(
    project: &Project,
    variant: Id,
    picture: &PlanPicture,
    format: PictureFormat,
) -> Result<DrawnPlan, DoorError> {
    let PlanPicture { theme, lang, grid, .. } = *picture;
    let variant = project.variant(variant).ok_or(DoorError::NoVariant)?;
    let subjects = format == PictureFormat::Svg;
    let library = Library::with_overrides(&project.uses);
    let camera = picture.camera(variant);
    let figure_ground = picture.map_look == MapLook::FigureGround;
    let options = PlanOptions { subjects, figure_ground, ..PlanOptions::new(lang, &library).seen_by(&camera) };
    let Under { mut scene, scans, mut credits, notes } = under_plan(project, variant, picture, &camera, format)?;
    let [lines, numbers] = match grid {
        Some(of) => {
            let frame = Frame::new(project.origin.lon_deg, project.origin.lat_deg)?;
            crate::scene::grid(&frame, &camera, of, lang)
        }
        None => Default::default(),
    };
    let of = |part| plan(project, variant, &PlanOptions { part, ..options.clone() });
    scene.append(of(PlanPart::Surroundings));
    scene.append(scans);
    scene.append(lines);
    scene.append(of(PlanPart::Design));
    scene.append(numbers);
    if project.layers.shows(LayerKind::Context) {
        credits.extend(credits_of(project.context.iter().map(|one| &**one)));
    }
    let credits = credit_line(credits);
    let mut title = format!("{} · {}", project.name, variant.name);
    if let Some(scale) = picture.scale {
        title = format!("{title} · {}", scale_words(scale, lang));
    }
    // The same drawing in more pixels: lines, words and what a scale shows stay as they are.
    let dots = if format == PictureFormat::Png { picture.dots } else { 1.0 };
    let camera = Camera {
        px_per_m: camera.px_per_m * dots,
        size_px: camera.size_px.map(|side| if format == PictureFormat::Png { (side * dots).round() } else { side }),
        ..camera
    };
    let options = PictureOptions { credits: &credits, title: &title, ..PictureOptions::new(theme, lang) };
    let options = PictureOptions { zoom: dots, in_mm: picture.on_paper, ..options };
    Ok(DrawnPlan { bytes: painted(&scene, &camera, &options, format)?, notes })
}

/// Draws the axonometry of a variant in so many pixels.
///
/// # Errors
/// When there is no such variant, nothing stands in it, or the picture cannot be written.
pub fn draw_axo(
    project: &Project,
    variant: Id,
    picture: &PlanPicture,
    format: PictureFormat,
) -> Result<Vec<u8>, DoorError> {
    let PlanPicture { theme, lang, size_px, .. } = *picture;
    let variant = project.variant(variant).ok_or(DoorError::NoVariant)?;
    let library = Library::with_overrides(&project.uses);
    let scene = axo(variant, &PlanOptions::new(lang, &library));
    let bounds = scene.bounds().unwrap_or(Bounds { min: point(0.0, 0.0), max: point(100.0, 100.0) });
    let camera = Camera::fit(bounds, size_px, 40.0);
    let title = format!("{} · {}", project.name, variant.name);
    // Heights are true and the plan is turned: a north arrow of the plan would lie.
    let options = PictureOptions { title: &title, north: false, ..PictureOptions::new(theme, lang) };
    painted(&scene, &camera, &options, format)
}

/// The file of a picture of a scene.
pub(super) fn painted(
    scene: &Scene,
    camera: &Camera,
    options: &PictureOptions<'_>,
    format: PictureFormat,
) -> Result<Vec<u8>, DoorError> {
    match format {
        PictureFormat::Svg => {
            let mut bytes = Vec::new();
            svg::write(scene, camera, options, &mut bytes)?;
            Ok(bytes)
        }
        PictureFormat::Pdf => Ok(pdf::write(scene, camera, options)),
        PictureFormat::Png => {
            Ok(png::with_density(png::encode(&png::render(scene, camera, options)?)?, PX_PER_INCH * options.zoom))
        }
    }
}
