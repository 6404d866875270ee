//! What a panel says when it has nothing to show, is busy, or failed; and the one line at the foot of the drawing.

use egui::{Align, CornerRadius, Layout, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{Button, keycap, link};
use crate::look::{Role, TypeRole};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::theme::Theme;

/// Nothing here yet: a large icon, one line that names what is missing, one that says the key (`{key}` in it becomes a
/// keycap), and a link that does it. The response is the link's.
pub fn empty_state(ui: &mut Ui, icon: Icon, line1: &str, line2: &str, key: &str, link_text: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
        let (rect, _) = ui.allocate_exact_size(vec2(32.0, 32.0), Sense::hover());
        paint_icon(ui.painter(), icon, rect.center(), 32.0, theme.color(Role::Ink3));
        ui.add_space(theme.space(4));
        ui.spacing_mut().interact_size.y = 18.0;
        ui.label(theme.text(TypeRole::Label, Role::Ink1, line1));
        words_with_key(ui, theme, line2, key);
        link(ui, TypeRole::Body, link_text)
    })
    .inner
}

fn words_with_key(ui: &mut Ui, theme: Theme, words: &str, key: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let body = |text: &str| theme.text(TypeRole::Body, Role::Ink2, text.trim());
        match words.split_once("{key}") {
            Some((before, after)) => {
                if !before.trim().is_empty() {
                    ui.label(body(before));
                }
                keycap(ui, key);
                if !after.trim().is_empty() {
                    ui.label(body(after));
                }
            }
            None => drop(ui.label(body(words))),
        }
    });
}

/// What is wrong, where, and what to do, inside the panel it concerns. At most two buttons; the place of the one
/// pressed comes back.
pub fn error_card(ui: &mut Ui, title: &str, text: &str, buttons: &[&str]) -> Option<usize> {
    card(ui, (Icon::Warning, Role::Warning, Kind::Alert), title, text, buttons)
}

/// What was done, and what there is to know about it; the same as [`error_card`] without an alarm.
pub fn note_card(ui: &mut Ui, title: &str, text: &str, buttons: &[&str]) -> Option<usize> {
    card(ui, (Icon::Check, Role::Ink1, Kind::Label), title, text, buttons)
}

fn card(
    ui: &mut Ui,
    (icon, ink, kind): (Icon, Role, Kind),
    title: &str,
    text: &str,
    buttons: &[&str],
) -> Option<usize> {
    let theme = Theme::of(ui.ctx());
    let mut pressed = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme.space(3), 3.0);
        let size = theme.size("/icon/grid");
        let indent = size + theme.space(3) + 1.0;
        // A long title goes on in a second line.
        let words = theme.line(TypeRole::Label, ink, title);
        let galley = ui.painter().layout_job(egui::text::LayoutJob {
            wrap: egui::text::TextWrapping::wrap_at_width(ui.available_width() - indent),
            ..words
        });
        let height = galley.size().y.max(20.0);
        let (rect, head) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        paint_icon(ui.painter(), icon, pos2(rect.left() + size / 2.0, rect.top() + 10.0), size, theme.color(ink));
        ui.painter().galley(pos2(rect.left() + indent, rect.top() + 1.0), galley, theme.color(ink));
        head.widget_info(|| WidgetInfo::labeled(kind, true, title));
        ui.label(theme.text(TypeRole::Body, Role::Ink2, text));
        ui.add_space(theme.space(3));
        ui.horizontal(|ui| {
            for (i, words) in buttons.iter().enumerate() {
                if Button::new(words).show(ui).clicked() {
                    pressed = Some(i);
                }
            }
        });
    });
    pressed
}

/// Grey bars in place of the lines to come; shown only after the 300 ms in which nothing is.
pub fn loading_bars(ui: &mut Ui) {
    let theme = Theme::of(ui.ctx());
    for (width, height) in [(0.29, 10.0), (0.5, 24.0), (0.37, 10.0), (0.25, 10.0)] {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height + 4.0), Sense::hover());
        let bar = Rect::from_min_size(rect.min, vec2(rect.width() * width, height));
        ui.painter().rect_filled(bar, CornerRadius::ZERO, theme.color(Role::Field));
    }
}

/// Work that takes a while: its name, how far it is (0 to 1), and the way to stop it. True when it is to stop.
pub fn progress_row(ui: &mut Ui, name: &str, part: f32, percent: &str, cancel: &str) -> bool {
    ui.scope(|ui| progress(ui, name, part, percent, cancel)).inner
}

fn progress(ui: &mut Ui, name: &str, part: f32, percent: &str, cancel: &str) -> bool {
    let theme = Theme::of(ui.ctx());
    let mut stop = false;
    ui.spacing_mut().interact_size.y = 16.0;
    let row = ui.horizontal(|ui| {
        ui.set_width(ui.available_width());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            stop = link(ui, TypeRole::Caption, cancel).clicked();
            ui.label(theme.text(TypeRole::Caption, Role::Ink2, percent));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, name)).truncate());
            });
        });
    });
    ui.add_space(theme.space(1) - ui.spacing().item_spacing.y);
    let (rect, bar) = ui.allocate_exact_size(vec2(row.response.rect.width(), 2.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.color(Role::Hairline));
    let done = Rect::from_min_size(rect.min, vec2(rect.width() * part.clamp(0.0, 1.0), rect.height()));
    ui.painter().rect_filled(done, CornerRadius::ZERO, theme.color(Role::Ink1));
    bar.widget_info(|| WidgetInfo {
        value: Some(f64::from(part)),
        ..WidgetInfo::labeled(Kind::ProgressIndicator, true, name)
    });
    stop
}
