//! Typing at the cursor: the tag becomes fields, which stand still while the pointer moves on.

use egui::{Id, Key, Modifiers, Pos2, Rect, Ui, Vec2};

use super::overlay::place_tag;
use crate::i18n::{Lang, tr};
use crate::look::{Role, Stroke, TypeRole};
use crate::studio::tool::Field;
use crate::studio::{Angles, Entry, InputFault, Studio};
use crate::ui::measures::{unit_of, value_of};
use crate::ui::theme::{Run, Theme};

/// Where the fields stand while something is typed.
#[derive(Default)]
pub struct EntryBox {
    at: Option<Pos2>,
    /// The field that was given the keyboard last.
    focused: Option<usize>,
}

/// What the keyboard wants of the fields.
enum Wish {
    Text(String),
    Next { back: bool },
    Focus(usize),
    Commit { alt: bool },
    Drop,
}

impl EntryBox {
    /// Shows the fields where the tag at the cursor stood, or near `at` where there was none. `live` are the measures as the
    /// tool has them.
    pub fn show(&mut self, ui: &Ui, canvas: Rect, tag: Option<Pos2>, at: Pos2, live: &[Field], studio: &mut Studio) {
        let theme = Theme::of(ui.ctx());
        let (lang, Some(session)) = (studio.lang(), studio.session()) else { return };
        let Some(entry) = session.entry().cloned() else {
            *self = Self::default();
            return;
        };
        let angles = session.drawing().angles;
        let size = Vec2::new(96.0 * entry.fields.len() as f32, 64.0);
        let corner = *self.at.get_or_insert_with(|| {
            let lowest = canvas.min.max(canvas.max - size);
            tag.map_or_else(|| place_tag(canvas, at, Vec2::ZERO, size), |tag| tag.min(lowest))
        });
        let mut wish = keys(ui);
        let area = egui::Area::new(Id::unique("entry at the cursor")).fixed_pos(corner).order(egui::Order::Foreground);
        area.show(ui.ctx(), |ui| {
            let frame = egui::Frame::new()
                .fill(theme.color(Role::Raised))
                .stroke(theme.stroke(Stroke::Fine, Role::HairlineStrong))
                .corner_radius(theme.radius())
                .shadow(theme.shadow())
                .inner_margin(theme.space(3));
            frame.show(ui, |ui| {
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
                ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), theme.space(2));
                ui.horizontal(|ui| {
                    for place in 0..entry.fields.len() {
                        if let Some(more) = self.field(ui, &entry, place, live, angles, lang) {
                            wish = wish.take().or(Some(more));
                        }
                    }
                });
                let fault = entry.fields.get(entry.focus).and_then(|field| field.fault);
                match fault.filter(|fault| *fault != InputFault::Unfinished) {
                    Some(fault) => ui.label(theme.text(TypeRole::Small, Role::Warning, tr(lang, fault.key()))),
                    None => ui.label(theme.text(
                        TypeRole::Small,
                        Role::Ink3,
                        tr(lang, if entry.fields.len() > 1 { "entry-keys" } else { "entry-keys-one" }),
                    )),
                };
            });
        });
        self.focused = Some(entry.focus);
        match wish {
            Some(Wish::Text(text)) => studio.type_text(&text),
            Some(Wish::Next { back }) => studio.next_field(back),
            Some(Wish::Focus(place)) => studio.focus_field(place),
            Some(Wish::Commit { alt }) => studio.commit_entry(alt),
            Some(Wish::Drop) => studio.drop_entry(),
            None => {}
        }
    }

    /// One field: an editor for the one that has the keyboard, a cell for the others.
    fn field(
        &self,
        ui: &mut Ui,
        entry: &Entry,
        place: usize,
        live: &[Field],
        angles: Angles,
        lang: Lang,
    ) -> Option<Wish> {
        let theme = Theme::of(ui.ctx());
        let field = entry.fields.get(place)?;
        let has_keyboard = place == entry.focus;
        let named = tr(lang, field.kind.key());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(theme.text(TypeRole::Caption, Role::Ink3, named.clone()));
            if !has_keyboard {
                let value = live.iter().find(|live| live.kind == field.kind).and_then(|live| live.value);
                let ink = match (&field.text, field.fault) {
                    (Some(_), Some(_)) => Role::Warning,
                    (Some(_), None) => Role::Accent,
                    (None, _) => Role::Ink1,
                };
                let text = field.text.clone().unwrap_or_else(|| {
                    value.map_or_else(|| "–".to_owned(), |value| value_of(field.kind, value, angles, lang))
                });
                let job = theme.runs(&[
                    Run::new(TypeRole::Body, ink, &text),
                    Run::after(3.0, TypeRole::Caption, Role::Ink3, unit_of(field.kind)),
                ]);
                let cell = ui.add(egui::Label::new(job).sense(egui::Sense::click()));
                return cell.clicked().then_some(Wish::Focus(place));
            }
            let mut text = field.text.clone().unwrap_or_default();
            let editor = egui::TextEdit::singleline(&mut text)
                .id(Id::unique(("entry field", place)))
                .font(theme.font(TypeRole::Body))
                .text_color(theme.color(match field.fault {
                    None | Some(InputFault::Unfinished) => Role::Accent,
                    Some(_) => Role::Warning,
                }))
                .desired_width(64.0);
            let response = ui.add(editor);
            response.widget_info(|| egui::WidgetInfo::text_edit(true, &text, &text, named.clone()));
            if self.focused != Some(place) {
                response.request_focus();
            } else if response.lost_focus() {
                return Some(Wish::Drop);
            }
            response.changed().then_some(Wish::Text(text))
        })
        .inner
    }
}

/// What a key wants, before the editor sees it.
fn keys(ui: &Ui) -> Option<Wish> {
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::SHIFT, Key::Tab) {
            return Some(Wish::Next { back: true });
        }
        if input.consume_key(Modifiers::NONE, Key::Tab) {
            return Some(Wish::Next { back: false });
        }
        for modifiers in [Modifiers::ALT, Modifiers::NONE] {
            if input.consume_key(modifiers, Key::Enter) {
                return Some(Wish::Commit { alt: modifiers.alt });
            }
        }
        input.consume_key(Modifiers::NONE, Key::Escape).then_some(Wish::Drop)
    })
}
