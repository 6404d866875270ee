//! The tools at the left.

use egui::{Ui, Vec2};

use super::commands::{command_row, command_rows_width};
use super::icons::Icon;
use super::kit;
use super::theme::Theme;
use crate::i18n::tr;
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
    &[Command::Typologies, Command::ToolPaint, Command::ToolSurface],
    &[Command::ToolMeasure],
];

/// The fewest, for the lowest windows.
const LOW: &[&[Command]] = &[
    &[Command::ToolSelect, Command::ToolMove],
    &[Command::ToolPlot, Command::ToolRectangle, Command::ToolThreePoints, Command::ToolBar],
    &[Command::ToolCut, Command::ToolOffset],
    &[Command::ToolSurface],
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
    &[Command::Typologies, Command::ToolPaint, Command::ToolSurface],
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
        let needs = |groups: &[&[Command]]| {
            // One button more says that there are others.
            let count = groups.iter().map(|group| group.len()).sum::<usize>() as f32 + 1.0;
            count * button + groups.len() as f32 * (2.0 * theme.space(2) + 3.0 * theme.space(1) + 1.0)
        };
        let room = ui.available_height();
        let groups = [TALL, GROUPS].into_iter().find(|groups| needs(groups) <= room).unwrap_or(LOW);
        let shown: Vec<Command> = groups.iter().flat_map(|group| group.iter().copied()).collect();
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
        more(ui, &shown, studio, actions);
    });
}

/// The tools that have no button, behind one that says so; it is on while one of them is in hand.
fn more(ui: &mut Ui, shown: &[Command], studio: &Studio, actions: &mut Vec<Action>) {
    let (theme, lang) = (Theme::of(ui.ctx()), studio.lang());
    let rest = |command: &&Command| command.tool().is_some() && !shown.contains(command);
    let rest: Vec<Command> = Command::ALL.iter().filter(rest).copied().collect();
    let on = rest.iter().any(|command| studio.is_on(*command));
    ui.add_space(theme.space(2));
    let button = kit::tool_button(ui, Icon::More, &tr(lang, "rail-more"), None, on, studio.session().is_some());
    egui::Popup::menu(&button).align(egui::RectAlign::RIGHT_START).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(command_rows_width(ui, rest.iter().copied(), 160.0, lang));
        for command in rest {
            if command_row(ui, command.icon().and_then(Icon::of_key), command, studio) {
                actions.push(Action::Run(command));
            }
        }
    });
}
