//! One of several: segments, tabs, rows of a list, and boxes to tick.

use egui::emath::GuiRounding as _;
use egui::{Align2, CornerRadius, Rect, Response, Role as Kind, Stroke, StrokeKind, Ui, pos2, vec2};

use super::hints::tip;
use super::swatch::{SwatchOf, paint_swatch_at};
use super::{lay, lay_within, named_on, paint_galley, place, place_at};
use crate::look::{Role, TypeRole};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::theme::Theme;

/// One of the segments of a switch.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a, T> {
    /// What it stands for.
    pub value: T,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Its word.
    pub text: &'a str,
}

impl<'a, T> Segment<'a, T> {
    /// A segment with a word only.
    pub fn new(value: T, text: &'a str) -> Self {
        Self { value, icon: None, text }
    }

    /// A segment with an icon and a word.
    pub fn with_icon(value: T, icon: Icon, text: &'a str) -> Self {
        Self { value, icon: Some(icon), text }
    }
}

/// The width that a switch takes.
#[must_use]
pub fn segments_width<T>(ui: &Ui, items: &[Segment<'_, T>]) -> f32 {
    items.iter().map(|item| segment_width(ui, item)).sum()
}

fn segment_width<T>(ui: &Ui, item: &Segment<'_, T>) -> f32 {
    let theme = Theme::of(ui.ctx());
    let (pad, icon_size) = (theme.space(4), theme.size("/icon/in_button"));
    let lead = if item.icon.is_some() { 8.0 + icon_size + 6.0 } else { pad };
    (lead + lay(ui, TypeRole::Body, theme.color(Role::Ink1), item.text).size().x + pad).ceil()
}

/// A switch with its choices side by side, 28 high. `name` says what is switched; true when another one was chosen.
pub fn segments<T: Copy + PartialEq>(ui: &mut Ui, name: &str, current: &mut T, items: &[Segment<'_, T>]) -> bool {
    let theme = Theme::of(ui.ctx());
    let (pad, icon_size) = (theme.space(4), theme.size("/icon/in_button"));
    let widths: Vec<f32> = items.iter().map(|item| segment_width(ui, item)).collect();
    let size = vec2(widths.iter().sum(), theme.size("/control/segment_height"));
    let (whole, outer) = ui.allocate_exact_size(size, egui::Sense::hover());
    let whole = whole.round_to_pixels(ui.pixels_per_point());
    outer.widget_info(|| egui::WidgetInfo::labeled(Kind::RadioGroup, ui.is_enabled(), name));
    let mut changed = false;
    let mut left = whole.left();
    let mut rings = Vec::new();
    for (i, (item, width)) in items.iter().zip(widths).enumerate() {
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(width, whole.height()));
        left += width;
        let on = *current == item.value;
        let placed = place_at(ui, rect, outer.id.with(i), true, named_on(Kind::RadioButton, item.text, on));
        if placed.response.clicked() && !on {
            *current = item.value;
            changed = true;
        }
        let on = *current == item.value;
        let corners = ends(theme.radius(), i == 0, i + 1 == items.len());
        let ground = if on && placed.enabled { theme.color(Role::Ink1) } else { placed.ground(theme) };
        ui.painter().rect_filled(rect, corners, ground);
        let ink = match (placed.enabled, on) {
            (false, _) => Role::Disabled,
            (true, true) => Role::Panel,
            (true, false) if placed.hover > 0.5 => Role::Ink1,
            (true, false) => Role::Ink2,
        };
        let lead = if let Some(icon) = item.icon {
            let at = pos2(rect.left() + 8.0 + icon_size / 2.0, rect.center().y);
            paint_icon(ui.painter(), icon, at, icon_size, theme.color(ink));
            8.0 + icon_size + 6.0
        } else {
            pad
        };
        let galley = lay(ui, TypeRole::Body, theme.color(ink), item.text);
        paint_galley(ui.painter(), pos2(rect.left() + lead, rect.center().y), Align2::LEFT_CENTER, galley);
        if i > 0 {
            super::hairline_v(ui, rect.left(), rect.y_range(), Role::HairlineStrong);
        }
        rings.push((placed, corners));
    }
    let line = Stroke::new(1.0, theme.color(Role::HairlineStrong));
    ui.painter().rect_stroke(whole, theme.radius(), line, StrokeKind::Inside);
    for (placed, corners) in rings {
        placed.ring(ui, theme, corners);
    }
    changed
}

/// The corners of a piece of a row.
fn ends(radius: CornerRadius, first: bool, last: bool) -> CornerRadius {
    let (w, e) = (if first { radius.nw } else { 0 }, if last { radius.ne } else { 0 });
    CornerRadius { nw: w, sw: w, ne: e, se: e }
}

/// Side of the square with a tab's letter, and the room about it when a name follows and when none does.
const TAB_SQUARE: f32 = 18.0;
const TAB_GAP: f32 = 8.0;
const TAB_PAD: f32 = 14.0;
const TAB_PAD_BARE: f32 = 8.0;

/// The width of a tab whose name takes `name_width`; of its letter alone when that is 0.
#[must_use]
pub fn tab_width(name_width: f32) -> f32 {
    if name_width > 0.0 {
        TAB_PAD + TAB_SQUARE + TAB_GAP + name_width + TAB_PAD
    } else {
        TAB_PAD_BARE + TAB_SQUARE + TAB_PAD_BARE
    }
}

/// The width that the name of a tab needs.
#[must_use]
pub fn tab_name_width(ui: &Ui, name: &str) -> f32 {
    // Both weights take the room of the stronger one, so that opening a tab moves none of its neighbours.
    lay(ui, TypeRole::Label, Theme::of(ui.ctx()).color(Role::Ink1), name).size().x.ceil()
}

/// A tab with the letter of a variant: `height` is that of the bar it stands in, its rule lies on the bar's foot.
pub fn tab(ui: &mut Ui, letter: &str, name: &str, on: bool, height: f32) -> Response {
    let name_width = tab_name_width(ui, name);
    tab_within(ui, letter, name, on, height, name_width)
}

/// The same with so much room for the name: what does not fit is cut, at 0 the letter stands alone. Then the tooltip has
/// the name.
pub fn tab_within(ui: &mut Ui, letter: &str, name: &str, on: bool, height: f32, name_width: f32) -> Response {
    let theme = Theme::of(ui.ctx());
    let label = if letter.is_empty() { name.to_owned() } else { format!("{letter} {name}") };
    let placed = place(ui, vec2(tab_width(name_width), height), true, named_on(Kind::Tab, &label, on));
    let rect = placed.rect;
    if !on {
        ui.painter().rect_filled(rect, CornerRadius::ZERO, placed.ground(theme));
    }
    let (style, ink) = match (placed.enabled, on) {
        (false, _) => (TypeRole::Body, Role::Disabled),
        (true, true) => (TypeRole::Label, Role::Ink1),
        (true, false) => (TypeRole::Body, Role::Ink2),
    };
    let pad = if name_width > 0.0 { TAB_PAD } else { TAB_PAD_BARE };
    let box_min = pos2(rect.left() + pad, rect.center().y - TAB_SQUARE / 2.0).round_to_pixels(ui.pixels_per_point());
    let letter_box = Rect::from_min_size(box_min, vec2(TAB_SQUARE, TAB_SQUARE));
    let letter_ink = if on && placed.enabled { Role::Panel } else { ink };
    if on && placed.enabled {
        ui.painter().rect_filled(letter_box, CornerRadius::ZERO, theme.color(Role::Ink1));
    } else {
        let line = Stroke::new(1.0, theme.color(Role::HairlineStrong));
        ui.painter().rect_stroke(letter_box, CornerRadius::ZERO, line, StrokeKind::Inside);
    }
    let galley = lay(ui, TypeRole::Dimension, theme.color(letter_ink), letter);
    paint_galley(ui.painter(), letter_box.center(), Align2::CENTER_CENTER, galley);
    let (mut elided, mut rule_right) = (true, letter_box.right());
    if name_width > 0.0 {
        let at = pos2(letter_box.right() + TAB_GAP, rect.center().y);
        let galley = lay_within(ui, style, theme.color(ink), name, name_width);
        elided = galley.elided;
        paint_galley(ui.painter(), at, Align2::LEFT_CENTER, galley);
        rule_right = at.x + name_width;
    }
    if on {
        let rule = Rect::from_min_max(pos2(letter_box.left(), rect.bottom() - 2.0), pos2(rule_right, rect.bottom()));
        ui.painter().rect_filled(rule, CornerRadius::ZERO, theme.color(ink));
    }
    if elided {
        tip(&placed.response, name, None);
    }
    placed.ring(ui, theme, CornerRadius::ZERO);
    placed.response
}

/// A row of a list, as wide as there is room: a swatch or an icon, words, what they mean, a caption at the right.
#[derive(Clone, Copy)]
#[must_use]
pub struct ListRow<'a> {
    text: &'a str,
    swatch: Option<&'a SwatchOf>,
    icon: Option<Option<Icon>>,
    about: &'a str,
    right: &'a str,
    on: bool,
    enabled: bool,
}

impl<'a> ListRow<'a> {
    /// A row with words only, not selected.
    pub fn new(text: &'a str) -> Self {
        Self { text, swatch: None, icon: None, about: "", right: "", on: false, enabled: true }
    }

    /// With the colour and hatch of a use before the words.
    pub fn swatch(self, swatch: Option<&'a SwatchOf>) -> Self {
        Self { swatch, ..self }
    }

    /// With a place for an icon before the words, which may stay empty so that the words of all rows line up.
    pub fn icon(self, icon: Option<Icon>) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With a few pale words on what it is, as far as there is room.
    pub fn about(self, about: &'a str) -> Self {
        Self { about, ..self }
    }

    /// With a caption at the right.
    pub fn right(self, right: &'a str) -> Self {
        Self { right, ..self }
    }

    /// Selected, or not.
    pub fn on(self, on: bool) -> Self {
        Self { on, ..self }
    }

    /// Able to be chosen, or not.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let size = vec2(ui.available_width(), theme.size("/control/list_row"));
        let placed = place(ui, size, self.enabled, named_on(Kind::ListBoxOption, self.text, self.on));
        let (rect, middle) = (placed.rect, placed.rect.center().y);
        let lit = self.on && placed.enabled && !placed.pressed;
        let ground = if lit { theme.color(Role::AccentSoft) } else { placed.ground(theme) };
        ui.painter().rect_filled(rect, CornerRadius::ZERO, ground);
        let (pad, gap) = (6.0, theme.space(3));
        let (mut left, mut end) = (rect.left() + pad, rect.right() - pad);
        let (ink, pale) = if placed.enabled { (Role::Ink1, Role::Ink2) } else { (Role::Disabled, Role::Disabled) };
        if let Some(of) = self.swatch {
            let side = theme.size("/control/swatch");
            paint_swatch_at(ui.painter(), pos2(left + side / 2.0, middle), side, of);
            left += side + gap;
        }
        if let Some(icon) = self.icon {
            let side = theme.size("/icon/in_button");
            if let Some(icon) = icon {
                paint_icon(ui.painter(), icon, pos2(left + side / 2.0, middle), side, theme.color(ink));
            }
            left += side + gap;
        }
        if !self.right.is_empty() {
            let caption = lay(ui, TypeRole::Small, theme.color(pale), self.right);
            let width = caption.size().x;
            paint_galley(ui.painter(), pos2(end, middle), Align2::RIGHT_CENTER, caption);
            end -= width + gap;
        }
        let words = lay_within(ui, TypeRole::Body, theme.color(ink), self.text, end - left);
        let width = words.size().x;
        paint_galley(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, words);
        left += width + gap;
        if !self.about.is_empty() && end - left > ABOUT_LEAST {
            let about = lay_within(ui, TypeRole::Small, theme.color(pale), self.about, end - left);
            paint_galley(ui.painter(), pos2(left, middle), Align2::LEFT_CENTER, about);
        }
        placed.ring(ui, theme, CornerRadius::ZERO);
        placed.response
    }
}

/// Explaining words get no less than this, in logical pixels.
const ABOUT_LEAST: f32 = 60.0;

/// A box to tick with its words; the response is marked as changed when it was.
pub fn check_row(ui: &mut Ui, on: &mut bool, text: &str, enabled: bool) -> Response {
    check(ui, on, text, text, enabled)
}

/// A square to tick whose words stand elsewhere; `name` is read out.
pub fn check_box(ui: &mut Ui, on: &mut bool, name: &str, enabled: bool) -> Response {
    check(ui, on, name, "", enabled)
}

fn check(ui: &mut Ui, on: &mut bool, name: &str, text: &str, enabled: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    let side = theme.size("/icon/small");
    let words = lay(ui, TypeRole::Body, theme.color(Role::Ink1), text).size().x;
    let gap = if text.is_empty() { 0.0 } else { theme.space(3) };
    let size = vec2(side + gap + words, theme.size("/control/hit_min"));
    let was = *on;
    let mut placed = place(ui, size, enabled, named_on(Kind::CheckBox, name, was));
    if placed.response.clicked() {
        *on = !*on;
        placed.response.mark_changed();
    }
    let min = pos2(placed.rect.left(), placed.rect.center().y - side / 2.0).round_to_pixels(ui.pixels_per_point());
    let square = Rect::from_min_size(min, vec2(side, side));
    let ink = if placed.enabled { Role::Ink1 } else { Role::Disabled };
    if *on {
        ui.painter().rect_filled(square, CornerRadius::ZERO, theme.color(ink));
        paint_icon(ui.painter(), Icon::Check, square.center(), side, theme.color(Role::Panel));
    } else {
        ui.painter().rect_filled(square, CornerRadius::ZERO, placed.ground(theme));
        let line = if placed.enabled { Role::HairlineStrong } else { Role::Hairline };
        ui.painter().rect_stroke(square, CornerRadius::ZERO, Stroke::new(1.0, theme.color(line)), StrokeKind::Inside);
    }
    let at = pos2(square.right() + theme.space(3), placed.rect.center().y);
    let galley = lay(ui, TypeRole::Body, theme.color(ink), text);
    paint_galley(ui.painter(), at, Align2::LEFT_CENTER, galley);
    placed.ring(ui, theme, CornerRadius::ZERO);
    placed.response
}
