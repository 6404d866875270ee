//! What the plan lies on: the context around the site and the surfaces on it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::{drawable, rings_as_lines};
use super::{Anchor, Ink, Label, Paint, Pen, PlanOptions, Scene, Shape};
use crate::geometry::{Bounds, FARTHEST_M, Outline, Point, distance_m, runs_without};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::model::{Context, ContextKind, ContextShape, Project, SurfaceKind, Variant};

/// Width of a road without a stated one, from kerb to kerb, in metres.
const ROAD_M: f64 = 8.0;
/// Width of water that is only a line, in metres.
const WATER_M: f64 = 8.0;
/// Width of planting that is only a line, in metres.
const GREEN_M: f64 = 4.0;
/// A shorter edge along an axis is a step in an outline, in metres.
const LEAST_RIM_M: f64 = 3.0;
/// From so many pixels to a metre on edges are seen.
const FINE_FROM_PX: f64 = 0.1;
/// Standard gauge, in metres.
const GAUGE_M: f64 = 1.435;

/// The context in the order in which it covers itself.
const ORDER: [ContextKind; 5] =
    [ContextKind::Green, ContextKind::Water, ContextKind::Road, ContextKind::Rail, ContextKind::Building];

/// Everything around the site.
pub(super) fn context(scene: &mut Scene, project: &Project, options: &PlanOptions<'_>) {
    let mut by_kind: [Vec<&Context>; 5] = Default::default();
    for thing in project.context.iter() {
        let is_figure = matches!(thing.kind, ContextKind::Building | ContextKind::Water);
        let Some(bounds) = bounds_of(thing).filter(|_| is_figure || !options.figure_ground) else { continue };
        // A line is wider than its bounds.
        if options.shows(bounds.grown(ROAD_M)) {
            by_kind[ORDER.iter().position(|&kind| kind == thing.kind).unwrap_or_default()].push(thing);
        }
    }
    for (kind, things) in ORDER.into_iter().zip(&by_kind) {
        // The edges of all roads first, so that they open into one another where they meet.
        if kind == ContextKind::Road {
            for thing in things {
                if let ContextShape::Line(points) = &thing.shape {
                    let points = points.iter().map(|at| at.0).collect();
                    let pen = Pen::new(Role::MapRoadEdge, Stroke::Hair);
                    scene.push(Shape::Line { points, pen, width_m: Some(ROAD_M) });
                }
            }
        }
        for thing in things {
            if options.subjects {
                scene.name_next(thing.id, &thing.name);
            }
            match &thing.shape {
                ContextShape::Area(outline) if is_cut(thing, outline) => {
                    area_without_rim(scene, kind, outline, options);
                }
                ContextShape::Area(outline) => area(scene, kind, outline, options),
                ContextShape::Line(points) => line(scene, kind, points.iter().map(|at| at.0).collect(), options),
            }
        }
    }
    names(scene, by_kind.iter().flatten().copied(), options);
}

/// The names of streets and waters. What comes in many pieces has its name on the longest of them, and again only far from
/// there.
fn names<'a>(scene: &mut Scene, things: impl Iterator<Item = &'a Context>, options: &PlanOptions<'_>) {
    /// As far as names of maps are set apart, in pixels.
    const APART_PX: f64 = 260.0;
    let mut labels: Vec<(ContextKind, Label)> = things
        .filter(|thing| !thing.name.is_empty() && matches!(thing.kind, ContextKind::Water | ContextKind::Road))
        .filter_map(|thing| Some((thing.kind, name_of(thing)?)))
        .collect();
    labels.sort_by(|(_, a), (_, b)| b.room_m.unwrap_or_default().total_cmp(&a.room_m.unwrap_or_default()));
    let mut set: BTreeMap<(ContextKind, String), Vec<Point>> = BTreeMap::new();
    for (kind, label) in labels {
        let before = set.entry((kind, label.text.clone())).or_default();
        // Where the scale is not known there is one of each.
        let is_far = |at: &Point| options.px_per_m.is_some_and(|scale| distance_m(*at, label.at) * scale > APART_PX);
        if before.iter().all(is_far) {
            before.push(label.at);
            scene.push(Shape::Label(label));
        }
    }
}

fn bounds_of(thing: &Context) -> Option<Bounds> {
    match &thing.shape {
        ContextShape::Area(outline) => drawable(outline),
        ContextShape::Line(points) => {
            let near = |p: Point| p.x.abs() <= FARTHEST_M && p.y.abs() <= FARTHEST_M;
            let sound = points.len() >= 2 && points.iter().all(|at| near(at.0));
            sound.then(|| Bounds::around(points.iter().map(|at| at.0))).flatten()
        }
    }
}

/// Whether an edge runs exactly along an axis and is no mere step: what nature and surveyors hardly make, and the rim of a
/// map's extract always.
fn is_rim(a: Point, b: Point) -> bool {
    let d = b - a;
    d.x.abs().min(d.y.abs()) < 1e-6 && d.x.abs().max(d.y.abs()) > LEAST_RIM_M
}

/// Whether water or green was cut off where a map ends: it goes on there, and has no bank.
fn is_cut(thing: &Context, outline: &Outline) -> bool {
    let is_ground = matches!(thing.kind, ContextKind::Water | ContextKind::Green);
    is_ground && !thing.credit.is_empty() && outline.fault().is_none() && outline.edges().any(|(a, b)| is_rim(a, b))
}

/// An area that was cut off, with its edge where it has one.
fn area_without_rim(scene: &mut Scene, kind: ContextKind, outline: &Outline, options: &PlanOptions<'_>) {
    let (fill, edge, stroke) = looks(kind, options);
    let (outline_of, fill) = (Arc::new(outline.clone()), Some(Paint::Role(fill)));
    scene.push(Shape::Area { outline: outline_of, fill, hatch: None, pen: None });
    if options.px(1.0) < FINE_FROM_PX {
        return;
    }
    for points in outline.rings().iter().flat_map(|ring| runs_without(ring.points(), is_rim)) {
        scene.push(Shape::Line { points, pen: Pen::new(edge, stroke), width_m: None });
    }
}

fn area(scene: &mut Scene, kind: ContextKind, outline: &Outline, options: &PlanOptions<'_>) {
    let (fill, edge, stroke) = looks(kind, options);
    filled(scene, outline, fill, Pen::new(edge, stroke), options);
    // The quay: a second line on the land side would hide under what stands there; it is drawn on the water.
    if kind == ContextKind::Water && options.px(1.0) >= 2.0 && outline.fault().is_none() {
        for inner in outline.inset(1.2) {
            rings_as_lines(scene, &inner, Pen::new(edge, Stroke::Hair));
        }
    }
}

/// The fill of an area, its edge and how wide that is.
fn looks(kind: ContextKind, options: &PlanOptions<'_>) -> (Role, Role, Stroke) {
    match kind {
        ContextKind::Building if options.figure_ground => (Role::Ink1, Role::Ink1, Stroke::Hair),
        ContextKind::Building => (Role::MapBuilding, Role::MapBuildingEdge, Stroke::MapBuilding),
        ContextKind::Water => (Role::MapWater, Role::MapWaterEdge, Stroke::MapWaterEdge),
        ContextKind::Rail => (Role::MapLand, Role::Hairline, Stroke::Hair),
        ContextKind::Road => (Role::MapRoad, Role::MapRoadEdge, Stroke::Hair),
        ContextKind::Green => (Role::MapGreen, Role::MapGreen, Stroke::Hair),
    }
}

/// A filled piece of ground; one that crosses itself shows its line alone.
fn filled(scene: &mut Scene, outline: &Outline, fill: Role, pen: Pen, options: &PlanOptions<'_>) {
    if outline.fault().is_some() {
        rings_as_lines(scene, outline, Pen::dashed(Role::Ink3, Stroke::Hair, Dash::Ghost));
        return;
    }
    let large = outline.bounds().is_some_and(|bounds| options.shorter_px(&bounds) >= 3.0);
    scene.push(Shape::Area {
        outline: Arc::new(outline.clone()),
        fill: Some(Paint::Role(fill)),
        hatch: None,
        pen: large.then_some(pen),
    });
}

fn line(scene: &mut Scene, kind: ContextKind, points: Vec<Point>, options: &PlanOptions<'_>) {
    let wide = |role, stroke, width| (Pen::new(role, stroke), Some(width));
    let (pen, width_m) = match kind {
        ContextKind::Road => {
            // What is left of the edge that lies under it: a hairline on both sides.
            let kerb_m = options.px_per_m.map_or(0.3, |scale| 2.0 * 0.6 / scale);
            wide(Role::MapRoad, Stroke::Hair, (ROAD_M - kerb_m).max(0.0))
        }
        ContextKind::Water => wide(Role::MapWater, Stroke::MapWaterEdge, WATER_M),
        ContextKind::Green => wide(Role::MapGreen, Stroke::Fine, GREEN_M),
        ContextKind::Building => (Pen::new(Role::MapBuildingEdge, Stroke::MapBuilding), None),
        ContextKind::Rail => {
            let pen = Pen::new(Role::MapRail, Stroke::MapRail);
            if options.px(GAUGE_M) >= 2.4 {
                for side in [-0.5, 0.5] {
                    let points = beside(&points, side * GAUGE_M);
                    scene.push(Shape::Line { points, pen, width_m: None });
                }
                return;
            }
            (pen, None)
        }
    };
    scene.push(Shape::Line { points, pen, width_m });
}

/// The line beside a line, to its left when `by_m` is positive.
fn beside(points: &[Point], by_m: f64) -> Vec<Point> {
    let normal = |i: usize| {
        let d = points[i + 1] - points[i];
        let length = d.x.hypot(d.y).max(f64::MIN_POSITIVE);
        Point { x: -d.y / length, y: d.x / length }
    };
    let last = points.len() - 1;
    (0..=last)
        .map(|i| {
            let (before, after) = (normal(i.saturating_sub(1)), normal(i.min(last - 1)));
            let cosine = (before.x * after.x + before.y * after.y).max(-0.5);
            points[i] + (before + after) * (by_m / (1.0 + cosine))
        })
        .collect()
}

/// The name of a street or a water, along its longest straight piece.
fn name_of(thing: &Context) -> Option<Label> {
    let longer = |a: &(Point, Point), b: &(Point, Point)| distance_m(a.0, a.1).total_cmp(&distance_m(b.0, b.1));
    let (a, b, at) = match &thing.shape {
        ContextShape::Line(points) => {
            let (a, b) = points.windows(2).map(|w| (w[0].0, w[1].0)).max_by(longer)?;
            (a, b, (a + b) / 2.0)
        }
        ContextShape::Area(outline) => {
            let (a, b) = outline.edges().max_by(longer)?;
            (a, b, outline.inner_point()?)
        }
    };
    let d = b - a;
    let water = thing.kind == ContextKind::Water;
    Some(Label {
        at,
        text: thing.name.clone(),
        style: if water { TypeRole::MapWater } else { TypeRole::MapStreet },
        ink: Ink::Role(Role::MapLabel),
        halo: Some(if water { Role::MapWater } else { Role::MapRoad }),
        halo_px: super::HALO_PX,
        angle_deg: d.y.atan2(d.x).to_degrees(),
        anchor: Anchor::Centre,
        room_m: Some(distance_m(a, b)),
    })
}

/// The surfaces of a variant, those that are made by hand over those that only cover the ground.
pub(super) fn surfaces(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    const ORDER: [SurfaceKind; 6] = [
        SurfaceKind::OpenGround,
        SurfaceKind::Paved,
        SurfaceKind::Yard,
        SurfaceKind::Street,
        SurfaceKind::Green,
        SurfaceKind::Water,
    ];
    for kind in ORDER {
        for surface in variant.surfaces.iter().filter(|surface| surface.kind == kind && options.sees(surface.id)) {
            if drawable(&surface.outline).is_none_or(|bounds| !options.shows(bounds)) {
                continue;
            }
            let (fill, edge) = match kind {
                SurfaceKind::OpenGround => (Role::MapLand, Role::HairlineStrong),
                SurfaceKind::Paved => (Role::Deck, Role::Hairline),
                SurfaceKind::Yard => (Role::Yard, Role::Hairline),
                SurfaceKind::Street => (Role::MapRoad, Role::MapRoadEdge),
                SurfaceKind::Green => (Role::MapGreen, Role::MapGreen),
                SurfaceKind::Water => (Role::MapWater, Role::MapWaterEdge),
            };
            if options.subjects {
                scene.name_next(surface.id, &surface.name);
            }
            filled(scene, &surface.outline, fill, Pen::new(edge, Stroke::Hair), options);
        }
    }
}
