//! The small widgets that every panel is made of.
//!
//! Floor 10. Each widget paints its states as the look asks (rest, hover, pressed, on, focus, disabled), can be worked
//! from the keyboard, and has an accessible name and role. None of them knows the project.

mod buttons;
mod charts;
mod choice;
mod dropdown;
mod fields;
mod figure;
mod hints;
mod layers;
mod messages;
mod number_field;
mod sheet;
mod slider;
mod swatch;

pub use buttons::{Button, button, icon_button, link, primary, tool_button};
pub use charts::{ChartDot, DotKind, family_bar, mxi_triangle, spacematrix};
pub use choice::{
    ListRow, Segment, check_box, check_row, segments, segments_width, tab, tab_name_width, tab_width, tab_within,
};
pub use dropdown::{Choice, dropdown, searched};
pub use fields::{
    FieldResponse, TextField, column_for, field_row, is_refused, noted_row, override_dot, refuse, refuse_text,
    row_with_column, select_all,
};
pub use figure::{FigureRange, FigureView, Grid, Verdict, figure_cell, figure_grid, paint_range_bar};
pub use hints::{
    caption, elided_label, hairline_h, hairline_v, hint, keycap, scrolled, seam, section_head, status_button,
    status_item, tip, tip_at_pointer,
};
pub use layers::{
    PopoverSide, Shown, closing_head, menu_panel, menu_row, menu_row_width, modal, popover, raised, side_sheet,
};
pub use messages::{empty_state, error_card, loading_bars, note_card, progress_row};
pub use number_field::NumberField;
pub use sheet::{SheetSize, sheet};
pub use slider::slider;
pub(crate) use swatch::paint_swatch_at;
pub use swatch::{SwatchOf, paint_hatch, paint_swatch, swatch};

use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{
    Align2, Color32, Context, CornerRadius, Galley, Id, Key, Painter, Pos2, Rect, Response, Role as Kind, Sense,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::theme::Theme;
use crate::look::{Role, TypeRole};

/// What a control looks like at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Left alone.
    Rest,
    /// Under the pointer.
    Hover,
    /// Held down.
    Pressed,
    /// Reached from the keyboard.
    Focus,
    /// Not available.
    Disabled,
}

/// Shows all widgets within in one state, for pictures of the kit; they still answer as ever.
pub fn posed<R>(ui: &mut Ui, state: State, add: impl FnOnce(&mut Ui) -> R) -> R {
    let place = pose_place();
    ui.data_mut(|data| data.insert_temp(place, state));
    let result = add(ui);
    ui.data_mut(|data| data.remove::<State>(place));
    result
}

fn pose_place() -> Id {
    Id::unique("maakblok pose")
}

/// A control that has been placed: where, what happened, and how it looks now.
pub(crate) struct Placed {
    pub rect: Rect,
    pub response: Response,
    /// 0 at rest, 1 under the pointer, between while the hover fades.
    pub hover: f32,
    pub pressed: bool,
    pub focus: bool,
    pub enabled: bool,
}

/// Makes room for a clickable control and names it.
pub(crate) fn place(ui: &mut Ui, size: Vec2, enabled: bool, info: impl Fn(bool) -> WidgetInfo) -> Placed {
    let enabled = enabled && ui.is_enabled();
    let (rect, response) = ui.allocate_exact_size(size, if enabled { Sense::click() } else { Sense::hover() });
    settle(ui, rect, response, enabled, info)
}

/// The same at a place that the layout does not know of, under a name of its own.
pub(crate) fn place_at(ui: &Ui, rect: Rect, id: Id, enabled: bool, info: impl Fn(bool) -> WidgetInfo) -> Placed {
    let enabled = enabled && ui.is_enabled();
    let response = ui.interact(rect, id, if enabled { Sense::click() } else { Sense::hover() });
    settle(ui, rect, response, enabled, info)
}

fn settle(ui: &Ui, rect: Rect, response: Response, enabled: bool, info: impl Fn(bool) -> WidgetInfo) -> Placed {
    response.widget_info(|| info(enabled));
    let pose: Option<State> = ui.data(|data| data.get_temp(pose_place()));
    let state = pose.unwrap_or_else(|| state_of(&response, enabled));
    let hover = if pose.is_some() {
        f32::from(state == State::Hover)
    } else {
        let over = enabled && response.hovered();
        ui.animate_bool_with_time(response.id, over, Theme::of(ui.ctx()).seconds("hover"))
    };
    Placed {
        rect,
        hover,
        pressed: state == State::Pressed,
        focus: state == State::Focus || (pose.is_none() && shows_focus(&response)),
        enabled: enabled && state != State::Disabled,
        response,
    }
}

fn state_of(response: &Response, enabled: bool) -> State {
    if !enabled {
        State::Disabled
    } else if response.is_pointer_button_down_on() {
        State::Pressed
    } else if response.hovered() {
        State::Hover
    } else {
        State::Rest
    }
}

/// Whether a control shows the ring: it has the focus, and the last to act was the keyboard.
pub(crate) fn shows_focus(response: &Response) -> bool {
    response.has_focus() && by_keyboard(&response.ctx)
}

/// Whether the keyboard was used after the pointer; at first, as if it was.
fn by_keyboard(ctx: &Context) -> bool {
    let place = Id::unique("maakblok keyboard");
    let before = ctx.data(|data| data.get_temp::<bool>(place)).unwrap_or(true);
    let now = ctx.input(|input| {
        let moved = [Key::Tab, Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
        if input.pointer.any_pressed() { false } else { before || moved.into_iter().any(|key| input.key_pressed(key)) }
    });
    if now != before {
        ctx.data_mut(|data| data.insert_temp(place, now));
    }
    now
}

/// Names a control for those who do not see it.
pub(crate) fn named(kind: Kind, name: &str) -> impl Fn(bool) -> WidgetInfo {
    let name = name.to_owned();
    move |enabled| WidgetInfo::labeled(kind, enabled, &name)
}

/// The same for a control that is on or off.
pub(crate) fn named_on(kind: Kind, name: &str, on: bool) -> impl Fn(bool) -> WidgetInfo {
    let name = name.to_owned();
    move |enabled| WidgetInfo::selected(kind, enabled, on, &name)
}

impl Placed {
    /// The ground of a control that is flat at rest; nothing at rest.
    pub fn ground(&self, theme: Theme) -> Color32 {
        if self.pressed { theme.color(Role::HairlineStrong) } else { theme.faded(Role::Hover, self.hover) }
    }

    /// The ring of the keyboard: 2 px of accent, 1 px off.
    pub fn ring(&self, ui: &Ui, theme: Theme, radius: CornerRadius) {
        if self.focus {
            focus_ring(ui, theme, self.rect, radius);
        }
    }
}

/// The ring of the keyboard about a rectangle.
pub fn focus_ring(ui: &Ui, theme: Theme, rect: Rect, radius: CornerRadius) {
    let width = theme.size("/control/focus_ring");
    // The ring may stand outside a panel's own clip by its width, but not outside the window.
    let painter = ui.painter().with_clip_rect(ui.clip_rect().expand(width + 1.0));
    let radius = if radius == CornerRadius::ZERO { radius } else { radius + 2 };
    painter.rect_stroke(rect.expand(1.0), radius, Stroke::new(width, theme.color(Role::Accent)), StrokeKind::Outside);
}

/// A line of text, laid out.
pub(crate) fn lay(ui: &Ui, role: TypeRole, color: Color32, text: &str) -> Arc<Galley> {
    let job = egui::text::LayoutJob::single_section(text.to_owned(), Theme::of(ui.ctx()).format_in(role, color));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A line of text that ends in `…` where the width ends.
pub(crate) fn lay_within(ui: &Ui, role: TypeRole, color: Color32, text: &str, width: f32) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), Theme::of(ui.ctx()).format_in(role, color));
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// Paints laid out text so that `anchor` of its box is at `at`, on whole pixels.
pub(crate) fn paint_galley(painter: &Painter, at: Pos2, anchor: Align2, galley: Arc<Galley>) -> Rect {
    let rect = anchor.anchor_size(at, galley.size());
    let min = rect.min.round_to_pixels(painter.pixels_per_point());
    let rect = Rect::from_min_size(min, rect.size());
    painter.galley(min, galley, Color32::PLACEHOLDER);
    rect
}

/// Lays out and paints a line of text; returns its box.
pub fn paint_text(ui: &Ui, at: Pos2, anchor: Align2, role: TypeRole, ink: Role, text: &str) -> Rect {
    let galley = lay(ui, role, Theme::of(ui.ctx()).color(ink), text);
    paint_galley(ui.painter(), at, anchor, galley)
}
