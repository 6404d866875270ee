//! North and the scale bar, bottom left on the canvas.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use crate::i18n::{Lang, NO_BREAK, number};
use crate::look::{Role, Stroke as Weight, TypeRole};
use crate::studio::Session;
use crate::ui::theme::Theme;

/// Paints them.
pub fn paint(painter: &Painter, theme: Theme, rect: Rect, session: &Session, lang: Lang) {
    let base = rect.left_bottom() + Vec2::new(24.0, -24.0);
    paint_north(painter, theme, base + Vec2::new(0.0, -8.0));
    paint_scale(painter, theme, base + Vec2::new(26.0, 0.0), session.camera.px_per_m, lang);
}

fn paint_north(painter: &Painter, theme: Theme, at: Pos2) {
    let (ink, ground) = (theme.color(Role::Ink1), theme.color(Role::Ground));
    let (tip, left, right) = (at + Vec2::new(0.0, -14.0), at + Vec2::new(-5.0, 8.0), at + Vec2::new(5.0, 8.0));
    let notch = at + Vec2::new(0.0, 4.0);
    painter.add(Shape::convex_polygon(vec![tip, notch, left], ink, Stroke::NONE));
    painter.add(Shape::convex_polygon(vec![tip, right, notch], ground, Stroke::NONE));
    painter.add(Shape::closed_line(vec![tip, right, notch, left], theme.stroke(Weight::Fine, Role::Ink1)));
}

/// The longest bar of a round length that is not wider than this, in logical pixels.
const WIDEST_PX: f64 = 220.0;

fn paint_scale(painter: &Painter, theme: Theme, at: Pos2, px_per_m: f64, lang: Lang) {
    const ROUND_M: [f64; 19] =
        [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6];
    let length_m = ROUND_M.into_iter().rev().find(|m| m * px_per_m <= WIDEST_PX).unwrap_or(1.0);
    let width = (length_m * px_per_m) as f32;
    let bar = Rect::from_min_size(at + Vec2::new(0.0, -3.0), Vec2::new(width, 3.0));
    let casing = Stroke::new(4.0, theme.color(Role::Ground));
    painter.rect_stroke(bar, 0.0, casing, egui::StrokeKind::Outside);
    painter.rect_filled(bar, 0.0, theme.color(Role::Ink1));
    let light = Rect::from_min_size(bar.min + Vec2::new(width / 5.0, 0.75), Vec2::new(width * 0.3, 1.5));
    painter.rect_filled(light, 0.0, theme.color(Role::Ground));
    let (unit, divisor) = if length_m >= 1000.0 { ("km", 1000.0) } else { ("m", 1.0) };
    for (part, with_unit) in [(0.0, false), (0.2, false), (0.5, false), (1.0, true)] {
        let value = length_m * part / divisor;
        let decimals = u8::from(value.fract() != 0.0);
        let mut text = number(lang, value, decimals);
        if with_unit {
            text = format!("{text}{NO_BREAK}{unit}");
        }
        let to = bar.left_top() + Vec2::new(width * part as f32, -4.0);
        halo(painter, theme, to, Align2::CENTER_BOTTOM, &text);
    }
}

fn halo(painter: &Painter, theme: Theme, at: Pos2, align: Align2, text: &str) {
    let font = theme.font(TypeRole::Caption);
    for shift in [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0)] {
        painter.text(at + Vec2::from(shift), align, text, font.clone(), theme.color(Role::Ground));
    }
    painter.text(at, align, text, font, theme.color(Role::Ink2));
}
