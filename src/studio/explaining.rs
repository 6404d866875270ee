//! Why a figure is what it is: the explanation that is open, what it lights up, and of what figures are taken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::presets::{MOST_FIGURES, Preset, figures_of};
use super::session::Session;
use super::state::{Studio, selected_volumes};
use crate::i18n::{Lang, tr, tr_with};
use crate::library::Use;
use crate::measure::explain::{self, Explanation, RowOf, Spot, Subject};
use crate::measure::{AnyFigure, Scope};
use crate::model::{Id, Region};

/// Of what the figures in the window are taken, as the user says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FiguresOf {
    /// All of the variant.
    #[default]
    All,
    /// The plots of a region.
    Region(Region),
    /// The plot that is selected, or that the selection stands on.
    Plot,
    /// The buildings that the selection belongs to.
    Building,
    /// What is selected.
    Selection,
}

/// The figure that is being explained.
#[derive(Debug)]
pub(super) struct Explaining {
    figure: AnyFigure,
    row: Option<usize>,
    made: Option<Made>,
}

/// An explanation, and what it was made of.
#[derive(Debug)]
struct Made {
    revision: u64,
    lang: Lang,
    scope: Scope,
    explanation: Arc<Explanation>,
    volumes: Arc<BTreeSet<Id>>,
    /// Told apart from every other, so that a drawing knows whether it is lit as it should be.
    number: u64,
}

/// What an explanation lights up: everything else turns pale.
#[derive(Clone, Debug)]
pub struct Lit {
    /// The volumes that add to the figure.
    pub volumes: Arc<BTreeSet<Id>>,
    /// Told apart from every other.
    pub number: u64,
    explanation: Arc<Explanation>,
    row: Option<usize>,
}

impl Lit {
    /// Whether a storey adds to the figure.
    #[must_use]
    pub fn storey(&self, volume: Id, storey: usize) -> bool {
        let spot = Spot { volume, storey };
        self.explanation.rows().any(|row| row.value.is_some() && row.places.binary_search(&spot).is_ok())
    }

    /// Whether the part of a storey that is of a use adds to the figure.
    #[must_use]
    pub fn part(&self, volume: Id, storey: usize, of: &Use) -> bool {
        let spot = Spot { volume, storey };
        let is_of = |subject: &Subject| match subject {
            Subject::Use(id) => id == of.id.as_str(),
            Subject::Family(family) => *family == of.family,
            Subject::Ground(..) | Subject::Homes(_) => true,
        };
        let counts = |row: &RowOf| row.value.is_some() && is_of(&row.subject);
        self.explanation.rows().any(|row| counts(row) && row.places.binary_search(&spot).is_ok())
    }

    /// Whether a storey is of the row that is pointed at.
    #[must_use]
    pub fn is_in_row(&self, volume: Id, storey: usize) -> bool {
        self.row().is_some_and(|row| row.places.binary_search(&Spot { volume, storey }).is_ok())
    }

    /// The volumes of the row that is pointed at, each once.
    pub fn volumes_of_row(&self) -> impl Iterator<Item = Id> + '_ {
        let places = self.row().map_or(&[][..], |row| row.places.as_slice());
        places.chunk_by(|a, b| a.volume == b.volume).filter_map(|alike| Some(alike.first()?.volume))
    }

    fn row(&self) -> Option<&RowOf> {
        self.explanation.rows().nth(self.row?)
    }
}

impl Session {
    /// Of what the figures are taken. A choice that names nothing just now is all of the variant.
    #[must_use]
    pub fn scope(&self) -> Scope {
        let variant = self.variant();
        let selected = || selected_volumes(self);
        match self.figures_of {
            FiguresOf::All => Scope::All,
            FiguresOf::Region(region) => {
                let is_there = self.sums().is_some_and(|sums| sums.has_plot_in(region));
                if is_there { Scope::Region(region) } else { Scope::All }
            }
            FiguresOf::Plot => {
                let plot_of = |id: Id| variant.plot_under(id).flatten();
                self.selection().ids().find_map(plot_of).map_or(Scope::All, Scope::Plot)
            }
            FiguresOf::Building => {
                let buildings: BTreeSet<Id> =
                    selected().iter().filter_map(|id| Some(variant.volumes.get(*id)?.building)).collect();
                some_volumes(buildings.into_iter().flat_map(|building| self.volumes_of(building)).collect())
            }
            FiguresOf::Selection => some_volumes(selected().into_iter().collect()),
        }
    }

    /// Of what the user wants figures.
    #[must_use]
    pub fn figures_of(&self) -> FiguresOf {
        self.figures_of
    }

    /// The explanation that is open.
    #[must_use]
    pub fn explanation(&self) -> Option<&Arc<Explanation>> {
        self.explaining.as_ref()?.made.as_ref().map(|made| &made.explanation)
    }

    /// The row of it that is pointed at.
    #[must_use]
    pub fn explained_row(&self) -> Option<usize> {
        self.explaining.as_ref()?.row
    }

    /// What the open explanation lights up; `None` when nothing is explained, or nothing adds to it.
    #[must_use]
    pub fn lit(&self) -> Option<Lit> {
        let explaining = self.explaining.as_ref()?;
        let made = explaining.made.as_ref().filter(|made| !made.volumes.is_empty())?;
        Some(Lit {
            volumes: Arc::clone(&made.volumes),
            number: made.number,
            explanation: Arc::clone(&made.explanation),
            row: explaining.row,
        })
    }

    fn refresh_explanation(&mut self, lang: Lang) {
        let Some(explaining) = &self.explaining else { return };
        let (revision, scope) = (self.revision(), self.scope());
        let is_fresh = |made: &Made| (made.revision, made.lang) == (revision, lang) && made.scope == scope;
        if explaining.made.as_ref().is_some_and(is_fresh) {
            return;
        }
        let explanation = self.sums().and_then(|sums| sums.explain(self.project(), &scope, explaining.figure, lang));
        let number = self.next_light;
        self.next_light += 1;
        let Some(explaining) = &mut self.explaining else { return };
        explaining.made = explanation.map(|explanation| {
            let volumes = explanation.places().into_iter().map(|spot| spot.volume).collect();
            Made { revision, lang, scope, explanation: Arc::new(explanation), volumes: Arc::new(volumes), number }
        });
        let rows = explaining.made.as_ref().map_or(0, |made| made.explanation.rows().count());
        explaining.row = explaining.row.filter(|row| *row < rows);
    }
}

fn some_volumes(volumes: BTreeSet<Id>) -> Scope {
    if volumes.is_empty() { Scope::All } else { Scope::Volumes(volumes) }
}

impl Studio {
    /// Brings the open explanation up to what is drawn; nothing happens when it is.
    pub fn refresh_explanation(&mut self) {
        let lang = self.lang();
        if let Some(session) = self.session_mut() {
            session.refresh_explanation(lang);
        }
    }

    /// Explains a figure, or stops explaining.
    pub(super) fn explain(&mut self, figure: Option<AnyFigure>) {
        if let Some(session) = self.session_mut() {
            session.explaining = figure.map(|figure| Explaining { figure, row: None, made: None });
        }
        self.refresh_explanation();
    }

    /// Points at a row of the explanation.
    pub(super) fn explain_row(&mut self, row: Option<usize>) {
        if let Some(explaining) = self.session_mut().and_then(|session| session.explaining.as_mut()) {
            explaining.row = row;
        }
    }

    /// Points at the next row of the explanation, or at the one before; `false` when nothing is explained.
    pub fn step_row(&mut self, back: bool) -> bool {
        let Some(session) = self.session_mut() else { return false };
        let Some(count) = session.explanation().map(|explanation| explanation.rows().count()) else { return false };
        let row = session.explained_row();
        let next = match (row, back) {
            (_, _) if count == 0 => None,
            (None, false) => Some(0),
            (None, true) => Some(count - 1),
            (Some(row), false) => Some((row + 1).min(count - 1)),
            (Some(row), true) => Some(row.saturating_sub(1)),
        };
        self.explain_row(next);
        true
    }

    /// Lets a figure stand large among the user's own, or no longer; a choice that is full stays as it is.
    pub(super) fn pin(&mut self, key: String) {
        let lang = self.lang();
        let Some(sums) = self.session().and_then(Session::sums) else { return };
        let coefficients = Arc::clone(sums.coefficients());
        // Whoever begins to choose begins with what is there.
        let shown = figures_of(self.settings.preset, &self.settings.pinned, &coefficients);
        let mut keys: Vec<String> = shown.into_iter().map(|figure| figure.key(&coefficients).to_owned()).collect();
        match keys.iter().position(|known| *known == key) {
            Some(at) if keys.len() > 1 => drop(keys.remove(at)),
            Some(_) => return,
            None if keys.len() >= MOST_FIGURES => return self.say(tr(lang, "say-figures-full"), None),
            None => keys.push(key),
        }
        self.choose(tr(lang, Preset::Own.key()), |settings| {
            settings.preset = Preset::Own;
            settings.pinned = keys;
        });
    }

    /// Of what figures shall be taken.
    pub(super) fn take_figures_of(&mut self, of: FiguresOf) {
        if let Some(session) = self.session_mut() {
            session.figures_of = of;
        }
        self.refresh_explanation();
    }

    /// The open explanation as text, for the clipboard; `false` when nothing is explained.
    pub fn copy_explanation(&mut self) -> bool {
        let lang = self.lang();
        let Some(session) = self.session() else { return false };
        let Some(explanation) = session.explanation() else { return false };
        let title = format!("{} · {}", session.project().name, scope_words(session, lang));
        let text = explain::text(explanation, &title, session.variant(), lang);
        self.to_clipboard = Some(text);
        self.say(tr(lang, "say-explanation-copied"), None);
        true
    }
}

/// Of what the figures are taken, in words, with the variant.
#[must_use]
pub fn scope_words(session: &Session, lang: Lang) -> String {
    let variant = session.variant();
    let of = match session.scope() {
        Scope::All => tr(lang, "scope-all"),
        Scope::Region(region) => tr(lang, &format!("region-{}", region.key())),
        Scope::Plot(plot) => variant.plots.get(plot).map(|plot| plot.name.clone()).unwrap_or_default(),
        Scope::Volumes(volumes) => {
            let ids: Vec<Id> = volumes.into_iter().collect();
            super::operate::name_of(variant, &ids, lang)
        }
    };
    tr_with(lang, "scope-of-variant", &[("variant", variant.name.as_str().into()), ("of", of.into())])
}
