//! The menu: every command, by group, side by side so that in all but the smallest window nothing has to be scrolled for.

use egui::{Response, Ui, UiBuilder, Vec2};

use super::commands::{command_row, command_rows_width};
use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
use crate::look::{Role, TypeRole};
use crate::studio::command::Group;
use crate::studio::{Action, Command, Studio};

/// The head of a group, in logical pixels.
const HEAD_PX: f32 = 28.0;

/// The groups of each column, in a window that is wide enough for all.
const WIDE: &[&[Group]] = &[
    &[Group::File, Group::Help],
    &[Group::Edit, Group::Storey],
    &[Group::Draw],
    &[Group::Change],
    &[Group::Shape],
    &[Group::Align],
    &[Group::View, Group::Look],
];

/// The same in a window of usual width.
const MIDDLE: &[&[Group]] = &[
    &[Group::File, Group::Help, Group::Storey],
    &[Group::Edit],
    &[Group::Draw, Group::Align],
    &[Group::Change],
    &[Group::Shape],
    &[Group::View, Group::Look],
];

/// The same with longer words, or in a window that is not quite so wide.
const LESS: &[&[Group]] = &[
    &[Group::File, Group::Help, Group::View],
    &[Group::Edit, Group::Storey],
    &[Group::Draw, Group::Align],
    &[Group::Change, Group::Look],
    &[Group::Shape],
];

/// The same in the narrowest; it is scrolled.
const NARROW: &[&[Group]] = &[
    &[Group::File, Group::Edit, Group::Help],
    &[Group::Draw, Group::Storey],
    &[Group::Change, Group::Shape],
    &[Group::View, Group::Look, Group::Align],
];

/// Shows the menu below its button while it is open.
pub fn show(button: &Response, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
    // The words are measured only when they are to be seen.
    if !button.clicked() && !egui::Popup::is_id_open(ui.ctx(), egui::Popup::default_response_id(button)) {
        return;
    }
    let name = tr(studio.lang(), "menu");
    let window = ui.ctx().content_rect();
    let widths =
        |columns: &[&[Group]]| -> Vec<f32> { columns.iter().map(|groups| column_width(ui, groups, studio)).collect() };
    let fits = |columns: &&&[&[Group]]| widths(columns).iter().sum::<f32>() + 24.0 < window.width();
    let columns = [WIDE, MIDDLE, LESS].iter().find(fits).copied().unwrap_or(NARROW);
    let widths = widths(columns);
    let room = window.bottom() - button.rect.bottom() - 24.0;
    let tallest = columns.iter().map(|groups| column_height(ui, groups)).fold(0.0, f32::max);
    kit::menu_panel(button, &name, widths.iter().sum(), |ui| {
        let content = |ui: &mut Ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                for (groups, width) in columns.iter().zip(widths) {
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        for group in *groups {
                            show_group(ui, *group, width, studio, actions);
                        }
                    });
                }
            });
        };
        if tallest <= room {
            content(ui);
        } else {
            // That there is more shall be seen before the wheel is tried.
            let bar = egui::scroll_area::ScrollBarVisibility::AlwaysVisible;
            let area = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room);
            area.scroll_bar_visibility(bar).show(ui, content);
        }
    });
}

/// As tall as its entries and heads.
fn column_height(ui: &Ui, groups: &[Group]) -> f32 {
    let theme = Theme::of(ui.ctx());
    let rows = Command::ALL.iter().filter(|command| groups.contains(&command.group())).count();
    rows as f32 * theme.size("/control/list_row") + groups.len() as f32 * (HEAD_PX + theme.space(2))
}

/// As wide as the widest entry with its keys.
fn column_width(ui: &Ui, groups: &[Group], studio: &Studio) -> f32 {
    let commands = Command::ALL.iter().copied().filter(|command| groups.contains(&command.group()));
    command_rows_width(ui, commands, 0.0, studio.lang())
}

fn show_group(ui: &mut Ui, group: Group, width: f32, studio: &Studio, actions: &mut Vec<Action>) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let (head, _) = ui.allocate_exact_size(Vec2::new(width, HEAD_PX), egui::Sense::hover());
    let at = head.left_center() + Vec2::new(theme.space(4), 2.0);
    kit::paint_text(ui, at, egui::Align2::LEFT_CENTER, TypeRole::Caption, Role::Ink3, &tr(lang, group.key()));
    for &command in Command::ALL.iter().filter(|command| command.group() == group) {
        let icon = if studio.is_on(command) { Some(Icon::Check) } else { None };
        let rect = egui::Rect::from_min_size(ui.cursor().min, Vec2::new(width, theme.size("/control/list_row")));
        let place = UiBuilder::new().id_salt(command).max_rect(rect);
        if ui.scope_builder(place, |ui| command_row(ui, icon, command, studio)).inner {
            actions.push(Action::Run(command));
        }
    }
    ui.add_space(theme.space(2));
}
