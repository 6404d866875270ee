//! Things on a map as the surroundings of a project: buildings, water, railways, roads and green inside a rectangle.

use super::{MapThing, ThingShape};
use crate::basemap::{MapClass, clipped_line, ring_inside};
use crate::crs::Frame;
use crate::geometry::{Bounds, Outline, Point, Ring, simplified, simplified_ring};
use crate::i18n::Lang;
use crate::model::{At, Context, ContextKind, ContextShape, Id};

/// Corners nearer than this to the line between their neighbours are left out, in metres.
const SIMPLER_M: f64 = 0.2;

/// How surroundings are taken.
#[derive(Clone, Copy, Debug)]
pub struct ContextOptions<'a> {
    /// What of the project's frame is wanted; all of it when `None`.
    pub within: Option<Bounds>,
    /// The language of names.
    pub lang: Lang,
    /// Whom they owe to.
    pub credit: &'a str,
}

/// What became of things that were to be surroundings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContextTaken {
    /// How many are there, of buildings, water, railways, roads and green.
    pub taken: [usize; 5],
    /// How many were cut at the rim.
    pub cut: usize,
    /// How many cross themselves so that they cannot be measured; they are left out.
    pub faulty: usize,
    /// How many corners were left out because they lie on a line.
    pub corners: usize,
}

/// The surroundings that things on a map make in a frame. Each has its number from `next_id`.
pub fn context_of(
    things: &[MapThing],
    frame: &Frame,
    options: ContextOptions<'_>,
    next_id: &mut dyn FnMut() -> Id,
) -> (Vec<Context>, ContextTaken) {
    let mut taken = ContextTaken::default();
    let mut context = Vec::new();
    for thing in things {
        let Some(kind) = kind_of(thing.class) else { continue };
        let shapes = match &thing.shape {
            ThingShape::Point(_) => continue,
            ThingShape::Line(line) => lines(line, frame, options.within, &mut taken),
            ThingShape::Area(polygons) => areas(polygons, frame, options.within, &mut taken),
        };
        for shape in shapes {
            taken.taken[kind as usize] += 1;
            let name = thing.names.one(options.lang);
            let credit = options.credit.to_owned();
            context.push(Context { height_m: thing.height_m, credit, ..Context::new(next_id(), name, kind, shape) });
        }
    }
    (context, taken)
}

fn kind_of(class: MapClass) -> Option<ContextKind> {
    match class {
        MapClass::Building => Some(ContextKind::Building),
        MapClass::Water | MapClass::Waterway => Some(ContextKind::Water),
        MapClass::Rail | MapClass::Tram => Some(ContextKind::Rail),
        MapClass::Motorway | MapClass::MainRoad | MapClass::Street | MapClass::Path => Some(ContextKind::Road),
        MapClass::Green => Some(ContextKind::Green),
        _ => None,
    }
}

fn placed(points: &[[f64; 2]], frame: &Frame) -> Vec<Point> {
    points.iter().filter_map(|[lon, lat]| frame.local_from_wgs84(*lon, *lat).ok()).collect()
}

fn lines(line: &[[f64; 2]], frame: &Frame, within: Option<Bounds>, taken: &mut ContextTaken) -> Vec<ContextShape> {
    let points = placed(line, frame);
    let parts = match within {
        Some(within) => {
            let parts = clipped_line(&points, &within);
            let is_whole = parts.len() == 1 && parts[0].len() == points.len() && parts[0].last() == points.last();
            taken.cut += usize::from(!parts.is_empty() && !is_whole);
            parts
        }
        None => vec![points],
    };
    let shape = |part: Vec<Point>, taken: &mut ContextTaken| {
        let simple = simplified(&part, SIMPLER_M);
        taken.corners += part.len() - simple.len();
        (simple.len() > 1).then(|| ContextShape::Line(simple.into_iter().map(At).collect()))
    };
    parts.into_iter().filter_map(|part| shape(part, taken)).collect()
}

fn areas(
    polygons: &[Vec<Vec<[f64; 2]>>],
    frame: &Frame,
    within: Option<Bounds>,
    taken: &mut ContextTaken,
) -> Vec<ContextShape> {
    let mut shapes = Vec::new();
    for rings in polygons {
        let mut all = rings.iter().map(|ring| placed(ring, frame));
        let Some(mut outer) = all.next() else { continue };
        let mut holes: Vec<Vec<Point>> = all.collect();
        let Some(bounds) = Bounds::around(outer.iter().copied()) else { continue };
        if let Some(within) = within {
            if !within.meets(&bounds) {
                continue;
            }
            if !within.holds(&bounds) {
                taken.cut += 1;
                outer = ring_inside(&outer, &within);
                holes = holes.iter().map(|hole| ring_inside(hole, &within)).collect();
            }
        }
        let mut ring = |points: &[Point]| {
            let simple = simplified_ring(points, SIMPLER_M);
            taken.corners += points.len() - simple.len();
            (simple.len() > 2).then(|| Ring::new(simple))
        };
        let Some(outer) = ring(&outer) else { continue };
        let holes: Vec<Ring> = holes.iter().filter_map(|hole| ring(hole)).collect();
        let outline = Outline::with_holes(&outer, holes);
        let parts = if outline.fault().is_some() { outline.repaired() } else { vec![outline] };
        taken.faulty += usize::from(parts.is_empty());
        shapes.extend(parts.into_iter().filter(|part| part.area_m2() > 0.5).map(ContextShape::Area));
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::Names;

    #[test]
    fn surroundings_end_at_the_rim_and_keep_what_is_said_of_them() {
        let frame = Frame::new(4.35, 50.86).unwrap();
        let deg = |x: f64, y: f64| frame.wgs84_from_local(Point { x, y }).unwrap();
        let names = Names { nl: "Kanaal".into(), fr: "Canal".into(), en: String::new() };
        let thing = |class, shape| MapThing { class, shape, names: names.clone(), rank: 1, height_m: Some(9.0) };
        // A house of 10 by 20 m with a corner on its side, half of it inside; a street that goes through.
        let house = vec![deg(90.0, 0.0), deg(110.0, 0.0), deg(110.0, 10.0), deg(90.0, 10.0), deg(90.0, 5.0)];
        let things = [
            thing(MapClass::Building, ThingShape::Area(vec![vec![house]])),
            thing(MapClass::Street, ThingShape::Line(vec![deg(-300.0, 40.0), deg(300.0, 40.0)])),
            thing(MapClass::Street, ThingShape::Line(vec![deg(200.0, 40.0), deg(300.0, 40.0)])),
            thing(MapClass::MunicipalBorder, ThingShape::Line(vec![deg(-9.0, 0.0), deg(9.0, 0.0)])),
        ];
        let within = Bounds { min: Point { x: -100.0, y: -100.0 }, max: Point { x: 100.0, y: 100.0 } };
        let mut next = 0;
        let options = ContextOptions { within: Some(within), lang: Lang::Nl, credit: "© us" };
        let (context, taken) = context_of(&things, &frame, options, &mut || {
            next += 1;
            Id(next)
        });
        assert_eq!(context.len(), 2);
        assert_eq!(taken, ContextTaken { taken: [1, 0, 0, 1, 0], cut: 2, faulty: 0, corners: 1 });
        let ContextShape::Area(outline) = &context[0].shape else { panic!("an area") };
        assert!((outline.area_m2() - 100.0).abs() < 0.1, "{}", outline.area_m2());
        assert_eq!((context[0].name.as_str(), context[0].height_m), ("Kanaal", Some(9.0)));
        assert_eq!(crate::model::credits_of(&context), ["© us"], "whom they owe to is said once");
    }
}
