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

/// The same with more of them, where the window is tall enough.
const TALL: &[&[Command]] = &[
    &[
        Command::ToolSelect,
        Command::ToolMove,
        Command::ToolCopy,
        Command::ToolRotate,
        Command::ToolMirror,
        Command::ToolScale,
    ],
    &[
        Command::ToolPlot,
        Command::ToolRectangle,
        Command::ToolThreePoints,
        Command::ToolBar,
        Command::ToolCircle,
        Command::ToolFreehand,
        Command::ToolPolygon,
    ],
    &[Command::ToolCut, Command::ToolOffset, Command::ToolCorner, Command::ToolAlong],
    &[Command::ToolSurface],
    &[Command::ToolMeasure, Command::ToolDimension, Command::ToolGuide],
];

/// Shows them.
pub fn show(ui: &mut Ui, studio: &Studio, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let lang = studio.lang();
    ui.vertical_centered(|ui| {
        ui.add_space(theme.space(3));
        ui.spacing_mut().item_spacing = Vec2::new(0.0, theme.space(1));
        let button = theme.size("/control/tool_button") + theme.space(1);
        let count = TALL.iter().map(|group| group.len()).sum::<usize>() as f32;
        let tall = count * button + TALL.len() as f32 * (2.0 * theme.space(2) + 3.0 * theme.space(1) + 1.0);
        let groups = if ui.available_height() >= tall { TALL } else { GROUPS };
        for (place, group) in groups.iter().enumerate() {
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
