//! Fields to type in, and the rows of an inspector they stand in.
//!
//! A number is only ever typed or nudged by key: the mouse places the caret and never changes a value.

use std::ops::RangeInclusive;

use egui::emath::GuiRounding as _;
use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, Frame, Id, Key, Layout, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, TextEdit, Ui,
    UiBuilder, pos2, vec2,
};

use super::{State, lay, lay_within, paint_galley, pose_place};
use crate::i18n::{Lang, NO_BREAK, number, parse_number, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::ui::theme::Theme;

/// Space left of the text in a field.
const PAD: f32 = 9.0;

/// What a field tells after a frame.
#[derive(Clone, Debug)]
pub struct FieldResponse {
    /// Of the field itself: focus, hover.
    pub response: Response,
    /// The value is another than before this frame: worth a preview.
    pub changed: bool,
    /// A new value was settled by Enter or by leaving the field: worth an edit.
    pub committed: bool,
    /// Escape took the old value back.
    pub restored: bool,
}

/// One row of an inspector, 30 high: the label in its column, the field, and the gutter for the dot of an override.
///
/// Fields within take their accessible name from the label.
pub fn field_row<R>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = Theme::of(ui.ctx());
    let height = theme.size("/control/row_height");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let column = theme.size("/panel/inspector_label");
    let ink = theme.color(if ui.is_enabled() { Role::Ink2 } else { Role::Disabled });
    let galley = lay_within(ui, TypeRole::Body, ink, label, column - theme.space(3));
    paint_galley(ui.painter(), pos2(rect.left(), rect.center().y), Align2::LEFT_CENTER, galley);
    let inner = Rect::from_min_max(pos2(rect.left() + column, rect.top()), pos2(rect.right() - 20.0, rect.bottom()));
    let mut field = ui.new_child(
        UiBuilder::new().id_salt(("field", label)).max_rect(inner).layout(Layout::left_to_right(Align::Center)),
    );
    field.name_inputs(label, add)
}

/// The dot of an override, in the gutter of the row just shown.
pub fn override_dot(ui: &mut Ui, row: Rect, tooltip: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    let centre = pos2(row.right() - 8.0, row.center().y);
    ui.painter().circle_filled(centre, 3.0, theme.color(Role::Accent));
    let id = ui.make_persistent_id(("override", row.top() as i32));
    let response = ui.interact(Rect::from_center_size(centre, vec2(16.0, 16.0)), id, Sense::hover());
    super::tip(&response, tooltip, None);
    response
}

/// A number to type. The value is written when what stands in the field is a number; Escape takes the old one back.
///
/// ```no_run
/// # use maakblok::{i18n::Lang, ui::kit::NumberField};
/// # fn show(ui: &mut egui::Ui, mut length_m: f64) {
/// let field = NumberField::new("length", &mut length_m).unit("m").range(0.5..=500.0).lang(Lang::Nl).show(ui);
/// if field.committed { /* one edit */ }
/// # }
/// ```
#[must_use = "a field must be shown"]
pub struct NumberField<'a> {
    salt: Id,
    value: &'a mut f64,
    unit: &'a str,
    range: RangeInclusive<f64>,
    decimals: u8,
    step: Option<f64>,
    lang: Lang,
    name: Option<&'a str>,
    placeholder: Option<&'a str>,
    enabled: bool,
    focus: bool,
    held: bool,
}

/// What is being typed: kept while the field has the focus.
#[derive(Clone, Debug)]
struct Draft {
    /// The pass it was last shown in: a field that went out of sight in between begins anew.
    pass: u64,
    text: String,
    before: f64,
    shown: f64,
}

impl<'a> NumberField<'a> {
    /// A field for a value; `salt` tells it from other fields of the panel.
    pub fn new(salt: impl std::hash::Hash + std::fmt::Debug, value: &'a mut f64) -> Self {
        Self {
            salt: Id::unique(("number field", salt)),
            value,
            unit: "",
            range: f64::NEG_INFINITY..=f64::INFINITY,
            decimals: 2,
            step: None,
            lang: Lang::En,
            name: None,
            placeholder: None,
            enabled: true,
            focus: false,
            held: false,
        }
    }

    /// What stands after the number.
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// The least and the most; what is typed beyond is brought back when it is settled.
    pub fn range(mut self, range: RangeInclusive<f64>) -> Self {
        self.range = range;
        self
    }

    /// Decimals shown; more may be typed.
    pub fn decimals(mut self, decimals: u8) -> Self {
        self.decimals = decimals;
        self
    }

    /// What an arrow key adds; ten times as much with Shift. 1 by default, or the last decimal under 1.
    pub fn step(mut self, step: f64) -> Self {
        self.step = Some(step);
        self
    }

    /// The language of the number.
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// Its accessible name, where no row names it.
    pub fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// Shown instead of the number: several selected things differ. Typing sets them all.
    pub fn placeholder(mut self, words: impl Into<Option<&'a str>>) -> Self {
        self.placeholder = words.into();
        self
    }

    /// Whether it can be typed in.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Takes the focus when it is first shown, all selected, as a field at the cursor does.
    pub fn focused(mut self) -> Self {
        self.focus = true;
        self
    }

    /// Shows that the value was typed and now holds against the pointer.
    pub fn held(mut self, held: bool) -> Self {
        self.held = held;
        self
    }

    /// Its place in the memory of the window: to give it the focus from outside.
    #[must_use]
    pub fn id(&self, ui: &Ui) -> Id {
        ui.make_persistent_id(self.salt)
    }

    fn format(&self, value: f64) -> String {
        number(self.lang, value, self.decimals)
    }

    /// As it is typed: no grouping, which would be in the way of the caret.
    fn typed(&self, value: f64) -> String {
        self.format(value).replace(NO_BREAK, "")
    }

    /// What was typed, with or without the unit.
    fn parse(&self, text: &str) -> Option<f64> {
        let text = text.trim();
        parse_number(text.strip_suffix(self.unit).unwrap_or(text).trim_end())
    }

    /// What can be typed, said while something else is.
    fn limits(&self) -> String {
        let (low, high) = (*self.range.start(), *self.range.end());
        if low.is_finite() && high.is_finite() {
            let unit = if self.unit.is_empty() { String::new() } else { format!("{NO_BREAK}{}", self.unit) };
            let high = format!("{}{unit}", self.format(high));
            tr_with(self.lang, "field-limits", &[("low", self.format(low).into()), ("high", high.into())])
        } else {
            tr(self.lang, "field-a-number")
        }
    }

    fn clamped(&self, value: f64) -> f64 {
        value.clamp(*self.range.start(), *self.range.end())
    }

    /// Shows it, as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> FieldResponse {
        let id = ui.make_persistent_id(self.salt);
        let was = *self.value;
        let pass = ui.ctx().cumulative_pass_nr();
        let mut draft: Option<Draft> = ui.data(|data| data.get_temp(id)).filter(|draft: &Draft| draft.pass + 1 >= pass);
        let focused_before = ui.memory(|memory| memory.has_focus(id));
        if focused_before && draft.is_none() {
            let text = if self.placeholder.is_some() { String::new() } else { self.typed(was) };
            draft = Some(Draft { pass, text, before: was, shown: was });
        }
        if let Some(draft) = draft.as_mut().filter(|_| focused_before) {
            let nudge = nudge(ui);
            if nudge != 0.0 {
                let base = self.parse(&draft.text).unwrap_or(draft.before);
                let step =
                    self.step.unwrap_or(if self.range_is_fine() { 0.1f64.powi(self.decimals.into()) } else { 1.0 });
                draft.text = self.typed(self.clamped(base + nudge * step));
                caret_to_end(ui, id, &draft.text);
            }
        }
        let mut text = match &draft {
            Some(draft) => draft.text.clone(),
            None if self.placeholder.is_some() => String::new(),
            None => self.format(was),
        };
        let parsed = self.parse(&text);
        let wrong =
            draft.is_some() && !text.trim().is_empty() && parsed.is_none_or(|value| self.clamped(value) != value);
        let look = FieldLook {
            unit: self.unit,
            hint: self.placeholder.unwrap_or_default(),
            enabled: self.enabled,
            wrong,
            held: self.held,
        };
        let response = field_box(ui, id, &mut text, &look);
        if wrong && response.has_focus() {
            response.show_tooltip_text(self.limits());
        }
        if let Some(name) = self.name {
            response.clone().accessible_name(name);
        }
        if self.focus
            && ui.data_mut(|data| !std::mem::replace(data.get_temp_mut_or_default::<bool>(id.with("seen")), true))
        {
            response.request_focus();
        }
        let mut result = FieldResponse { response, changed: false, committed: false, restored: false };
        if result.response.gained_focus() {
            select_all(ui, id, &text);
        }
        if focused(ui, id) {
            let mut now = draft.unwrap_or_else(|| Draft { pass, text: text.clone(), before: was, shown: was });
            if result.response.gained_focus() {
                // Grouping goes as soon as it can be typed in.
                text = text.replace(NO_BREAK, "");
                select_all(ui, id, &text);
            }
            now.text = text;
            now.pass = pass;
            if let Some(value) = self.parse(&now.text).map(|value| self.clamped(value))
                && value != now.shown
                && parse_number(&self.typed(now.shown)) != Some(value)
            {
                now.shown = value;
                result.changed = true;
            }
            if result.changed || now.shown != now.before {
                *self.value = now.shown;
            }
            ui.data_mut(|data| data.insert_temp(id, now));
        } else if let Some(draft) = draft {
            ui.data_mut(|data| data.remove::<Draft>(id));
            let escaped = ui.input(|input| input.key_pressed(Key::Escape));
            let settled = self.parse(&text).map(|value| self.clamped(value)).filter(|_| !escaped);
            // What was not touched keeps the digits that are not shown.
            let value = match settled {
                Some(value) if parse_number(&self.typed(draft.before)) != Some(value) => value,
                _ => draft.before,
            };
            let placeholder_kept = self.placeholder.is_some() && settled.is_none();
            *self.value = value;
            result.committed = !escaped
                && !placeholder_kept
                && (value != draft.before || (self.placeholder.is_some() && settled.is_some()));
            result.restored = escaped;
            result.changed = value != draft.shown;
        }
        result
    }

    /// Whether a step of 1 would leap over the range.
    fn range_is_fine(&self) -> bool {
        self.range.end() - self.range.start() <= 2.0
    }
}

/// A text being typed: kept while the field has the focus.
#[derive(Clone, Debug)]
struct TextDraft {
    /// The pass it was last shown in: a field that went out of sight in between begins anew.
    pass: u64,
    text: String,
    before: String,
}

/// How many steps the arrow keys ask for in this frame.
fn nudge(ui: &Ui) -> f64 {
    ui.input_mut(|input| {
        let mut steps = 0.0;
        for (key, sign) in [(Key::ArrowUp, 1.0), (Key::ArrowDown, -1.0)] {
            steps += sign * input.count_and_consume_key(Modifiers::SHIFT, key) as f64 * 10.0;
            steps += sign * input.count_and_consume_key(Modifiers::NONE, key) as f64;
        }
        steps
    })
}

fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
    state.store(ui.ctx(), id);
}

fn caret_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::select_all_str(text);
    state.cursor.set_char_range(Some(CCursorRange::one(all.primary)));
    state.store(ui.ctx(), id);
}

/// A line of text to type.
#[must_use = "a field must be shown"]
pub struct TextField<'a> {
    salt: Id,
    text: &'a mut String,
    name: Option<&'a str>,
    hint: &'a str,
    enabled: bool,
    select_all: bool,
}

impl<'a> TextField<'a> {
    /// A field for a text; `salt` tells it from other fields of the panel.
    pub fn new(salt: impl std::hash::Hash + std::fmt::Debug, text: &'a mut String) -> Self {
        Self { salt: Id::unique(("text field", salt)), text, name: None, hint: "", enabled: true, select_all: false }
    }

    /// Its accessible name, where no row names it.
    pub fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// Shown while it is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Whether it can be typed in.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// All of it is selected when the field is taken in hand: what is typed then replaces a suggestion.
    pub fn select_all(mut self) -> Self {
        self.select_all = true;
        self
    }

    /// Shows it, as wide as there is room. Escape takes the old text back.
    ///
    /// What is being typed is kept here until it is settled, so the text may come anew from the model in every frame.
    pub fn show(self, ui: &mut Ui) -> FieldResponse {
        let id = ui.make_persistent_id(self.salt);
        let pass = ui.ctx().cumulative_pass_nr();
        let draft: Option<TextDraft> =
            ui.data(|data| data.get_temp(id)).filter(|draft: &TextDraft| draft.pass + 1 >= pass);
        if let Some(draft) = &draft {
            self.text.clone_from(&draft.text);
        }
        let was = self.text.clone();
        let response =
            field_box(ui, id, self.text, &FieldLook { hint: self.hint, enabled: self.enabled, ..FieldLook::default() });
        if let Some(name) = self.name {
            response.clone().accessible_name(name);
        }
        if self.select_all && response.gained_focus() {
            select_all(ui, id, self.text);
        }
        let mut result = FieldResponse { changed: *self.text != was, response, committed: false, restored: false };
        if focused(ui, id) {
            let before = draft.map_or(was, |draft| draft.before);
            let draft = TextDraft { pass, text: self.text.clone(), before };
            ui.data_mut(|data| data.insert_temp(id, draft));
        } else if let Some(TextDraft { before, .. }) = draft {
            ui.data_mut(|data| data.remove::<TextDraft>(id));
            if ui.input(|input| input.key_pressed(Key::Escape)) {
                result.changed = *self.text != before;
                *self.text = before;
                result.restored = true;
            } else {
                result.committed = *self.text != before;
            }
        }
        result
    }
}

/// Whether the field has the keyboard, or will have it when the window has it again: what is being typed must not be
/// settled by a glance at another window.
fn focused(ui: &Ui, id: Id) -> bool {
    ui.memory(|memory| memory.has_focus(id))
}

/// What the box of a field shows besides its text.
#[derive(Default)]
struct FieldLook<'a> {
    unit: &'a str,
    hint: &'a str,
    enabled: bool,
    wrong: bool,
    held: bool,
}

/// The box of a field, 24 high, with the text to edit and a unit that follows it.
fn field_box(ui: &mut Ui, id: Id, text: &mut String, look: &FieldLook<'_>) -> Response {
    let FieldLook { unit, hint, enabled, wrong, held } = *look;
    let theme = Theme::of(ui.ctx());
    let pose: Option<State> = ui.data(|data| data.get_temp(pose_place()));
    let enabled = enabled && ui.is_enabled();
    let size = vec2(ui.available_width(), theme.size("/control/field_height"));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.round_to_pixels(ui.pixels_per_point());
    let ground = ui.painter().add(egui::Shape::Noop);
    let ink = theme.color(if enabled && pose != Some(State::Disabled) { Role::Ink1 } else { Role::Disabled });
    let unit_ink = theme.color(if enabled && pose != Some(State::Disabled) { Role::Ink3 } else { Role::Disabled });
    let unit = (!unit.is_empty()).then(|| lay(ui, TypeRole::Small, unit_ink, unit));
    let unit_room = unit.as_ref().map_or(0.0, |unit| unit.size().x + 6.0);
    let inner =
        Rect::from_min_max(pos2(rect.left() + PAD, rect.top()), pos2(rect.right() - 4.0 - unit_room, rect.bottom()));
    let mut child =
        ui.new_child(UiBuilder::new().id_salt(id).max_rect(inner).layout(Layout::left_to_right(Align::Center)));
    child.spacing_mut().interact_size.y = rect.height();
    let edit = TextEdit::singleline(text)
        .id(id)
        .frame(Frame::NONE)
        .font(theme.font(TypeRole::Body))
        .text_color(ink)
        .hint_text(theme.text(TypeRole::Body, Role::Ink3, hint))
        .interactive(enabled)
        .desired_width(inner.width())
        .min_size(inner.size())
        .align(Align2::LEFT_CENTER);
    let response = child.add(edit);

    let focus = response.has_focus() || pose == Some(State::Focus);
    let hover = (response.hovered() && enabled && pose.is_none()) || pose == Some(State::Hover);
    // Where fields have the ground of the panel, as on white, a line shows them.
    let flat = theme.color(Role::Field) == theme.color(Role::Panel);
    let fill = match (focus, held) {
        (true, _) => Role::Raised,
        (false, true) => Role::AccentSoft,
        (false, false) => Role::Field,
    };
    let line = match (wrong, focus || held, hover) {
        (true, ..) => Some(Role::Warning),
        (false, true, _) => Some(Role::Accent),
        (false, false, true) => Some(Role::HairlineStrong),
        (false, false, false) => flat.then_some(Role::Hairline),
    };
    let line = line.map_or(Stroke::NONE, |line| Stroke::new(1.0, theme.color(line)));
    let shape = egui::epaint::RectShape::new(rect, theme.radius(), theme.color(fill), line, StrokeKind::Inside);
    ui.painter().set(ground, shape);
    if let Some(unit) = unit {
        let shown = if text.is_empty() { hint } else { text.as_str() };
        let width = lay(ui, TypeRole::Body, ink, shown).size().x.min(inner.width());
        let at = pos2(inner.left() + width + 6.0, rect.center().y);
        paint_galley(ui.painter(), at, Align2::LEFT_CENTER, unit);
    }
    response
}
