//! The tool in hand, when it draws: what is drawn next, and what it measures so far.

use egui::Ui;

use super::project::fact_row;
use super::shapes::{kind_row, use_choices};
use crate::i18n::{Lang, NO_BREAK, number, tr};
use crate::look::{Role, TypeRole};
use crate::studio::tool::{Field, FieldKind, Purpose};
use crate::studio::{Action, Session};
use crate::ui::icons::Icon;
use crate::ui::kit::{self, Segment};
use crate::ui::measures::{unit_of, value_of};
use crate::ui::theme::Theme;

/// What the next thing gets, above what was drawn last.
pub fn next(ui: &mut Ui, session: &Session, purpose: Purpose, lang: Lang, actions: &mut Vec<Action>) {
    if session.tool().kind().draws_any() {
        // What it becomes stands in place of a head: what was drawn last shall stay in view below.
        ui.add_space(Theme::of(ui.ctx()).space(2));
        purpose_row(ui, purpose, lang, actions);
    } else {
        head(ui, session, purpose, lang);
    }
    own(ui, session, purpose, lang, actions);
}

fn head(ui: &mut Ui, session: &Session, purpose: Purpose, lang: Lang) {
    let (icon, what) = match purpose {
        Purpose::Plot => (Icon::Plot, "tool-new-plot"),
        Purpose::Volume => (Icon::Rectangle, "tool-new-volume"),
        Purpose::Surface => (Icon::YardGreen, "tool-new-surface"),
    };
    let name = tr(lang, &format!("cmd-tool-{}", session.tool().kind().key()));
    kit::section_head(ui, Some(icon), &name, &tr(lang, what));
}

/// What shapes become that may become anything.
fn purpose_row(ui: &mut Ui, purpose: Purpose, lang: Lang, actions: &mut Vec<Action>) {
    let names = Purpose::ALL.map(|purpose| tr(lang, purpose.key()));
    let items: Vec<Segment<'_, Purpose>> =
        Purpose::ALL.into_iter().zip(&names).map(|(purpose, name)| Segment::new(purpose, name.as_str())).collect();
    let mut chosen = purpose;
    ui.add_space(2.0);
    // As wide as the panel: beside a label three words do not fit a narrow one.
    if kit::segments(ui, &tr(lang, "field-draws"), &mut chosen, &items) {
        actions.push(Action::PurposeInHand(chosen));
    }
    ui.add_space(4.0);
}

/// The use or the kind that the next thing gets.
fn own(ui: &mut Ui, session: &Session, purpose: Purpose, lang: Lang, actions: &mut Vec<Action>) {
    match purpose {
        Purpose::Plot => {}
        Purpose::Volume => {
            let (uses, choices) = use_choices(session, lang);
            kit::field_row(ui, &tr(lang, "field-next-use"), |ui| {
                let current = uses.iter().position(|id| *id == session.use_in_hand);
                let (chosen, _) = kit::dropdown(ui, &tr(lang, "field-next-use"), current, "", &choices);
                if let Some(chosen) = chosen.and_then(|i| uses.get(i)) {
                    actions.push(Action::UseInHand(chosen.clone()));
                }
            });
        }
        Purpose::Surface => {
            if let Some(kind) = kind_row(ui, session.surface_in_hand, lang) {
                actions.push(Action::SurfaceInHand(kind));
            }
        }
    }
}

/// All about the tool.
pub fn whole(ui: &mut Ui, session: &Session, purpose: Purpose, lang: Lang, actions: &mut Vec<Action>) {
    head(ui, session, purpose, lang);
    if session.tool().kind().draws_any() {
        purpose_row(ui, purpose, lang, actions);
    }
    own(ui, session, purpose, lang, actions);
    if let Some(u) = session.library().get(&session.use_in_hand).filter(|_| purpose == Purpose::Volume) {
        fact_row(ui, &tr(lang, "field-height"), &format!("{}{NO_BREAK}m", number(lang, u.floor_to_floor_m, 2)));
    }
    live_facts(ui, session, lang);
    match purpose {
        Purpose::Plot => hint(ui, &tr(lang, "tool-plot-help")),
        Purpose::Volume => hint(ui, &tr(lang, "tool-volume-help")),
        Purpose::Surface => {}
    }
}

/// What the gesture in hand measures.
fn live_facts(ui: &mut Ui, session: &Session, lang: Lang) {
    const AT_REST: [FieldKind; 3] = [FieldKind::Length, FieldKind::Bearing, FieldKind::Area];
    let mut fields = session.with_ctx(lang, |ctx| session.tool().overlay(ctx)).readout;
    if fields.is_empty() {
        fields = AT_REST.into_iter().map(|kind| Field::maybe(kind, None)).collect();
    }
    let angles = session.drawing().angles;
    for Field { kind, value } in fields {
        let text = value.map_or_else(
            || "–".to_owned(),
            |value| format!("{}{NO_BREAK}{}", value_of(kind, value, angles, lang), unit_of(kind)),
        );
        fact_row(ui, &tr(lang, kind.key()), text.trim_end());
    }
}

fn hint(ui: &mut Ui, text: &str) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(3));
    ui.label(theme.text(TypeRole::Small, Role::Ink2, text));
}
