//! What belongs to what in the open variant, looked up rather than searched for: a frame has no time to go through a hundred
//! thousand things.

use std::collections::BTreeSet;

use super::Session;
use crate::chart::About;
use crate::geometry::Bounds;
use crate::model::{Id, Plot, State, Volume};
use crate::studio::Levels;
use crate::studio::index::Kind;

impl Session {
    /// The volumes of a building of the open variant, in order of id.
    pub fn volumes_of(&self, building: Id) -> impl Iterator<Item = Id> + '_ {
        self.sums().into_iter().flat_map(move |sums| sums.volumes_of(building))
    }

    /// The plots that a building may be put on: all where they are few, else those that lie near it and its own.
    #[must_use]
    pub fn plots_to_offer(&self, building: Id) -> Vec<&Plot> {
        /// A list of more is none to choose from.
        const MOST: usize = 300;
        /// How far around the building is near.
        const NEAR_M: f64 = 150.0;
        let v = self.variant();
        if v.plots.len() <= MOST {
            return v.plots.iter().map(|plot| &**plot).collect();
        }
        let outlines = self.volumes_of(building).filter_map(|id| v.volumes.get(id)?.footprint.bounds());
        let around = outlines.reduce(Bounds::union).map(|bounds| self.index.meeting(bounds.grown(NEAR_M)));
        let near = around.into_iter().flatten().filter(|(kind, _)| *kind == Kind::Plot).map(|(_, id)| id);
        let own = v.buildings.get(building).and_then(|building| building.plot);
        let ids: BTreeSet<Id> = near.take(MOST).chain(own).collect();
        ids.into_iter().filter_map(|id| v.plots.get(id)).map(|plot| &**plot).collect()
    }

    /// What can be selected of a thing: of a building its volumes, else the thing itself.
    #[must_use]
    pub fn drawn_of(&self, id: Id) -> Vec<Id> {
        let volumes: Vec<Id> = self.volumes_of(id).collect();
        if volumes.is_empty() { vec![id] } else { volumes }
    }

    /// What can be selected of what a dot or a bar in a chart stands for: volumes, and which of their storeys where it is not
    /// all of them. No levels say that where these are not the same in all of them.
    pub(in crate::studio) fn drawn_about(&self, about: &About) -> (Vec<Id>, Option<Levels>) {
        let whole = |volumes: Vec<Id>| (volumes, Some(Levels::default()));
        let Some(sums) = self.sums() else { return whole(Vec::new()) };
        let (project, scope) = (self.project(), self.scope());
        let storeys = match about {
            About::Thing(id) => return whole(self.drawn_of(*id)),
            About::Whole => return whole(each_once(&sums.storeys_in(project, &scope, &State::ALL))),
            About::Level(level) => sums.storeys_at_level(project, &scope, *level),
            About::Use(id) => sums.storeys_of_use(project, &scope, id),
            About::States(states) => sums.storeys_in(project, &scope, states),
        };
        (each_once(&storeys), self.levels_of(&storeys))
    }

    /// The levels that name just these storeys of their volumes, none where these are all that they have; `None` where no levels
    /// do.
    fn levels_of(&self, storeys: &[(Id, usize)]) -> Option<Levels> {
        let of_volumes = storeys.chunk_by(|a, b| a.0 == b.0);
        let of_volumes: Vec<(&Volume, BTreeSet<usize>)> = of_volumes
            .map(|alike| {
                let volume = self.variant().volumes.get(alike.first()?.0)?;
                Some((&**volume, alike.iter().map(|(_, at)| *at).collect()))
            })
            .collect::<Option<_>>()?;
        if of_volumes.iter().all(|(volume, at)| at.len() == volume.storeys.len()) {
            return Some(Levels::default());
        }
        let levels = Levels::of(of_volumes.iter().flat_map(|(volume, at)| at.iter().map(|at| volume.level(*at))));
        let names_just = |(volume, at): &(&Volume, BTreeSet<usize>)| levels.storeys_of(volume).eq(at.iter().copied());
        of_volumes.iter().all(names_just).then_some(levels)
    }
}

/// The volumes of some storeys, each once.
fn each_once(storeys: &[(Id, usize)]) -> Vec<Id> {
    storeys.chunk_by(|a, b| a.0 == b.0).filter_map(|alike| Some(alike.first()?.0)).collect()
}
