//! Which storeys are worked on, typed: `0`, `1-3`, `-1`, `roof`, `all`, of every selected building.

use egui::{Ui, vec2};

use crate::i18n::{Lang, tr};
use crate::look::{Role, TypeRole};
use crate::studio::{Action, Levels, Session, selected_volumes};
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Shows the field, from right to left.
pub(super) fn show(ui: &mut Ui, session: &Session, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let can = !selected_volumes(session).is_empty();
    let name = tr(lang, "strip-range");
    let said = session.selection().levels().words(lang);
    let mut text = said.clone();
    let field = ui
        .allocate_ui(vec2(96.0, 24.0), |ui| {
            let hint = tr(lang, "strip-range-hint");
            kit::TextField::new(("storeys", &said), &mut text).name(&name).hint(&hint).enabled(can).show(ui)
        })
        .inner;
    kit::tip(&field.response, &tr(lang, if can { "strip-range-tip" } else { "say-select-volume" }), None);
    if field.committed && text != said {
        if text.trim().is_empty() {
            actions.push(Action::SelectLevels(Levels::default()));
        } else if let Some(levels) = Levels::parse(&text) {
            actions.push(Action::SelectLevels(levels));
        } else {
            kit::refuse_text(&field.response, lang, &text, &tr(lang, "strip-range-hint"));
        }
    }
    ui.add_space(theme.space(2));
    let ink = if can { Role::Ink2 } else { Role::Disabled };
    ui.add(egui::Label::new(theme.text(TypeRole::Small, ink, name)).selectable(false));
}
