//! What the hand does, on top of the drawing: what is under the pointer, what is selected, what snapped.

use egui::{Color32, Painter, Pos2, Rect, vec2};

use super::brush::{Brush, corners, square};
use crate::look::{Dash, Role, Stroke, tokens};
use crate::ui::theme::Theme;

/// What kind of point was found; its shape tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapSign {
    /// A corner: a square.
    End,
    /// The middle of an edge: a triangle.
    Midpoint,
    /// A crossing.
    Intersection,
    /// Square to an edge.
    Perpendicular,
    /// On an edge: a circle.
    OnEdge,
    /// Farther along an edge.
    Extension,
    /// In the direction of an edge.
    Parallel,
    /// On an axis of the drawing.
    Axis,
    /// On the grid.
    Grid,
}

fn finish(painter: &Painter, mut brush: Brush) {
    if let Some(shape) = brush.take() {
        painter.add(shape);
    }
}

fn brush_for(painter: &Painter) -> Brush {
    Brush::new(painter.pixels_per_point(), painter.clip_rect())
}

/// A line round what is under the pointer, on a casing that parts it from the drawing.
pub fn hovered(painter: &Painter, rings: &[Vec<Pos2>]) {
    cased(painter, rings, Stroke::Hover, 4.0);
}

/// A line round what is selected, on its casing. It has no fill, so that a use keeps its colour.
pub fn selected(painter: &Painter, rings: &[Vec<Pos2>]) {
    cased(painter, rings, Stroke::Selection, tokens().stroke(Stroke::SelectionCasing));
}

fn cased(painter: &Painter, rings: &[Vec<Pos2>], weight: Stroke, casing: f32) {
    let theme = Theme::of(painter.ctx());
    let mut brush = brush_for(painter);
    for ring in rings {
        brush.line(ring, true, casing, theme.color(Role::Panel));
    }
    for ring in rings {
        brush.line(ring, true, tokens().stroke(weight), theme.color(Role::Selection));
    }
    finish(painter, brush);
}

/// A fill for an empty shape that is selected, and for a window of selection.
pub fn selection_box(painter: &Painter, rect: Rect, crossing: bool) {
    let theme = Theme::of(painter.ctx());
    let mut brush = brush_for(painter);
    let ring = corners(rect);
    brush.triangles(ring, &[0, 1, 2, 0, 2, 3], theme.color(Role::SelectionFill));
    if crossing {
        brush.dashes(&ring, true, theme.dash(Dash::Guide), 1.0, theme.color(Role::Accent));
    } else {
        brush.line(&ring, true, 1.0, theme.color(Role::Accent));
    }
    finish(painter, brush);
}

/// Handles at corners: squares, or circles at the middles of edges.
pub fn handles(painter: &Painter, at: &[Pos2], round: bool) {
    let theme = Theme::of(painter.ctx());
    let side = theme.size("/control/handle");
    let mut brush = brush_for(painter);
    for &at in at {
        if round {
            brush.disc(at, side / 2.0, theme.color(Role::Raised));
            brush.circle(at, side / 2.0 - 0.5, 1.2, theme.color(Role::Accent));
        } else {
            brush.convex(&corners(square(at, side)), theme.color(Role::Raised));
            brush.line(&corners(square(at, side - 1.0)), true, 1.2, theme.color(Role::Accent));
        }
    }
    finish(painter, brush);
}

/// A guide across the drawing.
pub fn guide(painter: &Painter, from: Pos2, to: Pos2) {
    let theme = Theme::of(painter.ctx());
    let mut brush = brush_for(painter);
    brush.dashes(&[from, to], false, theme.dash(Dash::Guide), 1.0, theme.color(Role::Guide));
    finish(painter, brush);
}

/// The edge that others are drawn parallel or square to.
pub fn reference(painter: &Painter, points: &[Pos2]) {
    let theme = Theme::of(painter.ctx());
    let mut brush = brush_for(painter);
    brush.line(points, false, 3.0, theme.color(Role::Panel));
    brush.dashes(points, false, theme.dash(Dash::Ghost), 1.6, theme.color(Role::Accent));
    finish(painter, brush);
}

/// A line in the hand: what a click would draw.
pub fn rubber(painter: &Painter, points: &[Pos2], closed: bool) {
    let theme = Theme::of(painter.ctx());
    let mut brush = brush_for(painter);
    brush.line(points, closed, tokens().stroke(Stroke::Edge), theme.color(Role::Accent));
    finish(painter, brush);
}

/// An outline of another variant, or of what will go.
pub fn ghost(painter: &Painter, rings: &[Vec<Pos2>]) {
    let theme = Theme::of(painter.ctx());
    let mut brush = brush_for(painter);
    for ring in rings {
        brush.dashes(ring, true, theme.dash(Dash::Ghost), 1.0, theme.color(Role::Ghost));
    }
    finish(painter, brush);
}

/// The dot of an override at the corner of a shape.
pub fn override_mark(painter: &Painter, at: Pos2) {
    let mut brush = brush_for(painter);
    brush.disc(at, 4.0, Theme::of(painter.ctx()).color(Role::Accent));
    finish(painter, brush);
}

/// The sign of a snap, 10 px large.
pub fn snap(painter: &Painter, at: Pos2, sign: SnapSign) {
    let color = Theme::of(painter.ctx()).color(Role::Snap);
    let mut brush = brush_for(painter);
    // On a casing, so that it reads on any use.
    let casing = Theme::of(painter.ctx()).color(Role::Panel);
    snap_lines(&mut brush, at, sign, 4.0, casing);
    snap_lines(&mut brush, at, sign, 1.5, color);
    finish(painter, brush);
}

fn snap_lines(brush: &mut Brush, at: Pos2, sign: SnapSign, width: f32, color: Color32) {
    let p = |x: f32, y: f32| at + vec2(x, y);
    let r = 5.0;
    let mut line = |points: &[Pos2], closed| brush.line(points, closed, width, color);
    match sign {
        SnapSign::End => line(&corners(square(at, 2.0 * r)), true),
        SnapSign::Midpoint => line(&[p(0.0, -r), p(r, r * 0.8), p(-r, r * 0.8)], true),
        SnapSign::Intersection => {
            line(&[p(-r, -r), p(r, r)], false);
            line(&[p(-r, r), p(r, -r)], false);
        }
        SnapSign::Perpendicular => {
            line(&[p(-r, -r), p(-r, r), p(r, r)], false);
            line(&[p(-r, 0.0), p(0.0, 0.0), p(0.0, r)], false);
        }
        SnapSign::OnEdge => brush.circle(at, r, width, color),
        SnapSign::Extension => {
            line(&[p(-r - 3.0, 0.0), p(-2.0, 0.0)], false);
            line(&[p(2.0, 0.0), p(r + 3.0, 0.0)], false);
            line(&[p(0.0, -r), p(0.0, r)], false);
        }
        SnapSign::Parallel => {
            line(&[p(-r, r), p(0.0, -r)], false);
            line(&[p(0.0, r), p(r, -r)], false);
        }
        SnapSign::Axis => {
            line(&[p(-r - 2.0, 0.0), p(r + 2.0, 0.0)], false);
            line(&[p(0.0, -r - 2.0), p(0.0, r + 2.0)], false);
            brush.disc(at, 2.5, color);
        }
        SnapSign::Grid => {
            for (x, y) in [(-r, -r), (r, -r), (0.0, 0.0), (-r, r), (r, r)] {
                brush.disc(p(x, y), 0.75 + width / 3.0, color);
            }
        }
    }
}
