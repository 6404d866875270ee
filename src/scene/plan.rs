//! The plan from above.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Anchor, Heading, Ink, Label, Layer, Paint, Pen, Scene, Shape, SignKind, ground, volumes};
use crate::geometry::{Bounds, FARTHEST_M, Outline, Point, Ring, direction, distance_m, left_of, nearest_on_segment};
use crate::i18n::{Lang, NO_BREAK, number};
use crate::library::{Library, UseLook};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::model::{Entrance, GoodsAccess, Id, LayerKind, Mark, Plot, Project, Storey, Variant};

/// Plots smaller than this show no corners, in pixels.
const SIGNS_FROM_PX: f64 = 100.0;
/// Plots smaller than this show no name, in pixels.
const NAME_FROM_PX: f64 = 120.0;
/// Below this many pixels for a metre, signs of constant size would hide what they stand for.
const PINS_FROM_PX: f64 = 1.5;

/// What a plan shows.
#[derive(Clone, Debug)]
pub struct PlanOptions<'a> {
    /// The language of its labels.
    pub lang: Lang,
    /// The uses.
    pub library: &'a Library,
    /// Only what meets this rectangle; everything when `None`.
    pub view: Option<Bounds>,
    /// Pixels to a metre on the picture it is made for: what would be too small to see is left out. Everything, however
    /// small, when `None`.
    pub px_per_m: Option<f64>,
    /// The volumes to look at, where the caller knows from an index which can be in view; all when `None`.
    pub volumes: Option<&'a [Id]>,
    /// The plots to look at, in order of id, where the caller knows them; all when `None`.
    pub plots: Option<&'a [Id]>,
    /// The only things that are seen, while some are isolated; all when `None`.
    pub only: Option<&'a BTreeSet<Id>>,
    /// The volumes that keep their colour, while some are lit; all when `None`.
    pub lit: Option<&'a BTreeSet<Id>>,
    /// Whether shapes say what they stand for ([`Scene::subjects`]).
    pub subjects: bool,
}

impl<'a> PlanOptions<'a> {
    /// Everything in full detail.
    #[must_use]
    pub fn new(lang: Lang, library: &'a Library) -> Self {
        Self {
            lang,
            library,
            view: None,
            px_per_m: None,
            volumes: None,
            plots: None,
            only: None,
            lit: None,
            subjects: false,
        }
    }

    /// What a camera shows, with the detail that it can show.
    #[must_use]
    pub fn seen_by(self, camera: &super::Camera) -> Self {
        Self { view: Some(camera.bounds()), px_per_m: Some(camera.px_per_m), ..self }
    }

    /// How the main use of a storey is drawn; `None` for one that nobody knows.
    pub(super) fn look_of(&self, storey: &Storey) -> Option<&'a UseLook> {
        storey.uses.main().and_then(|id| Some(&self.library.get(id)?.look))
    }

    /// The plots to look at.
    fn plots_of(&self, variant: &'a Variant) -> impl Iterator<Item = &'a Arc<Plot>> {
        let named = self.plots.into_iter().flatten().filter_map(|&id| variant.plots.get(id));
        let all = self.plots.is_none().then(|| variant.plots.iter());
        named.chain(all.into_iter().flatten()).filter(|plot| self.sees(plot.id))
    }

    /// Whether a thing is seen at all.
    pub(super) fn sees(&self, id: Id) -> bool {
        self.only.is_none_or(|only| only.contains(&id))
    }

    /// Whether a volume keeps its colour.
    pub(super) fn lights(&self, id: Id) -> bool {
        self.lit.is_none_or(|lit| lit.contains(&id))
    }

    /// Whether something within `bounds` is in view.
    pub(super) fn shows(&self, bounds: Bounds) -> bool {
        self.view.is_none_or(|view| view.meets(&bounds))
    }

    /// Outlines in view, with their bounds.
    fn in_sight<'o>(&self, outlines: impl Iterator<Item = &'o Outline>) -> Vec<(&'o Outline, Bounds)> {
        let with_bounds = outlines.filter_map(|outline| Some((outline, outline.bounds()?)));
        with_bounds.filter(|(_, bounds)| self.shows(*bounds)).collect()
    }

    /// A length in pixels; endless when the picture is not known.
    pub(super) fn px(&self, length_m: f64) -> f64 {
        self.px_per_m.map_or(f64::INFINITY, |scale| length_m * scale)
    }

    /// An outline's shorter side in pixels.
    pub(super) fn shorter_px(&self, bounds: &Bounds) -> f64 {
        self.px(bounds.width_m().min(bounds.height_m()))
    }
}

/// The plan of a variant with the project's context.
#[must_use]
pub fn plan(project: &Project, variant: &Variant, options: &PlanOptions<'_>) -> Scene {
    let mut scene = Scene::default();
    scene.begin(Layer::Map);
    let shows = |layer| project.layers.shows(layer);
    if shows(LayerKind::Context) && options.only.is_none() {
        ground::context(&mut scene, project, options);
    }
    scene.begin(Layer::Ground);
    if shows(LayerKind::Surfaces) {
        ground::surfaces(&mut scene, variant, options);
    }
    scene.begin(Layer::Plots);
    if shows(LayerKind::Plots) {
        plots(&mut scene, variant, options);
    }
    if shows(LayerKind::Volumes) {
        volumes::draw(&mut scene, variant, options);
    }
    scene.begin(Layer::Signs);
    if shows(LayerKind::Plots) {
        plot_signs(&mut scene, variant, options);
    }
    if shows(LayerKind::Pins) {
        pins(&mut scene, variant, options);
        marks(&mut scene, variant, options);
    }
    scene
}

/// Whether a picture can be made of it: enough points, all within reach.
pub(super) fn drawable(outline: &Outline) -> Option<Bounds> {
    let bounds = outline.bounds()?;
    let near = |p: Point| p.x.abs() <= FARTHEST_M && p.y.abs() <= FARTHEST_M;
    let finite = outline.rings().iter().flat_map(Ring::points).all(|&p| near(p));
    (finite && outline.outer().len() >= 2).then_some(bounds)
}

/// The closed lines of an outline whose inside cannot be told.
pub(super) fn rings_as_lines(scene: &mut Scene, outline: &Outline, pen: Pen) {
    for ring in outline.rings() {
        let mut points = ring.points().to_vec();
        points.extend(ring.points().first());
        scene.push(Shape::Line { points, pen, width_m: None });
    }
}

fn plots(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    let pen = Pen::dashed(Role::PlotLine, Stroke::Edge, Dash::PlotLine);
    for plot in options.plots_of(variant) {
        let Some(bounds) = drawable(&plot.outline).filter(|&b| options.shows(b)) else { continue };
        if options.subjects {
            scene.name_next(plot.id, &plot.name);
        }
        let size_px = options.shorter_px(&bounds);
        // A broken line needs some length to be read as one.
        let pen = match size_px {
            px if px < 3.0 => continue,
            px if px < 24.0 => Pen::new(Role::HairlineStrong, Stroke::Hair),
            _ => pen,
        };
        rings_as_lines(scene, &plot.outline, pen);
    }
}

fn plot_signs(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    for plot in options.plots_of(variant) {
        let Some(bounds) = drawable(&plot.outline).filter(|&b| options.shows(b)) else { continue };
        if options.shorter_px(&bounds) < SIGNS_FROM_PX {
            continue;
        }
        for (_, at) in plot.outline.vertices() {
            scene.push(Shape::Sign { at, kind: SignKind::Corner, role: Role::PlotLine });
        }
        if !plot.name.is_empty() && options.shorter_px(&bounds) >= NAME_FROM_PX {
            scene.shapes.extend(plot_name(&plot.name, &plot.outline));
        }
    }
}

fn pins(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    let in_view = |at: Point| options.shows(Bounds { min: at, max: at });
    if options.px(1.0) < PINS_FROM_PX {
        return;
    }
    /// It lies on the edge of the yard or the street that one comes into by it, else at that of its plot, in metres.
    const ON_M: f64 = 0.5;
    const NEAR_M: f64 = 40.0;
    let seen = |access: &&Arc<GoodsAccess>| in_view(access.at.0) && options.sees(access.id);
    let accesses: Vec<&Arc<GoodsAccess>> = variant.goods_access.iter().filter(seen).collect();
    let grounds = options.in_sight(variant.surfaces.iter().filter(|_| !accesses.is_empty()).map(|s| &s.outline));
    let plots = options.in_sight(variant.plots.iter().filter(|_| !accesses.is_empty()).map(|plot| &plot.outline));
    for access in accesses {
        if options.subjects {
            scene.name_next(access.id, &access.name);
        }
        let of_ground = outward_of_edge(&grounds, access.at.0, ON_M);
        let outward = of_ground.or_else(|| outward_of_edge(&plots, access.at.0, NEAR_M));
        let kind = SignKind::Access(outward.map(|outward| Heading::of(outward * -1.0)).unwrap_or_default());
        scene.push(Shape::Sign { at: access.at.0, kind, role: Role::Access });
    }
    entrances(scene, variant, options);
    for note in variant.notes.iter().filter(|note| in_view(note.at.0) && options.sees(note.id)) {
        if options.subjects {
            scene.name_next(note.id, &note.text);
        }
        scene.push(Shape::Sign { at: note.at.0, kind: SignKind::Note, role: Role::Ink1 });
    }
}

/// Entrances as drawings have them: black triangles that point at the wall from outside.
fn entrances(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    /// So large on the screen, in logical pixels, but no larger or smaller than so many metres.
    const SIZE_PX: f64 = 9.0;
    const SIZE_M: [f64; 2] = [1.0, 3.5];
    /// No farther from the wall, in metres: somebody may have moved the door by hand.
    const IN_WALL_M: f64 = 2.0;
    let in_view = |at: Point| options.shows(Bounds { min: at, max: at });
    let seen = |entrance: &&Arc<Entrance>| in_view(entrance.at.0) && options.sees(entrance.id);
    let mut entrances = variant.entrances.iter().filter(seen).peekable();
    if entrances.peek().is_none() {
        return;
    }
    let on_ground = variant.volumes.iter().filter(|volume| volume.begins_on_ground());
    let walls = options.in_sight(on_ground.map(|volume| &volume.footprint));
    let size_m = options.px_per_m.map_or(SIZE_M[1] / 2.0, |px_per_m| SIZE_PX / px_per_m).clamp(SIZE_M[0], SIZE_M[1]);
    for entrance in entrances {
        if options.subjects {
            scene.name_next(entrance.id, &entrance.name);
        }
        // Where there is no wall, from the south, as on a map.
        let outward = outward_of_edge(&walls, entrance.at.0, IN_WALL_M).unwrap_or(Point { x: 0.0, y: -1.0 });
        let (foot, half) = (entrance.at.0 + outward * size_m, left_of(outward) * (0.55 * size_m));
        let outline = Outline::from_points([entrance.at.0, foot - half, foot + half]);
        let fill = Some(Paint::Role(Role::Ink1));
        scene.push(Shape::Area { outline: Arc::new(outline), fill, hatch: None, pen: None });
    }
}

/// The way out across the edge that is nearest to a place, of those no farther away than `near_m`.
fn outward_of_edge(outlines: &[(&Outline, Bounds)], at: Point, near_m: f64) -> Option<Point> {
    let near = outlines.iter().filter(|(_, bounds)| bounds.grown(near_m).contains(at));
    let edges = near.flat_map(|(outline, _)| outline.edges());
    let by_distance = edges.map(|(a, b)| (distance_m(at, nearest_on_segment(at, a, b)), b - a));
    let nearest = by_distance.filter(|(far_m, _)| *far_m <= near_m).min_by(|a, b| a.0.total_cmp(&b.0));
    nearest.and_then(|(_, along)| direction(along)).map(|along| left_of(along) * -1.0)
}

/// Dimensions. Guides are for the hand and are not part of the drawing.
fn marks(scene: &mut Scene, variant: &Variant, options: &PlanOptions<'_>) {
    const TICK_PX: f64 = 5.0;
    // Without a picture of known size, as on one of 1 : 500.
    let px_m = options.px_per_m.map_or(0.13, |scale| 1.0 / scale);
    let pen = Pen::new(Role::Ink1, Stroke::Fine);
    let is_seen =
        |mark: &&Arc<Mark>| mark.bounds().is_some_and(|bounds| options.shows(bounds)) && options.sees(mark.id);
    for mark in variant.marks.iter().filter(is_seen) {
        let (Some([a, b]), Some(dir)) = (mark.written_line(), mark.direction()) else { continue };
        if options.subjects {
            scene.name_next(mark.id, "");
        }
        let across = left_of(dir);
        scene.push(Shape::Line { points: vec![a, b], pen, width_m: None });
        for (from, end) in [(mark.a.0, a), (mark.b.0, b)] {
            let slant = (dir + across) * (TICK_PX * px_m * std::f64::consts::FRAC_1_SQRT_2);
            let edge = Pen::new(Role::Ink1, Stroke::Edge);
            scene.push(Shape::Line { points: vec![end - slant, end + slant], pen: edge, width_m: None });
            let hair = Pen::new(Role::Ink2, Stroke::Hair);
            let beyond = end + (end - from) * (TICK_PX * px_m / distance_m(from, end).max(TICK_PX * px_m));
            scene.push(Shape::Line { points: vec![from, beyond], pen: hair, width_m: None });
        }
        // Upright: read from below or from the right.
        let right = if dir.x < -1e-9 || (dir.x.abs() <= 1e-9 && dir.y < 0.0) { Point::zero() - dir } else { dir };
        scene.shapes.push(Shape::Label(Label {
            at: (a + b) / 2.0,
            text: format!("{}{NO_BREAK}m", number(options.lang, mark.length_m(), 2)),
            style: TypeRole::Dimension,
            ink: Ink::Role(Role::Ink1),
            halo: Some(Role::Ground),
            angle_deg: right.y.atan2(right.x).to_degrees(),
            anchor: Anchor::Below,
            room_m: None,
        }));
    }
}

/// A plot's name outside its boundary, along the longest of the edges that look up on the paper.
fn plot_name(name: &str, outline: &Outline) -> Option<Shape> {
    // Counter-clockwise, an edge that looks up runs from right to left.
    let upper = outline.rings().first()?.edges().filter(|(a, b)| a.x - b.x > (a.y - b.y).abs());
    let (right, left) = upper.max_by(|a, b| distance_m(a.0, a.1).total_cmp(&distance_m(b.0, b.1)))?;
    let d = right - left;
    Some(Shape::Label(Label {
        at: (left + right) / 2.0,
        text: name.to_owned(),
        style: TypeRole::Caption,
        ink: Ink::Role(Role::Ink2),
        halo: Some(Role::Ground),
        angle_deg: d.y.atan2(d.x).to_degrees(),
        anchor: Anchor::Below,
        room_m: Some(distance_m(left, right)),
    }))
}
