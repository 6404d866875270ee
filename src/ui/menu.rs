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

/// The height of a row where those of usual height would not fit, in logical pixels.
const LOW_ROW_PX: f32 = 24.0;

/// At most so many columns: more would be a long way for the pointer.
const MOST_COLUMNS: usize = 7;

/// Shows the menu below its button while it is open.
pub fn show(button: &Response, ui: &Ui, studio: &Studio, actions: &mut Vec<Action>) {
    // The words are measured only when they are to be seen.
    let was_open = egui::Popup::is_id_open(ui.ctx(), egui::Popup::default_response_id(button));
    if !button.clicked() && !was_open {
        return;
    }
    let name = tr(studio.lang(), "menu");
    let window = ui.ctx().content_rect();
    let room = Vec2::new(window.width() - 24.0, window.bottom() - button.rect.bottom() - 24.0);
    let columns = Columns::fitting(room, Theme::of(ui.ctx()), |groups| column_width(ui, groups, studio));
    kit::menu_panel(button, &name, columns.widths.iter().sum(), |ui| {
        let mut content = |ui: &mut Ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing = Vec2::ZERO;
                for (groups, &width) in columns.groups.iter().zip(&columns.widths) {
                    ui.vertical(|ui| {
                        ui.set_width(width);
                        for group in *groups {
                            show_group(ui, *group, [width, columns.row_px], studio, actions);
                        }
                    });
                }
            });
        };
        if columns.tallest_px <= room.y {
            content(ui);
        } else {
            let mut area = egui::ScrollArea::vertical().max_height(room.y).min_scrolled_height(room.y);
            if !was_open {
                area = area.vertical_scroll_offset(0.0);
            }
            kit::scrolled(ui, area, content);
        }
    });
}

/// How the groups stand side by side.
struct Columns {
    groups: Vec<&'static [Group]>,
    widths: Vec<f32>,
    tallest_px: f32,
    row_px: f32,
}

impl Columns {
    /// The fewest columns in which all is seen; where there are none, those that leave least to be scrolled for.
    fn fitting(room: Vec2, theme: Theme, width: impl Fn(&[Group]) -> f32) -> Self {
        let mut best: Option<Self> = None;
        let rows = Group::ALL.map(|group| Command::ALL.iter().filter(|command| command.group() == group).count());
        let rows_of = |groups: &[Group]| -> usize {
            Group::ALL.iter().zip(rows).filter(|(group, _)| groups.contains(group)).map(|(_, rows)| rows).sum()
        };
        for row_px in [theme.size("/control/list_row"), LOW_ROW_PX] {
            for count in 1..=MOST_COLUMNS {
                let (groups, tallest_px) = divided(&Group::ALL, count, &|groups| {
                    rows_of(groups) as f32 * row_px + groups.len() as f32 * (HEAD_PX + theme.space(2))
                });
                let widths: Vec<f32> = groups.iter().map(|groups| width(groups)).collect();
                let fits = widths.iter().sum::<f32>() <= room.x;
                let is_better = best.as_ref().is_none_or(|best| fits && tallest_px < best.tallest_px);
                if is_better {
                    best = Some(Self { groups, widths, tallest_px, row_px });
                }
                if fits && tallest_px <= room.y {
                    break;
                }
            }
            if best.as_ref().is_some_and(|best| best.tallest_px <= room.y) {
                break;
            }
        }
        best.unwrap_or(Self { groups: Vec::new(), widths: Vec::new(), tallest_px: 0.0, row_px: LOW_ROW_PX })
    }
}

/// Groups in their order divided into so many columns that the tallest is as low as can be, and how tall it is.
fn divided<'a>(groups: &'a [Group], count: usize, height: &dyn Fn(&[Group]) -> f32) -> (Vec<&'a [Group]>, f32) {
    if count <= 1 || groups.len() <= 1 {
        return (vec![groups], height(groups));
    }
    let ways = (1..groups.len()).map(|first| {
        let (head, tail) = groups.split_at(first);
        let (mut rest, tallest) = divided(tail, count - 1, height);
        rest.insert(0, head);
        (rest, tallest.max(height(head)))
    });
    ways.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_else(|| (vec![groups], height(groups)))
}

/// As wide as the widest entry with its keys.
fn column_width(ui: &Ui, groups: &[Group], studio: &Studio) -> f32 {
    let commands = Command::ALL.iter().copied().filter(|command| groups.contains(&command.group()));
    command_rows_width(ui, commands, 0.0, studio.lang())
}

fn show_group(ui: &mut Ui, group: Group, [width, row_px]: [f32; 2], studio: &Studio, actions: &mut Vec<Action>) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let (head, _) = ui.allocate_exact_size(Vec2::new(width, HEAD_PX), egui::Sense::hover());
    let at = head.left_center() + Vec2::new(theme.space(4), 2.0);
    kit::paint_text(ui, at, egui::Align2::LEFT_CENTER, TypeRole::Caption, Role::Ink3, &tr(lang, group.key()));
    for &command in Command::ALL.iter().filter(|command| command.group() == group) {
        let icon = if studio.is_on(command) { Some(Icon::Check) } else { None };
        let rect = egui::Rect::from_min_size(ui.cursor().min, Vec2::new(width, row_px));
        let place = UiBuilder::new().id_salt(command).max_rect(rect);
        if ui.scope_builder(place, |ui| command_row(ui, icon, command, studio)).inner {
            actions.push(Action::Run(command));
        }
    }
    ui.add_space(theme.space(2));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_about_as_tall_as_one_another() {
        let weight = |groups: &[Group]| groups.len() as f32;
        let (columns, tallest) = divided(&Group::ALL, 4, &weight);
        assert_eq!((columns.len(), tallest), (4, 3.0));
        assert_eq!(columns.concat(), Group::ALL, "in their order, each once");
    }

    #[test]
    fn the_fewest_columns_that_fit_are_taken() {
        let fitting = |width, height| Columns::fitting(Vec2::new(width, height), Theme::default(), |_| 200.0);
        let wide = fitting(2_000.0, 3_000.0);
        assert!(wide.groups.len() <= 3);
        let usual = fitting(1_256.0, 732.0);
        assert!(usual.tallest_px <= 732.0 && usual.widths.iter().sum::<f32>() <= 1_256.0, "nothing is scrolled for");
        let narrow = fitting(500.0, 500.0);
        assert!(
            narrow.widths.iter().sum::<f32>() <= 500.0,
            "what is too tall is scrolled, what is too wide would be lost"
        );
    }
}
