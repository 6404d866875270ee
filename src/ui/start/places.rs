//! The field for a place: what is typed is looked up in the gazetteer, and what is found is listed under it.

use std::borrow::Cow;

use egui::{Align2, Area, Frame, Id, Key, Margin, Modifiers, Order, Rect, ScrollArea, Ui, Vec2};

use crate::basemap::{self, Place};
use crate::i18n::{Lang, number, tr, tr_with};
use crate::look::{Role, Stroke, TypeRole};
use crate::studio::Action;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Lines of the list that are seen at once, at most and at least; the others are scrolled to.
const MOST_LINES: f32 = 8.0;
const LEAST_LINES: f32 = 3.0;

/// What is being typed, and the line of the list that Enter stands for.
#[derive(Default)]
pub(super) struct Places {
    text: String,
    at: usize,
    /// Whether the list is shut although something is typed: after a click elsewhere, until one types again.
    shut: bool,
    had_focus: bool,
}

impl Places {
    /// Shows the field, and its list while something is typed.
    pub(super) fn show(&mut self, ui: &mut Ui, lang: Lang, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let (moved, mut chosen) = self.keys(ui, lang);
        let before = self.text.clone();
        let name = tr(lang, "start-place");
        let size = Vec2::new(ui.available_width(), theme.size("/control/field_height"));
        let rect = Rect::from_min_size(ui.cursor().min, size);
        let field = kit::TextField::new("place", &mut self.text).name(&name).hint(&name).show(ui);
        if field.restored && !before.is_empty() {
            // Escape empties the field; pressed once more, it leaves it.
            self.text.clear();
            field.response.request_focus();
        }
        if self.text != before {
            self.shut = false;
            // A space more finds the same and need not take one back to the first.
            if basemap::find(&self.text, lang) != basemap::find(&before, lang) {
                self.at = 0;
            }
        }
        self.shut &= !field.response.gained_focus();
        // Not `has_focus`, which is false while the window is not the one in front.
        self.had_focus = ui.memory(|memory| memory.has_focus(field.response.id));
        let found = if self.shut { Vec::new() } else { basemap::find(&self.text, lang) };
        if !found.is_empty() {
            self.count(ui, rect, found.len(), lang);
            chosen = self.list(ui, rect, &found, moved, lang).or(chosen);
        } else if !self.shut && !self.text.trim().is_empty() {
            ui.add_space(theme.space(1));
            ui.label(theme.text(TypeRole::Caption, Role::Ink2, tr(lang, "start-not-found")));
        }
        if let Some(place) = chosen {
            actions.push(new_at(&place, lang));
            self.text.clear();
        }
    }

    /// Arrows go through the list, Enter takes a line of it: before the field, which would let go of the keyboard.
    fn keys(&mut self, ui: &Ui, lang: Lang) -> (bool, Option<Cow<'static, Place>>) {
        let found = if self.had_focus && !self.shut { basemap::find(&self.text, lang) } else { Vec::new() };
        if found.is_empty() {
            return (false, None);
        }
        let (down, up, enter) = ui.input_mut(|input| {
            (
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
                input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        self.at = (self.at + down).saturating_sub(up).min(found.len() - 1);
        (down + up > 0, found.get(self.at).cloned().filter(|_| enter))
    }

    /// Which of how many, at the right in the field where what is typed leaves room.
    fn count(&self, ui: &Ui, field: Rect, count: usize, lang: Lang) {
        /// Round both and between them.
        const PADS: f32 = 36.0;
        let theme = Theme::of(ui.ctx());
        let args = [("at", self.at as f64 + 1.0), ("count", count as f64)];
        let args = args.map(|(name, value)| (name, number(lang, value, 0).into()));
        let words = tr_with(lang, "start-found", &args);
        let width = |style, text: &str| ui.painter().layout_job(theme.line(style, Role::Ink1, text)).size().x;
        if width(TypeRole::Body, &self.text) + width(TypeRole::Caption, &words) + PADS < field.width() {
            let at = field.right_center() - Vec2::new(9.0, 0.0);
            kit::paint_text(ui, at, Align2::RIGHT_CENTER, TypeRole::Caption, Role::Ink2, &words);
        }
    }

    /// The list under the field, over what stands there; the place that was clicked comes back.
    fn list(
        &mut self,
        ui: &Ui,
        field: Rect,
        found: &[Cow<'static, Place>],
        seek: bool,
        lang: Lang,
    ) -> Option<Cow<'static, Place>> {
        let theme = Theme::of(ui.ctx());
        let row = theme.size("/control/list_row");
        let below = ui.ctx().content_rect().bottom() - field.bottom() - theme.space(5);
        let lines = (below / row).floor().clamp(LEAST_LINES, MOST_LINES).min(found.len() as f32);
        let mut chosen = None;
        let shown = Area::new(Id::unique("places found"))
            .order(Order::Foreground)
            .fixed_pos(field.left_bottom() + Vec2::new(0.0, theme.space(1)))
            .accessible_name(tr(lang, "start-place"))
            .role(egui::accesskit::Role::ListBox)
            .show(ui.ctx(), |ui| {
                let frame = Frame::new()
                    .fill(theme.color(Role::Raised))
                    .stroke(theme.stroke(Stroke::Fine, Role::HairlineStrong))
                    .corner_radius(theme.size("/radius/popover"))
                    .shadow(theme.shadow())
                    .inner_margin(Margin::symmetric(0, theme.space(1) as i8));
                frame.show(ui, |ui| {
                    ui.set_width(field.width() - 2.0);
                    ui.spacing_mut().item_spacing = Vec2::ZERO;
                    ScrollArea::vertical().max_height(lines * row).min_scrolled_height(lines * row).show(ui, |ui| {
                        for (at, place) in found.iter().enumerate() {
                            let kind = tr(lang, place.kind.key());
                            let on = at == self.at;
                            let line =
                                ui.push_id(at, |ui| kit::ListRow::new(place.name(lang)).right(&kind).on(on).show(ui));
                            if on && seek {
                                line.inner.scroll_to_me(None);
                            }
                            if line.inner.clicked() {
                                chosen = Some(place.clone());
                            }
                        }
                    });
                });
            });
        let pressed = ui.input(|input| input.pointer.any_pressed().then(|| input.pointer.interact_pos()).flatten());
        self.shut = pressed.is_some_and(|at| !shown.response.rect.contains(at) && !field.contains(at));
        chosen
    }
}

fn new_at(place: &Place, lang: Lang) -> Action {
    Action::NewAt { lon_deg: place.lon, lat_deg: place.lat, name: place.name(lang).to_owned() }
}
