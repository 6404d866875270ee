//! A number to type in a field.
//!
//! It is only ever typed or nudged by key: the mouse places the caret and never changes a value.

use std::ops::RangeInclusive;

use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{Id, Key, Modifiers, Ui};

use super::fields::{
    FieldLook, FieldResponse, field_box, focused, held_text, is_refused, refuse_text, select_all, take_escape,
};
use crate::i18n::{Lang, NO_BREAK, number, parse_number, tr, tr_with};

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

    /// The least and the most: what is typed beyond is not taken.
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

    /// What was typed, where it can be taken.
    fn taken(&self, text: &str) -> Option<f64> {
        self.parse(text).filter(|value| self.range.contains(value))
    }

    /// Whether a text is another than stood there before. What was not typed is not judged: a file may say what a field would
    /// not take.
    fn is_typed(&self, draft: &Draft, text: &str) -> bool {
        text.trim() != self.typed(draft.before)
    }

    /// Shows it, as wide as there is room.
    pub fn show(self, ui: &mut Ui) -> FieldResponse {
        let id = ui.make_persistent_id(self.salt);
        let was = *self.value;
        let pass = ui.ctx().cumulative_pass_nr();
        let mut draft: Option<Draft> = ui.data(|data| data.get_temp(id)).filter(|draft: &Draft| draft.pass + 1 >= pass);
        let focused_before = ui.memory(|memory| memory.has_focus(id));
        if focused_before && draft.is_none() {
            let text = held_text(ui, id);
            let text = text.unwrap_or_else(|| if self.placeholder.is_some() { String::new() } else { self.typed(was) });
            draft = Some(Draft { pass, text, before: was, shown: was });
        }
        if let Some(draft) = draft.as_mut().filter(|_| focused_before) {
            let nudge = nudge(ui);
            if nudge != 0.0 {
                let base = self.parse(&draft.text).unwrap_or(draft.before);
                let step =
                    self.step.unwrap_or(if self.range_is_fine() { 0.1f64.powi(self.decimals.into()) } else { 1.0 });
                draft.text = self.typed((base + nudge * step).clamp(*self.range.start(), *self.range.end()));
                caret_to_end(ui, id, &draft.text);
            }
        }
        let mut text = match &draft {
            Some(draft) => draft.text.clone(),
            None if self.placeholder.is_some() => String::new(),
            None => self.format(was),
        };
        let wrong = draft.as_ref().is_some_and(|draft| self.is_typed(draft, &text))
            && !text.trim().is_empty()
            && self.taken(&text).is_none();
        let look = FieldLook {
            unit: self.unit,
            hint: self.placeholder.unwrap_or_default(),
            enabled: self.enabled,
            wrong,
            held: self.held,
            lines: 1,
        };
        let response = field_box(ui, id, &mut text, &look);
        if wrong && response.has_focus() && !is_refused(&response) {
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
            if let Some(value) = self.taken(&now.text)
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
            let escaped = take_escape(ui);
            let settled = self.taken(&text).filter(|_| !escaped);
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
            if settled.is_none() && !escaped && !text.trim().is_empty() && self.is_typed(&draft, &text) {
                refuse_text(&result.response, self.lang, &text, &self.limits());
            }
            result.changed = value != draft.shown;
        }
        result
    }

    /// Whether a step of 1 would leap over the range.
    fn range_is_fine(&self) -> bool {
        self.range.end() - self.range.start() <= 2.0
    }
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

fn caret_to_end(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::select_all_str(text);
    state.cursor.set_char_range(Some(CCursorRange::one(all.primary)));
    state.store(ui.ctx(), id);
}
