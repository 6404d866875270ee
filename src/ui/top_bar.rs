//! The bar at the top: menu, project, variants, what can be handed on.
//!
//! When there is little room the name of the project gives way first, then the names of the variants that are not open,
//! then the tabs scroll. The buttons at both ends always stay.

use egui::{Align, Id, Layout as EguiLayout, Rect, Sense, Ui, UiBuilder, Vec2, pos2};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Command, Session, Studio};

/// The name of the project is not cut shorter than this, in logical pixels, unless it is shorter.
const LEAST_NAME: f32 = 96.0;

/// Nor does it get longer than this part of the bar.
const MOST_NAME: f32 = 0.3;

/// Shows it.
pub fn show(ui: &mut Ui, studio: &Studio, drawer: &mut bool, is_drawer: bool, actions: &mut Vec<Action>) {
    let (Some(document), lang) = (&studio.document, studio.lang()) else { return };
    let theme = Theme::of(ui.ctx());
    let bar = ui.max_rect();
    let wide = bar.width() >= theme.size("/breakpoint/wide");
    let right = ui
        .scope_builder(
            UiBuilder::new().id_salt("right").max_rect(bar).layout(EguiLayout::right_to_left(Align::Center)),
            |ui| {
                ui.spacing_mut().item_spacing = Vec2::new(theme.space(2), 0.0);
                right_buttons(ui, studio, drawer, is_drawer, wide, actions);
                ui.min_rect().left()
            },
        )
        .inner;
    let left = Rect::from_min_max(bar.min, pos2(right, bar.max.y));
    ui.scope_builder(UiBuilder::new().id_salt("left").max_rect(left), |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(theme.space(2), 0.0);
            ui.add_space(theme.space(3));
            let menu = kit::icon_button(ui, Icon::Menu, &tr(lang, "menu"), None, false, true);
            super::menu::show(&menu, ui, studio, actions);
            ui.add_space(theme.space(2));
            let tabs = Tabs::of(ui, &document.session, bar.height());
            let name = &document.session.project().name;
            let room = ui.available_width() - after_name(ui, studio) - tabs.whole();
            let most = room.max(LEAST_NAME).min(bar.width() * MOST_NAME);
            kit::elided_label(ui, TypeRole::Label, Role::Ink1, name, most);
            saved_mark(ui, studio);
            ui.add_space(theme.space(2));
            for command in [Command::Undo, Command::Redo] {
                let (name, shortcut) = (command.name(lang), command.shortcut().map(|s| s.text(lang)));
                let enabled = studio.can_run(command).is_ok();
                let icon = command.icon().and_then(Icon::of_key).unwrap_or(Icon::Undo);
                if kit::icon_button(ui, icon, &name, shortcut.as_deref(), false, enabled).clicked() {
                    actions.push(Action::Run(command));
                }
            }
            ui.add_space(theme.space(3));
            tabs.show(ui, actions);
            let name = Command::NewVariant.name(lang);
            if kit::icon_button(ui, Icon::Plus, &name, None, false, true).clicked() {
                actions.push(Action::Run(Command::NewVariant));
            }
        });
    });
}

/// What can be handed on, from the right edge to the left.
fn right_buttons(
    ui: &mut Ui,
    studio: &Studio,
    drawer: &mut bool,
    is_drawer: bool,
    wide: bool,
    actions: &mut Vec<Action>,
) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    ui.add_space(theme.space(4));
    if is_drawer {
        let name = tr(lang, "panel-drawer");
        if kit::icon_button(ui, Icon::Settings, &name, None, *drawer, true).clicked() {
            *drawer = !*drawer;
        }
    }
    for command in [Command::Export, Command::Palette] {
        let (name, shortcut) = (command.name(lang), command.shortcut().map(|s| s.text(lang)));
        let icon = command.icon().and_then(Icon::of_key);
        let clicked = if wide {
            kit::Button::new(&name).icon(icon).shortcut(shortcut.as_deref()).show(ui).clicked()
        } else {
            kit::icon_button(ui, icon.unwrap_or(Icon::Export), &name, shortcut.as_deref(), false, true).clicked()
        };
        if clicked {
            actions.push(Action::Run(command));
        }
        ui.add_space(theme.space(2));
    }
}

/// The message of the state of the file, and its ink.
fn mark(studio: &Studio) -> (&'static str, Role) {
    match &studio.document {
        Some(document) if document.is_saving() => ("mark-saving", Role::Ink3),
        Some(document) if document.in_use => ("mark-elsewhere", Role::Warning),
        Some(document) if document.is_dirty() => ("mark-unsaved", Role::Ink2),
        Some(document) if document.path.is_some() => ("mark-saved", Role::Good),
        _ => ("mark-new", Role::Ink3),
    }
}

/// Width of the dot before the word, in logical pixels.
const DOT: f32 = 6.0;

/// A dot and a word: saved, not saved, saving.
fn saved_mark(ui: &mut Ui, studio: &Studio) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let (key, role) = mark(studio);
    ui.add_space(theme.space(2));
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(DOT), Sense::hover());
    if key == "mark-unsaved" {
        ui.painter().circle_stroke(rect.center(), 2.5, egui::Stroke::new(1.0, theme.color(role)));
    } else {
        ui.painter().circle_filled(rect.center(), 2.5, theme.color(role));
    }
    ui.add(egui::Label::new(theme.text(TypeRole::Caption, Role::Ink2, tr(lang, key))).selectable(false));
}

/// What stands between the name and the tabs, and after them: its width.
fn after_name(ui: &Ui, studio: &Studio) -> f32 {
    let theme = Theme::of(ui.ctx());
    let word = theme.line(TypeRole::Caption, Role::Ink2, &tr(studio.lang(), mark(studio).0));
    let word = ui.painter().layout_job(word).size().x;
    let button = theme.size("/control/button_height");
    let gap = ui.spacing().item_spacing.x;
    // Mark with its spaces; undo, redo and plus; the gap after each of what stands there; the edge at the right.
    theme.space(2) + DOT + word + theme.space(2) + 3.0 * button + theme.space(3) + 8.0 * gap + theme.space(2)
}

/// The tabs of the variants; `0` is the baseline, the others have letters.
struct Tabs<'a> {
    session: &'a Session,
    letters: Vec<String>,
    /// Width of each name, in logical pixels.
    names: Vec<f32>,
    height: f32,
}

impl<'a> Tabs<'a> {
    fn of(ui: &Ui, session: &'a Session, height: f32) -> Self {
        /// A longer name is cut even where there is room.
        const MOST: f32 = 200.0;
        let mut letters = 'A'..='Z';
        let variants = &session.project().variants;
        Self {
            session,
            letters: variants
                .iter()
                .map(|variant| if variant.baseline { '0' } else { letters.next().unwrap_or('+') }.to_string())
                .collect(),
            names: variants.iter().map(|variant| kit::tab_name_width(ui, &variant.name).min(MOST)).collect(),
            height,
        }
    }

    /// The width of all with their names.
    fn whole(&self) -> f32 {
        self.names.iter().map(|name| kit::tab_width(*name)).sum()
    }

    fn show(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let theme = Theme::of(ui.ctx());
        let plus = theme.size("/control/button_height") + ui.spacing().item_spacing.x + theme.space(2);
        let room = (ui.available_width() - plus).max(kit::tab_width(0.0));
        let open = self.session.project().variants.iter().position(|v| v.id == self.session.variant().id);
        let names = self.names_within(room, open);
        let needed: f32 = names.iter().map(|name| kit::tab_width(*name)).sum();
        // Where they scroll, as many as are seen are seen whole.
        let bare = kit::tab_width(0.0);
        let shown = if needed <= room { needed } else { (room / bare).floor() * bare };
        let (rect, _) = ui.allocate_exact_size(Vec2::new(shown, self.height), Sense::hover());
        let mut inner = ui.new_child(
            UiBuilder::new().id_salt("variants").max_rect(rect).layout(EguiLayout::left_to_right(Align::Min)),
        );
        inner.spacing_mut().item_spacing = Vec2::ZERO;
        if needed <= room {
            self.row(&mut inner, &names, open, false, actions);
            return;
        }
        inner.style_mut().always_scroll_the_only_direction = true;
        let shown = egui::ScrollArea::horizontal()
            .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
            .max_width(rect.width())
            .show(&mut inner, |ui| {
                // The open tab comes into view when another one is opened or the room changes, not while one scrolls.
                let key = (open, names.len(), rect.width() as u32);
                let place = Id::unique("open tab in view");
                let before = ui.data_mut(|data| data.get_temp(place));
                ui.data_mut(|data| data.insert_temp(place, key));
                ui.horizontal(|ui| self.row(ui, &names, open, before != Some(key), actions));
            });
        // A line where more tabs follow.
        let more = [
            (rect.left(), shown.state.clamped_offset().x > 0.5),
            (rect.right() - 1.0, shown.state.clamped_offset().x + rect.width() < shown.content_size.x - 0.5),
        ];
        for (x, _) in more.into_iter().filter(|(_, more)| *more) {
            kit::hairline_v(ui, x, rect.shrink2(Vec2::new(0.0, 12.0)).y_range(), Role::HairlineStrong);
        }
    }

    /// The widths of the names in so much room: in full, cut as long as a few letters of each fit, none. The open one
    /// keeps its name longer than the others.
    fn names_within(&self, room: f32, open: Option<usize>) -> Vec<f32> {
        const FEW_LETTERS: f32 = 40.0;
        let mut most = self.names.iter().copied().fold(0.0, f32::max);
        while most >= FEW_LETTERS {
            let cut = |(at, name): (usize, &f32)| if open == Some(at) { *name } else { name.min(most) };
            let names: Vec<f32> = self.names.iter().enumerate().map(cut).collect();
            if names.iter().map(|name| kit::tab_width(*name)).sum::<f32>() <= room {
                return names;
            }
            most -= 2.0;
        }
        let mut names = vec![0.0; self.names.len()];
        if let Some(open) = open {
            let others = kit::tab_width(0.0) * (names.len() - 1) as f32;
            let left = (room - others - kit::tab_width(1.0) + 1.0).floor();
            if left >= FEW_LETTERS.min(self.names[open]) {
                names[open] = self.names[open].min(left);
            }
        }
        names
    }

    fn row(&self, ui: &mut Ui, names: &[f32], open: Option<usize>, seek: bool, actions: &mut Vec<Action>) {
        for (at, variant) in self.session.project().variants.iter().enumerate() {
            let on = open == Some(at);
            let tab = ui.push_id(variant.id, |ui| {
                kit::tab_within(ui, &self.letters[at], &variant.name, on, self.height, names[at])
            });
            let tab = tab.inner;
            if (on && seek) || tab.gained_focus() {
                tab.scroll_to_me(None);
            }
            if tab.clicked() {
                actions.push(Action::OpenVariant(variant.id));
                actions.push(Action::Select(Vec::new()));
            }
        }
    }
}
