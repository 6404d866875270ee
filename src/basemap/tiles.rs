//! Which tiles of a web map lie in a view, and where their corners are in a project's frame.
//!
//! Web Mercator is used for the numbers of tiles only; nothing is measured in it. A tile is drawn as the quadrilateral
//! of its four corners, so it lies right in the local frame although the two projections differ.

use std::f64::consts::PI;

use crate::crs::Frame;
use crate::geometry::{Bounds, Point};

/// The deepest zoom of the usual raster services.
pub const MAX_ZOOM: u8 = 19;

/// The deepest zoom of any tile: 1:100 and finer.
pub const DEEPEST: u8 = 24;

/// A view asks for at most this many tiles.
pub const MAX_TILES: usize = 64;

/// Length of the equator over tile pixels at zoom 0, in metres: 2π · 6 378 137 / 256.
const PIXEL_AT_EQUATOR_M: f64 = 2.0 * PI * 6_378_137.0 / 256.0;

/// A tile of 256 × 256 pixels, counted from the north-west.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Zoom, 0 for the whole world in one tile.
    pub zoom: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
}

impl TileId {
    /// The tile that holds a place in degrees WGS 84; places beyond the ends of the map count to the last tile.
    ///
    /// ```
    /// use maakblok::basemap::TileId;
    /// assert_eq!(TileId::at(0.0, 0.0, 1), TileId { zoom: 1, x: 1, y: 1 });
    /// ```
    #[must_use]
    pub fn at(lon_deg: f64, lat_deg: f64, zoom: u8) -> Self {
        let [x, y] = place_on_map(lon_deg, lat_deg);
        let zoom = zoom.min(DEEPEST);
        let count = f64::from(1_u32 << zoom);
        // `as` saturates, and takes what is no number for 0.
        let cell = |part: f64| (part * count).floor().clamp(0.0, count - 1.0) as u32;
        Self { zoom, x: cell(x), y: cell(y) }
    }

    /// Whether there is such a tile.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.zoom <= DEEPEST && self.x < 1 << self.zoom && self.y < 1 << self.zoom
    }

    /// The tile of a coarser zoom that it lies in; itself where `zoom` is not coarser.
    #[must_use]
    pub fn at_zoom(self, zoom: u8) -> Self {
        let up = self.zoom.saturating_sub(zoom);
        Self { zoom: self.zoom - up, x: self.x >> up, y: self.y >> up }
    }

    /// Whether some of it lies in a rectangle in degrees: west, south, east, north.
    #[must_use]
    pub fn meets(self, [west, south, east, north]: [f64; 4]) -> bool {
        let [tile_west, tile_north] = self.north_west_deg();
        let [tile_east, tile_south] = Self { x: self.x + 1, y: self.y + 1, ..self }.north_west_deg();
        tile_west < east && tile_east > west && tile_south < north && tile_north > south
    }

    /// Longitude and latitude in degrees of its north-west corner.
    #[must_use]
    pub fn north_west_deg(self) -> [f64; 2] {
        self.place_deg([0.0, 0.0])
    }

    /// Longitude and latitude in degrees of a place in it, in parts of its sides from the north-west.
    #[must_use]
    pub fn place_deg(self, [right, down]: [f64; 2]) -> [f64; 2] {
        let count = 2f64.powi(i32::from(self.zoom));
        let lat = (PI * (1.0 - 2.0 * (f64::from(self.y) + down) / count)).sinh().atan();
        [(f64::from(self.x) + right) / count * 360.0 - 180.0, lat.to_degrees()]
    }

    /// Where a place in degrees lies in it, in parts of its sides from the north-west.
    #[must_use]
    pub fn part_of(self, lon_deg: f64, lat_deg: f64) -> [f64; 2] {
        let count = 2f64.powi(i32::from(self.zoom));
        let [x, y] = place_on_map(lon_deg, lat_deg);
        [x * count - f64::from(self.x), y * count - f64::from(self.y)]
    }

    /// How long its sides are on the ground in its middle, in metres.
    #[must_use]
    pub fn side_m(self) -> f64 {
        let [_, lat] = self.place_deg([0.5, 0.5]);
        256.0 * PIXEL_AT_EQUATOR_M * lat.to_radians().cos() / 2f64.powi(i32::from(self.zoom))
    }
}

/// Column and row over the whole map, each from 0 to 1.
fn place_on_map(lon_deg: f64, lat_deg: f64) -> [f64; 2] {
    let lat = lat_deg.clamp(-85.051_128, 85.051_128).to_radians();
    [(lon_deg + 180.0) / 360.0, (1.0 - lat.tan().asinh() / PI) / 2.0]
}

/// Which tiles there are to choose from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TileGrid {
    /// How many pixels the side of a tile has on the picture, or thereabouts.
    pub side_px: f64,
    /// The coarsest and the finest zoom.
    pub zooms: [u8; 2],
    /// At most so many tiles.
    pub most: usize,
}

impl Default for TileGrid {
    fn default() -> Self {
        Self { side_px: 256.0, zooms: [0, MAX_ZOOM], most: MAX_TILES }
    }
}

/// The tiles that cover a view, nearest to its middle first.
///
/// The zoom is the one whose pixels come nearest to the picture's, `px_per_m` being the picture's pixels per metre of
/// ground. When that takes too many the zoom is coarser. Empty when the view is nowhere on the map, or would take too
/// many of the coarsest tiles there are.
#[must_use]
pub fn tiles_in_view(frame: &Frame, view: Bounds, px_per_m: f64, grid: TileGrid) -> Vec<TileId> {
    let (min, max, mid) = (view.min, view.max, view.centre());
    let Ok(middle) = frame.wgs84_from_local(mid) else { return Vec::new() };
    // Meridians and parallels bend over the view, so the middles of its sides count too.
    let rim = [(min.x, min.y), (mid.x, min.y), (max.x, min.y), (max.x, mid.y)];
    let rim = rim.into_iter().chain([(max.x, max.y), (mid.x, max.y), (min.x, max.y), (min.x, mid.y)]);
    let mut rim_deg = Vec::with_capacity(8);
    for (x, y) in rim {
        let Ok(place) = frame.wgs84_from_local(Point { x, y }) else { return Vec::new() };
        rim_deg.push(place);
    }
    let [least, most] = grid.zooms.map(|zoom| zoom.min(DEEPEST));
    let zoom = zoom_for(middle[1], px_per_m * 256.0 / grid.side_px).clamp(least.min(most), most);
    for zoom in (least.min(most)..=zoom).rev() {
        let ids: Vec<TileId> = rim_deg.iter().map(|&[lon, lat]| TileId::at(lon, lat, zoom)).collect();
        let low = ids.iter().fold((u32::MAX, u32::MAX), |(x, y), id| (x.min(id.x), y.min(id.y)));
        let high = ids.iter().fold((0, 0), |(x, y), id| (x.max(id.x), y.max(id.y)));
        let count = u64::from(high.0 - low.0 + 1) * u64::from(high.1 - low.1 + 1);
        if count > grid.most as u64 {
            continue;
        }
        let mut tiles: Vec<TileId> =
            (low.1..=high.1).flat_map(|y| (low.0..=high.0).map(move |x| TileId { zoom, x, y })).collect();
        let [mx, my] = place_on_map(middle[0], middle[1]).map(|part| part * 2f64.powi(i32::from(zoom)) - 0.5);
        let off = |id: &TileId| (f64::from(id.x) - mx).hypot(f64::from(id.y) - my);
        tiles.sort_by(|a, b| off(a).total_cmp(&off(b)).then(a.cmp(b)));
        return tiles;
    }
    Vec::new()
}

/// The zoom whose tiles of 256 pixels come nearest to the picture's at a latitude.
fn zoom_for(lat_deg: f64, px_per_m: f64) -> u8 {
    let zoom = (PIXEL_AT_EQUATOR_M * lat_deg.to_radians().cos() * px_per_m).log2().round();
    // `as` takes what is no number for 0.
    zoom.clamp(0.0, f64::from(DEEPEST)) as u8
}

/// The corners of a tile in local metres: north-west, north-east, south-east, south-west.
///
/// A tile whose corners cannot be projected (half a world away) collapses into the origin.
#[must_use]
pub fn tile_corners_local(frame: &Frame, tile: TileId) -> [Point; 4] {
    let TileId { zoom, x, y } = tile;
    [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)].map(|(x, y)| {
        let [lon, lat] = TileId { zoom, x, y }.north_west_deg();
        frame.local_from_wgs84(lon, lat).unwrap_or_default()
    })
}

/// Coarser tiles than of this zoom are too large for a project's frame: they are laid part by part.
pub const COARSEST_LAID: u8 = 9;

/// Which part of the tile `of` a finer `tile` in it is: left, top, right, bottom, each from 0 to 1.
#[must_use]
pub fn part_of_tile(of: TileId, tile: TileId) -> [f64; 4] {
    let parts = f64::from(tile.zoom.saturating_sub(of.zoom)).exp2();
    let [x, y] =
        [f64::from(tile.x) - f64::from(of.x) * parts, f64::from(tile.y) - f64::from(of.y) * parts].map(|n| n / parts);
    [x, y, x + 1.0 / parts, y + 1.0 / parts]
}

/// Whether what a map covers (west, south, east, north in degrees; the world where it does not say) holds all of a view of a
/// frame.
#[must_use]
pub fn covers_view(frame: &Frame, Bounds { min, max }: Bounds, cover_deg: Option<[f64; 4]>) -> bool {
    let Some([west, south, east, north]) = cover_deg else { return true };
    [(min.x, min.y), (max.x, min.y), (max.x, max.y), (min.x, max.y)].into_iter().all(|(x, y)| {
        let place = frame.wgs84_from_local(Point { x, y });
        place.is_ok_and(|[lon, lat]| (west..=east).contains(&lon) && (south..=north).contains(&lat))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{distance_m, point};

    /// Brussels at zoom 10, by hand: x = (4.3568 + 180) / 360 · 1024 = 524.39; with φ = 50.8457°,
    /// asinh(tan φ) = ln(tan φ + sec φ) = ln(1.22805 + 1.58372) = 1.03380, so
    /// y = (1 − 1.03380 / π) / 2 · 1024 = 343.51.
    #[test]
    fn a_finer_tile_is_a_part_of_a_coarser() {
        let of = TileId { zoom: 3, x: 5, y: 2 };
        assert_eq!(part_of_tile(of, of), [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(part_of_tile(of, TileId { zoom: 5, x: 21, y: 11 }), [0.25, 0.75, 0.5, 1.0]);
    }

    #[test]
    fn the_tile_of_a_place_is_the_one_computed_by_hand() {
        assert_eq!(TileId::at(4.3568, 50.8457, 10), TileId { zoom: 10, x: 524, y: 343 });
        assert_eq!(TileId::at(4.3568, 50.8457, 0), TileId { zoom: 0, x: 0, y: 0 });
        assert_eq!(TileId::at(-180.0, 85.0, 3), TileId { zoom: 3, x: 0, y: 0 });
        assert_eq!(TileId::at(180.0, -85.0, 3), TileId { zoom: 3, x: 7, y: 7 });
        assert_eq!(TileId::at(f64::NAN, f64::NAN, 3).x, 0);
    }

    #[test]
    fn a_corner_is_where_its_tile_begins() {
        assert_eq!(TileId { zoom: 1, x: 1, y: 1 }.north_west_deg(), [0.0, 0.0]);
        let [lon, lat] = TileId { zoom: 0, x: 0, y: 0 }.north_west_deg();
        assert!((lon + 180.0).abs() < 1e-9 && (lat - 85.051_128_78).abs() < 1e-6);
    }

    #[test]
    fn a_tile_pixel_is_about_a_screen_pixel() {
        // At 50.87° a pixel of zoom 17 is 156 543 · cos 50.87° / 2^17 = 0.754 m.
        assert_eq!(zoom_for(50.87, 1.0 / 0.754), 17);
        assert_eq!(zoom_for(50.87, 1e9), DEEPEST);
        assert_eq!(zoom_for(50.87, 0.0), 0);
    }

    #[test]
    fn a_view_is_covered_by_few_tiles_the_middle_one_first() {
        let frame = Frame::new(4.2875, 50.8170).unwrap();
        let view = Bounds { min: point(-400.0, -250.0), max: point(400.0, 250.0) };
        let tiles = tiles_in_view(&frame, view, 1.0 / 0.754, TileGrid::default());
        assert!((12..=24).contains(&tiles.len()), "{}", tiles.len());
        assert_eq!(tiles[0], TileId::at(4.2875, 50.8170, 17));
        let corners: Vec<_> = tiles.iter().flat_map(|&tile| tile_corners_local(&frame, tile)).collect();
        assert!(Bounds::around(corners).unwrap().holds(&view));
        let wide = Bounds { min: point(-40_000.0, -40_000.0), max: point(40_000.0, 40_000.0) };
        assert!((1..=MAX_TILES).contains(&tiles_in_view(&frame, wide, 5.0, TileGrid::default()).len()));
    }

    #[test]
    fn a_tile_is_a_square_of_its_ground_size() {
        let frame = Frame::new(4.36, 50.87).unwrap();
        let [nw, ne, se, _] = tile_corners_local(&frame, TileId::at(4.36, 50.87, 17));
        // 256 pixels of 0.754 m; Web Mercator shrinks by the latitude, true ground is what counts here.
        assert!((distance_m(nw, ne) - 193.1).abs() < 1.0, "{}", distance_m(nw, ne));
        assert!((distance_m(ne, se) - 193.1).abs() < 1.5, "{}", distance_m(ne, se));
    }
}
