//! A map in a file laid under a drawing, whole and at once: for pictures, files of vectors and the command line.
//!
//! The window reads tiles as they come into view (`studio`); here all that a picture shows is read before it is drawn.

use std::sync::Arc;

use super::archive::TileKind;
use super::fault::{MapFault, TileReader};
use super::vector::{NameStyle, VectorTile, draw_tiles, name_tiles};
use super::{COARSEST_LAID, TileGrid, TileId, part_of_tile, tiles_in_view};
use crate::crs::Frame;
use crate::geometry::Bounds;
use crate::scene::{LARGEST_TILE_PX, Layer, Pixels, Scene, Shape};

/// A picture takes at most so many tiles.
const MOST: usize = 400;

/// A map as shapes.
#[derive(Debug, Default)]
pub struct LaidMap {
    /// What is drawn, without names.
    pub ground: Scene,
    /// The names on it, which stand over the drawing's ground but under the drawing.
    pub names: Scene,
    /// How many tiles were drawn.
    pub tiles: usize,
    /// How many tiles could not be read.
    pub damaged: usize,
}

/// Lays a map under a view of a frame, at a scale in logical pixels to a metre, of which each has so many dots.
///
/// # Errors
/// When nothing in it can be read, or it was called off. Single tiles that cannot be read are left out and counted.
pub fn lay(
    map: &dyn TileReader,
    frame: &Frame,
    (view, px_per_m, dots): (&Bounds, f64, f64),
    style: NameStyle<'_>,
    goes_on: &dyn Fn() -> bool,
) -> Result<LaidMap, MapFault> {
    let info = map.info();
    // Pictures are read as finely as they are shown, and laid part by part; shapes are as fine as anything.
    let (side_px, fineness, deepest) = match info.kind {
        TileKind::Vector => (512.0, 1.0, info.zooms[1]),
        TileKind::Raster => (256.0, dots, info.zooms[1].max(COARSEST_LAID)),
    };
    let grid = TileGrid { side_px, zooms: [info.zooms[0], deepest], most: MOST };
    // A coarse picture is read once for all of its parts.
    let mut coarse: Option<(TileId, Pixels)> = None;
    let mut laid = LaidMap::default();
    let mut vectors: Vec<(TileId, Arc<VectorTile>)> = Vec::new();
    let mut last = None;
    for id in tiles_in_view(frame, *view, px_per_m * fineness, grid) {
        let of = id.at_zoom(info.zooms[1]);
        if !info.may_have(of) {
            continue;
        }
        if of != id
            && let Some((_, pixels)) = coarse.as_ref().filter(|(known, _)| *known == of)
        {
            laid.ground.push(part_shape(frame, pixels, of, id));
            laid.tiles += 1;
            continue;
        }
        if !goes_on() {
            return Err(MapFault::CalledOff);
        }
        let bytes = match map.read(of) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => continue,
            Err(error) => {
                laid.damaged += 1;
                last = Some(error);
                continue;
            }
        };
        let understood = match info.kind {
            TileKind::Vector => VectorTile::read(&bytes).map(|tile| vectors.push((id, Arc::new(tile)))),
            TileKind::Raster => Pixels::read_at_most(&bytes, LARGEST_TILE_PX).map(|pixels| {
                if of == id {
                    let corners = super::tile_corners_local(frame, id);
                    laid.ground.push(Shape::Picture { pixels: Arc::new(pixels), corners, opacity: 1.0 });
                } else {
                    laid.ground.push(part_shape(frame, &pixels, of, id));
                    coarse = Some((of, pixels));
                }
            }),
        };
        if understood.is_some() {
            laid.tiles += 1;
        } else {
            laid.damaged += 1;
        }
    }
    if laid.tiles == 0 && laid.damaged > 0 {
        return Err(last.unwrap_or(MapFault::Damaged));
    }
    if info.kind == TileKind::Vector {
        laid.ground = draw_tiles(&vectors, frame, view, px_per_m, style.look);
        laid.names = name_tiles(&vectors, frame, style, view, px_per_m);
    } else {
        laid.ground.layers.insert(0, (0, Layer::Map));
    }
    Ok(laid)
}

/// The part of a coarse picture that a finer tile shows.
fn part_shape(frame: &Frame, pixels: &Pixels, of: TileId, id: TileId) -> Shape {
    let pixels = Arc::new(pixels.part(part_of_tile(of, id)));
    Shape::Picture { pixels, corners: super::tile_corners_local(frame, id), opacity: 1.0 }
}
