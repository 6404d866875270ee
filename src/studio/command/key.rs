//! Shortcuts: a key with what is held.

use crate::i18n::{Lang, tr};

/// A key on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A letter, by what is printed on it.
    Letter(char),
    /// Delete or Backspace.
    Delete,
    /// Escape.
    Escape,
    /// Enter.
    Enter,
    /// The question mark.
    Question,
    /// A function key.
    Function(u8),
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key with what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// Ctrl, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// The key.
    pub key: Key,
}

impl Shortcut {
    pub(super) const fn key(key: Key) -> Self {
        Self { ctrl: false, shift: false, key }
    }

    pub(super) const fn shift(letter: char) -> Self {
        Self { ctrl: false, shift: true, key: Key::Letter(letter) }
    }

    pub(super) const fn ctrl(letter: char) -> Self {
        Self { ctrl: true, shift: false, key: Key::Letter(letter) }
    }

    pub(super) const fn ctrl_shift(letter: char) -> Self {
        Self { ctrl: true, shift: true, key: Key::Letter(letter) }
    }

    /// As it stands in menus and tooltips.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        let mut text = String::new();
        if self.ctrl {
            text.push_str(if cfg!(target_os = "macos") { "Cmd " } else { "Ctrl " });
        }
        if self.shift {
            text.push_str(&tr(lang, "key-shift"));
            text.push(' ');
        }
        match self.key {
            Key::Letter(letter) => text.push(letter),
            Key::Delete => text.push_str(&tr(lang, "key-delete")),
            Key::Escape => text.push_str(&tr(lang, "key-escape")),
            Key::Enter => text.push_str(&tr(lang, "key-enter")),
            Key::Question => text.push('?'),
            Key::PageUp => text.push_str(&tr(lang, "key-page-up")),
            Key::PageDown => text.push_str(&tr(lang, "key-page-down")),
            Key::Function(number) => text.push_str(&format!("F{number}")),
        }
        text
    }
}
