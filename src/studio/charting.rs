//! Charts of what is open: which one is shown, where the project stood before, and the built cases to compare with.

use std::sync::LazyLock;

use super::cases::{self, CASES};
use super::{Session, Studio, scope_words};
use crate::chart::{Ask, Chart, ChartId, Reference, density_of};
use crate::i18n::Lang;
use crate::look::Role;
use crate::measure::Scope;

/// The built cases, measured when a chart first asks for them.
static REFERENCES: LazyLock<Vec<Reference>> = LazyLock::new(|| {
    (0..CASES.len()).filter_map(|index| cases::open(index).ok()).filter_map(|case| Reference::of(&case)).collect()
});

/// Where a scope stood in Spacematrix, edit by edit.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail {
    /// Of which project, variant and scope.
    of: Option<(u64, crate::model::Id, Scope)>,
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

/// How a chart is wanted.
#[derive(Clone, Copy, Debug)]
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

    /// Draws a chart of what is open; `None` while nothing is.
    #[must_use]
    pub fn chart(&self, wish: ChartWish) -> Option<Chart> {
        let session = self.session()?;
        let lang = self.lang();
        let project = session.project();
        let scope_name = scope_name(session, lang);
        let title = format!("{} · {}", project.name, scope_words(session, lang));
        let others: Vec<Reference> =
            REFERENCES.iter().filter(|reference| reference.name != project.name).cloned().collect();
        let scope = session.scope();
        Some(Chart::new(
            wish.id,
            &Ask {
                project,
                sums: session.sums()?,
                scope: &scope,
                scope_name: &scope_name,
                library: session.library(),
                lang,
                size_px: wish.size_px,
                paper: wish.paper,
                title: wish.titled.then_some(title.as_str()),
                references: &others,
                trail: &self.trail.points,
            },
        ))
    }
}

/// What the scope is called in a chart: the variant, where it is all of it.
fn scope_name(session: &Session, lang: Lang) -> String {
    match session.scope() {
        Scope::All => session.variant().name.clone(),
        _ => scope_words(session, lang),
    }
}
