//! What a tool sees of the session, and what it asks of it: where a point wants to be, what lies there.

use std::sync::Arc;

use super::{FieldKind, Pointer, Purpose, Typed};
use crate::generate::Making;
use crate::geometry::{Bounds, Outline, Point, direction, distance_m, point};
use crate::i18n::Lang;
use crate::library::{Library, UseId};
use crate::measure::Sums;
use crate::model::{Axes, Id, Project, Region, Variant, Volume};
use crate::studio::aids::Drawing;
use crate::studio::index::{Index, Kind, kind_of};
use crate::studio::map_edges::MapEdges;
use crate::studio::selection::Selection;
use crate::studio::sight::Sight;
use crate::studio::snap::{self, Line, Lock, Moved, Snap, SnapKind};

/// What a tool sees of the session.
pub struct Ctx<'a> {
    /// The project.
    pub project: &'a Project,
    /// The open variant.
    pub variant: &'a Variant,
    /// Where things are in it.
    pub index: &'a Index,
    /// What it amounts to, and what belongs to what in it.
    pub sums: Option<&'a Sums>,
    /// Where things are around it.
    pub context: &'a Index,
    /// The lines of the built-in map, while it is shown; laid out when first asked for.
    pub map: &'a dyn Fn() -> Option<&'a MapEdges>,
    /// What is selected.
    pub selection: &'a Selection,
    /// What can be seen and taken hold of.
    pub sight: Sight<'a>,
    /// The uses.
    pub library: &'a Library,
    /// The use that new volumes get.
    pub use_in_hand: &'a UseId,
    /// What shapes become that do not say it themselves.
    pub purpose_in_hand: Purpose,
    /// Whether Alt is held: what is drawn is cut out of what it lies on.
    pub alt: bool,
    /// The kind that new surfaces get.
    pub surface_in_hand: crate::model::SurfaceKind,
    /// Logical pixels per metre.
    pub px_per_m: f64,
    /// Whether something is being typed: what it is for stays what it is.
    pub is_typing: bool,
    /// What was typed for what is in hand.
    pub typed: &'a Typed,
    /// How the user likes to draw.
    pub drawing: &'a Drawing,
    /// The edge that others are drawn parallel or square to.
    pub reference: Option<Line>,
    /// The line that a point to be set shall stay on.
    pub lock_of: &'a dyn Fn(Pointer) -> Lock,
    /// The recipe on the one plot that is selected, with what it makes.
    pub recipe_in_hand: &'a dyn Fn() -> Option<(Id, Arc<Making>)>,
    /// For names given to new things.
    pub lang: Lang,
    /// The region of a place in local metres.
    pub region_at: &'a dyn Fn(Point) -> Region,
}

impl Ctx<'_> {
    /// Where a point wants to be; `held` is what the tool was caught by before.
    #[must_use]
    pub fn snap(&self, pointer: Pointer, drawn: &[Point], without: &[Id], held: Option<Snap>) -> Snap {
        snap::find(&self.target(pointer, drawn, without, held), pointer.world)
    }

    /// What a click at a point means, the most likely first; of what can be selected.
    #[must_use]
    pub fn hit(&self, at: Point, reach_m: f64) -> Vec<Id> {
        let mut hits = self.index.hit(self.variant, at, reach_m);
        hits.retain(|id| self.sight.touches(kind_of(self.variant, *id), *id));
        hits
    }

    /// What is seen at a point, the topmost first, whether it can be selected or not.
    #[must_use]
    pub fn seen_at(&self, at: Point, reach_m: f64) -> Vec<Id> {
        let mut hits = self.index.hit(self.variant, at, reach_m);
        hits.retain(|id| self.sight.shows(kind_of(self.variant, *id), *id));
        hits
    }

    /// What meets a rectangle, of what can be selected; the least that must be true of it is that its box does.
    #[must_use]
    pub fn meeting(&self, bounds: Bounds) -> Vec<(Kind, Id)> {
        let mut found = self.index.meeting(bounds);
        found.retain(|(kind, id)| self.sight.touches(*kind, *id));
        found
    }

    /// The plot in which a point lies, the smallest where plots overlap.
    #[must_use]
    pub fn plot_at(&self, at: Point) -> Option<Id> {
        let here = self.index.meeting(Bounds { min: at, max: at }).into_iter();
        let plots = here.filter(|(kind, _)| *kind == Kind::Plot).filter_map(|(_, id)| self.variant.plots.get(id));
        let around = plots.filter(|plot| plot.outline.contains(at));
        around.min_by(|a, b| a.outline.area_m2().total_cmp(&b.outline.area_m2())).map(|plot| plot.id)
    }

    /// The volumes of a building, in order of id.
    pub fn volumes_of(&self, building: Id) -> impl Iterator<Item = &Volume> {
        let ids = self.sums.map(|sums| sums.volumes_of(building));
        ids.into_iter().flatten().filter_map(|id| self.variant.volumes.get(id)).map(|volume| &**volume)
    }

    /// The edge that the pointer is on, from any thing.
    #[must_use]
    pub fn edge_at(&self, pointer: Pointer) -> Option<Line> {
        snap::edge_at(&self.target(pointer, &[], &[], None), pointer.world)
    }

    /// The edge that the pointer is on, or a piece of the guide line.
    #[must_use]
    pub fn edge_or_guide_at(&self, pointer: Pointer) -> Option<Line> {
        snap::edge_or_guide_at(&self.target(pointer, &[], &[], None), pointer.world)
    }

    /// How far things go that were gripped at `from`: caught by one of their corners, in line with others, or as typed.
    #[must_use]
    pub fn shift(&self, pointer: Pointer, from: Point, moved: &Moved, without: &[Id]) -> (Point, Option<Snap>) {
        let drawn = [from];
        let target = self.target(pointer, &drawn, without, None);
        let (shift, snap) = snap::find_shift(&target, moved, from, pointer.world);
        let Some(length_m) = self.typed.get(FieldKind::Length) else { return (shift, snap) };
        let bearing = self.typed.get(FieldKind::Bearing).map(|deg| Axes::new(deg).north());
        match bearing.or_else(|| direction(shift)).or_else(|| direction(pointer.world - from)) {
            Some(dir) => (dir * length_m, None),
            None => (shift, snap),
        }
    }

    fn target<'a>(
        &'a self,
        pointer: Pointer,
        drawn: &'a [Point],
        without: &'a [Id],
        held: Option<Snap>,
    ) -> snap::Target<'a> {
        snap::Target {
            project: self.project,
            variant: self.variant,
            index: self.index,
            context: self.context,
            map: (self.map)(),
            px_per_m: self.px_per_m,
            sight: self.sight,
            without,
            drawn,
            held,
            lock: (self.lock_of)(pointer),
            reference: self.reference,
            axes: self.axes(),
            off: &self.drawing.off,
            suspended: pointer.ctrl,
        }
    }

    /// Where the next point goes: where it is caught, at the length and in the direction that were typed.
    #[must_use]
    pub fn place(&self, pointer: Pointer, drawn: &[Point], without: &[Id], held: Option<Snap>) -> Snap {
        let snap = self.snap(pointer, drawn, without, held);
        let (Some(&last), Some(length_m)) = (drawn.last(), self.typed.get(FieldKind::Length)) else { return snap };
        let towards = |to: Point| direction(to - last);
        let bearing = self.typed.get(FieldKind::Bearing).map(|deg| Axes::new(deg).north());
        let Some(dir) = bearing.or_else(|| towards(snap.at)).or_else(|| towards(pointer.world)) else { return snap };
        let at = last + dir * length_m;
        // Its direction may still be a found one; its place is not.
        let kind = match snap.kind {
            SnapKind::Square | SnapKind::Parallel | SnapKind::Perpendicular | SnapKind::Axis | SnapKind::Held => {
                snap.kind
            }
            _ => SnapKind::Grid,
        };
        Snap { at: point(at.x, at.y), kind, of: None, ..snap }
    }

    /// The project's axes.
    #[must_use]
    pub fn axes(&self) -> Axes {
        self.project.axes()
    }

    /// Logical pixels between two points.
    #[must_use]
    pub fn distance_px(&self, a: Point, b: Point) -> f64 {
        distance_m(a, b) * self.px_per_m
    }

    /// The outline of a thing, if it has one.
    #[must_use]
    pub fn outline(&self, id: Id) -> Option<&Outline> {
        self.variant.outline(id)
    }
}
