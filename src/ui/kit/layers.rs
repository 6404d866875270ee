//! What stands above the panels: popovers with their pointer, dialogs, menus.

use egui::emath::GuiRounding as _;
use egui::{
    Align2, Area, Context, CornerRadius, Frame, Id, Key, Margin, Modal, Modifiers, Order, Painter, Rect, Response,
    Role as Kind, Shape, Stroke, Ui, UiKind, pos2, vec2,
};

use super::{lay, lay_within, named, paint_galley, place};
use crate::look::{Role, TypeRole};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::theme::Theme;

/// Where a popover stands beside its anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PopoverSide {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Above.
    Above,
    /// Below.
    #[default]
    Below,
}

/// What came of showing something above the panels.
#[derive(Clone, Debug)]
pub struct Shown<R> {
    /// What its content returned.
    pub inner: R,
    /// Where it is.
    pub rect: Rect,
    /// It asks to be closed: Escape, a click outside, or `ui.close()` within.
    pub close: bool,
}

/// The frame of what is raised: the only one with a shadow.
pub fn raised(theme: Theme, margin: i8) -> Frame {
    Frame::new()
        .fill(theme.color(Role::Raised))
        .stroke(Stroke::new(1.0, theme.color(Role::HairlineStrong)))
        .corner_radius(theme.size("/radius/popover"))
        .shadow(theme.shadow())
        .inner_margin(Margin::same(margin))
}

const POINTER: f32 = 8.0;

/// A raised sheet beside `anchor`, joined to it by a pointer. It stays within `within` and stays until the caller stops
/// showing it.
pub fn popover<R>(
    ctx: &Context,
    id: Id,
    name: &str,
    anchor: Rect,
    side: PopoverSide,
    within: Rect,
    add: impl FnOnce(&mut Ui) -> R,
) -> Shown<R> {
    let theme = Theme::of(ctx);
    let known = egui::AreaState::load(ctx, id).and_then(|state| state.size);
    let size = known.unwrap_or(vec2(320.0, 160.0));
    let gap = POINTER + 2.0;
    let mut min = match side {
        PopoverSide::Left => pos2(anchor.left() - gap - size.x, anchor.center().y - size.y / 2.0),
        PopoverSide::Right => pos2(anchor.right() + gap, anchor.center().y - size.y / 2.0),
        PopoverSide::Above => pos2(anchor.center().x - size.x / 2.0, anchor.top() - gap - size.y),
        PopoverSide::Below => pos2(anchor.center().x - size.x / 2.0, anchor.bottom() + gap),
    };
    let room = within.shrink(theme.space(2));
    min.x = min.x.min(room.right() - size.x).max(room.left());
    min.y = min.y.min(room.bottom() - size.y).max(room.top());
    let area = Area::new(id)
        .kind(UiKind::Popup)
        .order(Order::Foreground)
        .fixed_pos(min.round_to_pixels(ctx.pixels_per_point()))
        .constrain(false)
        .fade_in(!theme.reduced_motion)
        .accessible_name(name)
        .role(egui::accesskit::Role::Dialog);
    let shown = area.show(ctx, |ui| raised(theme, theme.space(5) as i8).show(ui, add).inner);
    let rect = shown.response.rect;
    pointer(&ctx.layer_painter(shown.response.layer_id), theme, rect, anchor, side);
    let pressed_outside = known.is_some()
        && ctx.input(|input| input.pointer.any_pressed())
        && ctx.input(|input| input.pointer.interact_pos()).is_some_and(|at| !rect.contains(at) && !anchor.contains(at))
        && !egui::Popup::is_any_open(ctx);
    let escaped = !egui::Popup::is_any_open(ctx)
        // Escape in a field is for the field.
        && !ctx.text_edit_focused()
        && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    Shown { inner: shown.inner, rect, close: pressed_outside || escaped || shown.response.should_close() }
}

/// The pointer from a sheet to its anchor: a triangle without its base line.
fn pointer(painter: &Painter, theme: Theme, sheet: Rect, anchor: Rect, side: PopoverSide) {
    let half = POINTER * 0.75;
    let keep = half + 4.0;
    let y = anchor.center().y.clamp(sheet.top() + keep, (sheet.bottom() - keep).max(sheet.top() + keep));
    let x = anchor.center().x.clamp(sheet.left() + keep, (sheet.right() - keep).max(sheet.left() + keep));
    // The base lies one pixel inside, over the line of the sheet.
    let (a, tip, b) = match side {
        PopoverSide::Left => {
            let r = sheet.right() - 1.0;
            (pos2(r, y - half), pos2(r + POINTER, y), pos2(r, y + half))
        }
        PopoverSide::Right => {
            let l = sheet.left() + 1.0;
            (pos2(l, y - half), pos2(l - POINTER, y), pos2(l, y + half))
        }
        PopoverSide::Above => {
            let b = sheet.bottom() - 1.0;
            (pos2(x - half, b), pos2(x, b + POINTER), pos2(x + half, b))
        }
        PopoverSide::Below => {
            let t = sheet.top() + 1.0;
            (pos2(x - half, t), pos2(x, t - POINTER), pos2(x + half, t))
        }
    };
    painter.add(Shape::convex_polygon(vec![a, tip, b], theme.color(Role::Raised), Stroke::NONE));
    painter.add(Shape::line(vec![a, tip, b], Stroke::new(1.0, theme.color(Role::HairlineStrong))));
}

/// A dialog in the middle of the window, over the scrim that everything else waits behind.
pub fn modal<R>(ctx: &Context, id: Id, title: &str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> Shown<R> {
    let theme = Theme::of(ctx);
    let area = Modal::default_area(id).accessible_name(title).role(egui::accesskit::Role::Dialog);
    let shown = Modal::new(id)
        .area(area)
        .backdrop_color(theme.color(Role::Scrim))
        .frame(raised(theme, theme.space(6) as i8))
        .show(ctx, |ui| {
            ui.set_width(width.max(1.0));
            ui.label(theme.text(TypeRole::Title, Role::Ink1, title));
            ui.add_space(theme.space(3));
            add(ui)
        });
    let close = shown.should_close();
    Shown { rect: shown.response.rect, close, inner: shown.inner }
}

/// The head of what lies over the drawing, with a button at its right end; whether that was clicked.
pub fn closing_head(ui: &mut Ui, title: &str, close_name: &str) -> bool {
    let head = super::section_head(ui, None, title, "").response.rect;
    let side = Theme::of(ui.ctx()).size("/control/button_height");
    let at = Rect::from_center_size(pos2(head.right() - 10.0, head.center().y), vec2(side, side));
    let mut button = ui.new_child(egui::UiBuilder::new().max_rect(at));
    super::icon_button(&mut button, Icon::Close, close_name, Some("Esc"), false, true).clicked()
}

/// A sheet as high as the panels, at the right edge of `place`, with a head and a button that closes it. What lies beside
/// it can be worked on. Whether it shall be closed.
pub fn side_sheet(
    ctx: &Context,
    id: Id,
    place: Rect,
    width: f32,
    (title, close_name): (&str, &str),
    add: impl FnOnce(&mut Ui),
) -> bool {
    let theme = Theme::of(ctx);
    let rect = place.with_min_x((place.right() - width).max(place.left()));
    let area = Area::new(id)
        .kind(UiKind::Popup)
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .constrain(false)
        .accessible_name(title)
        .role(egui::accesskit::Role::Dialog);
    let mut close = false;
    area.show(ctx, |ui| {
        let mut frame = raised(theme, 0);
        (frame.corner_radius, frame.inner_margin) = (CornerRadius::ZERO, Margin::symmetric(theme.space(5) as i8, 0));
        frame.show(ui, |ui| {
            ui.set_width(rect.width() - 2.0 * theme.space(5) - 2.0);
            ui.set_height(rect.height() - 2.0);
            close = closing_head(ui, title, close_name);
            add(ui);
        });
    });
    close
}

/// A menu below (or wherever it fits beside) a button: opened by a click, closed by the next. Fill it with
/// [`menu_row`]s.
pub fn menu_panel<R>(button: &Response, name: &str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let theme = Theme::of(&button.ctx);
    let mut frame = raised(theme, 0);
    frame.inner_margin = Margin::symmetric(0, theme.space(2) as i8);
    egui::Popup::menu(button)
        .gap(theme.space(1))
        .width(width)
        .frame(frame)
        .accessible_name(name)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_min_width(width);
            add(ui)
        })
        .map(|shown| shown.inner)
}

/// The width that a line of a menu needs for its words and keys.
#[must_use]
pub fn menu_row_width(ui: &Ui, text: &str, shortcut: Option<&str>) -> f32 {
    let theme = Theme::of(ui.ctx());
    let ink = theme.color(Role::Ink1);
    let keys =
        shortcut.map_or(0.0, |keys| lay(ui, TypeRole::Caption, ink, &keys.replace('+', " ")).size().x + theme.space(3));
    let words = lay(ui, TypeRole::Body, ink, text).size().x;
    (theme.space(4) + theme.size("/icon/in_button") + theme.space(3) + words + keys + theme.space(4)).ceil() + 1.0
}

/// A line of a menu: icon, words, shortcut at the right. A click closes the menu.
pub fn menu_row(ui: &mut Ui, icon: Option<Icon>, text: &str, shortcut: Option<&str>, enabled: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    // Lower where a place that is lower was given to it.
    let height = theme.size("/control/list_row").min(ui.available_height().max(theme.space(6)));
    let placed = place(ui, vec2(ui.available_width(), height), enabled, named(Kind::MenuItem, text));
    let rect = placed.rect;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, placed.ground(theme));
    let (ink, pale) = if placed.enabled { (Role::Ink1, Role::Ink3) } else { (Role::Disabled, Role::Disabled) };
    let pad = theme.space(4);
    let icon_size = theme.size("/icon/in_button");
    if let Some(icon) = icon {
        let at = pos2(rect.left() + pad + icon_size / 2.0, rect.center().y);
        paint_icon(ui.painter(), icon, at, icon_size, theme.color(ink));
    }
    let left = rect.left() + pad + icon_size + theme.space(3);
    let keys = shortcut.map(|keys| lay(ui, TypeRole::Caption, theme.color(pale), &keys.replace('+', " ")));
    let keys_width = keys.as_ref().map_or(0.0, |keys| keys.size().x + theme.space(3));
    let room = rect.right() - pad - keys_width - left;
    let galley = lay_within(ui, TypeRole::Body, theme.color(ink), text, room);
    paint_galley(ui.painter(), pos2(left, rect.center().y), Align2::LEFT_CENTER, galley);
    if let Some(keys) = keys {
        paint_galley(ui.painter(), pos2(rect.right() - pad, rect.center().y), Align2::RIGHT_CENTER, keys);
    }
    placed.ring(ui, theme, CornerRadius::ZERO);
    if placed.response.clicked() {
        ui.close();
    }
    placed.response
}
