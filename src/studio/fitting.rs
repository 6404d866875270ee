//! Fits one or two measures of a typology to a figure: which values bring the plot nearest to what is asked. No black box:
//! the values that were found become an edit like any other, and it is said what they were and what they bring.

use std::collections::BTreeSet;

use super::files::Outcome;
use super::recipes::remade;
use super::{Session, Studio};
use crate::edit::Label;
use crate::generate::{Generator, Hands, Param, ParamUnit};
use crate::i18n::{Lang, NO_BREAK, number, tr, tr_with};
use crate::library::Library;
use crate::measure::{AnyFigure, FigureId, Sums};
use crate::model::{Id, Project, Recipe, Table, Variant};

/// What a plot is fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct FitWish {
    /// The parameters that may change: one, or two.
    pub params: Vec<String>,
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

/// So many values of one parameter are tried at most, and of each of two at first: each is a plot made anew and measured.
const MOST_TRIED: usize = 64;
const MOST_TRIED_OF_TWO: usize = 20;

/// Values that were tried, and what came of them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tried {
    values: Vec<f64>,
    figure: f64,
    /// Of how many parameters the plot has no room for all.
    lost: usize,
}

/// What a search has found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// The best that was tried.
    best: Tried,
    /// Whether the figure is another with other values at all.
    matters: bool,
}

impl FitWish {
    /// Whether the figure shall be met from both sides: a density or a share. Of counts and areas it shall be at least that.
    #[must_use]
    pub fn is_about(figure: FigureId) -> bool {
        matches!(figure, FigureId::Fsi | FigureId::ProductiveShare)
    }

    fn is_met(&self, figure: f64) -> bool {
        if Self::is_about(self.figure) {
            (figure - self.value).abs() <= 0.01 * self.value.abs().max(1.0)
        } else {
            figure >= self.value - 1e-9
        }
    }
}

impl Studio {
    /// Looks for the values that bring a plot nearest to a figure, in a thread.
    pub(super) fn fit_recipe(&mut self, id: Id, wish: &FitWish) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        session.settle();
        let session = &*session;
        let Some(search) = Search::new(session, id, wish) else { return };
        let (revision, wish) = (session.revision(), wish.clone());
        self.tasks.start(tr(lang, "task-fitting"), move || {
            let found = search.found();
            Outcome::Fitted { recipe: id, revision, wish, found }
        });
    }

    /// Makes what was found an edit, and says what it is.
    pub(super) fn fitted(&mut self, id: Id, revision: u64, wish: &FitWish, found: Option<Found>) {
        let lang = self.lang();
        let Some(session) = self.session().filter(|session| session.revision() == revision) else {
            return self.say(tr(lang, "fit-late"), None);
        };
        let Some(recipe) = session.variant().recipes.get(id) else { return };
        let Some(params) = params_of(recipe, wish) else { return };
        let Some(Found { best, matters }) = found else {
            return self.complain(tr(lang, "recipe-refused"), Vec::new(), None);
        };
        let shown = |value: f64| {
            let factor = AnyFigure::Known(wish.figure).shown_factor();
            let number = number(lang, value * factor, wish.figure.decimals().max(u8::from(value < 10.0)));
            format!("{number}{NO_BREAK}{}", wish.figure.unit(lang)).trim_end_matches(NO_BREAK).to_owned()
        };
        let (mut now, hands) = session.brought_up(recipe);
        let mut changes = Vec::new();
        for (param, value) in params.iter().zip(&best.values) {
            let was = param.value_in(&recipe.values);
            if was != *value {
                let args = [
                    ("param", param.name(lang).into()),
                    ("was", param.words(was, lang).into()),
                    ("value", param.words(*value, lang).into()),
                ];
                changes.push(tr_with(lang, "fit-change", &args));
                now.values.insert(param.key.to_owned(), *value);
            }
        }
        let names: Vec<String> = params.iter().map(|param| param.name(lang)).collect();
        let args = [
            ("changes", changes.join(", ").into()),
            ("params", names.join(", ").into()),
            ("figure", wish.figure.name(lang).into()),
            ("reached", shown(best.figure).into()),
            ("asked", shown(wish.value).into()),
        ];
        let is_met = wish.is_met(best.figure);
        let key = match (matters, changes.is_empty(), is_met) {
            (false, _, true) | (true, true, true) => "fit-is-so",
            (false, _, false) => "fit-no-matter",
            (true, true, false) => "fit-is-nearest",
            (true, false, true) => "fit-done",
            (true, false, false) => "fit-nearest",
        };
        let words = tr_with(lang, key, &args);
        if changes.is_empty() || !matters {
            self.say(words.clone(), None);
            return self.keep_fit(id, words);
        }
        let label = Label::about("edit-recipe-fit", changes.join(", "));
        let with = (&**session.library(), lang);
        if let Ok((edit, _)) = remade(session.project(), session.variant(), (now, hands), with, label) {
            self.apply(edit);
            self.say_done(words.clone());
            self.keep_fit(id, words);
        }
    }
}

/// What came of a fit, and of which state of the project that is said.
pub(super) struct FitSaid {
    recipe: Id,
    revision: u64,
    words: String,
}

impl Studio {
    fn keep_fit(&mut self, recipe: Id, words: String) {
        if let Some(session) = self.session_mut() {
            session.fit_said = Some(FitSaid { recipe, revision: session.revision(), words });
        }
    }
}

impl Session {
    /// What came of the last fit of a recipe; nothing once something else has changed.
    #[must_use]
    pub fn fit_said(&self, recipe: Id) -> Option<&str> {
        let said = self.fit_said.as_ref()?;
        ((said.recipe, said.revision) == (recipe, self.revision())).then_some(said.words.as_str())
    }
}

/// The parameters that a wish names, where the generator has all of them.
fn params_of(recipe: &Recipe, wish: &FitWish) -> Option<Vec<&'static Param>> {
    let generator = Generator::named(&recipe.generator)?;
    let params: Option<Vec<_>> = wish.params.iter().map(|key| generator.param(key)).collect();
    params.filter(|params| (1..=2).contains(&params.len()))
}

/// A plot by itself, with what is to be tried on it.
struct Search {
    bare: Project,
    recipe: Recipe,
    hands: Hands,
    library: std::sync::Arc<Library>,
    params: Vec<&'static Param>,
    wish: FitWish,
}

impl Search {
    fn new(session: &Session, id: Id, wish: &FitWish) -> Option<Self> {
        let recipe = session.variant().recipes.get(id)?;
        let params = params_of(recipe, wish)?;
        let bare = plot_alone(session, recipe);
        let (recipe, hands) = session.brought_up(recipe);
        let library = std::sync::Arc::clone(session.library());
        Some(Self { bare, recipe, hands, library, params, wish: wish.clone() })
    }

    /// The best of what can be tried.
    fn found(&self) -> Option<Found> {
        let now: Vec<f64> = self.params.iter().map(|param| param.value_in(&self.recipe.values)).collect();
        let mut tried: Vec<Tried> = Vec::new();
        match self.params.as_slice() {
            [one] => {
                tried.extend(values(one, now[0], MOST_TRIED).into_iter().filter_map(|value| self.tried(vec![value])));
            }
            [first, second] => {
                let seconds = values(second, now[1], MOST_TRIED_OF_TWO);
                for a in values(first, now[0], MOST_TRIED_OF_TWO) {
                    tried.extend(seconds.iter().filter_map(|b| self.tried(vec![a, *b])));
                }
                // Finer round the best of the coarse ones, one after the other.
                let at = best(&tried, &self.wish, &self.params, &now)?.values.clone();
                tried.extend(values(second, at[1], MOST_TRIED).into_iter().filter_map(|b| self.tried(vec![at[0], b])));
                let at = best(&tried, &self.wish, &self.params, &now)?.values.clone();
                tried.extend(values(first, at[0], MOST_TRIED).into_iter().filter_map(|a| self.tried(vec![a, at[1]])));
            }
            _ => {}
        }
        let best = best(&tried, &self.wish, &self.params, &now)?.clone();
        let least = tried.iter().map(|of| of.figure).fold(f64::INFINITY, f64::min);
        let most = tried.iter().map(|of| of.figure).fold(f64::NEG_INFINITY, f64::max);
        let matters = most - least > 1e-6 * most.abs().max(1e-3);
        Some(Found { best, matters })
    }

    /// The figure of the plot with some values; nothing where nothing can be made.
    fn tried(&self, values: Vec<f64>) -> Option<Tried> {
        let variant = self.bare.variants.first()?;
        let mut now = self.recipe.clone();
        for (param, value) in self.params.iter().zip(&values) {
            now.values.insert(param.key.to_owned(), *value);
        }
        let with = (&*self.library, Lang::En);
        let label = Label::new("edit-recipe-fit");
        let (edit, made) = remade(&self.bare, variant, (now, self.hands.clone()), with, label).ok()?;
        let mut project = self.bare.clone();
        edit.apply(&mut project).ok()?;
        let figures = Sums::new(&project, variant.id).plot(self.recipe.plot)?;
        let lost = made.iter().filter(|up| up.given < up.asked).count();
        Some(Tried { values, figure: figures.mid(self.wish.figure)?, lost })
    }
}

/// The values of a parameter that are tried, the present one among them.
fn values(param: &Param, now: f64, most: usize) -> Vec<f64> {
    let [low, high] = param.range;
    let least_step = match param.unit {
        ParamUnit::Metres => 0.5,
        ParamUnit::Percent => 2.0,
        ParamUnit::Count | ParamUnit::Choice(_) => 1.0,
    };
    let step = ((high - low) / (most as f64 - 1.0)).max(least_step);
    let count = ((high - low) / step).floor() as usize + 1;
    let mut values: Vec<f64> =
        (0..count.min(most)).map(|at| param.sound(((low + step * at as f64) * 2.0).round() / 2.0)).collect();
    values.push(now);
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

/// Of those that reach what is asked, and else of all, those that come near enough to the nearest; of these the one that gives up
/// least, and then the one that changes least.
fn best<'a>(tried: &'a [Tried], wish: &FitWish, params: &[&Param], now: &[f64]) -> Option<&'a Tried> {
    /// So much farther off than the nearest is near enough, as a part of what is asked.
    const NEAR: f64 = 0.03;
    let change = |of: &Tried| -> (usize, f64) {
        let each = of.values.iter().zip(now).zip(params).filter(|((value, now), _)| value != now);
        let parts = each.map(|((value, now), param)| (value - now).abs() / (param.range[1] - param.range[0]).max(1e-9));
        parts.fold((0, 0.0), |(count, sum), part| (count + 1, sum + part))
    };
    let apart = |of: &Tried| (of.figure - wish.value).abs();
    let any_met = tried.iter().any(|of| wish.is_met(of.figure));
    let meant = || tried.iter().filter(|of| !any_met || wish.is_met(of.figure));
    let nearest = meant().map(apart).fold(f64::INFINITY, f64::min);
    // What does not reach comes as near as it can.
    let slack = if any_met { NEAR * wish.value.abs() } else { 0.0 };
    let near = meant().filter(|of| apart(of) <= nearest + slack);
    near.min_by(|a, b| {
        let (x, y) = (change(a), change(b));
        let by_lost = a.lost.cmp(&b.lost);
        by_lost.then(x.0.cmp(&y.0)).then(x.1.total_cmp(&y.1)).then(apart(a).total_cmp(&apart(b)))
    })
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
    variant.entrances = v.entrances.iter().filter(|e| ids.contains(&e.id)).map(|e| (**e).clone()).collect();
    variant.recipes = std::iter::once(recipe.clone()).collect();
    Project { context: Table::default(), variants: vec![variant], ..project.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_with_least_over_is_taken_and_the_nearest_where_nothing_does() {
        let param = Generator::Rows.param("levels").expect("rows have it");
        let tried = [(1.0, 20.0), (2.0, 41.0), (3.0, 60.0), (4.0, 80.0), (5.0, 80.0)];
        let tried = tried.map(|(value, figure)| Tried { values: vec![value], figure, lost: 0 });
        let wish = |value: f64, figure| FitWish { params: vec!["levels".to_owned()], figure, value };
        let found =
            |value: f64, figure, now: f64| best(&tried, &wish(value, figure), &[param], &[now]).map(|of| of.values[0]);
        assert_eq!(found(60.0, FigureId::Dwellings, 1.0), Some(3.0));
        assert_eq!(found(61.0, FigureId::Dwellings, 1.0), Some(4.0), "the nearer of two that bring the same");
        assert_eq!(found(61.0, FigureId::Dwellings, 9.0), Some(5.0), "from where it stands");
        assert_eq!(found(500.0, FigureId::Dwellings, 1.0), Some(4.0));
        assert_eq!(found(45.0, FigureId::Fsi, 1.0), Some(2.0), "a density is neither least nor most");
        assert_eq!(best(&[], &wish(1.0, FigureId::Jobs), &[param], &[1.0]), None);
    }

    #[test]
    fn the_present_value_is_tried_between_the_steps() {
        let param = Generator::Rows.param("row_depth_m").expect("rows have it");
        let values = values(param, 23.7, 20);
        assert!(values.contains(&23.7) && values.len() <= 21);
        assert!(values.is_sorted() && values.iter().all(|value| param.sound(*value) == *value));
    }
}
