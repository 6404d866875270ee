//! Typologies of a project's own: saved from a plot under a name, from the values of what is at work there or from what was
//! drawn, and removed again.

use super::operate::with_info;
use super::{Session, Studio};
use crate::edit::Label;
use crate::generate::{Generator, drawn_on, with_front};
use crate::i18n::{Lang, tr, tr_with};
use crate::library::Typology;
use crate::model::{Id, OwnTypology, Plot, Start};
use crate::record::Extra;

/// What a recipe begins with, by the number of a typology or the name of one of the project's own.
#[must_use]
pub fn start_of(session: &Session, id: &str) -> Option<Start> {
    let built = |id: &str| Typology::built_named(id).and_then(|(typology, _)| Start::as_built(typology));
    let own = || session.project().typologies.iter().find(|own| own.name == id).map(Start::from);
    Typology::named(id).map(Start::from).or_else(|| built(id)).or_else(own)
}

/// What a typology is called, by its number or name.
#[must_use]
pub fn typology_name(id: &str, lang: Lang) -> String {
    let built = || Typology::built_named(id).map(|(_, built)| built.name.clone());
    let named = Typology::named(id).map(|typology| typology.name(lang).to_owned());
    named.or_else(built).unwrap_or_else(|| id.to_owned())
}

impl Studio {
    /// Saves what is at work on a plot, or what stands there, under a name.
    pub(super) fn save_typology(&mut self, plot: Id, name: &str) {
        let (lang, name) = (self.lang(), name.trim());
        let Some(session) = self.session_mut() else { return };
        session.settle();
        let session = &*session;
        if name.is_empty() || Typology::built_in().iter().any(|known| known.id == name) {
            return self.say(tr(lang, "own-typology-name"), None);
        }
        let Some(own) = session.variant().plots.get(plot).and_then(|plot| saved(session, plot, name)) else {
            return self.say(tr(lang, "own-typology-nothing"), None);
        };
        let hands = session.recipe_on(plot).map_or(0, |recipe| session.by_hand(recipe).len());
        let is_new = session.project().typologies.iter().all(|known| known.name != own.name);
        let edit = with_info(session, Label::about("edit-typology-save", name), |info| {
            info.typologies.retain(|known| known.name != own.name);
            info.typologies.push(own);
        });
        self.apply(edit);
        let key = if is_new { "own-typology-saved" } else { "own-typology-again" };
        let mut words = tr_with(lang, key, &[("name", name.into())]);
        if hands > 0 {
            words = format!("{words} · {}", tr(lang, "own-typology-without"));
        }
        self.say_done(words);
    }

    /// Removes one; what it made stands and stays alive.
    pub(super) fn remove_typology(&mut self, name: &str) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.settle();
        let label = Label::about("edit-typology-remove", name);
        let edit = with_info(session, label, |info| info.typologies.retain(|known| known.name != name));
        self.apply(edit);
        self.say_done(tr_with(lang, "own-typology-removed", &[("name", name.into())]));
    }
}

/// The typology that a plot gives; `None` where nothing stands on it.
fn saved(session: &Session, plot: &Plot, name: &str) -> Option<OwnTypology> {
    let (v, bounds) = (session.variant(), plot.outline.bounds()?);
    let own = |generator: &str| OwnTypology {
        name: name.to_owned(),
        note: String::new(),
        generator: generator.to_owned(),
        values: std::collections::BTreeMap::new(),
        programme: crate::library::Programme::default(),
        drawn: None,
        dwelling_m2: None,
        plot_m: [bounds.width_m(), bounds.height_m()].map(|m| (m * 10.0).round() / 10.0),
        extra: Extra::default(),
    };
    if let Some(recipe) = session.recipe_on(plot.id) {
        let (values, programme, drawn) = (recipe.values.clone(), recipe.programme.clone(), recipe.drawn.clone());
        let dwelling_m2 = recipe.dwelling_m2;
        return Some(OwnTypology { values, programme, drawn, dwelling_m2, ..own(&recipe.generator) });
    }
    let roles = with_front(&plot.outline, session.guessed_roles(plot));
    let (drawn, at) = drawn_on(v, plot.id, &roles)?;
    let values = at.into_iter().map(|(key, value)| (key.to_owned(), (value * 10.0).round() / 10.0)).collect();
    Some(OwnTypology { values, drawn: Some(drawn), ..own(Generator::Drawn.key()) })
}
