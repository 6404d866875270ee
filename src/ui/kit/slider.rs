//! A value between nothing and all, pulled along a line.

use egui::{Key, Rect, Response, Role as Kind, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::focus_ring;
use crate::i18n::NO_BREAK;
use crate::look::{Role, TypeRole};
use crate::studio::Pulled;
use crate::ui::theme::Theme;

/// One press of an arrow key.
const STEP: f32 = 0.05;

/// Width of the handle.
const HANDLE_PX: f32 = 8.0;

/// Room for the number behind it.
const NUMBER_PX: f32 = 38.0;

/// A slider from 0 to 1, at `value`, with its per cents behind it; `name` is read out. With the response, where it was
/// pulled to.
pub fn slider(ui: &mut Ui, name: &str, mut value: f32, width: f32) -> (Response, Option<Pulled>) {
    let theme = Theme::of(ui.ctx());
    let size = vec2(width, theme.size("/control/hit_min"));
    let (rect, mut response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let (number, _) = ui.allocate_exact_size(vec2(NUMBER_PX, size.y), Sense::hover());
    let line = rect.shrink2(vec2(HANDLE_PX / 2.0, 0.0)).x_range();
    let before = value;
    if let Some(at) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
        value = ((at.x - line.min) / line.span().max(1.0)).clamp(0.0, 1.0);
    }
    if response.has_focus() {
        let pressed = |key| ui.input(|input| input.num_presses(key)) as f32;
        let by = pressed(Key::ArrowRight) + pressed(Key::ArrowUp) - pressed(Key::ArrowLeft) - pressed(Key::ArrowDown);
        value = (value + by * STEP).clamp(0.0, 1.0);
    }
    let is_changed = (value - before).abs() > f32::EPSILON;
    if is_changed {
        response.mark_changed();
    }
    let is_held = response.is_pointer_button_down_on();
    let ends = response.drag_stopped() || response.clicked();
    let pulled = (is_changed || ends).then_some(Pulled { to: value, let_go: !is_held || ends });
    response
        .widget_info(|| WidgetInfo { value: Some(f64::from(value)), ..WidgetInfo::labeled(Kind::Slider, true, name) });
    let at = pos2(line.min + line.span() * value, rect.center().y);
    let painter = ui.painter();
    painter.hline(line, rect.center().y, Stroke::new(1.0, theme.color(Role::HairlineStrong)));
    painter.hline(line.min..=at.x, rect.center().y, Stroke::new(2.0, theme.color(Role::Ink1)));
    let role = if response.hovered() || response.dragged() { Role::Ink1 } else { Role::Ink2 };
    let handle = Rect::from_center_size(at, vec2(HANDLE_PX, 14.0));
    painter.rect_filled(handle, theme.radius(), theme.color(role));
    let text = format!("{:.0}{NO_BREAK}%", value * 100.0);
    super::paint_text(ui, number.right_center(), egui::Align2::RIGHT_CENTER, TypeRole::Caption, Role::Ink2, &text);
    if super::shows_focus(&response) {
        focus_ring(ui, theme, handle, theme.radius());
    }
    (response, pulled)
}
