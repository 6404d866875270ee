//! The sample of a use: its ink and its hatch, in a box with an ink line.

use egui::emath::GuiRounding as _;
use egui::{
    Color32, CornerRadius, Painter, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use crate::library::{Family, Use, UseLook};
use crate::look::{Hatch, HatchKind, Role, tokens};
use crate::ui::theme::Theme;

/// What a swatch stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum SwatchOf {
    /// A use.
    Use(UseLook),
    /// A family as a whole.
    Family(Family),
}

impl SwatchOf {
    /// The swatch of a use.
    #[must_use]
    pub fn of(u: &Use) -> Self {
        Self::Use(u.look.clone())
    }

    /// The family whose hatch it has.
    fn hatch(&self) -> Family {
        match self {
            Self::Use(look) => look.hatch,
            Self::Family(family) => *family,
        }
    }

    fn color(&self, theme: Theme) -> Color32 {
        match self {
            Self::Use(look) => theme.use_color(look),
            Self::Family(family) => theme.family_color(*family),
        }
    }
}

/// A swatch as a piece of the layout, 13 square.
pub fn swatch(ui: &mut Ui, of: &SwatchOf) -> Response {
    let side = Theme::of(ui.ctx()).size("/control/swatch");
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    paint_swatch_at(ui.painter(), rect.center(), side, of);
    response
}

/// Paints a swatch about a point, on whole pixels.
pub(crate) fn paint_swatch_at(painter: &Painter, centre: Pos2, side: f32, of: &SwatchOf) {
    let min = (centre - Vec2::splat(side / 2.0)).round_to_pixels(painter.pixels_per_point());
    paint_swatch(painter, Rect::from_min_size(min, Vec2::splat(side)), of);
}

/// Paints a swatch that fills a rectangle: ink, hatch, outline.
pub fn paint_swatch(painter: &Painter, rect: Rect, of: &SwatchOf) {
    let theme = Theme::of(painter.ctx());
    painter.rect_filled(rect, CornerRadius::ZERO, of.color(theme));
    let scale = theme.size("/hatch_rule/swatch_px_per_mm");
    paint_hatch(painter, rect, of.hatch(), scale, theme.hatch_ink("swatch"));
    let edge = Stroke::new(1.0, theme.color(Role::Ink1));
    painter.rect_stroke(rect, CornerRadius::ZERO, edge, StrokeKind::Inside);
}

/// Hatches an upright rectangle in the pattern of a family, clipped to it.
pub fn paint_hatch(painter: &Painter, rect: Rect, family: Family, px_per_mm: f32, ink: Color32) {
    let hatch = tokens().hatch(family);
    let clipped = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    let width = (hatch.stroke_mm * px_per_mm).max(tokens().number("/hatch_rule/min_stroke_px"));
    let stroke = Stroke::new(width, ink);
    let step = hatch.spacing_mm * px_per_mm;
    if step < 1.0 || !rect.is_positive() {
        return;
    }
    let mut shapes = Vec::new();
    match hatch.kind {
        HatchKind::Lines => parallels(&mut shapes, rect, hatch.angle_deg, step, stroke),
        HatchKind::Cross => {
            parallels(&mut shapes, rect, hatch.angle_deg, step, stroke);
            parallels(&mut shapes, rect, hatch.angle_deg + 90.0, step, stroke);
        }
        HatchKind::Dots | HatchKind::Plus | HatchKind::Chevrons | HatchKind::Dashes => {
            for at in lattice(rect, step, hatch.kind) {
                sign(&mut shapes, hatch, px_per_mm, at, stroke);
            }
        }
    }
    clipped.extend(shapes);
}

/// Lines at an angle from step to step, from edge to edge of the rectangle.
fn parallels(shapes: &mut Vec<Shape>, rect: Rect, angle_deg: f32, step: f32, stroke: Stroke) {
    // Angles are those of the paper, counter-clockwise; the screen's y goes down.
    let along = Vec2::angled(-angle_deg.to_radians());
    let across = along.rot90();
    let half = rect.size().length() / 2.0;
    let count = (half / step).ceil() as i32;
    for i in -count..=count {
        let middle = rect.center() + across * (i as f32 * step);
        if let Some(ends) = clip(middle - along * half, middle + along * half, rect) {
            shapes.push(Shape::line_segment(ends, stroke));
        }
    }
}

/// The part of a segment within a rectangle (Liang and Barsky).
fn clip(a: Pos2, b: Pos2, rect: Rect) -> Option<[Pos2; 2]> {
    let d = b - a;
    let (mut t0, mut t1) = (0.0f32, 1.0f32);
    for (p, q) in
        [(-d.x, a.x - rect.left()), (d.x, rect.right() - a.x), (-d.y, a.y - rect.top()), (d.y, rect.bottom() - a.y)]
    {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            t0 = t0.max(q / p);
        } else {
            t1 = t1.min(q / p);
        }
    }
    (t0 < t1).then(|| [a + d * t0, a + d * t1])
}

/// Where signs stand: on a grid about the middle, every second row moved by half a step.
fn lattice(rect: Rect, step: f32, kind: HatchKind) -> Vec<Pos2> {
    let staggered = !matches!(kind, HatchKind::Plus);
    let (columns, rows) = ((rect.width() / step).ceil() as i32 / 2 + 1, (rect.height() / step).ceil() as i32 / 2 + 1);
    let mut places = Vec::new();
    for row in -rows..=rows {
        let shift = if staggered && row.rem_euclid(2) == 1 { step / 2.0 } else { 0.0 };
        for column in -columns..=columns {
            places.push(rect.center() + vec2(column as f32 * step + shift, row as f32 * step));
        }
    }
    places
}

fn sign(shapes: &mut Vec<Shape>, hatch: &Hatch, px_per_mm: f32, at: Pos2, stroke: Stroke) {
    let arm = hatch.arm_mm * px_per_mm;
    match hatch.kind {
        HatchKind::Dots => shapes.push(Shape::circle_filled(at, (hatch.radius_mm * px_per_mm).max(0.6), stroke.color)),
        HatchKind::Plus => {
            shapes.push(Shape::line_segment([at - vec2(arm, 0.0), at + vec2(arm, 0.0)], stroke));
            shapes.push(Shape::line_segment([at - vec2(0.0, arm), at + vec2(0.0, arm)], stroke));
        }
        HatchKind::Chevrons => {
            let points = vec![at + vec2(-arm, arm / 2.0), pos2(at.x, at.y - arm / 2.0), at + vec2(arm, arm / 2.0)];
            shapes.push(Shape::line(points, stroke));
        }
        HatchKind::Dashes => {
            let half = hatch.dash_mm.first().copied().unwrap_or(1.0) * px_per_mm / 2.0;
            let along = Vec2::angled(-hatch.angle_deg.to_radians()) * half;
            shapes.push(Shape::line_segment([at - along, at + along], stroke));
        }
        HatchKind::Lines | HatchKind::Cross => {}
    }
}
