//! A grid of coordinates over a drawing: lines at round metres of a Belgian grid or of the project, or at round degrees, with
//! their numbers at the upper and the left side of the picture.

use super::{Anchor, Camera, Ink, Label, Pen, Scene, Shape};
use crate::crs::{Frame, wgs84_from_epsg};
use crate::geometry::{Bounds, Point};
use crate::i18n::{Lang, NO_BREAK, number};
use crate::look::{Role, Stroke, TypeRole};
use crate::num::decimals_of;

/// The system whose coordinates are round on the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridOf {
    /// The project's own frame, in metres.
    Local,
    /// A known system by its EPSG number: metres, or degrees of 4326.
    Epsg(u32),
}

/// Lines are no nearer to one another, in logical pixels.
const APART_PX: f64 = 90.0;
/// More lines than this each way are none: the system means nothing so far away.
const MOST: f64 = 60.0;
/// A line bends so little that this many points draw it.
const POINTS: usize = 9;
/// Numbers stand so far from the side of the picture, and keep so far from the scale bar at its foot, in logical pixels.
const ASIDE_PX: f64 = 5.0;
const FOOT_PX: f64 = 60.0;

/// The grid as a camera sees it: its lines, which lie under what is drawn, and their numbers, which stand over it. Nothing where
/// the system has no coordinates there.
#[must_use]
pub fn grid(frame: &Frame, camera: &Camera, of: GridOf, lang: Lang) -> [Scene; 2] {
    let [mut lines, mut numbers] = [Scene::default(), Scene::default()];
    let view = camera.bounds();
    let Some(span) = span(frame, view, of) else { return [lines, numbers] };
    for axis in [0, 1] {
        let [low, high] = span[axis];
        let Some(step) = step((high - low) / camera.size_px[axis].max(1.0) * APART_PX) else { continue };
        let (first, last) = ((low / step).ceil(), (high / step).floor());
        if (last - first).is_nan() || last - first > MOST {
            continue;
        }
        let mut at = first;
        while at <= last {
            let value = at * step;
            let [from, to] = span[1 - axis];
            let along = |part: usize| from + (to - from) * part as f64 / (POINTS - 1) as f64;
            let place = |other: f64| local(frame, of, if axis == 0 { [value, other] } else { [other, value] });
            let points: Option<Vec<Point>> = (0..POINTS).map(|part| place(along(part))).collect();
            if let Some(points) = points {
                let label = label(&points, axis, (value, step), camera, of, lang);
                let pen = Pen::new(Role::HairlineStrong, Stroke::Hair);
                lines.push(Shape::Line { points, pen, width_m: None });
                numbers.shapes.extend(label.map(Shape::Label));
            }
            at += 1.0;
        }
    }
    [lines, numbers]
}

/// From and to which coordinates a view reaches, east first.
fn span(frame: &Frame, view: Bounds, of: GridOf) -> Option<[[f64; 2]; 2]> {
    let (min, max, middle) = (view.min, view.max, view.centre());
    let rim = [min.x, middle.x, max.x].into_iter().flat_map(|x| [min.y, middle.y, max.y].map(|y| Point { x, y }));
    let mut span = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
    for p in rim {
        let at = match of {
            GridOf::Local => [p.x, p.y],
            GridOf::Epsg(epsg) => frame.epsg_from_local(epsg, p).ok()?,
        };
        for (of, at) in span.iter_mut().zip(at) {
            *of = [of[0].min(at), of[1].max(at)];
        }
    }
    Some(span)
}

/// A place of the system in local metres.
fn local(frame: &Frame, of: GridOf, at: [f64; 2]) -> Option<Point> {
    match of {
        GridOf::Local => Some(Point { x: at[0], y: at[1] }),
        GridOf::Epsg(epsg) => {
            let [lon_deg, lat_deg] = wgs84_from_epsg(epsg, at[0], at[1]).ok()?;
            frame.local_from_wgs84(lon_deg, lat_deg).ok()
        }
    }
}

/// The smallest round step that is no less: 1, 2 or 5 and so many noughts.
fn step(least: f64) -> Option<f64> {
    let power = 10f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|m| m * power);
    steps.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).filter(|step| step.is_finite() && *step > 0.0)
}

/// The number of a line, where it meets the upper side of the picture or the left one.
fn label(
    points: &[Point],
    axis: usize,
    (value, step): (f64, f64),
    camera: &Camera,
    of: GridOf,
    lang: Lang,
) -> Option<Label> {
    let (view, px_m) = (camera.bounds(), 1.0 / camera.px_per_m);
    let (a, b) = (*points.first()?, *points.last()?);
    // As if it were straight from end to end: it nearly is.
    let on = |part: f64| a + (b - a) * part;
    let at = if axis == 0 {
        let y = view.max.y - 2.0 * ASIDE_PX * px_m;
        on((y - a.y) / (b.y - a.y)) + Point { x: ASIDE_PX * px_m, y: 0.0 }
    } else {
        let x = view.min.x + ASIDE_PX * px_m;
        let at = on((x - a.x) / (b.x - a.x)) + Point { x: 0.0, y: 1.5 * ASIDE_PX * px_m };
        (at.y > view.min.y + FOOT_PX * px_m).then_some(at)?
    };
    if !view.contains(at) {
        return None;
    }
    let unit = if of == GridOf::Epsg(4326) { format!("{NO_BREAK}°") } else { String::new() };
    let text = format!("{}{unit}", number(lang, value, decimals_of(step, 0, 7)));
    Some(Label {
        at,
        text,
        style: TypeRole::Caption,
        ink: Ink::Role(Role::Ink2),
        halo: Some(Role::MapLand),
        halo_px: super::HALO_PX,
        angle_deg: 0.0,
        anchor: Anchor::Left,
        room_m: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn camera() -> Camera {
        Camera { centre_local: point(0.0, 0.0), px_per_m: 1.0, size_px: [960.0, 640.0] }
    }

    fn words(scene: &Scene) -> Vec<&str> {
        let label = |shape: &'_ Shape| matches!(shape, Shape::Label(_));
        let labels = scene.shapes.iter().filter(|shape| label(shape));
        labels
            .filter_map(|shape| if let Shape::Label(label) = shape { Some(label.text.as_str()) } else { None })
            .collect()
    }

    /// 960 × 640 m at a pixel for each: lines every 100 m.
    #[test]
    fn lines_lie_at_round_metres_of_the_project() {
        let frame = Frame::new(4.35, 50.85).expect("it is on earth");
        let [scene, numbers] = grid(&frame, &camera(), GridOf::Local, Lang::En);
        let numbers = words(&numbers);
        assert!(numbers.contains(&"-100") || numbers.contains(&"−100"), "{numbers:?}");
        assert!(numbers.contains(&"400") && numbers.contains(&"300"), "{numbers:?}");
        let lines = scene.shapes.iter().filter(|shape| matches!(shape, Shape::Line { .. })).count();
        assert_eq!(lines, 9 + 7);
    }

    /// Every point of a line at 148 900 m of Lambert 72 has that coordinate again.
    #[test]
    fn lines_of_a_grid_have_round_coordinates_all_along() {
        let [lon, lat] = wgs84_from_epsg(31370, 148_900.0, 170_600.0).expect("it is in Belgium");
        let frame = Frame::new(lon, lat).expect("it is on earth");
        let [scene, numbers] = grid(&frame, &camera(), GridOf::Epsg(31370), Lang::En);
        let mut count = 0;
        for shape in &scene.shapes {
            let Shape::Line { points, .. } = shape else { continue };
            let at = points.iter().map(|p| frame.epsg_from_local(31370, *p).expect("it is near"));
            let off = at.map(|[x, y]| [x, y].map(|v| (v / 100.0 - (v / 100.0).round()).abs() * 100.0));
            let off: Vec<[f64; 2]> = off.collect();
            let is_round = |axis: usize| off.iter().all(|off| off[axis] < 0.01);
            assert!(is_round(0) || is_round(1), "{off:?}");
            count += 1;
        }
        assert!(count > 10);
        assert!(words(&numbers).iter().any(|text| text.replace('\u{202f}', "") == "148900"), "{:?}", words(&numbers));
        // Degrees have their sign.
        let [_, degrees] = grid(&frame, &camera(), GridOf::Epsg(4326), Lang::Nl);
        assert!(words(&degrees).iter().all(|text| text.ends_with('°') && text.contains(',')), "{:?}", words(&degrees));
    }

    #[test]
    fn steps_are_round() {
        for (least, round) in [(90.0, 100.0), (100.0, 100.0), (101.0, 200.0), (0.00012, 0.0002), (3.0, 5.0), (0.7, 1.0)]
        {
            let found = step(least).expect("there is one");
            assert!((found - round).abs() < 1e-9 * round, "{least}: {found}");
        }
        assert_eq!(step(f64::NAN), None);
        assert_eq!(step(0.0), None);
    }
}
