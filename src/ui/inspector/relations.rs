//! How volumes stand to one another: named for those that are selected, listed for the one that is.

use egui::{Ui, Vec2};

use crate::i18n::{Lang, tr, tr_with};
use crate::look::{Role, TypeRole};
use crate::model::{Id, Relation, RelationKind};
use crate::studio::{Action, MOST_RELATED, Session, relations_of};
use crate::ui::kit::{self, Choice};
use crate::ui::theme::Theme;

/// The relations of a volume, each with whether it is drawn so.
pub fn of_volume(ui: &mut Ui, session: &Session, id: Id, lang: Lang, actions: &mut Vec<Action>) {
    let all: Vec<&Relation> = relations_of(session.variant(), id).collect();
    head(ui, lang);
    for relation in all {
        row(ui, session, relation, id, lang, actions);
    }
    kit::field_row(ui, &tr(lang, "relation-add"), |ui| {
        let name = tr(lang, "relation-nor");
        if kit::link(ui, TypeRole::Small, &name).clicked() {
            actions.push(Action::Relate(vec![id], RelationKind::Nor));
        }
    });
}

fn head(ui: &mut Ui, lang: Lang) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(3));
    kit::seam(ui);
    let head = kit::section_head(ui, None, &tr(lang, "relations-head"), &tr(lang, "relations-reading"));
    kit::tip(&head.response, &tr(lang, "relations-source"), None);
}

fn row(ui: &mut Ui, session: &Session, relation: &Relation, id: Id, lang: Lang, actions: &mut Vec<Action>) {
    let theme = Theme::of(ui.ctx());
    let v = session.variant();
    let others: Vec<Id> = relation.of.iter().copied().filter(|of| *of != id).collect();
    let names: Vec<String> =
        others.iter().filter_map(|id| v.volumes.get(*id)).map(|volume| volume.name.clone()).collect();
    let kind = tr(lang, &format!("relation-{}", relation.kind.key()));
    let words = if names.is_empty() { kind } else { format!("{kind}: {}", names.join(", ")) };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(3), theme.space(1));
        let label = ui.label(theme.text(TypeRole::Small, Role::Ink1, words));
        kit::tip(&label, &tr(lang, &format!("relation-{}-tip", relation.kind.key())), None);
        verdict(ui, relation, session, lang);
        if !others.is_empty() && kit::link(ui, TypeRole::Small, &tr(lang, "relation-show")).clicked() {
            actions.push(Action::Select(relation.of.clone()));
        }
        if kit::link(ui, TypeRole::Small, &tr(lang, "relation-let-go")).clicked() {
            actions.push(Action::Unrelate(relation.id));
        }
    });
}

/// Names a relation between the volumes that are selected.
pub fn between(ui: &mut Ui, session: &Session, volumes: &[Id], lang: Lang, actions: &mut Vec<Action>) {
    if !(2..=MOST_RELATED).contains(&volumes.len()) {
        return;
    }
    head(ui, lang);
    let is_all =
        |relation: &&Relation| relation.of.len() == volumes.len() && relation.of.iter().all(|id| volumes.contains(id));
    let known = volumes.first().and_then(|id| relations_of(session.variant(), *id).find(is_all));
    let label = tr(lang, "relation-add");
    kit::field_row(ui, &label, |ui| {
        let choices: Vec<Choice> =
            RelationKind::ALL.iter().map(|kind| Choice::new(tr(lang, &format!("relation-{}", kind.key())))).collect();
        let current = known.and_then(|known| RelationKind::ALL.iter().position(|kind| *kind == known.kind));
        let (chosen, response) = kit::dropdown(ui, &label, current, &tr(lang, "relation-choose"), &choices);
        kit::tip(&response, &tr(lang, "relations-source"), None);
        if let Some(kind) = chosen.and_then(|at| RelationKind::ALL.get(at)) {
            actions.push(Action::Relate(volumes.to_vec(), *kind));
        }
    });
    if let Some(known) = known {
        kit::field_row(ui, "", |ui| {
            verdict(ui, known, session, lang);
            ui.add_space(Theme::of(ui.ctx()).space(3));
            if kit::link(ui, TypeRole::Small, &tr(lang, "relation-let-go")).clicked() {
                actions.push(Action::Unrelate(known.id));
            }
        });
    }
}

/// Whether a relation is drawn so, with a sign and a word.
fn verdict(ui: &mut Ui, relation: &Relation, session: &Session, lang: Lang) {
    let Some(is_drawn) = relation.is_drawn(session.variant(), session.library()) else { return };
    let (sign, ink, key) =
        if is_drawn { ("✓", Role::Good, "relation-drawn") } else { ("!", Role::Warning, "relation-not-drawn") };
    let words = tr_with(lang, "relation-verdict", &[("sign", sign.into()), ("words", tr(lang, key).into())]);
    ui.label(Theme::of(ui.ctx()).text(TypeRole::Small, ink, words));
}
