//! How sums follow an edit: take out what the edit touched as it was, put it in as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::coefficients::Coefficients;
use super::sums::{Home, Sums, pairs_of, region_place};
use crate::edit::{Change, Edit};
use crate::model::{Building, Id, Plot, Project, Surface, Variant, Volume};

/// What the things that an edit touched were before it; `None` when they were not there.
#[derive(Default)]
struct Before {
    plots: BTreeMap<Id, Option<Arc<Plot>>>,
    buildings: BTreeMap<Id, Option<Arc<Building>>>,
    volumes: BTreeMap<Id, Option<Arc<Volume>>>,
    surfaces: BTreeMap<Id, Option<Arc<Surface>>>,
    rates: bool,
}

/// More volumes than this and half of all are summed afresh instead of one by one.
const MANY_VOLUMES: usize = 1000;

impl Before {
    /// Reads the inverse of an edit; `None` when everything has to be summed afresh.
    fn read(sums: &Sums, project: &Project, inverse: &Edit) -> Option<Self> {
        let mut before = Self::default();
        // An edit may touch a thing twice. Its inverse is in the opposite order, so the later entry is what there was
        // before all of it.
        for change in &inverse.changes {
            match change {
                Change::Info(info) if info.uses != project.uses => return None,
                Change::Info(info) => {
                    before.rates |= info.rates != project.rates || info.brief.figures != project.brief.figures;
                }
                Change::Variant { id, .. } if *id == sums.variant => return None,
                Change::Plot(variant, put) if *variant == sums.variant => {
                    before.plots.insert(put.id, put.value.clone());
                }
                Change::Building(variant, put) if *variant == sums.variant => {
                    before.buildings.insert(put.id, put.value.clone());
                }
                Change::Surface(variant, put) if *variant == sums.variant => {
                    before.surfaces.insert(put.id, put.value.clone());
                }
                Change::Volume(variant, put) if *variant == sums.variant => {
                    before.volumes.insert(put.id, put.value.clone());
                }
                _ => {}
            }
        }
        Some(before)
    }

    fn plot_of_building(&self, variant: &Variant, building: Id) -> Option<Id> {
        self.buildings.get(&building).map_or_else(|| variant.buildings.get(building), Option::as_ref)?.plot
    }
}

impl Sums {
    /// Follows an edit that was just applied: `inverse` holds what there was before, the project what there is now.
    ///
    /// The cost is that of what the edit touched: its volumes, the volumes of buildings that it moved from plot to
    /// plot, and the volumes grouped with them on the ground. A change of the uses, or of the whole variant, sums
    /// everything afresh.
    pub fn follow(&mut self, project: &Project, inverse: &Edit) {
        let Some(before) = Before::read(self, project, inverse) else {
            *self = Self::new(project, self.variant);
            return;
        };
        if before.rates {
            self.coefficients = Coefficients::of(project);
        }
        let Some(variant) = project.variant(self.variant) else { return };
        let touched = self.touched_volumes(variant, &before);
        if touched.len() > MANY_VOLUMES && touched.len() > self.volumes_by_building.len() / 2 {
            *self = Self::new(project, self.variant);
            return;
        }
        let mut homes = BTreeSet::new();
        for &id in before.plots.keys() {
            self.open(Home::Plot(id), &mut homes);
        }
        for &id in &touched {
            let old = before.volumes.get(&id).map_or_else(|| variant.volumes.get(id), Option::as_ref);
            if let Some(old) = old {
                let home = self.home(before.plot_of_building(variant, old.building), old.building);
                self.open(home, &mut homes);
                self.take_out(old, home);
            }
        }
        self.update_indices(variant, &before);
        self.update_plots(variant, &before, &mut homes);
        self.update_pieces(variant, &before, &mut homes);
        for &id in &touched {
            if let Some(new) = variant.volumes.get(id) {
                let home = self.home(variant.plot_of(new), new.building);
                self.open(home, &mut homes);
                self.put_in(new, home);
            }
        }
        self.close(variant, &homes);
    }

    /// The volumes whose part in the sums changes, or may.
    fn touched_volumes(&self, variant: &Variant, before: &Before) -> BTreeSet<Id> {
        let mut touched: BTreeSet<Id> = before.volumes.keys().copied().collect();
        let mut moved: BTreeSet<Id> = BTreeSet::new();
        for (&building, old) in &before.buildings {
            let plot_now = variant.buildings.get(building).and_then(|now| now.plot);
            if old.as_ref().and_then(|old| old.plot) != plot_now {
                moved.insert(building);
            }
        }
        for (&plot, old) in &before.plots {
            if old.is_some() != variant.plots.contains(plot) {
                moved.extend(pairs_of(&self.buildings_by_plot, plot));
            }
        }
        for building in moved {
            touched.extend(pairs_of(&self.volumes_by_building, building));
        }
        touched
    }

    /// Readies a home for changes: a plot leaves its region's sums, a ground elsewhere the footprint.
    fn open(&mut self, home: Home, homes: &mut BTreeSet<Home>) {
        if !homes.insert(home) {
            return;
        }
        match home {
            Home::Plot(id) => {
                if let Some(plot) = self.plots.get(&id) {
                    self.regions[region_place(plot.region)].take_out(plot);
                }
            }
            Home::Elsewhere(building) => {
                if let Some((covered, _)) = self.elsewhere.grounds.get(&building) {
                    self.elsewhere.covered -= *covered;
                }
            }
        }
    }

    /// Settles the grounds of the homes and counts them again.
    fn close(&mut self, variant: &Variant, homes: &BTreeSet<Home>) {
        let outline = |id| variant.volumes.get(id).map(|volume| &volume.footprint);
        for home in homes {
            match home {
                Home::Plot(id) => {
                    if let Some(plot) = self.plots.get_mut(id) {
                        plot.settle(*id, variant);
                        self.regions[region_place(plot.region)].add(plot);
                    }
                }
                Home::Elsewhere(building) => {
                    if let Some((covered, cover)) = self.elsewhere.grounds.get_mut(building) {
                        *covered = cover.settle(outline);
                        self.elsewhere.covered += *covered;
                        if cover.is_empty() {
                            self.elsewhere.grounds.remove(building);
                        }
                    }
                }
            }
        }
    }

    fn update_indices(&mut self, variant: &Variant, before: &Before) {
        for (&id, old) in &before.volumes {
            if let Some(old) = old {
                self.volumes_by_building.remove(&(old.building, id));
            }
            if let Some(new) = variant.volumes.get(id) {
                self.volumes_by_building.insert((new.building, id));
            }
        }
        for (&id, old) in &before.buildings {
            if let Some(plot) = old.as_ref().and_then(|old| old.plot) {
                self.buildings_by_plot.remove(&(plot, id));
            }
            if let Some(plot) = variant.buildings.get(id).and_then(|new| new.plot) {
                self.buildings_by_plot.insert((plot, id));
            }
        }
    }

    /// Lets plots come and go and take their new region and area. Plots that are there have been opened.
    fn update_plots(&mut self, variant: &Variant, before: &Before, homes: &mut BTreeSet<Home>) {
        for &id in before.plots.keys() {
            match variant.plots.get(id) {
                Some(new) => {
                    self.plots.entry(id).or_default().set(new);
                    homes.insert(Home::Plot(id));
                }
                None => {
                    self.plots.remove(&id);
                }
            }
        }
    }
}

impl Sums {
    /// Lets pieces of ground come and go, and lie on other plots where those have changed.
    fn update_pieces(&mut self, variant: &Variant, before: &Before, homes: &mut BTreeSet<Home>) {
        let mut lying: BTreeSet<Id> = before.surfaces.keys().copied().collect();
        if !variant.surfaces.is_empty() || !self.plots_by_surface.is_empty() {
            for plot in before.plots.keys() {
                let lay = self.plots_by_surface.iter().filter(|(_, plots)| plots.contains(plot)).map(|(id, _)| *id);
                lying.extend(lay);
                if let Some(bounds) = self.plots.get(plot).and_then(|plot| plot.bounds) {
                    let meets = |surface: &&Arc<Surface>| surface.outline.bounds().is_some_and(|b| b.meets(&bounds));
                    lying.extend(variant.surfaces.iter().filter(meets).map(|surface| surface.id));
                }
            }
        }
        for id in lying {
            for plot in self.plots_by_surface.remove(&id).unwrap_or_default() {
                self.open(Home::Plot(plot), homes);
                if let Some(pieces) = self.plots.get_mut(&plot).and_then(|plot| plot.pieces.as_mut()) {
                    pieces.remove(id);
                }
            }
            let Some(surface) = variant.surfaces.get(id) else { continue };
            let Some(bounds) = surface.outline.bounds() else { continue };
            let meets = self.plots.iter().filter(|(_, plot)| plot.bounds.is_some_and(|b| b.meets(&bounds)));
            let plots: Vec<Id> = meets.map(|(id, _)| *id).collect();
            for &plot in &plots {
                self.open(Home::Plot(plot), homes);
            }
            self.lay(surface, |_| plots);
        }
    }
}
