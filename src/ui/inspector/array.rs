//! The array that what is selected belongs to: how many, how far apart, detached or brought up to date.

use egui::{Ui, Vec2};

use super::shapes::number_row;
use crate::i18n::{Lang, number, tr};
use crate::look::{Role, TypeRole};
use crate::model::{Array, ArrayRule, Id, MOST_COPIES};
use crate::studio::{Action, Session};
use crate::ui::icons::Icon;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// Shows it, if there is one.
pub fn show(ui: &mut Ui, session: &Session, id: Id, lang: Lang, actions: &mut Vec<Action>) {
    let Some(array) = session.variant().arrays.iter().find(|array| array.holds(id)) else { return };
    let (theme, rule) = (Theme::of(ui.ctx()), &array.rule);
    if session.selection().single().is_some() {
        ui.add_space(theme.space(3));
        kit::seam(ui);
    }
    kit::section_head(ui, Some(Icon::Array), &tr(lang, "panel-array"), "");
    let change = |rule: ArrayRule| Action::ArrayRule(array.id, rule);
    let count = f64::from(rule.count());
    number_row(
        ui,
        (array.id, "count"),
        &tr(lang, "field-copies"),
        count,
        "",
        0,
        1.0..=f64::from(MOST_COPIES),
        lang,
        |to| {
            actions.push(change(rule.clone().with_count(to.round() as u32)));
        },
    );
    let gone = array.copies.iter().filter(|step| !step.iter().any(|id| session.variant().has(*id))).count();
    if gone > 0 {
        super::project::fact_row(ui, &tr(lang, "field-array-gone"), &number(lang, gone as f64, 0));
    }
    let (unit, range) = match rule {
        ArrayRule::Linear { .. } | ArrayRule::Path { .. } => ("m", 0.01..=10_000.0),
        ArrayRule::Polar { .. } => ("°", -360.0..=360.0),
    };
    number_row(ui, (array.id, "spacing"), &tr(lang, "field-spacing"), rule.spacing(), unit, 2, range, lang, |to| {
        actions.push(change(rule.clone().with_spacing(to)));
    });
    buttons(ui, array, lang, actions);
    ui.add_space(theme.space(2));
    ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "array-help")));
    if session.selection().single().is_none() {
        ui.add_space(theme.space(3));
        kit::seam(ui);
    }
}

fn buttons(ui: &mut Ui, array: &Array, lang: Lang, actions: &mut Vec<Action>) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(8.0);
        if kit::button(ui, &tr(lang, "array-update"), None).clicked() {
            actions.push(Action::UpdateArray(array.id));
        }
        if kit::button(ui, &tr(lang, "array-detach"), None).clicked() {
            actions.push(Action::DetachArray(array.id));
        }
    });
}
