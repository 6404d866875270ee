//! What a click with the right button offers on the drawing: what can be done there now.

use egui::Response;

use super::commands::{command_row, command_rows_width};
use super::kit;
use super::theme::Theme;
use crate::studio::command::Group;
use crate::studio::tool::{Event, Tool};
use crate::studio::{Action, Command, Studio};

/// What is offered for a selection, in order; of what can be done only.
const OFFERED: &[Command] = &[
    Command::ClipCut,
    Command::ClipCopy,
    Command::Paste,
    Command::Duplicate,
    Command::ToolMove,
    Command::AddStorey,
    Command::Union,
    Command::Subtract,
    Command::Intersect,
    Command::MakeSquare,
    Command::SplitInto,
    Command::SplitOff,
    Command::Offset,
    Command::TurnBy,
    Command::FlipEast,
    Command::FlipNorth,
    Command::Isolate,
    Command::ZoomSelection,
    Command::Delete,
];

/// What is offered where nothing is selected.
const ELSEWHERE: &[Command] = &[
    Command::Undo,
    Command::Redo,
    Command::Paste,
    Command::PasteInPlace,
    Command::SelectAll,
    Command::ZoomAll,
    Command::ToolNorth,
];

/// Shows it where the right button was clicked; a drag with that button moves the view.
pub fn show(canvas: &Response, may_open: bool, studio: &mut Studio) {
    let lang = studio.lang();
    let Some(session) = studio.session() else { return };
    if canvas.secondary_clicked() && !session.tool().is_busy() {
        // What lies there is meant, if it is not selected already.
        let at = session.with_ctx(lang, |ctx| match session.tool() {
            Tool::Select(select) => select.under_pointer(ctx),
            _ => None,
        });
        match at {
            Some(id) if session.selection().contains(id) => {}
            Some(id) => studio.act(Action::Select(vec![id])),
            // On empty ground it is about the place, not about what is selected elsewhere.
            None if matches!(session.tool(), Tool::Select(_)) => studio.act(Action::Select(Vec::new())),
            None => {}
        }
    }
    let may_open = may_open && studio.session().is_some_and(|session| !session.tool().is_busy());
    let menu = egui::Popup::context_menu(canvas);
    // In the middle of a drawing, or under two fingers, a right click or a finger that rests is no question.
    let menu = if may_open { menu } else { menu.open_memory(None) };
    let mut chosen = None;
    menu.show(|ui| {
        let theme = Theme::of(ui.ctx());
        ui.spacing_mut().item_spacing.y = 0.0;
        let Some(session) = studio.session() else { return };
        let on_vertex = match session.tool() {
            Tool::Select(select) => session.with_ctx(lang, |ctx| select.is_on_vertex(ctx)),
            _ => false,
        };
        let list = if session.selection().is_empty() { ELSEWHERE } else { OFFERED };
        let offered: Vec<Command> = list.iter().copied().filter(|command| studio.can_run(*command).is_ok()).collect();
        ui.set_width(command_rows_width(ui, offered.iter().copied(), 180.0, lang));
        if on_vertex && kit::menu_row(ui, None, &crate::i18n::tr(lang, "edit-delete-vertex"), None, true).clicked() {
            chosen = Some(None);
            ui.close();
        }
        let mut group: Option<Group> = None;
        for command in offered {
            if group.replace(command.group()).is_some_and(|before| before != command.group()) {
                ui.add_space(theme.space(1));
                kit::seam(ui);
                ui.add_space(theme.space(1));
            }
            if command_row(ui, None, command, studio) {
                chosen = Some(Some(command));
            }
        }
    });
    match chosen {
        Some(Some(command)) => studio.act(Action::Run(command)),
        Some(None) => studio.tool_event(Event::Delete),
        None => {}
    }
}
