//! What was done by hand to what a typology made: told one by one, each with the way back.

use egui::{Align, Layout, Ui, Vec2};

use crate::generate::element_title;
use crate::i18n::{Lang, number, tr};
use crate::look::{Role, TypeRole};
use crate::model::{HandPart, Id, Recipe};
use crate::studio::{Action, RecipeStep, Session, hand_words, recipe_name};
use crate::ui::icons::Icon;
use crate::ui::kit;
use crate::ui::theme::Theme;

/// An element that was changed by hand.
pub struct Changed {
    key: String,
    title: String,
    /// There is no place for it just now.
    is_aside: bool,
    /// What was done, in words.
    parts: Vec<(HandPart, String)>,
}

impl Changed {
    /// All of a recipe, those with a place first.
    pub fn all(session: &Session, recipe: &Recipe, lang: Lang) -> Vec<Self> {
        let here = session.by_hand(recipe);
        let all = here.iter().map(|of| (of, false)).chain(recipe.aside.iter().map(|of| (of, true)));
        let changed = all.map(|((key, hand), is_aside)| {
            let words = |part: HandPart| hand_words(hand, part, session.library(), lang);
            let parts = hand.parts().into_iter().map(|part| (part, words(part))).collect();
            let stands = recipe.elements.get(key).and_then(|id| session.variant().volumes.get(*id));
            let title = stands.map_or_else(|| element_title(key, lang), |volume| volume.name.clone());
            Self { key: key.clone(), title, is_aside, parts }
        });
        changed.filter(|changed| !changed.parts.is_empty()).collect()
    }
}

/// The list of them.
pub fn show(ui: &mut Ui, recipe: Id, all: &[Changed], lang: Lang, actions: &mut Vec<Action>) {
    if all.is_empty() {
        return;
    }
    let theme = Theme::of(ui.ctx());
    let count: usize = all.iter().map(|changed| changed.parts.len()).sum();
    kit::section_head(ui, None, &tr(lang, "recipe-by-hand"), &number(lang, count as f64, 0));
    for changed in all {
        ui.horizontal(|ui| {
            ui.label(theme.text(TypeRole::Small, Role::Ink1, &changed.title));
            if changed.is_aside {
                let words = ui.label(theme.text(TypeRole::Caption, Role::Ink2, tr(lang, "recipe-aside")));
                kit::tip(&words, &tr(lang, "recipe-aside-tip"), None);
            }
        });
        for (part, words) in &changed.parts {
            row(ui, words, |ui| {
                let reset = kit::link(ui, TypeRole::Small, &tr(lang, "recipe-reset"));
                kit::tip(&reset, &tr(lang, "recipe-reset-tip"), None);
                if reset.clicked() {
                    let step = RecipeStep::Reset(changed.key.clone(), Some(*part));
                    actions.push(Action::Recipe(recipe, step));
                }
            });
        }
        ui.add_space(theme.space(2));
    }
}

/// Words with a dot before them, and something at the right.
fn row(ui: &mut Ui, words: &str, right: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui.ctx());
    ui.allocate_ui_with_layout(Vec2::new(ui.available_width(), 20.0), Layout::right_to_left(Align::Center), |ui| {
        right(ui);
        ui.add_space(theme.space(3));
        let room = ui.available_width();
        ui.allocate_ui_with_layout(Vec2::new(room, 20.0), Layout::left_to_right(Align::Center), |ui| {
            let (dot, _) = ui.allocate_exact_size(Vec2::new(10.0, 20.0), egui::Sense::hover());
            ui.painter().circle_filled(dot.center(), 2.5, theme.color(Role::Accent));
            kit::elided_label(ui, TypeRole::Small, Role::Ink2, words, room - 14.0);
        });
    });
}

/// What a thing is that a recipe made, with the ways to the recipe and back to how it was made.
pub fn of_thing(ui: &mut Ui, session: &Session, id: Id, lang: Lang, actions: &mut Vec<Action>) {
    let Some((recipe, element)) = session.recipe_of(id) else { return };
    let theme = Theme::of(ui.ctx());
    ui.add_space(theme.space(3));
    kit::seam(ui);
    kit::section_head(ui, Some(Icon::Typology), &recipe_name(recipe, lang), &element_title(element, lang));
    ui.label(theme.text(TypeRole::Small, Role::Ink2, tr(lang, "recipe-element-help")));
    ui.add_space(theme.space(1));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(theme.space(4), theme.space(2));
        if kit::link(ui, TypeRole::Small, &tr(lang, "recipe-go")).clicked() {
            actions.push(Action::Select(vec![recipe.plot]));
        }
        let reset = kit::link(ui, TypeRole::Small, &tr(lang, "recipe-reset-all"));
        kit::tip(&reset, &tr(lang, "recipe-reset-tip"), None);
        if reset.clicked() {
            actions.push(Action::Recipe(recipe.id, RecipeStep::Reset(element.to_owned(), None)));
        }
    });
}
