//! Things cut to a tile: in whole parts of its extent, with a little beyond its sides.

use crate::basemap::{clipped_line, ring_inside};
use crate::geometry::{Bounds, Point};

/// How far beyond a tile shapes go, as part of its side.
pub const BEYOND: f64 = 1.0 / 64.0;

/// Where a tile lies on the map of the world, whose sides are 1.
#[derive(Clone, Copy, Debug)]
pub struct Square {
    /// Its north-west corner.
    pub at: Point,
    /// The length of its sides.
    pub side: f64,
    /// How many parts its sides have.
    pub extent: f64,
}

impl Square {
    /// What is drawn of it.
    pub fn bounds(&self) -> Bounds {
        let side = Point { x: self.side, y: self.side };
        Bounds { min: self.at, max: self.at + side }.grown(self.side * BEYOND)
    }

    fn whole(&self, points: &[Point]) -> Vec<[i32; 2]> {
        let part = |value: f64, from: f64| ((value - from) / self.side * self.extent).round() as i32;
        let mut whole: Vec<[i32; 2]> = points.iter().map(|p| [part(p.x, self.at.x), part(p.y, self.at.y)]).collect();
        whole.dedup();
        whole
    }

    /// The parts of a line in it.
    pub fn line(&self, points: &[Point]) -> Vec<Vec<[i32; 2]>> {
        let parts = clipped_line(points, &self.bounds());
        parts.iter().map(|part| self.whole(part)).filter(|part| part.len() > 1).collect()
    }

    /// The rings of a polygon in it, the outer one turned clockwise on the map and the holes the other way, as tiles have
    /// them; nothing when too little is left.
    pub fn polygon(&self, rings: &[Vec<Point>]) -> Vec<Vec<[i32; 2]>> {
        let bounds = self.bounds();
        let mut cut = Vec::new();
        for (at, ring) in rings.iter().enumerate() {
            let mut whole = self.whole(&ring_inside(ring, &bounds));
            if whole.len() > 1 && whole.first() == whole.last() {
                whole.pop();
            }
            let area = twice_area(&whole);
            if whole.len() < 3 || area == 0 {
                if at == 0 {
                    return Vec::new();
                }
                continue;
            }
            // The y axis points down: clockwise on the map is a positive area.
            if (area > 0) != (at == 0) {
                whole.reverse();
            }
            cut.push(whole);
        }
        cut
    }
}

fn twice_area(ring: &[[i32; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    #[test]
    fn rings_turn_as_tiles_have_them_and_end_a_little_beyond() {
        let square = Square { at: point(0.5, 0.5), side: 0.25, extent: 4096.0 };
        let ring = |a: f64, b: f64| vec![point(a, a), point(a, b), point(b, b), point(b, a)];
        let cut = square.polygon(&[ring(0.4, 0.6), ring(0.55, 0.56)]);
        assert_eq!(cut.len(), 2);
        assert!(twice_area(&cut[0]) > 0 && twice_area(&cut[1]) < 0);
        assert_eq!(cut[0].iter().map(|p| p[0]).min(), Some(-64));
        assert!(square.polygon(&[ring(0.1, 0.2)]).is_empty());
        assert_eq!(square.line(&[point(0.0, 0.6), point(1.0, 0.6)]), [vec![[-64, 1638], [4160, 1638]]]);
    }
}
