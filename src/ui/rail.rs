//! The tools at the left.

use egui::{Ui, Vec2};

use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::studio::{Action, Command, Studio};

/// The tools, in groups.
const GROUPS: &[&[Command]] = &[
    &[Command::ToolSelect, Command::ToolMove, Command::ToolRotate],
    &[
        Command::ToolPlot,
        Command::ToolRectangle,
        Command::ToolThreePoints,
        Command::ToolBar,
        Command::ToolCircle,
        Command::ToolPolygon,
    ],
    &[Command::ToolCut, Command::ToolOffset],
    &[Command::ToolSurface],
    &[Command::ToolMeasure],
];

/// Shows them.
pub fn show(ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let lang = studio.lang();
    ui.vertical_centered(|ui| {
        ui.add_space(theme.space(3));
        ui.spacing_mut().item_spacing = Vec2::new(0.0, theme.space(1));
        for (place, group) in GROUPS.iter().enumerate() {
            if place > 0 {
                ui.add_space(theme.space(2));
                let (rect, _) = ui.allocate_exact_size(Vec2::new(24.0, 1.0), egui::Sense::hover());
                kit::hairline_h(ui, rect.x_range(), rect.center().y, crate::look::Role::Hairline);
                ui.add_space(theme.space(2));
            }
            for &command in *group {
                let Some(icon) = command.icon().and_then(Icon::of_key) else { continue };
                let shortcut = command.shortcut().map(|shortcut| shortcut.text(lang));
                let name = command.name(lang);
                let enabled = studio.can_run(command).is_ok();
                let on = studio.is_on(command);
                if kit::tool_button(ui, icon, &name, shortcut.as_deref(), on, enabled).clicked() {
                    actions.push(Action::Run(command));
                }
            }
        }
    });
}
