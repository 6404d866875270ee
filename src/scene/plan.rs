//! The plan from above.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Anchor, Ink, Label, Layer, Pen, Scene, Shape, SignKind, ground, pins, volumes};
use crate::geometry::{Bounds, FARTHEST_M, Outline, Point, Ring, distance_m, left_of};
use crate::i18n::{Lang, NO_BREAK, number};
use crate::library::{Library, UseLook};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::model::{Id, LayerKind, Mark, Plot, Project, Storey, Variant, Volume};

/// Plots smaller than this show no corners, in pixels.
const SIGNS_FROM_PX: f64 = 100.0;
/// Plots smaller than this show no name, in pixels.
const NAME_FROM_PX: f64 = 120.0;

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
    /// Which part of it.
    pub part: PlanPart,
    /// Whether surroundings are figure and ground: buildings in ink, water, and paper.
    pub figure_ground: bool,
}

/// A part of a plan: scans and a grid lie between the surroundings and what is designed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanPart {
    /// All of it.
    #[default]
    All,
    /// What stands around the site.
    Surroundings,
    /// The rest.
    Design,
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
            part: PlanPart::All,
            figure_ground: false,
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

    /// The volumes to look at.
    pub(super) fn volumes_of(&self, variant: &'a Variant) -> impl Iterator<Item = &'a Arc<Volume>> {
        let named = self.volumes.into_iter().flatten().filter_map(|&id| variant.volumes.get(id));
        named.chain(self.volumes.is_none().then(|| variant.volumes.iter()).into_iter().flatten())
    }

    /// The plots to look at.
    pub(super) fn plots_of(&self, variant: &'a Variant) -> impl Iterator<Item = &'a Arc<Plot>> {
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
    if shows(LayerKind::Context) && options.only.is_none() && options.part != PlanPart::Design {
        ground::context(&mut scene, project, options);
    }
    if options.part == PlanPart::Surroundings {
        return scene;
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
        pins::draw(&mut scene, variant, options);
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
        let size_px = options.shorter_px(&bounds);
        // On black buildings a black line needs a casing.
        if options.figure_ground && size_px >= 24.0 {
            rings_as_lines(scene, &plot.outline, Pen::new(Role::MapLand, Stroke::SelectionCasing));
        }
        if options.subjects {
            scene.name_next(plot.id, &plot.name);
        }
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
            halo_px: super::HALO_PX,
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
        halo_px: super::HALO_PX,
        angle_deg: d.y.atan2(d.x).to_degrees(),
        anchor: Anchor::Below,
        room_m: Some(distance_m(left, right)),
    }))
}
