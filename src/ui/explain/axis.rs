//! The range of a figure on an axis of round numbers, and jobs by skill as a bar of three greys.

use egui::{Align2, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::chart::skill_parts;
use crate::i18n::{Lang, number, tr};
use crate::look::{Role, TypeRole};
use crate::measure::Figures;
use crate::num::Span;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// The range in the unit it is shown in.
pub(super) fn range(ui: &mut Ui, span: Span, detail: u8, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 52.0), Sense::hover());
    let words = crate::i18n::range(lang, span.low, span.high, detail);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, words.clone()));
    let (from, to, step) = round_ends(span.low, span.high);
    let axis = Rect::from_min_max(pos2(rect.left() + 4.0, rect.top()), pos2(rect.right() - 16.0, rect.bottom()));
    let x_of = |value: f64| axis.left() + ((value - from) / (to - from)) as f32 * axis.width();
    let y = rect.top() + 24.0;
    ui.painter().hline(axis.x_range(), y.round() + 0.5, Stroke::new(1.0, theme.color(Role::HairlineStrong)));
    let steps = ((to - from) / step).round() as usize;
    let decimals = (-step.log10().floor()).clamp(0.0, 6.0) as u8;
    for at in 0..=steps {
        let value = from + step * at as f64;
        let x = x_of(value).round() + 0.5;
        ui.painter().vline(x, y..=y + 4.0, Stroke::new(1.0, theme.color(Role::HairlineStrong)));
        let label = number(lang, value, decimals);
        kit::paint_text(ui, pos2(x, y + 6.0), Align2::CENTER_TOP, TypeRole::Caption, Role::Ink2, &label);
    }
    let ink = theme.color(Role::Ink1);
    let thick = Rect::from_x_y_ranges(x_of(span.low)..=x_of(span.high), y - 0.7..=y + 1.7);
    ui.painter().rect_filled(thick, 0.0, ink);
    ui.painter().vline(x_of(span.mid), y - 6.0..=y + 7.0, Stroke::new(1.6, ink));
    let mut free: Option<Rect> = None;
    let mut label = |at: Pos2, anchor: Align2, role, key: &str, value: f64| {
        let text = format!("{} {}", tr(lang, key), number(lang, value, detail));
        let galley = kit::lay(ui, role, theme.color(Role::Ink1), &text);
        let wanted = Align2::anchor_size(anchor, at, galley.size());
        // What would stand on the middle's words is left out: the ends can be read on the axis.
        if free.is_none_or(|taken| !taken.expand2(vec2(6.0, 0.0)).intersects(wanted)) {
            kit::paint_galley(ui.painter(), at, anchor, galley);
            free = free.or(Some(wanted));
        }
    };
    let above = y - 8.0;
    label(pos2(x_of(span.mid), above), Align2::CENTER_BOTTOM, TypeRole::Label, "explain-mid", span.mid);
    label(pos2(x_of(span.low), above), Align2::RIGHT_BOTTOM, TypeRole::Caption, "explain-low", span.low);
    label(pos2(x_of(span.high), above), Align2::LEFT_BOTTOM, TypeRole::Caption, "explain-high", span.high);
}

/// Round numbers around a range, and the step between them.
fn round_ends(low: f64, high: f64) -> (f64, f64, f64) {
    let width = (high - low).max(high.abs() * 1e-3).max(1e-9);
    let rough = width * 1.7 / 7.0;
    let magnitude = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * magnitude).into_iter().find(|step| *step >= rough).unwrap_or(rough);
    let (from, to) = ((low / step - 0.75).floor() * step, (high / step + 0.75).ceil() * step);
    (if low >= 0.0 { from.max(0.0) } else { from }, to, step)
}

/// Jobs by skill, rounded so that they add up.
pub(super) fn skills(ui: &mut Ui, figures: &Figures, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    let Some(parts) = skill_parts(figures) else { return };
    ui.add_space(theme.space(3));
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let said = parts.map(|part| format!("{} {}", number(lang, part.rounded, 0), part.id.name(lang)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, said.join(", ")));
    kit::paint_text(ui, rect.min, Align2::LEFT_TOP, TypeRole::Caption, Role::Ink2, &tr(lang, "explain-by-skill"));
    let mut left = rect.left();
    for (part, words) in parts.iter().zip(&said) {
        let right = left + part.share as f32 * rect.width();
        let bar = Rect::from_min_max(pos2(left.round(), rect.top() + 17.0), pos2(right.round(), rect.top() + 25.0));
        ui.painter().rect_filled(bar, 0.0, theme.color(part.ink));
        let galley = kit::lay_within(ui, TypeRole::Small, theme.color(Role::Ink1), words, right - left - 4.0);
        kit::paint_galley(ui.painter(), pos2(bar.left(), rect.top() + 28.0), Align2::LEFT_TOP, galley);
        left = right;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_begins_and_ends_with_round_numbers() {
        assert_eq!(round_ends(151.0, 258.0), (100.0, 300.0, 50.0));
        assert_eq!(round_ends(0.4, 3.0), (0.0, 4.0, 1.0));
        let (from, to, step) = round_ends(-8.0, -2.0);
        assert!(from < -8.0 && to > -2.0 && step > 0.0);
    }
}
