//! Controls that run a command: its name, its tip, its keys and whether it can be run come from the list of commands.

use egui::Ui;

use super::icons::Icon;
use super::kit;
use crate::i18n::Lang;
use crate::look::TypeRole;
use crate::studio::{Action, Command};

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

/// Words that run the command.
pub fn command_link(ui: &mut Ui, style: TypeRole, command: Command, lang: Lang, actions: &mut Vec<Action>) {
    let response = kit::link(ui, style, &command.name(lang));
    kit::tip(&response, &command.tip(lang), command.shortcut().map(|shortcut| shortcut.text(lang)).as_deref());
    if response.clicked() {
        actions.push(Action::Run(command));
    }
}
