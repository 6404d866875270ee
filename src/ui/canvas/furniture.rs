//! North and the scale bar, bottom left on the canvas.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use crate::i18n::{Lang, tr};
use crate::look::{Role, Stroke as Weight, TypeRole};
use crate::scene::ScaleBar;
use crate::studio::{Command, Session};
use crate::ui::theme::Theme;

/// Paints them.
pub fn paint(painter: &Painter, theme: Theme, rect: Rect, session: &Session, lang: Lang) {
    let base = rect.left_bottom() + Vec2::new(24.0, -24.0);
    paint_north(painter, theme, base + Vec2::new(0.0, -8.0));
    paint_scale(painter, theme, base + Vec2::new(26.0, 0.0), session.camera.px_per_m, lang);
    if session.isolated().is_some() {
        let keys = Command::Isolate.shortcut().map(|keys| keys.text(lang)).unwrap_or_default();
        let text = format!("{} · {keys}", tr(lang, "panel-isolated"));
        let galley = painter.layout_job(theme.line(TypeRole::Small, Role::OnAccent, &text));
        let chip =
            Rect::from_center_size(rect.center_top() + Vec2::new(0.0, 22.0), galley.size() + Vec2::new(20.0, 8.0));
        painter.rect_filled(chip, theme.radius(), theme.color(Role::Accent));
        painter.galley(chip.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
    }
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
