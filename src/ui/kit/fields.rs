//! Fields to type in, and the rows of an inspector they stand in. Numbers are in `number_field`.

use egui::emath::GuiRounding as _;
use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{
    Align, Align2, Frame, Id, Key, Layout, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, TextEdit, Ui,
    UiBuilder, pos2, vec2,
};

use super::{State, lay, lay_within, paint_galley, pose_place};
use crate::i18n::{Lang, tr_with};
use crate::look::{Role, TypeRole, tokens};
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
    noted_row(ui, label, "", add)
}

/// The same with a note that is shown over the label.
pub fn noted_row<R>(ui: &mut Ui, label: &str, note: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let column = Theme::of(ui.ctx()).size("/panel/inspector_label");
    row_with_column(ui, label, note, column, add)
}

/// The width of the column of labels that some of them need, as long as fields `field_width` wide have room beside it.
#[must_use]
pub fn column_for(ui: &Ui, labels: &[String], field_width: f32) -> f32 {
    let theme = Theme::of(ui.ctx());
    let ink = theme.color(Role::Ink2);
    let wide = |label: &String| lay_within(ui, TypeRole::Body, ink, label, f32::INFINITY).size().x + theme.space(3);
    let least = theme.size("/panel/inspector_label");
    let most = (ui.available_width() - 20.0 - field_width).max(least);
    labels.iter().map(wide).fold(least, f32::max).min(most)
}

/// The same with a column of labels of a width of its own.
pub fn row_with_column<R>(ui: &mut Ui, label: &str, note: &str, column: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = Theme::of(ui.ctx());
    let height = theme.size("/control/row_height");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let ink = theme.color(if ui.is_enabled() { Role::Ink2 } else { Role::Disabled });
    let galley = lay_within(ui, TypeRole::Body, ink, label, column - theme.space(3));
    if galley.elided || !note.is_empty() {
        let place = Rect::from_min_size(rect.min, vec2(column, height));
        let whole = ui.interact(place, ui.make_persistent_id(("label", label)), Sense::hover());
        let words = match (galley.elided, note.is_empty()) {
            // Many a note begins with what it is about.
            (true, false) if note.starts_with(label) => note.to_owned(),
            (true, false) => format!("{label}. {note}"),
            (_, true) => label.to_owned(),
            (false, false) => note.to_owned(),
        };
        super::tip(&whole, &words, None);
    }
    paint_galley(ui.painter(), pos2(rect.left(), rect.center().y), Align2::LEFT_CENTER, galley);
    let inner = Rect::from_min_max(pos2(rect.left() + column, rect.top()), pos2(rect.right() - 20.0, rect.bottom()));
    let mut field = ui.new_child(
        UiBuilder::new().id_salt(("field", label)).max_rect(inner).layout(Layout::left_to_right(Align::Center)),
    );
    field.name_inputs(label, add)
}

/// The dot of an override, in the gutter of the row just shown, by its name for those who do not see it; a click on it takes the
/// override back.
pub fn override_dot(ui: &mut Ui, row: Rect, name: &str, tooltip: &str) -> Response {
    let theme = Theme::of(ui.ctx());
    let centre = pos2(row.right() - 8.0, row.center().y);
    let id = ui.make_persistent_id(("override", row.top() as i32));
    let response = ui.interact(Rect::from_center_size(centre, vec2(16.0, 20.0)), id, Sense::click());
    let radius = if response.hovered() { 4.5 } else { 3.0 };
    ui.painter().circle_filled(centre, radius, theme.color(Role::Accent));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    super::tip(&response, tooltip, None);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// Adds a text of several lines that may be longer than its box.
fn add_scrolled(ui: &mut Ui, inner: Rect, edit: TextEdit<'_>) -> Response {
    let mut child =
        ui.new_child(UiBuilder::new().max_rect(inner.shrink2(vec2(0.0, 3.0))).layout(Layout::top_down(Align::Min)));
    egui::ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| ui.add(edit)).inner
}

/// A text being typed: kept while the field has the focus.
#[derive(Clone, Debug)]
struct TextDraft {
    /// The pass it was last shown in: a field that went out of sight in between begins anew.
    pass: u64,
    text: String,
    before: String,
}

/// Selects all of a field, so that what is typed next takes its place.
pub fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
    state.store(ui.ctx(), id);
}

/// A line of text to type, or a few.
#[must_use = "a field must be shown"]
pub struct TextField<'a> {
    salt: Id,
    text: &'a mut String,
    name: Option<&'a str>,
    hint: &'a str,
    unit: &'a str,
    enabled: bool,
    select_all: bool,
    lines: u8,
}

impl<'a> TextField<'a> {
    /// A field for a text; `salt` tells it from other fields of the panel.
    pub fn new(salt: impl std::hash::Hash + std::fmt::Debug, text: &'a mut String) -> Self {
        Self {
            salt: Id::unique(("text field", salt)),
            text,
            name: None,
            hint: "",
            unit: "",
            enabled: true,
            select_all: false,
            lines: 1,
        }
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

    /// What stands after the text.
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
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

    /// So many lines are seen at once; Enter begins another.
    pub fn lines(mut self, lines: u8) -> Self {
        self.lines = lines;
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
        let draft = draft.or_else(|| Some(TextDraft { pass, text: held_text(ui, id)?, before: self.text.clone() }));
        if let Some(draft) = &draft {
            self.text.clone_from(&draft.text);
        }
        let was = self.text.clone();
        let response = field_box(
            ui,
            id,
            self.text,
            &FieldLook {
                hint: self.hint,
                unit: self.unit,
                enabled: self.enabled,
                lines: self.lines,
                ..FieldLook::default()
            },
        );
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
            if take_escape(ui) {
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

/// Takes Escape, which ended what was being typed in a field that had the keyboard, so that nothing else hears it, such as the
/// sheet that the field is in; whether it was pressed.
pub(super) fn take_escape(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// Why what was typed in a field was not taken.
#[derive(Clone)]
struct Refusal {
    words: String,
    /// What was typed, where the field keeps it and the keyboard, to be put right.
    held: Option<String>,
    /// How long it is said of a field that was left, in seconds of the window's clock.
    until_s: f64,
}

/// Says at a field why the `text` typed in it is not taken. After Enter the field keeps it and the keyboard, to be put right;
/// a field that was left for something else shows again what it showed before, and says why for some seconds.
pub fn refuse(field: &Response, text: &str, words: String) {
    const SECONDS: f64 = 4.0;
    let (time_s, by_enter) = field.ctx.input(|input| (input.time, input.key_pressed(Key::Enter)));
    if by_enter {
        field.request_focus();
    }
    let refusal = Refusal { words, held: by_enter.then(|| text.to_owned()), until_s: time_s + SECONDS };
    field.ctx.data_mut(|data| data.insert_temp(field.id, refusal));
    field.ctx.request_repaint();
}

/// The same of a text that is none of `what` can be typed.
pub fn refuse_text(field: &Response, lang: Lang, text: &str, what: &str) {
    let args = [("text", text.trim().into()), ("what", what.into())];
    refuse(field, text, tr_with(lang, "field-refused", &args));
}

/// What was typed in a field, not taken, and is still to be put right.
pub(super) fn held_text(ui: &Ui, id: Id) -> Option<String> {
    ui.data(|data| data.get_temp::<Refusal>(id))?.held.filter(|_| focused(ui, id))
}

/// Whether something is said of a field that was not taken: then nothing else need be.
pub fn is_refused(response: &Response) -> bool {
    response.ctx.data(|data| data.get_temp::<Refusal>(response.id)).is_some()
}

/// What is said of that now, of a field that shows a text; typing anew ends it.
fn refusal(ui: &Ui, id: Id, text: &str) -> Option<Refusal> {
    let said: Refusal = ui.data(|data| data.get_temp(id))?;
    let left_s = said.until_s - ui.input(|input| input.time);
    let is_said = match &said.held {
        Some(held) => focused(ui, id) && held == text,
        None => left_s > 0.0 && !focused(ui, id),
    };
    if !is_said {
        ui.data_mut(|data| data.remove::<Refusal>(id));
        return None;
    }
    if said.held.is_none() {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left_s));
    }
    Some(said)
}

/// Whether fields have the ground that they stand on, as on white or on a sheet at night: then a line shows them.
pub(super) fn is_flat(ui: &Ui) -> bool {
    let theme = Theme::of(ui.ctx());
    let under = if ui.layer_id().order == egui::Order::Background { Role::Panel } else { Role::Raised };
    theme.color(Role::Field) == theme.color(under)
}

/// Whether the field has the keyboard, or will have it when the window has it again: what is being typed must not be
/// settled by a glance at another window.
pub(super) fn focused(ui: &Ui, id: Id) -> bool {
    ui.memory(|memory| memory.has_focus(id))
}

/// What the box of a field shows besides its text.
#[derive(Default)]
pub(super) struct FieldLook<'a> {
    pub unit: &'a str,
    pub hint: &'a str,
    pub enabled: bool,
    pub wrong: bool,
    pub held: bool,
    /// More than one is a text of several lines.
    pub lines: u8,
}

/// The box of a field, 24 high, with the text to edit and a unit that follows it.
pub(super) fn field_box(ui: &mut Ui, id: Id, text: &mut String, look: &FieldLook<'_>) -> Response {
    let FieldLook { unit, hint, enabled, wrong, held, lines } = *look;
    let more = f32::from(lines.saturating_sub(1));
    let theme = Theme::of(ui.ctx());
    let pose: Option<State> = ui.data(|data| data.get_temp(pose_place()));
    let enabled = enabled && ui.is_enabled();
    let size = vec2(
        ui.available_width(),
        theme.size("/control/field_height") + more * tokens().type_style(TypeRole::Body).line,
    );
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
    let several = lines > 1;
    let edit = if several { TextEdit::multiline(text) } else { TextEdit::singleline(text) };
    let edit = edit
        .id(id)
        .frame(Frame::NONE)
        .font(theme.font(TypeRole::Body))
        .text_color(ink)
        .hint_text(theme.text(TypeRole::Body, Role::Ink3, hint))
        .interactive(enabled)
        .desired_width(inner.width())
        .min_size(inner.size())
        .align(if several { Align2::LEFT_TOP } else { Align2::LEFT_CENTER });
    let response = if several { add_scrolled(&mut child, inner, edit) } else { child.add(edit) };

    let focus = response.has_focus() || pose == Some(State::Focus);
    let hover = (response.hovered() && enabled && pose.is_none()) || pose == Some(State::Hover);
    let refusal = refusal(ui, id, text);
    if let Some(refusal) = &refusal {
        response.show_tooltip_text(&refusal.words);
    }
    let flat = is_flat(ui);
    let fill = match (focus, held) {
        (true, _) => Role::Raised,
        (false, true) => Role::AccentSoft,
        (false, false) => Role::Field,
    };
    let line = match (wrong || refusal.is_some(), focus || held, hover) {
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
