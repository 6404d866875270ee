//! A field that opens a list.

use egui::{
    Align2, Frame, Margin, Popup, Response, Role as Kind, ScrollArea, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::swatch::{SwatchOf, paint_swatch_at};
use super::{ListRow, lay_within, paint_galley, place};
use crate::look::{Role, TypeRole};
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::theme::Theme;

/// One line of a list to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The words.
    pub text: String,
    /// The use it stands for, if any.
    pub swatch: Option<SwatchOf>,
    /// A caption at the right.
    pub right: String,
}

impl Choice {
    /// A line of words.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), swatch: None, right: String::new() }
    }

    /// A line with a swatch.
    #[must_use]
    pub fn with_swatch(text: impl Into<String>, swatch: SwatchOf) -> Self {
        Self { swatch: Some(swatch), ..Self::new(text) }
    }
}

/// What is typed while a list is open, to find a line in it; and whether Enter was pressed. It begins anew with every
/// opening.
fn type_ahead(ui: &Ui, id: egui::Id) -> (String, bool) {
    let pass = ui.ctx().cumulative_pass_nr();
    let (mut typed, last): (String, u64) = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if last + 1 < pass {
        typed.clear();
    }
    let enter = ui.input_mut(|input| {
        for event in &input.events {
            if let egui::Event::Text(text) = event {
                typed.push_str(text);
            }
        }
        if input.consume_key(egui::Modifiers::NONE, egui::Key::Backspace) {
            typed.pop();
        }
        !typed.is_empty() && input.consume_key(egui::Modifiers::NONE, egui::Key::Enter)
    });
    ui.data_mut(|data| data.insert_temp(id, (typed.clone(), pass)));
    (typed, enter)
}

/// A field, 24 high and as wide as there is room, that opens the list of `choices`. `name` is read out; `current` is
/// shown, `placeholder` when there is none (several selected things differ). The place of the one just chosen comes back.
pub fn dropdown(
    ui: &mut Ui,
    name: &str,
    current: Option<usize>,
    placeholder: &str,
    choices: &[Choice],
) -> (Option<usize>, Response) {
    let theme = Theme::of(ui.ctx());
    let size = vec2(ui.available_width(), theme.size("/control/field_height"));
    let shown = current.and_then(|index| choices.get(index));
    let text = shown.map_or(placeholder, |choice| &choice.text);
    let placed = place(ui, size, true, |enabled| WidgetInfo {
        current_text_value: Some(text.to_owned()),
        ..WidgetInfo::labeled(Kind::ComboBox, enabled, name)
    });
    let rect = placed.rect;
    let popup = Popup::menu(&placed.response).gap(2.0).width(rect.width() - 2.0);
    let open = popup.is_open();
    let (ground, line) = match (open, placed.pressed) {
        (true, _) => (Role::Raised, Some(Role::Accent)),
        (false, true) => (Role::Hover, Some(Role::HairlineStrong)),
        (false, false) if placed.hover > 0.5 => (Role::Field, Some(Role::HairlineStrong)),
        (false, false) => {
            let flat = theme.color(Role::Field) == theme.color(Role::Panel);
            (Role::Field, flat.then_some(Role::Hairline))
        }
    };
    ui.painter().rect_filled(rect, theme.radius(), theme.color(ground));
    if let Some(line) = line {
        ui.painter().rect_stroke(rect, theme.radius(), Stroke::new(1.0, theme.color(line)), StrokeKind::Inside);
    }
    let ink = match (placed.enabled, shown.is_some()) {
        (false, _) => Role::Disabled,
        (true, true) => Role::Ink1,
        (true, false) => Role::Ink3,
    };
    let mut left = rect.left() + 9.0;
    if let Some(of) = shown.and_then(|choice| choice.swatch.as_ref()) {
        let side = theme.size("/control/swatch") - 1.0;
        paint_swatch_at(ui.painter(), pos2(left + side / 2.0, rect.center().y), side, of);
        left += side + 6.0;
    }
    let sign = theme.size("/icon/small");
    let room = rect.right() - 9.0 - sign - 4.0 - left;
    let galley = lay_within(ui, TypeRole::Body, theme.color(ink), text, room);
    paint_galley(ui.painter(), pos2(left, rect.center().y), Align2::LEFT_CENTER, galley);
    let at = pos2(rect.right() - 9.0 - sign / 2.0, rect.center().y);
    paint_icon(ui.painter(), Icon::ChevronDown, at, sign, theme.color(ink));
    placed.ring(ui, theme, theme.radius());

    let frame = Frame::new()
        .fill(theme.color(Role::Raised))
        .stroke(Stroke::new(1.0, theme.color(Role::HairlineStrong)))
        .corner_radius(theme.size("/radius/popover"))
        .shadow(theme.shadow())
        .inner_margin(Margin::symmetric(0, 4));
    let mut chosen = None;
    // When the list opens it shows what is chosen; the first of these frames only measures it.
    let fresh = placed.response.id.with("fresh");
    if placed.response.clicked() {
        ui.data_mut(|data| data.insert_temp(fresh, 3u8));
    }
    let scroll = open
        && ui.data_mut(|data| {
            let left = data.get_temp_mut_or_default::<u8>(fresh);
            *left = left.saturating_sub(1);
            *left > 0
        });
    popup.frame(frame).accessible_name(name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(rect.width() - 2.0);
        let (typed, enter) = type_ahead(ui, placed.response.id.with("typed"));
        let wanted = typed.to_lowercase();
        let fits = |choice: &Choice| wanted.is_empty() || choice.text.to_lowercase().contains(&wanted);
        if !typed.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(12.0);
                super::caption(ui, &typed);
            });
        }
        // Half a row at the foot says that there is more.
        let rows = theme.size("/control/list_row") * 14.5;
        ScrollArea::vertical().max_height(rows).show(ui, |ui| {
            let mut first = true;
            for (i, choice) in choices.iter().enumerate().filter(|(_, choice)| fits(choice)) {
                let is_meant = std::mem::take(&mut first) && !wanted.is_empty();
                let on = if wanted.is_empty() { current == Some(i) } else { is_meant };
                let row =
                    ListRow::new(&choice.text).swatch(choice.swatch.as_ref()).right(&choice.right).on(on).show(ui);
                if on && scroll {
                    row.scroll_to_me(Some(egui::Align::Center));
                }
                if row.clicked() || (is_meant && enter) {
                    chosen = Some(i);
                    ui.close();
                }
            }
        });
    });
    let mut response = placed.response;
    if chosen.is_some() {
        response.mark_changed();
        response.request_focus();
    }
    (chosen, response)
}
