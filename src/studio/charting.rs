//! Charts of what is open: which one is shown, where the project stood before, and the built cases to compare with.

use std::sync::{Arc, LazyLock};

use super::cases::{self, CASES};
use super::files::Outcome;
use super::{Session, Studio, scope_words};
use crate::chart::{About, Ask, Chart, ChartId, Reference, density_of};
use crate::i18n::{Lang, tr};
use crate::look::Role;
use crate::measure::{Scope, Sums};
use crate::model::{Id, Project};

/// The built cases, measured when a chart first asks for them.
static REFERENCES: LazyLock<Vec<Reference>> = LazyLock::new(|| {
    (0..CASES.len()).filter_map(|index| cases::open(index).ok()).filter_map(|case| Reference::of(&case)).collect()
});

/// Where a scope stood in Spacematrix, edit by edit.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    /// Of which project, variant and scope.
    of: Option<(u64, Id, Scope)>,
    revision: Option<u64>,
    points: Vec<[f64; 2]>,
}

/// So many steps are remembered.
const MOST_STEPS: usize = 60;

impl Trail {
    /// Adds where the scope stands now, when it has moved.
    fn follow(&mut self, serial: u64, session: &Session) {
        let scope = session.scope();
        let of = Some((serial, session.variant().id, scope));
        if self.of != of {
            *self = Self { of, ..Self::default() };
        }
        if self.revision == Some(session.revision()) {
            return;
        }
        self.revision = Some(session.revision());
        let Some((.., scope)) = &self.of else { return };
        let here = session.sums().and_then(|sums| sums.of(session.project(), scope)).as_ref().and_then(density_of);
        if let Some(here) = here.filter(|here| self.points.last() != Some(here)) {
            self.points.push(here);
            if self.points.len() > MOST_STEPS {
                self.points.remove(0);
            }
        }
    }
}

/// What a chart was made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ChartOf {
    wish: ChartWish,
    serial: u64,
    revision: u64,
    variant: Id,
    scope: Scope,
    lang: Lang,
    steps: usize,
}

/// In a variant with more things a chart takes longer than a frame has, and is made in a thread.
const MOST_AT_ONCE: usize = 3_000;

/// How a chart is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartWish {
    /// Which.
    pub id: ChartId,
    /// Width and height in logical pixels.
    pub size_px: [f64; 2],
    /// What lies under it.
    pub paper: Role,
    /// Whether it stands alone and says itself what it is of.
    pub titled: bool,
}

impl ChartWish {
    /// As it is exported.
    #[must_use]
    pub fn for_file(id: ChartId) -> Self {
        Self { id, size_px: [1200.0, 800.0], paper: Role::Ground, titled: true }
    }
}

impl Studio {
    /// Remembers where the project stands, while a chart is shown.
    pub fn follow_trail(&mut self) {
        if self.panels.chart.is_none() {
            return;
        }
        if let Some(document) = &self.document {
            self.trail.follow(document.serial, &document.session);
        }
    }

    /// Forgets where the project stood before.
    pub(super) fn clear_trail(&mut self) {
        self.trail = Trail::default();
    }

    /// So many steps has the trail.
    #[must_use]
    pub fn trail_steps(&self) -> usize {
        self.trail.points.len()
    }

    /// The chart that is shown, up to the project; of a large one that of a moment ago, while the new one is made.
    pub fn follow_chart(&mut self, wish: ChartWish) -> Option<Arc<Chart>> {
        let (lang, steps) = (self.lang(), self.trail.points.len());
        let document = self.document.as_ref()?;
        let (session, serial) = (&document.session, document.serial);
        let (variant, scope) = (session.variant(), session.scope());
        let of = ChartOf { wish, serial, revision: session.revision(), variant: variant.id, scope, lang, steps };
        if let Some(chart) = self.shown.of(&of) {
            return Some(Arc::clone(chart));
        }
        if variant.volumes.len() + variant.plots.len() <= MOST_AT_ONCE {
            let chart = Arc::new(self.chart(wish)?);
            self.shown.put(of, Arc::clone(&chart));
            return Some(chart);
        }
        if self.shown.begins(&of) {
            let (ask, project) = (self.asked(session), session.snapshot());
            self.tasks.start(tr(lang, "task-chart"), move || {
                let sums = Sums::new(&project, of.variant);
                let chart = Arc::new(ask.chart(&of.wish, &project, &sums, &of.scope));
                Outcome::Chart { of: Box::new(of), chart }
            });
            if !self.services.threads {
                self.tick();
            }
        }
        // Of another size too: it is pulled larger just now.
        let is_of =
            |known: &ChartOf| (known.serial, known.wish.id, known.wish.titled) == (serial, wish.id, wish.titled);
        let before = self.shown.known().filter(|(known, _)| is_of(known));
        before.map(|(_, chart)| Arc::clone(chart))
    }

    /// Selects what a dot or a bar stands for, and says so where that is more than it counts.
    pub(super) fn select_about(&mut self, about: &About) {
        let lang = self.lang();
        let Some(session) = self.session_mut() else { return };
        session.keep_made();
        let (volumes, levels) = session.drawn_about(about);
        session.select(volumes);
        match levels {
            Some(levels) => session.select_levels(levels),
            None => self.say(tr(lang, "say-chart-whole"), None),
        }
    }

    /// No chart is shown any more.
    pub fn forget_chart(&mut self) {
        self.shown.forget();
    }

    /// Draws a chart of what is open; `None` while nothing is.
    #[must_use]
    pub fn chart(&self, wish: ChartWish) -> Option<Chart> {
        let session = self.session()?;
        Some(self.asked(session).chart(&wish, session.project(), session.sums()?, &session.scope()))
    }

    /// All that a chart needs beside the project.
    fn asked(&self, session: &Session) -> Asked {
        let (lang, project) = (self.lang(), session.project());
        Asked {
            lang,
            scope_name: scope_name(session, lang),
            title: format!("{} · {}", project.name, scope_words(session, lang)),
            others: REFERENCES.iter().filter(|reference| reference.name != project.name).cloned().collect(),
            trail: self.trail.points.clone(),
        }
    }
}

/// All that a chart needs beside the project.
struct Asked {
    lang: Lang,
    scope_name: String,
    title: String,
    others: Vec<Reference>,
    trail: Vec<[f64; 2]>,
}

impl Asked {
    fn chart(&self, wish: &ChartWish, project: &Project, sums: &Sums, scope: &Scope) -> Chart {
        let ask = Ask {
            project,
            sums,
            scope,
            scope_name: &self.scope_name,
            library: &sums.coefficients().library,
            lang: self.lang,
            size_px: wish.size_px,
            paper: wish.paper,
            title: wish.titled.then_some(self.title.as_str()),
            references: &self.others,
            trail: &self.trail,
        };
        Chart::new(wish.id, &ask)
    }
}

/// What the scope is called in a chart: the variant, where it is all of it.
fn scope_name(session: &Session, lang: Lang) -> String {
    match session.scope() {
        Scope::All => session.variant().name.clone(),
        _ => scope_words(session, lang),
    }
}
