//! The numbers of tiles: zoom by zoom along the Hilbert curve, so that neighbours lie near one another in the file.

use crate::basemap::TileId;

/// How many tiles there are at coarser zooms.
fn before(zoom: u8) -> u64 {
    ((1_u64 << (2 * u32::from(zoom))) - 1) / 3
}

/// The number of a tile: zoom by zoom along the Hilbert curve.
pub fn number_of(tile: TileId) -> u64 {
    let (mut x, mut y) = (u64::from(tile.x), u64::from(tile.y));
    let mut number = 0;
    let mut half = (1_u64 << tile.zoom) / 2;
    while half > 0 {
        let (right, lower) = (u64::from(x & half > 0), u64::from(y & half > 0));
        number += half * half * ((3 * right) ^ lower);
        (x, y) = turned(half * 2, x, y, right, lower);
        half /= 2;
    }
    before(tile.zoom) + number
}

/// The tile of a number.
pub fn tile_of(number: u64) -> TileId {
    let mut zoom = 0;
    while zoom < 31 && before(zoom + 1) <= number {
        zoom += 1;
    }
    let mut along = number - before(zoom);
    let (mut x, mut y) = (0, 0);
    let mut side = 1;
    while side < 1_u64 << zoom {
        let right = 1 & (along / 2);
        let lower = 1 & (along ^ right);
        (x, y) = turned(side, x, y, right, lower);
        x += side * right;
        y += side * lower;
        along /= 4;
        side *= 2;
    }
    TileId { zoom, x: x as u32, y: y as u32 }
}

/// A quarter of the curve, turned as it lies in its square.
fn turned(side: u64, x: u64, y: u64, right: u64, lower: u64) -> (u64, u64) {
    if lower == 1 {
        return (x, y);
    }
    let (x, y) = if right == 1 {
        ((side - 1).wrapping_sub(x) & (side - 1), (side - 1).wrapping_sub(y) & (side - 1))
    } else {
        (x, y)
    };
    (y, x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the specification: 0/0/0 is 0, 1/0/0 is 1, 1/0/1 is 2, 1/1/1 is 3, 1/1/0 is 4, 2/0/0 is 5, and 12/3423/1763
    /// is 19 078 479.
    #[test]
    fn tiles_have_the_numbers_of_the_specification() {
        for (zoom, x, y, number) in [
            (0, 0, 0, 0),
            (1, 0, 0, 1),
            (1, 0, 1, 2),
            (1, 1, 1, 3),
            (1, 1, 0, 4),
            (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ] {
            assert_eq!(number_of(TileId { zoom, x, y }), number, "{zoom}/{x}/{y}");
            assert_eq!(tile_of(number), TileId { zoom, x, y });
        }
    }

    #[test]
    fn every_number_leads_back_to_its_tile() {
        for number in (0..6_000).chain([before(20) + 12_345, before(24) + 99]) {
            assert_eq!(number_of(tile_of(number)), number);
        }
    }
}
