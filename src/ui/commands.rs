//! Controls that run a command: its name, its tip, its keys and whether it can be run come from the list of commands.

use egui::Ui;

use super::icons::Icon;
use super::kit;
use crate::i18n::Lang;
use crate::look::TypeRole;
use crate::studio::{Action, Command, Studio};

/// A button with the command's name.
pub fn command_button(ui: &mut Ui, command: Command, lang: Lang, actions: &mut Vec<Action>) {
    let name = command.name(lang);
    let keys = command.shortcut().map(|shortcut| shortcut.text(lang));
    let icon = command.icon().and_then(Icon::of_key);
    let tip = command.tip(lang);
    if kit::Button::new(&name).icon(icon).tooltip(&*tip).shortcut(keys.as_deref()).show(ui).clicked() {
        actions.push(Action::Run(command));
    }
}

/// The command's name, to run it.
pub fn command_link(ui: &mut Ui, style: TypeRole, command: Command, lang: Lang, actions: &mut Vec<Action>) {
    command_words(ui, style, &command.name(lang), command, lang, actions);
}

/// Words that run the command.
pub fn command_words(
    ui: &mut Ui,
    style: TypeRole,
    words: &str,
    command: Command,
    lang: Lang,
    actions: &mut Vec<Action>,
) {
    let response = kit::link(ui, style, words);
    kit::tip(&response, &command.tip(lang), command.shortcut().map(|shortcut| shortcut.text(lang)).as_deref());
    if response.clicked() {
        actions.push(Action::Run(command));
    }
}

/// A line of a menu with the command's name and keys; pale where it cannot be run. A click closes the menu: `true` then.
pub fn command_row(ui: &mut Ui, icon: Option<Icon>, command: Command, studio: &Studio) -> bool {
    let lang = studio.lang();
    let keys = command.shortcut().map(|shortcut| shortcut.text(lang));
    let enabled = studio.can_run(command).is_ok();
    let clicked = kit::menu_row(ui, icon, &command.name(lang), keys.as_deref(), enabled).clicked();
    if clicked {
        ui.close();
    }
    clicked
}

/// As wide as the widest line of a menu of commands, and at least so wide, in logical pixels.
pub fn command_rows_width(ui: &Ui, commands: impl IntoIterator<Item = Command>, least_px: f32, lang: Lang) -> f32 {
    let width_px = |command: Command| {
        let keys = command.shortcut().map(|shortcut| shortcut.text(lang));
        kit::menu_row_width(ui, &command.name(lang), keys.as_deref())
    };
    commands.into_iter().map(width_px).fold(least_px, f32::max)
}
