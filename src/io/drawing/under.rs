//! What lies under a plan on a picture: the built-in map where no other covers it, maps of files and of the network, scans.
//! The same rules as in the window (`ui/canvas/view.rs`), read at once instead of as it comes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DoorError, PictureFormat, PlanPicture, UnderMap};
use crate::basemap::{self, NameStyle, TileKind};
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline};
use crate::i18n::tr;
use crate::io::underlays;
use crate::look::{PICTURES_AT_NIGHT, Rgba, Role, Theme, tokens};
use crate::model::{Id, LayerKind, Project, Variant, reaches_of_credited};
use crate::scene::{Camera, Layer, Paint, Pixels, Scene, Shape, Tone, occupied, rectangle};

/// What lies under a plan, whom it owes to, and what there is to say about it.
#[derive(Default)]
pub(super) struct Under {
    /// The maps.
    pub scene: Scene,
    /// Pictures of the project, which lie over its surroundings.
    pub scans: Scene,
    pub credits: Vec<String>,
    pub notes: Vec<String>,
}

/// Lays all of it, the lowest first.
pub(super) fn under_plan(
    project: &Project,
    variant: &Variant,
    picture: &PlanPicture,
    camera: &Camera,
    format: PictureFormat,
) -> Result<Under, DoorError> {
    let mut under = Under::default();
    let dark = (picture.theme == Theme::Night).then(|| tokens().color(Theme::Night, PICTURES_AT_NIGHT));
    if picture.map || !picture.maps.is_empty() {
        let frame = Frame::new(project.origin.lon_deg, project.origin.lat_deg)?;
        let dots = if format == PictureFormat::Png { picture.dots } else { 1.0 };
        let mut taken = occupied(project, variant);
        taken.extend(under_furniture(camera));
        let maps = maps(picture, &frame, (camera, dots), (&taken, dark), &mut under)?;
        // Where a map covers everything the built-in one steps back; a map that is faded fades to paper.
        if picture.map && !maps.cover_all {
            under.scene = built_in(project, picture, &frame, camera);
            under.credits.push(tr(picture.lang, "credit-schematic"));
        }
        under.scene.append(maps.scene);
    }
    let mut seen: BTreeMap<Id, Option<Arc<Pixels>>> = BTreeMap::new();
    under.scans = underlays::shapes(project, &mut |id| {
        let read = || {
            let pixels = project.pictures.get(id).and_then(|picture| underlays::pixels_of(picture))?;
            Some(Arc::new(darkened(pixels, dark)))
        };
        seen.entry(id).or_insert_with(read).clone()
    });
    Ok(under)
}

/// The built-in map, blank where surroundings were brought in: those stand for it.
fn built_in(project: &Project, picture: &PlanPicture, frame: &Frame, camera: &Camera) -> Scene {
    let names = picture.map_names.then_some(picture.lang);
    let mut scene = basemap::schematic().place(frame).drawn(names, Some(camera.bounds()), camera.px_per_m);
    if project.layers.shows(LayerKind::Context) {
        for reach in reaches_of_credited(project.context.iter().map(|one| &**one)) {
            scene.push(land(rectangle(reach)));
        }
    }
    scene
}

fn land(outline: Outline) -> Shape {
    Shape::Area { outline: Arc::new(outline), fill: Some(Paint::Role(Role::MapLand)), hatch: None, pen: None }
}

/// The maps of files and of the network.
#[derive(Default)]
struct Maps {
    scene: Scene,
    cover_all: bool,
}

fn maps(
    picture: &PlanPicture,
    frame: &Frame,
    (camera, dots): (&Camera, f64),
    (taken, dark): (&[Arc<Outline>], Option<Rgba>),
    under: &mut Under,
) -> Result<Maps, DoorError> {
    let lang = picture.lang;
    let mut maps = Maps::default();
    let mut is_lowest = true;
    for map in &picture.maps {
        let view = (&camera.bounds(), camera.px_per_m, dots);
        let style = NameStyle { lang, look: picture.map_look, clear_of: taken };
        let laid = match basemap::lay(&*map.map, frame, view, style, &|| picture.goes_on()) {
            Ok(laid) => laid,
            Err(_) if !picture.goes_on() => return Err(DoorError::CalledOff),
            Err(fault) => {
                under.notes.push(UnderMap::left_out(&map.name, &fault.text(lang), lang));
                continue;
            }
        };
        under.notes.extend(map.gaps(laid.damaged, lang));
        if laid.tiles == 0 {
            continue;
        }
        let info = map.map.info();
        under.credits.push(info.attribution.clone());
        let mut ground = Scene::default();
        ground.begin(Layer::Map);
        if std::mem::take(&mut is_lowest) {
            maps.cover_all = basemap::covers_view(frame, camera.bounds(), info.cover_deg);
            // Shapes lie on paper of their own, so that nothing of the built-in map is seen between them.
            if info.kind == TileKind::Vector
                && !maps.cover_all
                && let Some([west, south, east, north]) = info.cover_deg
            {
                let corners = [[west, south], [east, south], [east, north], [west, north]];
                let placed = corners.into_iter().filter_map(|[lon, lat]| frame.local_from_wgs84(lon, lat).ok());
                ground.push(land(Outline::from_points(placed)));
            }
        }
        ground.append(laid.ground);
        maps.scene.append(sheet(in_the_dark(ground, dark), map.tone));
        if picture.map_names {
            maps.scene.append(laid.names);
        }
    }
    Ok(maps)
}

/// A scene as one sheet, where it is not seen just as it is.
fn sheet(scene: Scene, tone: Tone) -> Scene {
    if tone.is_plain() {
        return scene;
    }
    let mut sheet = Scene::default();
    sheet.begin(Layer::Map);
    sheet.push(Shape::Sheet { scene: Arc::new(scene), tone });
    sheet
}

/// Pictures are made for paper: at night they are darkened, as in the window.
fn in_the_dark(mut scene: Scene, dark: Option<Rgba>) -> Scene {
    if dark.is_some() {
        for shape in &mut scene.shapes {
            if let Shape::Picture { pixels, .. } = shape {
                *pixels = Arc::new(darkened(Pixels::clone(pixels), dark));
            }
        }
    }
    scene
}

fn darkened(pixels: Pixels, dark: Option<Rgba>) -> Pixels {
    match dark {
        Some(Rgba([r, g, b, _])) => pixels.times([r, g, b]),
        None => pixels,
    }
}

/// Where the title, north, the scale bar and the credits stand on a picture: no name of a map shall lie under them.
fn under_furniture(camera: &Camera) -> impl Iterator<Item = Arc<Outline>> {
    /// Width and height of a strip in logical pixels.
    const STRIP_PX: [f64; 2] = [300.0, 52.0];
    let [width, height] = camera.size_px;
    let [across, down] = STRIP_PX;
    let corners = [[0.0, 0.0], [0.0, height - down], [width - across, height - down / 2.0]];
    let camera = *camera;
    corners.into_iter().filter_map(move |[x, y]| {
        let corners = [[x, y], [x + across, y + down]].map(|at| camera.world_from_screen(at));
        Bounds::around(corners).map(|bounds| Arc::new(rectangle(bounds)))
    })
}
