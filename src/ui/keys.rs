//! Keys: shortcuts of commands, and what goes to the tool in hand.

use egui::{Event as EguiEvent, Key as EguiKey, Modifiers, Ui};

use crate::studio::tool::{Event, Tool};
use crate::studio::{Action, Arrow, Command, Key, PaintStep, Screen, Shortcut, Studio};

/// Takes the keys of this frame. What comes back is to be carried out once the field in hand has been settled, so that what
/// was typed is saved, exported or closed with the rest.
pub fn handle(ui: &Ui, studio: &mut Studio) -> Vec<Action> {
    let mut late = Vec::new();
    // Whoever had the keyboard when the last frame ended has closed or let go by itself on Escape.
    let taken = egui::Id::unique("escape was meant for a field or a list");
    let had_it = ui.data(|data| data.get_temp::<bool>(taken)).unwrap_or(false);
    let has_it = ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx());
    ui.data_mut(|data| data.insert_temp(taken, has_it));
    let panels = &studio.panels;
    let sheet = panels.about
        || panels.shortcuts
        || panels.figures
        || panels.library
        || panels.typologies
        || panels.plot_filter
        || panels.keep_area
        || panels.picture;
    let waiting = studio.question.is_some() || studio.path_wanted.is_some() || studio.panels.palette || sheet;
    let typing = ui.ctx().text_edit_focused();
    // Letters find a line in an open list, Escape closes it.
    if egui::Popup::is_any_open(ui.ctx()) {
        return late;
    }
    let types = !typing && !waiting && begin_typing(ui, studio);
    if !typing && !waiting {
        clipboard(ui, studio);
    }
    let pressed: Vec<(EguiKey, Modifiers)> = ui.input(|input| {
        let keys = input.events.iter().filter_map(|event| match event {
            EguiEvent::Key { key, pressed: true, repeat: false, modifiers, .. } => Some((*key, *modifiers)),
            _ => None,
        });
        keys.collect()
    });
    for (key, modifiers) in pressed {
        if key == EguiKey::Escape && had_it && !waiting {
            continue;
        }
        // What began a number is not a shortcut too.
        if types && !modifiers.command && !matches!(key, EguiKey::Escape | EguiKey::Enter | EguiKey::Tab) {
            continue;
        }
        if waiting {
            if key == EguiKey::Escape {
                escape(studio);
            }
            continue;
        }
        // A letter while typing is text; with Ctrl it is a command, but those of text stay with the field.
        if typing && (!modifiers.command || is_of_text(key)) {
            continue;
        }
        if key == EguiKey::Escape && super::strip::give_up_pull(ui.ctx()) {
            continue;
        }
        if key == EguiKey::Escape && super::strip::give_up_painting(ui.ctx()) {
            studio.act(Action::Paint(PaintStep::GiveUp));
            continue;
        }
        if !modifiers.any() && matches!(key, EguiKey::ArrowUp | EguiKey::ArrowDown) {
            // Rows of an explanation, while one is open.
            if studio.step_row(key == EguiKey::ArrowUp) {
                continue;
            }
        }
        let is_alt_enter = key == EguiKey::Enter && modifiers == Modifiers::ALT;
        if (!modifiers.any() || is_alt_enter) && tool_key(ui, studio, key, modifiers.alt) {
            continue;
        }
        if (!modifiers.any() || modifiers.shift_only()) && nudge_key(ui, studio, key, modifiers.shift) {
            continue;
        }
        if let Some(command) = shortcut(key, modifiers).and_then(Command::of_shortcut) {
            if typing {
                // Not for the field too: Ctrl H would take a letter from it.
                ui.input_mut(|input| input.events.retain(|event| !is_press(event, key)));
                late.push(Action::Run(command));
            } else {
                studio.act(Action::Run(command));
            }
        }
    }
    late
}

fn is_press(event: &EguiEvent, of: EguiKey) -> bool {
    matches!(event, EguiEvent::Key { key, pressed: true, .. } if *key == of)
}

/// Copying, cutting and pasting come from the system under names of their own.
fn clipboard(ui: &Ui, studio: &mut Studio) {
    let is_meant = |event: &&EguiEvent| matches!(event, EguiEvent::Copy | EguiEvent::Cut | EguiEvent::Paste(_));
    let events: Vec<EguiEvent> = ui.input(|input| input.events.iter().filter(is_meant).cloned().collect());
    for event in events {
        match event {
            EguiEvent::Copy if studio.copy_explanation() => {}
            EguiEvent::Copy => studio.act(Action::Run(Command::ClipCopy)),
            EguiEvent::Cut => studio.act(Action::Run(Command::ClipCut)),
            EguiEvent::Paste(text) => studio.paste(&text),
            _ => {}
        }
    }
}

/// Hands a text to the system's clipboard, and asks it for its text where that is wanted: it comes with the next frame.
pub fn exchange_clipboard(ctx: &egui::Context, studio: &mut Studio) {
    if let Some(text) = studio.to_clipboard.take() {
        ctx.copy_text(text);
    }
    if std::mem::take(&mut studio.wants_clipboard) {
        ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    }
}

/// The first digit while drawing opens the fields at the cursor. `true` when it did.
fn begin_typing(ui: &Ui, studio: &mut Studio) -> bool {
    let starts = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '/' | '*' | '(');
    let typed: String = ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            EguiEvent::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    });
    if !typed.starts_with(starts) || !studio.begin_entry(&typed) {
        return false;
    }
    // The field that opens now shall not take them once more.
    ui.input_mut(|input| input.events.retain(|event| !matches!(event, EguiEvent::Text(_))));
    true
}

/// What is being typed counts from now on, as when the field is left.
pub fn settle_field(ctx: &egui::Context) {
    ctx.memory_mut(|memory| {
        if let Some(field) = memory.focused() {
            memory.surrender_focus(field);
        }
    });
}

fn escape(studio: &mut Studio) {
    if studio.panels.palette {
        studio.panels.palette = false;
    } else if studio.path_wanted.is_some() {
        studio.act(Action::NoPath);
    } else if let Some(question) = &studio.question {
        // Escape is the choice that changes nothing; a recovery must be decided.
        let (_, _, choices) = question.words(studio.lang());
        if let Some(stay) = choices.iter().position(|choice| *choice == crate::i18n::tr(studio.lang(), "ask-stay")) {
            studio.act(Action::Answer(stay));
        }
    }
}

fn is_of_text(key: EguiKey) -> bool {
    matches!(key, EguiKey::A | EguiKey::C | EguiKey::V | EguiKey::X | EguiKey::Z | EguiKey::Y)
}

/// Arrows move what is selected while the select tool rests in hand and no control has the keyboard.
fn nudge_key(ui: &Ui, studio: &mut Studio, key: EguiKey, far: bool) -> bool {
    let Some(arrow) = arrow(key) else { return false };
    let rests = |session: &crate::studio::Session| {
        matches!(session.tool(), Tool::Select(_)) && !session.tool().is_busy() && !session.selection().is_empty()
    };
    let can = studio.screen == Screen::Editor && studio.session().is_some_and(rests);
    if !can || ui.memory(|memory| memory.focused().is_some()) {
        return false;
    }
    ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    studio.nudge(arrow, far);
    true
}

fn arrow(key: EguiKey) -> Option<Arrow> {
    Some(match key {
        EguiKey::ArrowLeft => Arrow::Left,
        EguiKey::ArrowRight => Arrow::Right,
        EguiKey::ArrowUp => Arrow::Up,
        EguiKey::ArrowDown => Arrow::Down,
        _ => return None,
    })
}

/// Keys that belong to the tool while it is in the middle of something. `true` when it took the key.
fn tool_key(ui: &Ui, studio: &mut Studio, key: EguiKey, alt: bool) -> bool {
    if studio.screen != Screen::Editor {
        return key == EguiKey::Escape && std::mem::take(&mut studio.panels.map_sources);
    }
    let Some(session) = studio.session() else { return false };
    let busy = session.tool().is_busy();
    let is_open = studio.panels.undo_list || studio.panels.findings || studio.panels.map_sources;
    if key == EguiKey::Escape && !busy && is_open {
        let panels = &mut studio.panels;
        (panels.undo_list, panels.findings, panels.map_sources) = (false, false, false);
        return true;
    }
    let (on_vertex, has_next) = match session.tool() {
        Tool::Select(select) => session.with_ctx(studio.lang(), |ctx| (select.is_on_vertex(ctx), select.has_next(ctx))),
        _ => (false, false),
    };
    let event = match key {
        EguiKey::Escape => Event::Escape,
        EguiKey::Enter if busy => {
            studio.enter(alt);
            return true;
        }
        EguiKey::Backspace if matches!(session.tool(), Tool::North(_)) => Event::Backspace,
        EguiKey::Backspace | EguiKey::Delete if busy => Event::Backspace,
        EguiKey::Backspace | EguiKey::Delete if on_vertex => Event::Delete,
        // One more step back than there are is no wish to remove what was drawn before.
        EguiKey::Backspace if !matches!(session.tool(), Tool::Select(_)) => return true,
        EguiKey::A if busy && session.tool().has_other_way() => Event::OtherWay,
        EguiKey::Tab if session.entry().is_some() => {
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
            return true;
        }
        _ if busy && arrow(key).is_some() && ui.memory(|memory| memory.focused().is_none()) => {
            if let Some(arrow) = arrow(key) {
                ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
                studio.lock(arrow);
            }
            return true;
        }
        EguiKey::Tab if has_next && ui.memory(|memory| memory.focused().is_none()) => {
            // Over a thing of the drawing it is not a step to the next control.
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
            Event::Next
        }
        _ => return false,
    };
    studio.tool_event(event);
    true
}

/// The shortcut of a key press. Letters go by what is printed on them; digits are no shortcuts, for they are measures.
fn shortcut(key: EguiKey, modifiers: Modifiers) -> Option<Shortcut> {
    let (key, shift) = match key {
        EguiKey::Questionmark => (Key::Question, false),
        EguiKey::Delete | EguiKey::Backspace => (Key::Delete, modifiers.shift),
        EguiKey::Escape => (Key::Escape, modifiers.shift),
        EguiKey::Enter => (Key::Enter, modifiers.shift),
        EguiKey::PageUp => (Key::PageUp, modifiers.shift),
        EguiKey::PageDown => (Key::PageDown, modifiers.shift),
        other => {
            let mut name = other.name().chars();
            match (name.next(), name.next()) {
                (Some(letter), None) if letter.is_ascii_alphabetic() => (Key::Letter(letter), modifiers.shift),
                _ => return None,
            }
        }
    };
    Some(Shortcut { ctrl: modifiers.command, shift, key })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_by_what_is_printed_on_them() {
        let undo = shortcut(EguiKey::Z, Modifiers::COMMAND);
        assert_eq!(undo.and_then(Command::of_shortcut), Some(Command::Undo));
    }
}
