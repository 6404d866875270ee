//! What waits for an answer, and the sheets that are opened and closed: questions, a path to type, shortcuts, about.

use std::path::PathBuf;

use egui::{Id, Ui, Vec2};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, TypeRole};
use crate::studio::command::Group;
use crate::studio::{Action, Command, PathFor, Studio, title_key};

/// The text of a path being typed.
#[derive(Default)]
pub struct PathText {
    /// What it began with.
    suggested: Option<(PathFor, String)>,
    text: String,
}

/// Shows what is open.
pub fn show(ui: &Ui, studio: &mut Studio, path: &mut PathText, actions: &mut Vec<Action>) {
    question(ui, studio, actions);
    path_prompt(ui, studio, path, actions);
    if studio.panels.shortcuts {
        studio.panels.shortcuts = !shortcuts(ui, studio);
    }
    if studio.panels.about {
        studio.panels.about = !about(ui, studio);
    }
}

fn question(ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
    let Some(question) = &studio.question else { return };
    let (title, text, choices) = question.words(studio.lang());
    let theme = Theme::of(ui.ctx());
    kit::modal(ui.ctx(), Id::unique("question"), &title, 420.0, |ui| {
        ui.add_space(theme.space(3));
        ui.label(theme.text(TypeRole::Body, Role::Ink2, text));
        ui.add_space(theme.space(5));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(3);
            for (at, choice) in choices.iter().enumerate() {
                let clicked = if at == 0 { kit::primary(ui, choice) } else { kit::button(ui, choice, None) }.clicked();
                if clicked {
                    actions.push(Action::Answer(at));
                }
            }
        });
    });
}

fn path_prompt(ui: &Ui, studio: &Studio, path: &mut PathText, actions: &mut Vec<Action>) {
    let Some((what, suggestion)) = &studio.path_wanted else {
        path.suggested = None;
        return;
    };
    let lang = studio.lang();
    // Another suggestion for the same: what was typed could not be used.
    let first = path.suggested.as_ref() != Some(&(*what, suggestion.clone()));
    if first {
        path.suggested = Some((*what, suggestion.clone()));
        path.text.clone_from(suggestion);
    }
    let theme = Theme::of(ui.ctx());
    let title = tr(lang, title_key(*what));
    let shown = kit::modal(ui.ctx(), Id::unique("path"), &title, 520.0, |ui| {
        ui.add_space(theme.space(3));
        ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, path_help(*what))));
        ui.add_space(theme.space(3));
        let name = tr(lang, "path-field");
        let field = kit::TextField::new("path", &mut path.text).name(&name).select_all().show(ui);
        let enter = field.response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        // Whatever was said meanwhile, what is typed goes into the field.
        if first || ui.memory(|memory| memory.focused().is_none()) {
            field.response.request_focus();
        }
        if first {
            // The field remembers where the caret stood in the path before.
            kit::select_all(ui, field.response.id, &path.text);
        }
        ui.add_space(theme.space(5));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme.space(3);
            // Nothing typed leads nowhere, and the button says so.
            let typed = !path.text.trim().is_empty();
            let go = ui.add_enabled_ui(typed, |ui| kit::primary(ui, &title).clicked()).inner || enter;
            if go && typed {
                actions.push(Action::Path(*what, PathBuf::from(path.text.trim())));
            }
            if kit::button(ui, &tr(lang, "ask-stay"), None).clicked() {
                actions.push(Action::NoPath);
            }
        });
    });
    if shown.close {
        actions.push(Action::NoPath);
    }
}

/// What can be typed as a path.
fn path_help(what: PathFor) -> &'static str {
    match what {
        PathFor::Open => "path-type-open",
        PathFor::Save => "path-type-save",
        PathFor::Import => "path-type-import",
        PathFor::ImportPlots => "path-type-import-plots",
        PathFor::Map => "path-type-map",
        PathFor::Underlay => "path-type-underlay",
        PathFor::KeepArea => "path-type-keep-area",
        PathFor::Export => "path-type-export",
        PathFor::Picture => "path-type-picture",
        PathFor::Chart(_) => "path-type-chart",
        PathFor::Library => "path-type-library",
        PathFor::Table => "path-type-table",
    }
}

/// The sheet of shortcuts; true when it asks to be closed.
fn shortcuts(ui: &Ui, studio: &Studio) -> bool {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    // As many columns as the window has room for: what can be seen at once need not be sought.
    const COLUMN_PX: f32 = 244.0;
    let window = ui.ctx().content_rect();
    let most = ((window.width() - 120.0) / COLUMN_PX).clamp(3.0, 4.0) as usize;
    let width = COLUMN_PX * most as f32;
    let shown = kit::modal(ui.ctx(), Id::unique("shortcuts"), &Command::Shortcuts.name(lang), width, |ui| {
        ui.add_space(theme.space(4));
        let room = window.height() - 220.0;
        egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
            ui.columns(most, |columns| {
                // Each goes where there is most room left.
                let mut rows = vec![0; most];
                for group in Group::ALL.into_iter().filter(|g| commands(*g).next().is_some()) {
                    let at = (0..most).min_by_key(|&column| rows[column]).unwrap_or(0);
                    rows[at] += commands(group).count() + 2;
                    let ui = &mut columns[at];
                    ui.spacing_mut().item_spacing = Vec2::new(theme.space(3), theme.space(2));
                    ui.label(theme.text(TypeRole::Label, Role::Ink1, tr(lang, group.key())));
                    for command in commands(group) {
                        ui.horizontal(|ui| {
                            for key in command.shortcut().map(|s| s.text(lang)).unwrap_or_default().split(' ') {
                                kit::keycap(ui, key);
                            }
                            ui.label(theme.text(TypeRole::Small, Role::Ink2, command.name(lang).trim_end_matches('…')));
                        });
                    }
                    ui.add_space(theme.space(4));
                }
            });
        });
        ui.add_space(theme.space(2));
        ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "shortcuts-mouse")));
        ui.add_space(theme.space(4));
        kit::button(ui, &tr(lang, "notice-close"), None).clicked()
    });
    shown.inner || shown.close
}

fn commands(group: Group) -> impl Iterator<Item = Command> {
    Command::ALL.iter().copied().filter(move |command| command.group() == group && command.shortcut().is_some())
}

/// What this is and what it stands on; true when it asks to be closed.
fn about(ui: &Ui, studio: &Studio) -> bool {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let shown = kit::modal(ui.ctx(), Id::unique("about"), &tr(lang, "app-name"), 560.0, |ui| {
        ui.spacing_mut().item_spacing.y = theme.space(3);
        let version = format!("{} · {}", tr(lang, "app-claim"), env!("CARGO_PKG_VERSION"));
        ui.label(theme.text(TypeRole::Body, Role::Ink2, version));
        ui.add_space(theme.space(3));
        for (icon, key) in [
            (Icon::Help, "about-licence"),
            (Icon::Language, "about-fonts"),
            (Icon::Layers, "about-map"),
            (Icon::Why, "about-figures"),
            (Icon::Lock, "about-privacy"),
        ] {
            ui.horizontal_top(|ui| {
                super::icons::icon(ui, icon, theme.size("/icon/in_button"), theme.color(Role::Ink2));
                ui.add(egui::Label::new(theme.text(TypeRole::Small, Role::Ink1, tr(lang, key))).wrap());
            });
        }
        ui.add_space(theme.space(3));
        egui::CollapsingHeader::new(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "about-licences"))).show(
            ui,
            |ui| {
                egui::ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
                    ui.label(theme.text(TypeRole::Caption, Role::Ink2, include_str!("../../assets/LICENSES.md")));
                    ui.label(theme.text(TypeRole::Caption, Role::Ink2, include_str!("../../assets/fonts/OFL.txt")));
                });
            },
        );
        ui.add_space(theme.space(3));
        kit::button(ui, &tr(lang, "notice-close"), None).clicked()
    });
    shown.inner || shown.close
}
