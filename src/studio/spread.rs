//! A typology on many plots at once, each with values of its own where that is asked for: worked out beside the project, in a
//! thread where there are many, as one edit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::index::Index;
use super::own_typologies::{start_of, typology_name};
use super::recipe_words::with_given_up;
use super::session::recipes::{brought_up, by_plot};
use super::surroundings::roles_around;
use super::tasks::Progress;
use super::{Session, Studio};
use crate::edit::{Edit, EditBuilder, Label};
use crate::generate::{Begun, Generator, GivenUp, Hands, Param, ParamUnit, standing_on, with_front};
use crate::i18n::{Lang, tr, tr_with};
use crate::library::Library;
use crate::model::limits::GROUND_M;
use crate::model::{ByHand, Drawn, EdgeRole, Id, LayerKind, Plot, Project, Recipe, Start, Variant};

/// Values of parameters, drawn by lot within bounds for each plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scatter {
    /// The bounds of each parameter, by its name.
    pub ranges: BTreeMap<String, [f64; 2]>,
    /// What the lots are drawn from: the same gives the same values.
    pub seed: u64,
}

/// So many plots are done on the spot.
const AT_ONCE: usize = 60;

/// What is to be done.
pub(super) struct Spread {
    project: Arc<Project>,
    variant: Id,
    plots: Vec<Id>,
    /// What all of them get; nothing where they keep what they have.
    start: Option<Start>,
    scatter: Scatter,
    library: Arc<Library>,
    lang: Lang,
    label: Label,
    /// What is said when it is done.
    words: String,
}

/// What came of it.
pub(super) struct SpreadDone {
    edit: Edit,
    placed: Vec<Id>,
    given_up: Vec<GivenUp>,
    /// What could not be done, plot by plot.
    faults: Vec<String>,
    words: String,
    pub(super) revision: u64,
}

impl Scatter {
    /// The value of a parameter on a plot: anywhere within the bounds, in steps that people would give.
    #[must_use]
    pub fn value(&self, param: &Param, plot: Id) -> Option<f64> {
        let [low, high] = *self.ranges.get(param.key)?;
        let (low, high) = (low.min(high), low.max(high));
        let name = param.key.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let part = lot(self.seed ^ name.rotate_left(17) ^ plot.0.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let step = match param.unit {
            ParamUnit::Metres => 0.5,
            ParamUnit::Count | ParamUnit::Percent | ParamUnit::Choice(_) => 1.0,
        };
        // Each step from the least to the most is as likely as another.
        let steps = ((high - low) / step).floor();
        let at = (part * (steps + 1.0)).floor().min(steps);
        Some(param.sound(low + at * step))
    }
}

/// A number from 0 to 1, without it, that looks like chance and is the same for the same (the mixer of splitmix64).
fn lot(of: u64) -> f64 {
    let mut z = of.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

impl Studio {
    /// Puts a typology on plots that nothing else stands on; one that is there becomes this one.
    pub(super) fn place_typology(&mut self, id: &str, plots: &[Id]) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        session.settle();
        let Some(start) = start_of(session, id) else { return };
        let name = typology_name(id, lang);
        let label = Label::about("edit-typology", name.clone());
        let words = tr_with(lang, "typology-placed", &[("name", name.into())]);
        let spread = Spread::new(session, plots, Some(start), Scatter::default(), (lang, label, words));
        self.spread(spread);
    }

    /// Gives the typologies on plots values by lot.
    pub(super) fn scatter(&mut self, plots: &[Id], scatter: Scatter) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        session.settle();
        let label = Label::about("edit-scatter", super::operate::name_of(session.variant(), plots, lang));
        let words = tr_with(lang, "scatter-done", &[("seed", scatter.seed.to_string().into())]);
        let spread = Spread::new(session, plots, None, scatter, (lang, label, words));
        self.spread(spread);
    }

    fn spread(&mut self, spread: Spread) {
        let Some(session) = self.session() else { return };
        if let Some(why) = session.why_not_drawn(LayerKind::Volumes) {
            return self.say(tr(self.lang(), why), None);
        }
        let revision = session.revision();
        let progress = Progress::of(spread.plots.len());
        if spread.plots.len() <= AT_ONCE {
            if let Some(done) = spread.done(revision, &progress) {
                self.has_spread(done);
            }
            return;
        }
        let name = tr(self.lang(), "task-spreading");
        let kept = progress.clone();
        self.tasks.start_measured(name, progress, move || {
            super::files::Outcome::Spread(spread.done(revision, &kept).map(Box::new))
        });
    }

    /// Makes what was worked out an edit, and says what it is.
    pub(super) fn has_spread(&mut self, done: SpreadDone) {
        let lang = self.lang();
        let SpreadDone { edit, placed, given_up, faults, words, revision } = done;
        if self.session().is_none_or(|session| session.revision() != revision) {
            return self.say(tr(lang, "fit-late"), None);
        }
        self.let_go_of_complaint(&tr(lang, "typology-not-placed"));
        if !faults.is_empty() {
            self.complain(tr(lang, "typology-not-placed"), faults, None);
        }
        if placed.is_empty() {
            return;
        }
        let first = self.next_notice;
        self.apply(edit);
        let Some(session) = self.session_mut() else { return };
        session.select(placed);
        self.say_done(with_given_up(words, &given_up, lang));
        self.tell_of_recipes(first);
    }
}

impl Spread {
    fn new(
        session: &Session,
        plots: &[Id],
        start: Option<Start>,
        scatter: Scatter,
        (lang, label, words): (Lang, Label, String),
    ) -> Self {
        Self {
            project: session.snapshot(),
            variant: session.variant().id,
            plots: plots.to_vec(),
            start,
            scatter,
            library: Arc::clone(session.library()),
            lang,
            label,
            words,
        }
    }

    /// All of it; nothing when it was called off.
    fn done(&self, revision: u64, progress: &Progress) -> Option<SpreadDone> {
        let (lang, v) = (self.lang, self.project.variant(self.variant)?);
        let recipes = by_plot(v);
        let built_on = built_on(v, &self.plots);
        let context = Index::of_context(&self.project);
        let mut edit = EditBuilder::new(&self.project, v.id, self.label.clone());
        let mut done = SpreadDone {
            edit: Edit::new(self.label.clone()),
            placed: Vec::new(),
            given_up: Vec::new(),
            faults: Vec::new(),
            words: self.words.clone(),
            revision,
        };
        let (mut begun, mut gone, mut converted) = (Vec::new(), Vec::new(), false);
        for plot in self.plots.iter().filter_map(|id| v.plots.get(*id)) {
            if progress.is_cancelled() {
                return None;
            }
            progress.step();
            let was = recipes.get(&plot.id).map(|recipe| &***recipe);
            let converts = self.start.as_ref().is_some_and(|start| start.generator == Generator::Conversion.key());
            let is_made = |recipe: &Recipe, id: &Id| recipe.element_of(*id).is_some() && !recipe.has_taken_over();
            let of = |id: &Id| was.is_some_and(|recipe| is_made(recipe, id));
            let converts = converts && was.is_none_or(Recipe::has_taken_over);
            if self.start.is_some() && !converts && built_on.get(&plot.id).is_some_and(|ids| !ids.iter().all(of)) {
                done.faults.push(tr_with(lang, "typology-built-on", &[("plot", plot.called().into())]));
                continue;
            }
            let guess = |plot: &Plot| roles_around(&self.project, &context, plot);
            let Some((now, hands)) = self.recipe(v, plot, was, guess, &mut edit) else { continue };
            match Begun::new(v, now, hands, &self.library) {
                Ok(made) => {
                    gone.extend(made.gone());
                    begun.push(made);
                    done.placed.push(plot.id);
                    converted |= was.is_none() && converts && built_on.contains_key(&plot.id);
                }
                Err(refusal) => {
                    let args = [("plot", plot.called().into()), ("why", refusal.text(lang).into())];
                    done.faults.push(tr_with(lang, "typology-refused", &args));
                }
            }
        }
        edit.remove_for_now(v, &gone);
        for made in begun {
            done.given_up.extend(made.put(&mut edit, v, lang));
        }
        done.edit = edit.finish();
        if converted {
            done.words = format!("{} · {}", done.words, tr(lang, "typology-converted"));
        }
        Some(done)
    }

    /// What stands on a plot then, with what was done by hand to what does now; nothing where nothing is at work and nothing
    /// shall be.
    fn recipe(
        &self,
        v: &Variant,
        plot: &Plot,
        was: Option<&Recipe>,
        guess: impl Fn(&Plot) -> Vec<EdgeRole>,
        edit: &mut EditBuilder,
    ) -> Option<(Recipe, Hands)> {
        let begin = |id: Id, start: &Start, roles: Vec<EdgeRole>| {
            Recipe::new(id, plot.id, start.clone(), plot.outline.clone(), roles, &self.library)
        };
        let (mut now, hands) = match (was, &self.start) {
            (Some(was), start) => {
                let (mut now, hands) = brought_up(v, was, &self.library, guess);
                if let Some(start) = start {
                    let other = begin(now.id, start, Vec::new());
                    (now.typology, now.generator) = (other.typology, other.generator);
                    (now.values, now.programme) = (other.values, other.programme);
                    now.dwelling_m2 = other.dwelling_m2;
                    // A hall that was taken over stays what it works on.
                    if !(was.has_taken_over() && now.generator == Generator::Conversion.key()) {
                        now.drawn = other.drawn;
                    }
                }
                (now, hands)
            }
            (None, Some(start)) => {
                let roles = with_front(&plot.outline, guess(plot));
                let standing = standing_on(v, plot.id).filter(|_| start.generator == Generator::Conversion.key());
                let mut now = begin(edit.take_id(), start, roles);
                let mut hands = Hands::new();
                if let Some((drawn, ids)) = standing {
                    take_over(&mut now, drawn, &ids);
                    // What others know it by is kept.
                    for (key, volume) in now.elements.iter().filter_map(|(key, id)| Some((key, v.volumes.get(*id)?))) {
                        let code = Some(volume.code.clone()).filter(|code| !code.is_empty());
                        hands.insert(key.clone(), ByHand { code, extra: volume.extra.clone(), ..ByHand::default() });
                    }
                }
                (now, hands)
            }
            (None, None) => return None,
        };
        let params = Generator::named(&now.generator).map(Generator::params).unwrap_or_default();
        for param in params {
            if let Some(value) = self.scatter.value(param, plot.id) {
                now.values.insert(param.key.to_owned(), value);
            }
        }
        Some((now, hands))
    }
}

/// What stands on a plot becomes what a recipe works on: each thing under its own number.
fn take_over(recipe: &mut Recipe, drawn: Drawn, ids: &[Id]) {
    let mut halls = 0;
    for (at, (volume, id)) in drawn.volumes.iter().zip(ids).enumerate() {
        let on_ground = volume.base_m < GROUND_M;
        halls += usize::from(on_ground);
        let element = match (on_ground, halls) {
            (true, 1) => "hall".to_owned(),
            (true, _) => format!("hall {halls}"),
            (false, _) => format!("part {}", at + 1),
        };
        recipe.elements.insert(element, *id);
    }
    recipe.drawn = Some(drawn);
}

/// What stands on some plots.
fn built_on(v: &Variant, plots: &[Id]) -> BTreeMap<Id, Vec<Id>> {
    let wanted: BTreeSet<Id> = plots.iter().copied().collect();
    let mut on: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for volume in v.volumes.iter() {
        if let Some(plot) = v.plot_of(volume).filter(|plot| wanted.contains(plot)) {
            on.entry(plot).or_default().push(volume.id);
        }
    }
    on
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plots of 40 × 30 m, side by side.
    fn plots(count: u64) -> (Session, Vec<Id>) {
        let mut project = Project::new("Parcels", crate::model::Origin::new(4.34, 50.86), "A");
        let variant = project.variants[0].id;
        let mut edit = EditBuilder::new(&project, variant, Label::new("edit-plot"));
        let mut ids = Vec::new();
        for at in 0..count {
            let from = crate::geometry::point(45.0 * at as f64, 0.0);
            let to = crate::geometry::point(from.x + 40.0, 30.0);
            let id = edit.take_id();
            edit.plot(Plot::new(id, "", crate::geometry::Outline::rectangle(from, to)));
            ids.push(id);
        }
        edit.finish().apply(&mut project).expect("it fits");
        (Session::new(project).expect("it is on earth"), ids)
    }

    #[test]
    fn what_is_called_off_is_not_done() {
        let (session, ids) = plots(100);
        let start = start_of(&session, "T06");
        let words = (Lang::En, Label::new("edit-typology"), String::new());
        let spread = Spread::new(&session, &ids, start, Scatter::default(), words);
        let progress = Progress::of(ids.len());
        let done = spread.done(1, &progress).expect("it is done");
        assert_eq!((done.placed.len(), done.faults.len()), (100, 0));
        assert!((progress.part() - 1.0).abs() < 1e-9);
        let progress = Progress::of(ids.len());
        progress.cancel();
        assert!(spread.done(1, &progress).is_none());
    }

    #[test]
    fn lots_are_within_bounds_the_same_for_the_same_and_reach_both_ends() {
        let levels = Generator::Rows.param("levels").expect("rows have it");
        let depth = Generator::Rows.param("row_depth_m").expect("rows have it");
        let ranges = [("levels", [2.0, 5.0]), ("row_depth_m", [20.0, 26.0])];
        let ranges: BTreeMap<String, [f64; 2]> =
            ranges.into_iter().map(|(key, range)| (key.to_owned(), range)).collect();
        let scatter = |seed| Scatter { ranges: ranges.clone(), seed };
        let of = |seed, param: &Param| -> Vec<f64> {
            (1..400).filter_map(|plot| scatter(seed).value(param, Id(plot))).collect()
        };
        assert_eq!(of(1, levels), of(1, levels));
        assert_ne!(of(1, levels), of(2, levels));
        for value in [2.0, 3.0, 4.0, 5.0] {
            let times = of(1, levels).iter().filter(|of| **of == value).count();
            assert!((60..140).contains(&times), "{value} comes {times} times of 399");
        }
        assert!(of(3, depth).iter().all(|m| (20.0..=26.0).contains(m) && (m * 2.0).fract() == 0.0));
        let street = Generator::Rows.param("street_m").expect("rows have it");
        assert_eq!(scatter(1).value(street, Id(1)), None, "what has no bounds is left as it is");
    }
}
