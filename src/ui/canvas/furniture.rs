//! North and the scale bar, bottom left on the canvas.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use crate::geometry::Point;
use crate::i18n::{Lang, tr_with};
use crate::look::{Role, Stroke as Weight, TypeRole};
use crate::scene::ScaleBar;
use crate::studio::{Command, Session};
use crate::ui::theme::Theme;

/// Paints them.
pub fn paint(painter: &Painter, theme: Theme, rect: Rect, session: &Session, lang: Lang) {
    let base = rect.left_bottom() + Vec2::new(24.0, -24.0);
    paint_north(painter, theme, base + Vec2::new(0.0, -8.0));
    if session.project().north_deg != 0.0 {
        paint_project_north(painter, theme, base + Vec2::new(0.0, -8.0), session.project().axes().north());
    }
    paint_scale(painter, theme, base + Vec2::new(26.0, 0.0), session.camera.px_per_m, lang);
    if session.isolated().is_some() {
        let keys = Command::Isolate.shortcut().map(|keys| keys.text(lang)).unwrap_or_default();
        let text = tr_with(lang, "panel-isolated", &[("keys", keys.into())]);
        let galley = painter.layout_job(theme.line(TypeRole::Small, Role::OnAccent, &text));
        let chip =
            Rect::from_center_size(rect.center_top() + Vec2::new(0.0, 22.0), galley.size() + Vec2::new(20.0, 8.0));
        painter.rect_filled(chip, theme.radius(), theme.color(Role::Accent));
        painter.galley(chip.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
    }
}

/// Whose map it is, in the lower right corner, where the line at the bottom has no room for it.
pub fn credits(painter: &Painter, theme: Theme, rect: Rect, words: &str) {
    let galley = painter.layout_job(theme.line(TypeRole::Caption, Role::Ink2, words));
    let place = Align2::RIGHT_BOTTOM.anchor_size(rect.right_bottom() - Vec2::new(8.0, 6.0), galley.size());
    painter.rect_filled(place.expand2(Vec2::new(4.0, 1.0)), 0.0, theme.color(Role::Ground).gamma_multiply(0.85));
    painter.galley(place.min, galley, theme.color(Role::Ink2));
}

fn paint_north(painter: &Painter, theme: Theme, at: Pos2) {
    let (ink, ground) = (theme.color(Role::Ink1), theme.color(Role::Ground));
    let (tip, left, right) = (at + Vec2::new(0.0, -14.0), at + Vec2::new(-5.0, 8.0), at + Vec2::new(5.0, 8.0));
    let casing = Stroke::new(1.0 + 2.0 * CASING_PX, ground);
    painter.add(Shape::closed_line(vec![tip, right, at + Vec2::new(0.0, 4.0), left], casing));
    let notch = at + Vec2::new(0.0, 4.0);
    painter.add(Shape::convex_polygon(vec![tip, notch, left], ink, Stroke::NONE));
    painter.add(Shape::convex_polygon(vec![tip, right, notch], ground, Stroke::NONE));
    painter.add(Shape::closed_line(vec![tip, right, notch, left], theme.stroke(Weight::Fine, Role::Ink1)));
}

/// The project's own north, where it is another: a needle in the colour of what the user chose.
fn paint_project_north(painter: &Painter, theme: Theme, at: Pos2, north: Point) {
    let (inner, outer) = (9.0, 22.0);
    let dir = Vec2::new(north.x as f32, -north.y as f32);
    let ends = [at + dir * inner, at + dir * outer];
    painter.line_segment(ends, Stroke::new(1.6 + 2.0 * CASING_PX, theme.color(Role::Ground)));
    painter.line_segment(ends, theme.stroke(Weight::Edge, Role::Accent));
    painter.circle_filled(ends[1], 2.4, theme.color(Role::Accent));
}

/// The longest bar of a round length that is not wider than this, in logical pixels.
const WIDEST_PX: f64 = 220.0;

/// How far the casing reaches round what stands on the drawing, in logical pixels.
const CASING_PX: f32 = 2.0;

fn paint_scale(painter: &Painter, theme: Theme, at: Pos2, px_per_m: f64, lang: Lang) {
    let Some(scale) = ScaleBar::fitting(px_per_m, WIDEST_PX) else { return };
    let width = (scale.length_m * px_per_m) as f32;
    let bar = Rect::from_min_size(at + Vec2::new(0.0, -4.0), Vec2::new(width, 4.0));
    painter.rect_filled(bar.expand(CASING_PX), 0.0, theme.color(Role::Ground));
    painter.rect_filled(bar, 0.0, theme.color(Role::Ink1));
    for (from, to) in ScaleBar::LIGHT.map(|(from, to)| (width * from as f32, width * to as f32)) {
        let light = Rect::from_min_size(bar.min + Vec2::new(from, 1.0), Vec2::new(to - from - 1.0, 2.0));
        painter.rect_filled(light, 0.0, theme.color(Role::Ground));
    }
    for mark in ScaleBar::MARKS {
        let x = bar.left() + width * mark as f32;
        let number =
            painter.layout_no_wrap(scale.number(mark, lang), theme.font(TypeRole::Caption), Color32::PLACEHOLDER);
        // The last number stands over its mark as the others do; its unit follows.
        let left = x - number.size().x / 2.0;
        cased(painter, theme, Pos2::new(left, bar.top() - 4.0), &scale.label(mark, lang));
    }
}

/// Small words on a casing of their own shape; `at` is their lower left corner.
fn cased(painter: &Painter, theme: Theme, at: Pos2, text: &str) {
    let font = theme.font(TypeRole::Caption);
    for step in 0..8 {
        let shift = Vec2::angled(std::f32::consts::TAU * step as f32 / 8.0) * CASING_PX;
        painter.text(at + shift, Align2::LEFT_BOTTOM, text, font.clone(), theme.color(Role::Ground));
    }
    painter.text(at, Align2::LEFT_BOTTOM, text, font, theme.color(Role::Ink1));
}
