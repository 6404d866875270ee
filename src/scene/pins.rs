//! What has a place and no outline in a plan: goods access with the way in, entrances at their walls, notes.

use std::cmp::Ordering;
use std::sync::Arc;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::{Heading, Paint, PlanOptions, Scene, Shape, SignKind};
use crate::geometry::{Bounds, Outline, Point, TOLERANCE_M, direction, distance_m, left_of, nearest_on_segment};
use crate::look::Role;
use crate::model::{Entrance, GoodsAccess, Variant};

/// Below this many pixels for a metre, signs of constant size would hide what they stand for.
const PINS_FROM_PX: f64 = 1.5;

/// Draws them.
pub(super) fn draw(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    if options.px(1.0) < PINS_FROM_PX {
        return;
    }
    accesses(scene, variant, options);
    entrances(scene, variant, options);
    for note in variant.notes.iter().filter(|note| in_view(options, note.at.0) && options.sees(note.id)) {
        if options.subjects {
            scene.name_next(note.id, &note.text);
        }
        scene.push(Shape::Sign { at: note.at.0, kind: SignKind::Note, role: Role::Ink1 });
    }
}

fn in_view(options: &PlanOptions<'_>, at: Point) -> bool {
    options.shows(Bounds { min: at, max: at })
}

/// Plates with an arrow, into the yard or the street on whose edge they lie, else into the plot.
fn accesses(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    /// So far from an edge it is on it, and so far from a plot it is of it, in metres.
    const ON_M: f64 = 0.5;
    const NEAR_M: f64 = 40.0;
    let seen = |access: &&Arc<GoodsAccess>| in_view(options, access.at.0) && options.sees(access.id);
    let accesses: Vec<&Arc<GoodsAccess>> = variant.goods_access.iter().filter(seen).collect();
    if accesses.is_empty() {
        return;
    }
    let grounds = Edges::of(variant.surfaces.iter().map(|surface| &surface.outline), options);
    let plots = Edges::of(options.plots_of(variant).map(|plot| &plot.outline), options);
    for access in accesses {
        if options.subjects {
            scene.name_next(access.id, &access.name);
        }
        let outward = grounds.outward(access.at.0, ON_M).or_else(|| plots.outward(access.at.0, NEAR_M));
        let kind = SignKind::Access(outward.map(|outward| Heading::of(outward * -1.0)).unwrap_or_default());
        scene.push(Shape::Sign { at: access.at.0, kind, role: Role::Access });
    }
}

/// Entrances as drawings have them: black triangles that point at the wall from outside.
fn entrances(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    /// So large on the screen, in logical pixels, but no larger or smaller than so many metres.
    const SIZE_PX: f64 = 9.0;
    const SIZE_M: [f64; 2] = [1.0, 3.5];
    /// No farther from the wall, in metres: somebody may have moved the door by hand.
    const IN_WALL_M: f64 = 2.0;
    let seen = |entrance: &&Arc<Entrance>| in_view(options, entrance.at.0) && options.sees(entrance.id);
    let mut entrances = variant.entrances.iter().filter(seen).peekable();
    if entrances.peek().is_none() {
        return;
    }
    let on_ground = options.volumes_of(variant).filter(|volume| volume.begins_on_ground());
    let walls = Edges::of(on_ground.map(|volume| &volume.footprint), options);
    let size_m = options.px_per_m.map_or(SIZE_M[1] / 2.0, |px_per_m| SIZE_PX / px_per_m).clamp(SIZE_M[0], SIZE_M[1]);
    for entrance in entrances {
        if options.subjects {
            scene.name_next(entrance.id, &entrance.name);
        }
        // Where there is no wall, from the south, as on a map.
        let outward = walls.outward(entrance.at.0, IN_WALL_M).unwrap_or(Point { x: 0.0, y: -1.0 });
        let (foot, half) = (entrance.at.0 + outward * size_m, left_of(outward) * (0.55 * size_m));
        let outline = Outline::from_points([entrance.at.0, foot - half, foot + half]);
        let fill = Some(Paint::Role(Role::Ink1));
        scene.push(Shape::Area { outline: Arc::new(outline), fill, hatch: None, pen: None });
    }
}

/// Outlines in view, to find the edge that is nearest to a place.
struct Edges<'a>(RTree<GeomWithData<Rectangle<[f64; 2]>, &'a Outline>>);

impl<'a> Edges<'a> {
    fn of(outlines: impl Iterator<Item = &'a Outline>, options: &PlanOptions<'_>) -> Self {
        let entry = |outline: &'a Outline| {
            let bounds = outline.bounds().filter(|bounds| options.shows(*bounds))?;
            let [min, max] = [bounds.min, bounds.max].map(|p| [p.x, p.y]);
            Some(GeomWithData::new(Rectangle::from_corners(min, max), outline))
        };
        Self(RTree::bulk_load(outlines.filter_map(entry).collect()))
    }

    /// The way out across the edge that is nearest to a place, of those no farther away than `near_m`.
    fn outward(&self, at: Point, near_m: f64) -> Option<Point> {
        let reach = AABB::from_corners([at.x - near_m, at.y - near_m], [at.x + near_m, at.y + near_m]);
        let near = self.0.locate_in_envelope_intersecting(&reach);
        let edges = near.flat_map(|found| {
            let area_m2 = found.data.area_m2();
            found.data.edges().map(move |(a, b)| (a, b, area_m2))
        });
        let all = edges.filter_map(|(a, b, area_m2)| {
            let far_m = distance_m(at, nearest_on_segment(at, a, b));
            Some((far_m, area_m2, direction(b - a).filter(|_| far_m <= near_m)?))
        });
        // Of two that meet there it is the way into the smaller one, as of a gate at a street; else always the same, whatever
        // order they are found in.
        let nearest = all.min_by(|a, b| {
            let as_near = if (a.0 - b.0).abs() < TOLERANCE_M { Ordering::Equal } else { a.0.total_cmp(&b.0) };
            let ways = || a.2.x.total_cmp(&b.2.x).then(a.2.y.total_cmp(&b.2.y));
            as_near.then(a.1.total_cmp(&b.1)).then_with(ways)
        });
        nearest.map(|(_, _, along)| left_of(along) * -1.0)
    }
}
