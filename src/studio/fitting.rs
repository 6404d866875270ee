//! Fits a measure of a typology to a figure: which value brings the plot nearest to what is asked. No black box: the value that
//! was found becomes an edit like any other, and it is said what it was and what it brings.

use std::collections::BTreeSet;

use super::recipes::value_edit;
use super::{Session, Studio};
use crate::generate::{Generator, Param, ParamUnit, Remaking};
use crate::i18n::{Lang, NO_BREAK, tr, tr_with};
use crate::measure::{FigureId, Sums};
use crate::model::{Id, Project, Recipe, Table, Variant};

/// What a plot is fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct FitWish {
    /// The parameter that may change.
    pub param: String,
    /// The figure of the plot.
    pub figure: FigureId,
    /// What it shall be, in the unit of reports.
    pub value: f64,
}

/// Figures that a plot can be fitted to.
pub const FIT_FIGURES: [FigureId; 6] = [
    FigureId::Dwellings,
    FigureId::Jobs,
    FigureId::Gfa,
    FigureId::Productive,
    FigureId::Fsi,
    FigureId::ProductiveShare,
];

/// The name of the edit.
const EDIT: &str = "edit-recipe-fit";

/// As many values are tried at most: each is a plot made anew and measured.
const MOST_TRIED: usize = 64;

/// A value that was tried, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tried {
    value: f64,
    figure: f64,
}

impl Studio {
    /// Fits a measure of a recipe, as one edit.
    pub(super) fn fit_recipe(&mut self, id: Id, wish: &FitWish) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        session.settle();
        let session = &*session;
        let Some(recipe) = session.variant().recipes.get(id) else { return };
        let generator = Generator::named(&recipe.generator);
        let Some(param) = generator.and_then(|generator| generator.param(&wish.param)) else { return };
        let was = param.value_in(&recipe.values);
        let Some(found) = best(&tried(session, recipe, param, wish.figure), wish) else {
            return self.complain(tr(lang, "recipe-refused"), Vec::new(), None);
        };
        let shown = |value: f64| {
            let factor = crate::measure::AnyFigure::Known(wish.figure).shown_factor();
            let number = crate::i18n::number(lang, value * factor, wish.figure.decimals().max(u8::from(value < 10.0)));
            format!("{number}{NO_BREAK}{}", wish.figure.unit(lang)).trim_end_matches(NO_BREAK).to_owned()
        };
        let args = [
            ("param", param.name(lang).into()),
            ("was", param.words(was, lang).into()),
            ("value", param.words(found.value, lang).into()),
            ("figure", wish.figure.name(lang).into()),
            ("reached", shown(found.figure).into()),
            ("asked", shown(wish.value).into()),
        ];
        let key = if is_met(found.figure, wish) { "fit-done" } else { "fit-nearest" };
        let words = tr_with(lang, key, &args);
        if found.value == was {
            return self.say(words, None);
        }
        let with = Remaking::new(session.variant(), session.library(), lang);
        if let Some(edit) = value_edit(session.project(), &with, recipe, EDIT, (param.key, found.value)) {
            self.apply(edit);
            self.say_done(words);
        }
    }
}

/// Whether what was asked is reached: counts and areas are at least that, densities and parts within a hundredth of it.
fn is_met(figure: f64, wish: &FitWish) -> bool {
    if is_share(wish.figure) {
        (figure - wish.value).abs() <= 0.01 * wish.value.abs().max(1.0)
    } else {
        figure >= wish.value - 1e-9
    }
}

fn is_share(figure: FigureId) -> bool {
    matches!(figure, FigureId::Fsi | FigureId::ProductiveShare)
}

/// The least value that reaches what is asked, where any does; else that which comes nearest.
fn best(tried: &[Tried], wish: &FitWish) -> Option<Tried> {
    let apart = |of: &Tried| (of.figure - wish.value).abs();
    let least = tried.iter().filter(|of| is_met(of.figure, wish)).min_by(|a, b| {
        let by_value = a.value.total_cmp(&b.value);
        if is_share(wish.figure) { apart(a).total_cmp(&apart(b)).then(by_value) } else { by_value }
    });
    least
        .or_else(|| tried.iter().min_by(|a, b| apart(a).total_cmp(&apart(b)).then(a.value.total_cmp(&b.value))))
        .copied()
}

/// All values of a parameter, or as many as may be tried, with the figure of the plot that each brings.
fn tried(session: &Session, recipe: &Recipe, param: &'static Param, figure: FigureId) -> Vec<Tried> {
    let [low, high] = param.range;
    let step = match param.unit {
        ParamUnit::Metres => ((high - low) / (MOST_TRIED as f64 - 1.0)).max(0.5),
        ParamUnit::Percent => 2.0,
        ParamUnit::Count | ParamUnit::Choice(_) => 1.0,
    };
    let bare = plot_alone(session, recipe);
    let count = ((high - low) / step).floor() as usize + 1;
    let values = (0..count.min(MOST_TRIED)).map(|at| param.sound(((low + step * at as f64) * 2.0).round() / 2.0));
    let mut values: Vec<f64> = values.collect();
    values.dedup();
    let of = |value: f64| {
        let variant = bare.variants.first()?;
        let with = Remaking::new(variant, session.library(), Lang::En);
        let edit = value_edit(&bare, &with, recipe, EDIT, (param.key, value))?;
        let mut project = bare.clone();
        edit.apply(&mut project).ok()?;
        let figures = Sums::new(&project, variant.id).plot(recipe.plot)?;
        Some(Tried { value, figure: figures.mid(figure)? })
    };
    values.into_iter().filter_map(of).collect()
}

/// The project with nothing but the plot of a recipe and what stands on it: that is quick to measure.
fn plot_alone(session: &Session, recipe: &Recipe) -> Project {
    let (project, v) = (session.project(), session.variant());
    let mut variant = Variant::new(v.id, v.name.clone());
    let ids: BTreeSet<Id> = recipe.ids().collect();
    variant.plots = v.plots.iter().filter(|plot| plot.id == recipe.plot).map(|plot| (**plot).clone()).collect();
    variant.buildings = v.buildings.iter().filter(|b| b.plot == Some(recipe.plot)).map(|b| (**b).clone()).collect();
    variant.volumes = v.volumes.iter().filter(|x| v.plot_of(x) == Some(recipe.plot)).map(|x| (**x).clone()).collect();
    variant.surfaces = v.surfaces.iter().filter(|s| ids.contains(&s.id)).map(|s| (**s).clone()).collect();
    variant.goods_access = v.goods_access.iter().filter(|a| ids.contains(&a.id)).map(|a| (**a).clone()).collect();
    variant.recipes = std::iter::once(recipe.clone()).collect();
    Project { context: Table::default(), variants: vec![variant], ..project.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_value_that_reaches_is_taken_and_the_nearest_where_none_does() {
        let tried = [(1.0, 20.0), (2.0, 41.0), (3.0, 60.0), (4.0, 80.0)].map(|(value, figure)| Tried { value, figure });
        let wish = |value: f64, figure| FitWish { param: "levels".to_owned(), figure, value };
        let found = |value: f64, figure| best(&tried, &wish(value, figure)).map(|of| of.value);
        assert_eq!(found(60.0, FigureId::Dwellings), Some(3.0));
        assert_eq!(found(61.0, FigureId::Dwellings), Some(4.0));
        assert_eq!(found(500.0, FigureId::Dwellings), Some(4.0));
        assert_eq!(found(45.0, FigureId::Fsi), Some(2.0), "a density is neither least nor most");
        assert_eq!(best(&[], &wish(1.0, FigureId::Jobs)), None);
    }
}
