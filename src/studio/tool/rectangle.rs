//! Drawing a rectangular volume by two opposite corners.
//!
//! The rectangle lies along the plot: its sides follow the edge of the plot that is nearest to the first corner, since
//! few sites look north. Off any plot it lies along the axes.

use super::draw::{Purpose, create};
use super::overlay::{Dimension, Hint, Overlay, OverlayLine, OverlayPen, Readout};
use super::{Ctx, DRAG_PX, Effect, Event, Pointer, ToolKind};
use crate::geometry::{Outline, Point, TOLERANCE_M, bearing_deg, distance_m, nearest_on_segment, point};
use crate::studio::snap::{Snap, SnapKind, grid_step_m};

/// The tool.
#[derive(Clone, Debug, Default)]
pub struct Rectangle {
    state: State,
    snap: Option<Snap>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    #[default]
    Idle,
    /// The first corner is set; `along` is the direction of the first side. `pressed` while the button is still down.
    Corner { first: Point, along: Point, pressed: bool, corner: Point },
}

impl Rectangle {
    pub(super) fn is_busy(&self) -> bool {
        self.state != State::Idle
    }

    pub(super) fn step(&mut self, event: Event, ctx: &Ctx<'_>) -> Vec<Effect> {
        match (event, self.state) {
            (Event::Move(pointer), State::Idle) => {
                self.snap = Some(ctx.snap(pointer, &[], &[], self.snap));
                Vec::new()
            }
            (Event::Leave, State::Idle) => {
                self.snap = None;
                Vec::new()
            }
            (Event::Press(pointer), State::Idle) => {
                let snap = ctx.snap(pointer, &[], &[], self.snap);
                let along = direction(ctx, snap.at);
                self.state = State::Corner { first: snap.at, along, pressed: true, corner: snap.at };
                self.snap = Some(snap);
                Vec::new()
            }
            (Event::Move(pointer), State::Corner { first, along, pressed, .. }) => {
                let corner = self.corner(pointer, first, along, ctx);
                self.state = State::Corner { first, along, pressed, corner };
                Vec::new()
            }
            (Event::Release(pointer), State::Corner { first, along, pressed: true, .. }) => {
                let corner = self.corner(pointer, first, along, ctx);
                if ctx.distance_px(first, pointer.world) > DRAG_PX {
                    return self.finish(first, along, corner, ctx);
                }
                self.state = State::Corner { first, along, pressed: false, corner };
                Vec::new()
            }
            (Event::Press(pointer), State::Corner { first, along, .. }) => {
                let corner = self.corner(pointer, first, along, ctx);
                self.finish(first, along, corner, ctx)
            }
            (Event::Enter, State::Corner { first, along, corner, .. }) => self.finish(first, along, corner, ctx),
            (Event::Escape, State::Idle) => vec![Effect::Switch(ToolKind::Select)],
            (Event::Escape | Event::Backspace, State::Corner { .. }) => {
                self.state = State::Idle;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// The opposite corner for a pointer. A free one gets sides of whole grid steps in the rectangle's own axes.
    fn corner(&mut self, pointer: Pointer, first: Point, along: Point, ctx: &Ctx<'_>) -> Point {
        let snap = ctx.snap(pointer, &[], &[], self.snap);
        self.snap = Some(snap);
        if snap.kind != SnapKind::Grid || pointer.ctrl {
            return snap.at;
        }
        let step_m = grid_step_m(ctx.px_per_m);
        let d = pointer.world - first;
        let across = Point { x: -along.y, y: along.x };
        let whole = |value: f64| (value / step_m).round() * step_m;
        let (u, v) = (whole(d.x * along.x + d.y * along.y), whole(d.x * across.x + d.y * across.y));
        let at = first + along * u + across * v;
        let at = point(at.x, at.y);
        self.snap = Some(Snap { at, ..snap });
        at
    }

    fn finish(&mut self, first: Point, along: Point, corner: Point, ctx: &Ctx<'_>) -> Vec<Effect> {
        let points = corners(first, along, corner);
        if distance_m(points[0], points[1]) < TOLERANCE_M || distance_m(points[1], points[2]) < TOLERANCE_M {
            return vec![Effect::Say("say-no-rectangle")];
        }
        self.state = State::Idle;
        let (edit, id) = create(ctx, Purpose::Volume, Outline::from_points(points));
        vec![Effect::Apply(edit), Effect::Select(vec![id])]
    }

    pub(super) fn hint(&self) -> Hint {
        const KEYS: &[(&str, &str)] = &[("Ctrl", "hint-no-snap"), ("Esc", "hint-back")];
        match self.state {
            State::Idle => Hint { key: "hint-rectangle-first", keys: KEYS },
            State::Corner { .. } => Hint { key: "hint-rectangle-second", keys: KEYS },
        }
    }

    pub(super) fn overlay(&self) -> Overlay {
        let mut overlay = Overlay { snap: self.snap, ..Overlay::default() };
        if let State::Corner { first, along, corner, .. } = self.state {
            let points = corners(first, along, corner);
            let sides = [(points[0], points[1]), (points[1], points[2])];
            let [length_m, width_m] = sides.map(|(a, b)| distance_m(a, b));
            for ((a, b), length_m) in sides.into_iter().zip([length_m, width_m]) {
                overlay.dimensions.push(Dimension { a, b, length_m, off: Some((points[0] + points[2]) / 2.0) });
            }
            overlay.readout = Some(Readout {
                length_m: Some(length_m),
                width_m: Some(width_m),
                bearing_deg: Some(bearing_deg(points[0], points[1])),
                area_m2: Some(length_m * width_m),
            });
            overlay.lines.push(OverlayLine { points: points.to_vec(), closed: true, pen: OverlayPen::Live });
        }
        overlay
    }
}

/// The direction of the edge nearest to `at`: of the volume that it lies on, else of the plot around it; east where there
/// is neither.
fn direction(ctx: &Ctx<'_>, at: Point) -> Point {
    let hits = ctx.index.hit(ctx.variant, at, 1.0);
    let volume = hits.iter().find_map(|id| ctx.variant.volumes.get(*id)).map(|volume| &volume.footprint);
    let plot = || hits.iter().find_map(|id| ctx.variant.plots.get(*id)).map(|plot| &plot.outline);
    let nearest = volume.or_else(plot).and_then(|outline| {
        let away = |(a, b): &(Point, Point)| distance_m(at, nearest_on_segment(at, *a, *b));
        outline.edges().min_by(|x, y| away(x).total_cmp(&away(y)))
    });
    match nearest {
        Some((a, b)) if distance_m(a, b) > TOLERANCE_M => (b - a) / distance_m(a, b),
        _ => Point { x: 1.0, y: 0.0 },
    }
}

/// The four corners of the rectangle with a side in direction `along` (of length 1) between opposite corners.
fn corners(first: Point, along: Point, opposite: Point) -> [Point; 4] {
    let d = opposite - first;
    let u = d.x * along.x + d.y * along.y;
    let second = first + along * u;
    [first, second, opposite, first + (opposite - second)]
}
