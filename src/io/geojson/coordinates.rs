//! Coordinates in flat lists: no allocation per point, ring or feature.

use super::scan::{Fault, Scan};

/// The coordinates of all features. A part ends in `rings`, a ring ends in `points`; both hold the ends, so that part
/// `i` starts where part `i − 1` ends.
#[derive(Debug, Default)]
pub(super) struct Flat {
    /// Longitude and latitude in degrees; not finite where the file says so.
    pub points: Vec<[f64; 2]>,
    pub rings: Vec<u32>,
    pub parts: Vec<u32>,
}

/// How far the lists had grown; going back to it drops a feature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    points: usize,
    rings: usize,
    parts: usize,
}

/// What a geometry is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Each part one ring of points.
    Points,
    /// Each ring a line.
    Lines,
    /// Each part an outer ring and its courts.
    Areas,
}

/// A usable geometry: its form and its parts in [`Flat`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry {
    pub form: Form,
    pub first_part: u32,
    pub end_part: u32,
}

/// What came in place of a usable geometry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoGeometry {
    /// `null`, missing or without coordinates.
    Empty,
    /// A collection of geometries.
    Collection,
    /// A type that GeoJSON does not have.
    UnknownType(String),
    /// Coordinates that do not fit the type.
    Unfit(String),
}

/// How deep coordinates are nested: 0 a position, 1 a list of them, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nesting {
    Empty,
    Depth(u8),
    Irregular,
}

/// Deeper than a `MultiPolygon` nothing has a meaning.
const DEEPEST: u8 = 3;

impl Flat {
    pub fn mark(&self) -> Mark {
        Mark { points: self.points.len(), rings: self.rings.len(), parts: self.parts.len() }
    }

    pub fn back_to(&mut self, mark: Mark) {
        self.points.truncate(mark.points);
        self.rings.truncate(mark.rings);
        self.parts.truncate(mark.parts);
    }

    /// Drops a part and all after it.
    pub fn back_to_part(&mut self, part: u32) {
        let parts = part as usize;
        let rings =
            if parts == 0 { 0 } else { self.parts.get(parts - 1).map_or(self.rings.len(), |&end| end as usize) };
        let points =
            if rings == 0 { 0 } else { self.rings.get(rings - 1).map_or(self.points.len(), |&end| end as usize) };
        self.back_to(Mark { points, rings, parts });
    }

    fn end_ring(&mut self) {
        self.rings.push(self.points.len() as u32);
    }

    fn end_part(&mut self) {
        self.parts.push(self.rings.len() as u32);
    }

    /// The rings of a part, each as its points.
    pub fn rings_of(&self, part: u32) -> impl Iterator<Item = &[[f64; 2]]> {
        let part = part as usize;
        let start = if part == 0 { 0 } else { self.parts[part - 1] as usize };
        let end = self.parts[part] as usize;
        (start..end).map(|ring| {
            let from = if ring == 0 { 0 } else { self.rings[ring - 1] as usize };
            &self.points[from..self.rings[ring] as usize]
        })
    }

    /// Takes over the coordinates of another file; returns by how much its parts have moved.
    pub fn append(&mut self, mut other: Self) -> u32 {
        let (points, rings, parts) = (self.points.len() as u32, self.rings.len() as u32, self.parts.len() as u32);
        self.points.append(&mut other.points);
        self.rings.extend(other.rings.iter().map(|end| end + points));
        self.parts.extend(other.parts.iter().map(|end| end + rings));
        parts
    }

    /// Reads a geometry object (or `null`) into the lists.
    pub fn read_geometry(&mut self, scan: &mut Scan<'_>) -> Result<Result<Geometry, NoGeometry>, Fault> {
        if scan.peek()? != b'{' {
            scan.skip()?;
            return Ok(Err(NoGeometry::Empty));
        }
        scan.take(b'{')?;
        let mark = self.mark();
        let mut kind = None;
        let mut nesting = None;
        let mut first = true;
        while let Some(key) = scan.next_key(&mut first)? {
            match &*key {
                "type" => kind = scan.scalar()?.text().map(str::to_owned),
                "coordinates" => {
                    // Said twice, the last one counts, as everywhere in JSON.
                    self.back_to(mark);
                    nesting = Some(self.read_nested(scan, 0)?);
                }
                _ => scan.skip()?,
            }
        }
        Ok(self.understood(mark, kind.as_deref(), nesting))
    }

    /// Settles what was read since `mark` under a type; drops it when the two do not fit.
    pub fn understood(
        &mut self,
        mark: Mark,
        kind: Option<&str>,
        nesting: Option<Nesting>,
    ) -> Result<Geometry, NoGeometry> {
        let first_part = mark.parts as u32;
        let (form, depth) = match kind {
            Some("Point") => (Form::Points, 0),
            Some("MultiPoint") => (Form::Points, 1),
            Some("LineString") => (Form::Lines, 1),
            Some("MultiLineString") => (Form::Lines, 2),
            Some("Polygon") => (Form::Areas, 2),
            Some("MultiPolygon") => (Form::Areas, 3),
            other => {
                self.back_to(mark);
                return Err(match other {
                    Some("GeometryCollection") => NoGeometry::Collection,
                    Some(unknown) => NoGeometry::UnknownType(unknown.chars().take(60).collect()),
                    None => NoGeometry::UnknownType(String::new()),
                });
            }
        };
        match nesting {
            Some(Nesting::Depth(found)) if found == depth => {
                // What is shallower than a polygon has not ended its ring or part yet.
                if depth == 0 {
                    self.end_ring();
                }
                if depth < 2 {
                    self.end_part();
                }
                Ok(Geometry { form, first_part, end_part: self.parts.len() as u32 })
            }
            None | Some(Nesting::Empty) => {
                self.back_to(mark);
                Err(NoGeometry::Empty)
            }
            Some(_) => {
                self.back_to(mark);
                Err(NoGeometry::Unfit(kind.unwrap_or_default().to_owned()))
            }
        }
    }

    /// Reads coordinates of any nesting, whatever the type will turn out to be.
    pub fn read_nested(&mut self, scan: &mut Scan<'_>, level: u8) -> Result<Nesting, Fault> {
        if scan.peek()? != b'[' || level > DEEPEST {
            scan.skip()?;
            return Ok(Nesting::Irregular);
        }
        scan.take(b'[')?;
        let next = scan.peek()?;
        if next != b'[' && next != b']' {
            return self.read_position(scan);
        }
        let mut inside = Nesting::Empty;
        let mut first = true;
        while scan.next_item(&mut first)? {
            let item = self.read_nested(scan, level + 1)?;
            inside = match (inside, item) {
                (Nesting::Irregular, _) | (_, Nesting::Irregular) => Nesting::Irregular,
                (Nesting::Empty, other) | (other, Nesting::Empty) => other,
                (a, b) if a == b => a,
                _ => Nesting::Irregular,
            };
        }
        Ok(match inside {
            Nesting::Depth(depth) => {
                match depth {
                    0 => self.end_ring(),
                    1 => self.end_part(),
                    _ => {}
                }
                Nesting::Depth(depth + 1)
            }
            other => other,
        })
    }

    /// Reads the rest of a position whose bracket was taken; what is no number makes it not finite.
    fn read_position(&mut self, scan: &mut Scan<'_>) -> Result<Nesting, Fault> {
        let mut position = [f64::NAN; 2];
        let mut count = 0;
        let mut first = true;
        while scan.next_item(&mut first)? {
            let value = if Scan::is_number(scan.peek()?) {
                scan.number()?
            } else {
                scan.skip()?;
                f64::NAN
            };
            if let Some(slot) = position.get_mut(count) {
                *slot = value;
            }
            count += 1;
        }
        self.points.push(position);
        Ok(Nesting::Depth(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Flat, Result<Geometry, NoGeometry>) {
        let mut flat = Flat::default();
        let geometry = flat.read_geometry(&mut Scan::new(text)).unwrap();
        (flat, geometry)
    }

    #[test]
    fn members_come_in_any_order_and_every_nesting_is_flat() {
        let (flat, geometry) = read(
            r#"{"coordinates": [[[[0,0,7],[1,0],[1,1],[0,0]],[[0.2,0.1],[0.3,0.1],[0.3,0.2],[0.2,0.1]]],
                [[[5,5],[6,5],[6,6],[5,5]]]], "type": "MultiPolygon"}"#,
        );
        let geometry = geometry.unwrap();
        assert_eq!((geometry.form, geometry.first_part, geometry.end_part), (Form::Areas, 0, 2));
        assert_eq!(flat.rings_of(0).map(<[_]>::len).collect::<Vec<_>>(), [4, 4]);
        assert_eq!(flat.rings_of(1).collect::<Vec<_>>(), [&[[5.0, 5.0], [6.0, 5.0], [6.0, 6.0], [5.0, 5.0]]]);
    }

    #[test]
    fn what_does_not_fit_leaves_no_trace() {
        for (text, wanted) in [
            (r#"{"type": "Polygon", "coordinates": [[1, 2], [3, 4]]}"#, NoGeometry::Unfit("Polygon".into())),
            (r#"{"type": "Polygon", "coordinates": [[[[[[1, 2]]]]]]}"#, NoGeometry::Unfit("Polygon".into())),
            (r#"{"type": "Polygon", "coordinates": [[[1, 2], [[3, 4]]]]}"#, NoGeometry::Unfit("Polygon".into())),
            (r#"{"type": "Polygon", "coordinates": []}"#, NoGeometry::Empty),
            (r#"{"type": "Circle", "coordinates": [1, 2]}"#, NoGeometry::UnknownType("Circle".into())),
            (r#"{"type": "GeometryCollection", "geometries": []}"#, NoGeometry::Collection),
            ("null", NoGeometry::Empty),
        ] {
            let (flat, geometry) = read(text);
            assert_eq!(geometry.unwrap_err(), wanted, "{text}");
            assert!(flat.points.is_empty() && flat.rings.is_empty() && flat.parts.is_empty(), "{text}");
        }
    }
}
