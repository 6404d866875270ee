//! A field that opens a list.

use egui::{
    Align2, Frame, Margin, Popup, PopupKind, Response, Role as Kind, ScrollArea, Stroke, StrokeKind, Ui, WidgetInfo,
    pos2, vec2,
};

use super::swatch::{SwatchOf, paint_swatch_at};
use super::{ListRow, lay, lay_within, paint_galley, place};
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
    /// Whether it stands above the list, in sight wherever that is scrolled to and whatever is searched for.
    pub is_pinned: bool,
}

impl Choice {
    /// A line of words.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), swatch: None, right: String::new(), is_pinned: false }
    }

    /// A line with a swatch.
    #[must_use]
    pub fn with_swatch(text: impl Into<String>, swatch: SwatchOf) -> Self {
        Self { swatch: Some(swatch), ..Self::new(text) }
    }

    /// A line that stands above the list.
    #[must_use]
    pub fn pinned(text: impl Into<String>) -> Self {
        Self { is_pinned: true, ..Self::new(text) }
    }
}

/// What goes on in an open list between frames; it begins anew with every opening.
#[derive(Clone, Default)]
struct Search {
    typed: String,
    /// Which of the lines that fit is meant, when a key has said so.
    at: Option<usize>,
    pass: u64,
}

/// What is typed while a list is open, to find a line in it, and which of the `fitting` is meant: the place among them, and
/// whether Enter chose it.
fn search(ui: &Ui, id: egui::Id, fitting: impl Fn(&str) -> Vec<usize>, current: Option<usize>) -> (Search, bool) {
    let pass = ui.ctx().cumulative_pass_nr();
    let mut search: Search = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if search.pass + 1 < pass {
        search = Search::default();
    }
    search.pass = pass;
    let mut enter = false;
    ui.input_mut(|input| {
        let before = search.typed.clone();
        for event in &input.events {
            if let egui::Event::Text(text) = event {
                search.typed.extend(text.chars().filter(|c| !c.is_control()));
            }
        }
        if input.consume_key(egui::Modifiers::NONE, egui::Key::Backspace) {
            search.typed.pop();
        }
        let lines = fitting(&search.typed);
        if search.typed != before {
            search.at = (!search.typed.is_empty() && !lines.is_empty()).then_some(0);
        }
        let down = input.count_and_consume_key(egui::Modifiers::NONE, egui::Key::ArrowDown);
        let up = input.count_and_consume_key(egui::Modifiers::NONE, egui::Key::ArrowUp);
        if down + up > 0 && !lines.is_empty() {
            let chosen = current.and_then(|current| lines.iter().position(|line| *line == current));
            let from = search.at.or(chosen);
            let to = from.map_or(usize::from(down == 0), |at| at + down).saturating_sub(up);
            search.at = Some(to.min(lines.len() - 1));
        }
        enter = search.at.is_some() && input.consume_key(egui::Modifiers::NONE, egui::Key::Enter);
    });
    ui.data_mut(|data| data.insert_temp(id, search.clone()));
    (search, enter)
}

/// The lines that hold what is wanted: those that begin with it, then those of which a word does, then the others. What is
/// pinned fits always: first while nothing is wanted, else last.
fn fitting(choices: &[Choice], wanted: &str) -> Vec<usize> {
    let wanted = wanted.to_lowercase();
    let rank = |choice: &Choice| {
        let text = choice.text.to_lowercase();
        if choice.is_pinned {
            return Some(if wanted.is_empty() { 0 } else { 4 });
        }
        let at = text.find(&wanted)?;
        let begins_word = text.match_indices(&wanted).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric));
        Some(if at == 0 { 1 } else { 3 - u8::from(begins_word) })
    };
    let mut lines: Vec<(u8, usize)> =
        choices.iter().enumerate().filter_map(|(i, choice)| Some((rank(choice)?, i))).collect();
    lines.sort_unstable();
    lines.into_iter().map(|(_, i)| i).collect()
}

/// How wide a list must be to show its lines whole, within reason.
fn list_width(ui: &Ui, choices: &[Choice], least: f32) -> f32 {
    /// Wider than this a list would hide what it is about, in logical pixels.
    const MOST: f32 = 300.0;
    let theme = Theme::of(ui.ctx());
    let width = |choice: &Choice| {
        let ink = theme.color(Role::Ink1);
        let gap = theme.space(3);
        let swatch = if choice.swatch.is_some() { theme.size("/control/swatch") + gap } else { 0.0 };
        let right =
            if choice.right.is_empty() { 0.0 } else { gap + lay(ui, TypeRole::Small, ink, &choice.right).size().x };
        12.0 + swatch + lay(ui, TypeRole::Body, ink, &choice.text).size().x + right
    };
    // Room for a scroll bar.
    let widest = choices.iter().map(width).fold(0.0, f32::max) + 14.0;
    widest.clamp(least, MOST.max(least)).ceil()
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
    // No menu: there the arrow keys would move a second mark beside the one of the search.
    let popup = Popup::menu(&placed.response).kind(PopupKind::Popup).gap(2.0);
    let open = popup.is_open();
    let wide = if open { list_width(ui, choices, rect.width() - 2.0) } else { rect.width() - 2.0 };
    let popup = popup.width(wide);
    let (ground, line) = match (open, placed.pressed) {
        (true, _) => (Role::Raised, Some(Role::Accent)),
        (false, true) => (Role::Hover, Some(Role::HairlineStrong)),
        (false, false) if placed.hover > 0.5 => (Role::Field, Some(Role::HairlineStrong)),
        (false, false) => (Role::Field, super::fields::is_flat(ui).then_some(Role::Hairline)),
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
        // Enter and Space are for the list now; with the focus they would press the field again.
        placed.response.surrender_focus();
    }
    let scroll = open
        && ui.data_mut(|data| {
            let left = data.get_temp_mut_or_default::<u8>(fresh);
            *left = left.saturating_sub(1);
            *left > 0
        });
    popup.frame(frame).accessible_name(name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_min_width(wide);
        let (search, enter) = search(ui, placed.response.id.with("typed"), |wanted| fitting(choices, wanted), current);
        if !search.typed.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(12.0);
                super::caption(ui, &search.typed);
            });
        }
        let lines = fitting(choices, &search.typed);
        let mut line = |ui: &mut Ui, place: usize, i: usize| {
            let choice = &choices[i];
            let is_meant = search.at == Some(place);
            let on = if search.at.is_none() { current == Some(i) } else { is_meant };
            let row = ListRow::new(&choice.text).swatch(choice.swatch.as_ref()).right(&choice.right).on(on).show(ui);
            if on && scroll && !choice.is_pinned {
                row.scroll_to_me(Some(egui::Align::Center));
            } else if is_meant && !choice.is_pinned {
                row.scroll_to_me(None);
            }
            if row.clicked() || (is_meant && enter) {
                chosen = Some(i);
                ui.close();
            }
        };
        let lines = lines.into_iter().enumerate();
        let (pinned, others): (Vec<_>, Vec<_>) = lines.partition(|(_, i)| choices[*i].is_pinned);
        for (place, i) in &pinned {
            line(ui, *place, *i);
        }
        if !pinned.is_empty() {
            super::seam(ui);
        }
        // Half a row at the foot says that there is more.
        let rows = theme.size("/control/list_row") * 14.5;
        ScrollArea::vertical().max_height(rows).show(ui, |ui| {
            for (place, i) in others {
                line(ui, place, i);
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

/// What was typed in the list of a field to find the line that was just chosen.
pub fn searched(field: &Response) -> String {
    field.ctx.data(|data| data.get_temp::<Search>(field.id.with("typed"))).unwrap_or_default().typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_the_letters_goes_before_what_merely_holds_them() {
        let choices = ["warehouse", "student housing", "housing", "house of culture"].map(Choice::new);
        let found = |wanted| fitting(&choices, wanted).into_iter().map(|i| &*choices[i].text).collect::<Vec<_>>();
        assert_eq!(found("hous"), ["housing", "house of culture", "student housing", "warehouse"]);
        assert_eq!(found(""), ["warehouse", "student housing", "housing", "house of culture"]);
        assert!(found("zz").is_empty());
        let pinned = [Choice::new("housing"), Choice::pinned("Several…")];
        assert_eq!(fitting(&pinned, ""), [1, 0]);
        assert_eq!(fitting(&pinned, "hou"), [0, 1], "Enter takes what was found");
        assert_eq!(fitting(&pinned, "hou 60, office"), [1], "and what was not can still be said");
    }
}
