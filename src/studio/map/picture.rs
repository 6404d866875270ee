//! A tile as a picture: decoded, or drawn from shapes at the density of the screen.

use std::sync::Arc;

use super::source::{Fetched, Source, Understood};
use crate::basemap::MapFault;
use crate::basemap::{MapLook, TileId, TileKind, draw_tile};
use crate::geometry::{Bounds, point};
use crate::i18n::Lang;
use crate::io::picture::PictureOptions;
use crate::io::png;
use crate::look::{Role, Theme};
use crate::scene::{Camera, LARGEST_TILE_PX, Layer, Paint, Pixels, Scene, Shape, rectangle};

/// How tiles look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TileLook {
    /// The colours.
    pub theme: Theme,
    /// How maps of shapes look.
    pub look: MapLook,
    /// How much of the colour is gone, in sixteenths.
    pub grey: u8,
    /// Whether there is paper under the shapes, so that nothing below is seen.
    pub ground: bool,
    /// Pixels of the screen to a logical one, in sixteenths.
    pub density: u16,
}

/// A picture of a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PictureKey {
    /// The source, by its serial.
    pub source: u64,
    /// Which tile.
    pub tile: TileId,
    /// How many pixels its side has; 0 where it is a picture already.
    pub side_px: u32,
    /// How it looks.
    pub look: TileLook,
}

impl PictureKey {
    /// Makes the picture. Blocks.
    pub fn make(&self, source: &Source, understood: &Understood) -> Fetched<Pixels> {
        let grey = f32::from(self.look.grey) / 16.0;
        let data = source.data_tile(self.tile);
        if source.info().kind == TileKind::Raster {
            return match source.bytes(self.tile) {
                Fetched::Here(bytes) => match Pixels::read_at_most(&bytes, LARGEST_TILE_PX) {
                    // The file is for those who write files.
                    Some(pixels) => Fetched::Here(Pixels { file: None, ..pixels }.greyed(grey)),
                    None => Fetched::Failed(MapFault::Damaged),
                },
                Fetched::None => Fetched::None,
                Fetched::Failed(why) => Fetched::Failed(why),
            };
        }
        let shapes = match understood.tile(source, data) {
            Fetched::Here(shapes) => shapes,
            Fetched::None => return Fetched::None,
            Fetched::Failed(why) => return Fetched::Failed(why),
        };
        let (side_m, side_px) = (self.tile.side_m(), f64::from(self.side_px));
        // Lines are as wide as the look says in logical pixels, whatever the screen's density.
        let zoom = f64::from(self.look.density) / 16.0;
        let mut scene = Scene::default();
        scene.begin(Layer::Map);
        if self.look.ground {
            scene.push(self.paper(source.info().cover_deg, side_m));
        }
        scene.append(draw_tile(data, self.tile, &shapes, side_m, side_px / zoom, self.look.look));
        let camera = Camera {
            centre_local: point(side_m / 2.0, side_m / 2.0),
            px_per_m: side_px / side_m,
            size_px: [side_px, side_px],
        };
        let options = PictureOptions { zoom, ..PictureOptions::new(self.look.theme, Lang::En) };
        let Some(pixmap) = png::render_sheet(&scene, &camera, &options) else { return Fetched::None };
        let pixels = Pixels { size: [self.side_px, self.side_px], rgba: pixmap.take(), file: None };
        Fetched::Here(pixels.greyed(grey))
    }

    /// The paper under the shapes, as far as the map reaches: a coarse tile is much larger than a small map.
    fn paper(&self, cover_deg: Option<[f64; 4]>, side_m: f64) -> Shape {
        let whole = Bounds { min: point(0.0, 0.0), max: point(side_m, side_m) };
        let covered = cover_deg.map_or(whole, |[west, south, east, north]| {
            let [left, top] = self.tile.part_of(west, north).map(|part| part.clamp(0.0, 1.0));
            let [right, bottom] = self.tile.part_of(east, south).map(|part| part.clamp(0.0, 1.0));
            let at = |x: f64, y: f64| point(x * side_m, (1.0 - y) * side_m);
            Bounds { min: at(left, bottom), max: at(right, top) }
        });
        // No side of a tile is soft where the next one goes on.
        let outline = Arc::new(rectangle(covered.grown(if covered == whole { side_m * 0.01 } else { 0.0 })));
        Shape::Area { outline, fill: Some(Paint::Role(Role::MapLand)), hatch: None, pen: None }
    }
}
