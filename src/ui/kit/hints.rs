//! What helps along: keycaps, tooltips, pieces of the hint line, heads of sections and the seams of panels.

use egui::emath::GuiRounding as _;
use egui::{
    Align2, Frame, InnerResponse, Margin, Rangef, Response, Sense, Stroke, StrokeKind, Tooltip, Ui, pos2, vec2,
};

use super::{lay, lay_within, paint_galley, paint_text};
use crate::look::{Role, TypeRole};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::theme::Theme;

const CAP_HEIGHT: f32 = 16.0;
const CAP_PAD: f32 = 4.5;

/// A key as it stands on the keyboard.
pub fn keycap(ui: &mut Ui, key: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    let galley = lay(ui, TypeRole::Caption, theme.color(Role::Ink1), key);
    let width = (galley.size().x + 2.0 * CAP_PAD).ceil().max(CAP_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(vec2(width, CAP_HEIGHT), Sense::hover());
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    ui.painter().rect(
        rect,
        theme.radius(),
        theme.color(Role::Raised),
        Stroke::new(1.0, theme.color(Role::HairlineStrong)),
        StrokeKind::Inside,
    );
    paint_galley(ui.painter(), rect.center(), Align2::CENTER_CENTER, galley);
    response
}

/// All keys of a shortcut such as `Ctrl+Z`.
pub fn keycaps(ui: &mut Ui, shortcut: &str) {
    // A plus at the end is the key of that name.
    let (keys, plus) = match shortcut.strip_suffix('+') {
        Some(rest) => (rest, true),
        None => (shortcut, false),
    };
    for key in keys.split(['+', ' ']).filter(|key| !key.is_empty()) {
        keycap(ui, key);
    }
    if plus {
        keycap(ui, "+");
    }
}

/// A key with what it does, in the hint line.
pub fn hint(ui: &mut Ui, key: &str, words: &str) {
    let theme = Theme::of(ui.ctx());
    ui.spacing_mut().item_spacing.x = theme.space(2);
    keycaps(ui, key);
    ui.label(theme.text(TypeRole::Small, Role::Ink1, words));
    ui.add_space(theme.space(3));
}

/// A name and its keys on hovering; on a disabled control too.
pub fn tip(response: &Response, words: &str, shortcut: Option<&str>) {
    // What a field does not take is said there already.
    if super::fields::is_refused(response) {
        return;
    }
    show_tip(response, Tooltip::for_enabled(response), words, shortcut);
}

/// Words about the place under the pointer, beside it: below a large picture they would stand far off and on something else.
pub fn tip_at_pointer(response: &Response, words: &str) {
    show_tip(response, Tooltip::for_enabled(response).at_pointer(), words, None);
}

/// Explaining words are no wider than this, in logical pixels.
const TIP_WIDTH: f32 = 380.0;

/// Words that fit on one line stay on it.
fn wrap_of(ui: &Ui, words: &str) -> egui::TextWrapMode {
    let fits = lay(ui, TypeRole::Small, Theme::of(ui.ctx()).color(Role::Ink1), words).size().x <= TIP_WIDTH;
    if fits { egui::TextWrapMode::Extend } else { egui::TextWrapMode::Wrap }
}

fn show_tip(response: &Response, mut tooltip: Tooltip<'_>, words: &str, shortcut: Option<&str>) {
    let theme = Theme::of(&response.ctx);
    let frame = Frame::new()
        .fill(theme.color(Role::Raised))
        .stroke(Stroke::new(1.0, theme.color(Role::HairlineStrong)))
        .corner_radius(theme.radius())
        .inner_margin(Margin::symmetric(8, 5));
    tooltip.popup = tooltip.popup.frame(frame);
    tooltip.show(|ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(2);
            ui.spacing_mut().interact_size.y = CAP_HEIGHT;
            // Long words stand in lines that are read at a glance.
            ui.set_max_width(TIP_WIDTH);
            ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink1, words)).wrap_mode(wrap_of(ui, words)));
            if let Some(shortcut) = shortcut {
                ui.add_space(theme.space(2));
                keycaps(ui, shortcut);
            }
        });
    });
}

/// One line that ends in `…` where `width` ends; then the tooltip has all of it.
pub fn elided_label(ui: &mut Ui, style: TypeRole, ink: Role, text: &str, width: f32) -> Response {
    let theme = Theme::of(ui.ctx());
    let galley = lay_within(ui, style, theme.color(ink), text, width);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    let elided = galley.elided;
    paint_galley(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, galley);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    if elided {
        tip(&response, text, None);
    }
    response
}

/// A fact in the line at the foot, parted from its neighbour on the left by a hairline. `hollow_dot` stands before
/// `offline`.
pub fn status_item(ui: &mut Ui, text: &str, hollow_dot: bool) -> Response {
    status(ui, text, hollow_dot, Sense::hover())
}

/// A fact in the line at the foot that a click changes.
pub fn status_button(ui: &mut Ui, name: &str, text: &str) -> Response {
    let response = status(ui, text, false, Sense::click());
    response.widget_info(|| {
        let info = egui::WidgetInfo::labeled(egui::Role::Button, true, name);
        egui::WidgetInfo { current_text_value: Some(text.to_owned()), ..info }
    });
    if response.has_focus() {
        super::focus_ring(ui, Theme::of(ui.ctx()), response.rect.shrink(3.0), egui::CornerRadius::ZERO);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn status(ui: &mut Ui, text: &str, hollow_dot: bool, sense: Sense) -> Response {
    let theme = Theme::of(ui.ctx());
    let galley = lay(ui, TypeRole::Small, theme.color(Role::Ink2), text);
    let pad = theme.space(5) - 2.0;
    let dot = if hollow_dot { 14.0 } else { 0.0 };
    let size = vec2(pad + dot + galley.size().x + pad, theme.size("/panel/status"));
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let middle = rect.center().y;
    hairline_v(ui, rect.left(), Rangef::new(middle - 7.0, middle + 7.0), Role::Hairline);
    if hollow_dot {
        let stroke = Stroke::new(1.5, theme.color(Role::Ink2));
        ui.painter().circle_stroke(pos2(rect.left() + pad + 4.0, middle), 3.0, stroke);
    }
    paint_galley(ui.painter(), pos2(rect.left() + pad + dot, middle), Align2::LEFT_CENTER, galley);
    response
}

/// A line of small pale words.
pub fn caption(ui: &mut Ui, text: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    ui.label(theme.text(TypeRole::Caption, Role::Ink2, text))
}

/// A level hairline, on the grid of pixels.
pub fn hairline_h(ui: &Ui, x: impl Into<Rangef>, y: f32, role: Role) {
    let theme = Theme::of(ui.ctx());
    let ppp = ui.pixels_per_point();
    let width = theme.size("/stroke/panel_rule");
    let y = y.round_to_pixels(ppp) + width.round_to_pixels(ppp).max(1.0 / ppp) / 2.0;
    ui.painter().hline(x, y, Stroke::new(width, theme.color(role)));
}

/// An upright hairline, on the grid of pixels.
pub fn hairline_v(ui: &Ui, x: f32, y: impl Into<Rangef>, role: Role) {
    let theme = Theme::of(ui.ctx());
    let ppp = ui.pixels_per_point();
    let width = theme.size("/stroke/panel_rule");
    let x = x.round_to_pixels(ppp) + width.round_to_pixels(ppp).max(1.0 / ppp) / 2.0;
    ui.painter().vline(x, y, Stroke::new(width, theme.color(role)));
}

/// A seam across the width of a panel, taking one pixel of height.
pub fn seam(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    hairline_h(ui, rect.x_range(), rect.top(), Role::Hairline);
}

/// The head of a section, 36 high: icon, title, and a caption at the right that gives way first.
pub fn section_head(ui: &mut Ui, icon: Option<Icon>, title: &str, caption_right: &str) -> InnerResponse<f32> {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let mut left = rect.left();
    let middle = rect.center().y;
    if let Some(icon) = icon {
        let size = theme.size("/icon/in_button");
        paint_icon(ui.painter(), icon, pos2(left + size / 2.0, middle), size, theme.color(Role::Ink1));
        left += size + theme.space(3);
    }
    let name = paint_text(ui, pos2(left, middle), Align2::LEFT_CENTER, TypeRole::Label, Role::Ink1, title);
    if !caption_right.is_empty() {
        let room = rect.right() - name.right() - theme.space(4);
        let galley = lay_within(ui, TypeRole::Caption, theme.color(Role::Ink2), caption_right, room);
        paint_galley(ui.painter(), pos2(rect.right(), middle), Align2::RIGHT_CENTER, galley);
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
    InnerResponse::new(name.right(), response)
}

/// A list that is scrolled, with a sign at its foot while there is more below: rows that end at its edge would look like all.
pub fn scrolled<R>(ui: &mut Ui, area: egui::ScrollArea, add: impl FnOnce(&mut Ui) -> R) -> R {
    const SHADE: f32 = 22.0;
    let theme = Theme::of(ui.ctx());
    let shown = area.show(ui, add);
    let place = shown.inner_rect;
    let below = shown.content_size.y - shown.state.clamped_offset().y - place.height();
    if below > 1.0 {
        let foot = place.with_min_y((place.bottom() - SHADE).max(place.top()));
        let ground = theme.color(Role::Raised);
        let mut shade = egui::Mesh::default();
        for (at, color) in [
            (foot.left_top(), egui::Color32::TRANSPARENT),
            (foot.right_top(), egui::Color32::TRANSPARENT),
            (foot.left_bottom(), ground),
            (foot.right_bottom(), ground),
        ] {
            shade.colored_vertex(at, color);
        }
        shade.add_triangle(0, 1, 2);
        shade.add_triangle(1, 2, 3);
        ui.painter().add(shade);
        let centre = pos2(place.center().x, place.bottom() - 7.0);
        paint_icon(ui.painter(), Icon::ChevronDown, centre, 12.0, theme.color(Role::Ink1));
    }
    shown.inner
}
