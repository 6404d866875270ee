//! Buttons: of the rail, of heads, with words, the one that matters, and links.

use egui::{Align2, CornerRadius, Response, Role as Kind, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::hints::tip;
use super::{Placed, lay, named, named_on, paint_galley, place};
use crate::look::{self, Role, TypeRole};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::theme::Theme;

/// A button of the tool rail, 34 square. `shortcut` is shown in the tooltip, keys parted by `+` or a space.
pub fn tool_button(ui: &mut Ui, icon: Icon, name: &str, shortcut: Option<&str>, on: bool, enabled: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    square(ui, icon, name, shortcut, on, enabled, theme.size("/control/tool_button"), theme.size("/icon/grid"))
}

/// A button with an icon only, 28 square.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, shortcut: Option<&str>, on: bool, enabled: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    square(ui, icon, name, shortcut, on, enabled, theme.size("/control/button_height"), theme.size("/icon/in_button"))
}

#[allow(clippy::too_many_arguments, reason = "two sizes more than its callers, and private")]
fn square(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    shortcut: Option<&str>,
    on: bool,
    enabled: bool,
    side: f32,
    icon_size: f32,
) -> Response {
    let theme = Theme::of(ui.ctx());
    let placed = place(ui, vec2(side, side), enabled, named_on(Kind::Button, name, on));
    let ink = if !placed.enabled {
        Role::Disabled
    } else if on {
        Role::Panel
    } else {
        Role::Ink1
    };
    let ground = if on { theme.color(Role::Ink1) } else { placed.ground(theme) };
    ui.painter().rect_filled(placed.rect, theme.radius(), ground);
    paint_icon(ui.painter(), icon, placed.rect.center(), icon_size, theme.color(ink));
    placed.ring(ui, theme, theme.radius());
    tip(&placed.response, name, shortcut);
    placed.response
}

/// A button with words; more than the plain ones can say.
///
/// ```no_run
/// # use maakblok::ui::{Icon, kit::Button};
/// # fn show(ui: &mut egui::Ui) {
/// let compare = Button::new("Compare").icon(Icon::Compare).shortcut("F6").on(false).show(ui);
/// # let _ = compare.clicked();
/// # }
/// ```
#[must_use = "a button must be shown"]
pub struct Button<'a> {
    text: &'a str,
    icon: Option<Icon>,
    shortcut: Option<&'a str>,
    tooltip: Option<&'a str>,
    on: Option<bool>,
    primary: bool,
    enabled: bool,
    min_width: f32,
}

impl<'a> Button<'a> {
    /// A button with a word.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            icon: None,
            shortcut: None,
            tooltip: None,
            on: None,
            primary: false,
            enabled: true,
            min_width: 0.0,
        }
    }

    /// With an icon before it.
    pub fn icon(mut self, icon: impl Into<Option<Icon>>) -> Self {
        self.icon = icon.into();
        self
    }

    /// Its keys, for the tooltip.
    pub fn shortcut(mut self, shortcut: impl Into<Option<&'a str>>) -> Self {
        self.shortcut = shortcut.into();
        self
    }

    /// What the tooltip says instead of the word: why it is disabled, for one.
    pub fn tooltip(mut self, tooltip: impl Into<Option<&'a str>>) -> Self {
        self.tooltip = tooltip.into();
        self
    }

    /// Makes it a switch: filled with ink while the state it stands for holds.
    pub fn on(mut self, on: bool) -> Self {
        self.on = Some(on);
        self
    }

    /// Filled with accent: what Enter does.
    pub fn primary(mut self) -> Self {
        self.primary = true;
        self
    }

    /// Whether it can be used.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// At least so wide.
    pub fn min_width(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let style = if self.primary { TypeRole::Label } else { TypeRole::Body };
        let text_width = lay(ui, style, theme.color(Role::Ink1), self.text).size().x;
        let (icon_size, pad) = (theme.size("/icon/in_button"), theme.space(4) + 1.0);
        let lead = if self.icon.is_some() { 10.0 + icon_size + 6.0 } else { pad };
        let width = (lead + text_width + pad).ceil().max(self.min_width);
        let size = vec2(width, theme.size("/control/button_height"));
        let placed = place(ui, size, self.enabled, |enabled| match self.on {
            Some(on) => WidgetInfo::selected(Kind::Button, enabled, on, self.text),
            None => WidgetInfo::labeled(Kind::Button, enabled, self.text),
        });
        let ink = self.paint(ui, theme, &placed);
        let slack = width - (lead + text_width + pad);
        let left = placed.rect.left() + slack / 2.0;
        if let Some(icon) = self.icon {
            let at = pos2(left + 10.0 + icon_size / 2.0, placed.rect.center().y);
            paint_icon(ui.painter(), icon, at, icon_size, theme.color(ink));
        }
        let galley = lay(ui, style, theme.color(ink), self.text);
        paint_galley(ui.painter(), pos2(left + lead, placed.rect.center().y), Align2::LEFT_CENTER, galley);
        placed.ring(ui, theme, theme.radius());
        if self.tooltip.is_some() || self.shortcut.is_some() {
            tip(&placed.response, self.tooltip.unwrap_or(self.text), self.shortcut);
        }
        placed.response
    }

    /// Paints ground and outline; returns the ink for what stands on it.
    fn paint(&self, ui: &Ui, theme: Theme, placed: &Placed) -> Role {
        let painter = ui.painter();
        let outline = |role| Stroke::new(1.0, theme.color(role));
        if self.primary {
            if !placed.enabled {
                painter.rect_filled(placed.rect, theme.radius(), theme.color(Role::Field));
                return Role::Disabled;
            }
            // Lighter under the pointer, darker when held, whichever of the two inks is the lighter one.
            let (light, dark) = match theme.look {
                look::Theme::Night => (Role::Ink1, Role::OnAccent),
                look::Theme::Paper | look::Theme::Print => (Role::OnAccent, Role::Ink1),
            };
            let fill = if placed.pressed {
                theme.mix(Role::Accent, dark, 0.3)
            } else {
                theme.mix(Role::Accent, light, 0.1 * placed.hover)
            };
            painter.rect_filled(placed.rect, theme.radius(), fill);
            return Role::OnAccent;
        }
        if self.on == Some(true) && placed.enabled {
            painter.rect_filled(placed.rect, theme.radius(), theme.color(Role::Ink1));
            return Role::Panel;
        }
        painter.rect_filled(placed.rect, theme.radius(), placed.ground(theme));
        let line = if placed.enabled { Role::HairlineStrong } else { Role::Hairline };
        painter.rect_stroke(placed.rect, theme.radius(), outline(line), StrokeKind::Inside);
        if placed.enabled { Role::Ink1 } else { Role::Disabled }
    }
}

/// A button with words and perhaps an icon.
pub fn button(ui: &mut Ui, text: &str, icon: Option<Icon>) -> Response {
    Button::new(text).icon(icon).show(ui)
}

/// The button that Enter stands for; one to a place.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    Button::new(text).primary().show(ui)
}

/// Words that lead somewhere.
pub fn link(ui: &mut Ui, style: TypeRole, text: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    let galley = lay(ui, style, theme.color(Role::Accent), text);
    let placed = place(ui, galley.size(), true, named(Kind::Link, text));
    let ink = if placed.enabled { Role::Accent } else { Role::Disabled };
    let rect = paint_galley(ui.painter(), placed.rect.min, Align2::LEFT_TOP, lay(ui, style, theme.color(ink), text));
    if placed.hover > 0.0 || placed.pressed {
        let y = rect.bottom() - (rect.height() * 0.18).round();
        ui.painter().hline(rect.x_range(), y, Stroke::new(1.0, theme.color(ink)));
    }
    placed.ring(ui, theme, CornerRadius::ZERO);
    placed.response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
