//! Rings put together from ways, and holes given to what they lie in.

use std::collections::BTreeMap;

type Points = Vec<[f64; 2]>;

/// Rings, and how many pieces did not close to one.
pub struct Joined {
    pub rings: Vec<Points>,
    pub open: usize,
}

/// A ring from points whose last repeats the first; `None` when they do not close or are too few.
pub fn ring(mut points: Points) -> Option<Points> {
    if points.len() < 4 || points.first() != points.last() {
        return None;
    }
    points.pop();
    points.dedup();
    (points.len() > 2).then_some(points)
}

/// Joins ways end to end to rings.
pub fn joined(ways: Vec<Points>) -> Joined {
    let mut joined = Joined { rings: Vec::new(), open: 0 };
    // Which ways begin or end where: a country's border has too many to try each.
    let mut ends: BTreeMap<[u64; 2], Vec<usize>> = BTreeMap::new();
    let key = |at: &[f64; 2]| at.map(f64::to_bits);
    for (at, way) in ways.iter().enumerate() {
        for end in [way.first(), way.last()].into_iter().flatten() {
            ends.entry(key(end)).or_default().push(at);
        }
    }
    let mut left: Vec<Option<Points>> = ways.into_iter().map(Some).collect();
    for start in (0..left.len()).rev() {
        let Some(mut line) = left[start].take() else { continue };
        while line.first() != line.last() {
            let Some(end) = line.last().copied() else { break };
            let Some(at_end) = ends.get_mut(&key(&end)) else { break };
            at_end.retain(|at| left[*at].is_some());
            let Some(mut way) = at_end.first().and_then(|at| left[*at].take()) else { break };
            if way.first() != Some(&end) {
                way.reverse();
            }
            line.extend(way.into_iter().skip(1));
        }
        match ring(line) {
            Some(ring) => joined.rings.push(ring),
            None => joined.open += 1,
        }
    }
    joined
}

/// Polygons: each outer ring with the holes that lie in it, an inner one before one around it.
pub fn polygons(mut outer: Vec<Points>, inner: Vec<Points>) -> Vec<Vec<Points>> {
    // The smallest that holds a hole has it.
    outer.sort_by(|a, b| area(a).abs().total_cmp(&area(b).abs()));
    let mut polygons: Vec<Vec<Points>> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in inner {
        let Some(&at) = hole.first() else { continue };
        if let Some(polygon) = polygons.iter_mut().find(|polygon| holds(&polygon[0], at)) {
            polygon.push(hole);
        }
    }
    polygons
}

/// Twice the area of a ring, positive when it turns counter-clockwise.
pub fn area(ring: &[[f64; 2]]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    ring.iter().zip(next).map(|(a, b)| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)).sum()
}

fn holds(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).fold(false, |inside, (a, b)| {
        let crosses = (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
        inside != crosses
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_close_to_rings_whichever_way_they_run() {
        let (a, b, c, d) = ([0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]);
        let joined = joined(vec![vec![a, b, c], vec![a, d, c], vec![[9.0, 9.0], [8.0, 8.0]]]);
        assert_eq!((joined.rings.len(), joined.open), (1, 1));
        assert_eq!(area(&joined.rings[0]).abs(), 32.0);
    }

    #[test]
    fn a_hole_belongs_to_the_smallest_that_holds_it() {
        let square = |at: f64, side: f64| vec![[at, at], [at + side, at], [at + side, at + side], [at, at + side]];
        let polygons = polygons(vec![square(0.0, 10.0), square(2.0, 3.0)], vec![square(3.0, 1.0), square(7.0, 1.0)]);
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(polygons[0][0][0], [2.0, 2.0]);
        assert_eq!(polygons[0][1][0], [3.0, 3.0]);
    }
}
