//! What a tool shows: lines in the accent colour, handles, dimensions, the snap found, and the hint.

use super::{Ctx, Field};
use crate::geometry::{Bounds, Outline, Point};
use crate::model::{Id, MarkKind};
use crate::studio::index::Kind;
use crate::studio::snap::{Snap, SnapKind};

/// What shall be seen over the drawing, in local metres.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Lines in order.
    pub lines: Vec<OverlayLine>,
    /// Handles.
    pub handles: Vec<Handle>,
    /// Dimensions.
    pub dimensions: Vec<Dimension>,
    /// Areas in m², written where they are.
    pub areas: Vec<(Point, f64)>,
    /// Words about a place, written above it.
    pub names: Vec<(Point, String)>,
    /// The snap found.
    pub snap: Option<Snap>,
    /// The selection frame being drawn; the flag says that touching is enough.
    pub marquee: Option<(Bounds, bool)>,
    /// The measures at the cursor.
    pub readout: Vec<Field>,
}

/// A line over the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct OverlayLine {
    /// Its points.
    pub points: Vec<Point>,
    /// Whether the last joins the first.
    pub closed: bool,
    /// How it looks.
    pub pen: OverlayPen,
}

/// How a line over the drawing looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayPen {
    /// What is being drawn.
    Live,
    /// What is selected.
    Selected,
    /// What is under the pointer.
    Hover,
    /// A help line.
    Guide,
    /// The edge that others are drawn parallel or square to.
    Reference,
    /// What cannot be.
    Refused,
    /// What is being cut out.
    Cut,
}

/// Something to grip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handle {
    /// Where.
    pub at: Point,
    /// Which.
    pub kind: HandleKind,
    /// Whether the pointer is on it.
    pub hot: bool,
}

/// A kind of handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleKind {
    /// A corner: a square.
    Vertex,
    /// The middle of an edge, where a corner can be pulled out: a circle.
    Midpoint,
    /// A measure of a typology: a diamond.
    Knob,
    /// A number of a typology: a box with the number in it.
    Count(u32),
}

/// A length written along a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dimension {
    /// From.
    pub a: Point,
    /// To.
    pub b: Point,
    /// The length in metres; what is written may differ from the distance of the ends only by rounding.
    pub length_m: f64,
    /// What it keeps off: it is written on the other side of its line; `None` where either side is free.
    pub off: Option<Point>,
}

/// What the next click does, and the keys that change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The message key of the sentence.
    pub key: &'static str,
    /// Keycaps with the message keys of their words.
    pub keys: &'static [(&'static str, &'static str)],
}

/// The guide lines of a variant within a rectangle, and the marks that are selected.
#[must_use]
pub fn marks(ctx: &Ctx<'_>, view: Bounds) -> Vec<OverlayLine> {
    let reach_m = view.width_m() + view.height_m();
    let line = |points: Vec<Point>, pen| OverlayLine { points, closed: false, pen };
    let mut lines = Vec::new();
    for mark in ctx.variant.marks.iter().filter(|mark| ctx.sight.shows(Kind::Mark, mark.id)) {
        let selected = ctx.selection.contains(mark.id);
        let Some(dir) = mark.direction() else { continue };
        match mark.kind {
            MarkKind::Guide => {
                // From where it passes the middle of the view, so far to both sides that it leaves it.
                let d = view.centre() - mark.a.0;
                let foot = mark.a.0 + dir * (d.x * dir.x + d.y * dir.y);
                let pen = if selected { OverlayPen::Reference } else { OverlayPen::Guide };
                lines.push(line(vec![foot - dir * reach_m, foot + dir * reach_m], pen));
            }
            MarkKind::Dimension if selected => {
                let written = mark.written_line().map(|[a, b]| line(vec![a, b], OverlayPen::Reference));
                lines.extend(written);
            }
            MarkKind::Dimension => {}
        }
    }
    lines
}

/// The rings of an outline as lines.
pub(in crate::studio) fn rings(outline: &Outline, pen: OverlayPen) -> impl Iterator<Item = OverlayLine> + '_ {
    outline.rings().iter().map(move |ring| OverlayLine { points: ring.points().to_vec(), closed: true, pen })
}

/// The outlines of what is selected, and frames round signs; those that cannot be measured in the colour of a refusal.
pub(super) fn selected(ctx: &Ctx<'_>) -> Vec<OverlayLine> {
    let outlines = ctx.selection.ids().filter_map(|id| ctx.outline(id));
    let lines = outlines.flat_map(|outline| {
        let refused = outline.fault().is_some();
        rings(outline, if refused { OverlayPen::Refused } else { OverlayPen::Selected })
    });
    let signs = ctx.selection.ids().filter_map(|id| sign_frame(ctx, id, OverlayPen::Selected));
    lines.chain(signs).collect()
}

/// A frame round the sign of something that has a place and no outline.
pub(super) fn sign_frame(ctx: &Ctx<'_>, id: Id, pen: OverlayPen) -> Option<OverlayLine> {
    /// Half as wide as this on the screen, in logical pixels: a little more than signs.
    const HALF_PX: f64 = 12.0;
    let at = ctx.variant.place(id)?.0;
    let half = HALF_PX / ctx.px_per_m;
    let corner = |x: f64, y: f64| Point { x: at.x + x * half, y: at.y + y * half };
    let points = vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)];
    Some(OverlayLine { points, closed: true, pen })
}

/// What the pointer goes by: the reference edge, and the line that the point was found on.
pub(super) fn aids(ctx: &Ctx<'_>, snap: Option<Snap>) -> Vec<OverlayLine> {
    let line = |points: Vec<Point>, pen| OverlayLine { points, closed: false, pen };
    let mut lines = Vec::new();
    lines.extend(ctx.reference.map(|edge| line(vec![edge.from, edge.to], OverlayPen::Reference)));
    let Some(snap) = snap else { return lines };
    if let Some(guide) = snap.guide {
        match snap.kind {
            SnapKind::Extension => lines.push(line(vec![guide.to, snap.at], OverlayPen::Guide)),
            SnapKind::Aligned => lines.push(line(vec![guide.from, guide.to], OverlayPen::Guide)),
            _ => {}
        }
    }
    if let Some(held) = snap.along {
        // The held line, on beyond the point.
        let from = held.last.unwrap_or(held.line.from);
        let ahead = snap.at + (snap.at - from) * 0.5;
        lines.push(line(vec![from, ahead], OverlayPen::Guide));
    }
    lines
}
