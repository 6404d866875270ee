//! Exact sums of floor space by plot, kept up to date edit by edit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::coefficients::Coefficients;
use super::figures::{Figures, PlotFigures, Report, Scope};
use super::floor::{Floor, UseKeys};
use super::ground::Ground;
use crate::model::{Id, Plot, Project, Region, Variant, Volume};
use crate::num::Area;

/// The sums of one variant.
///
/// Areas are whole square millimetres and every figure is a pure function of them, so sums that followed any number of
/// edits give exactly the figures of [`Sums::new`]. Volumes whose footprint has a fault are left out, and a plot whose
/// outline has one has no area.
#[derive(Clone, Debug)]
pub struct Sums {
    pub(super) variant: Id,
    pub(super) coefficients: Arc<Coefficients>,
    pub(super) keys: UseKeys,
    pub(super) plots: BTreeMap<Id, PlotSums>,
    /// In the order of [`Region::ALL`].
    pub(super) regions: [RegionSums; 3],
    pub(super) elsewhere: Elsewhere,
    pub(super) volumes_by_building: BTreeSet<(Id, Id)>,
    pub(super) buildings_by_plot: BTreeSet<(Id, Id)>,
    /// What one volume holds, kept for its room.
    pub(super) scratch: Floor,
}

/// What one plot amounts to.
#[derive(Clone, Debug, Default)]
pub(super) struct PlotSums {
    pub(super) region: Region,
    pub(super) area: Area,
    pub(super) footprint: Area,
    pub(super) floor: Floor,
    pub(super) ground: Ground,
}

/// What the plots of one region amount to.
#[derive(Clone, Debug, Default)]
pub(super) struct RegionSums {
    pub(super) plots: usize,
    pub(super) area: Area,
    pub(super) footprint: Area,
    pub(super) floor: Floor,
}

/// What stands on no plot. Its footprint is taken building by building.
#[derive(Clone, Debug, Default)]
pub(super) struct Elsewhere {
    pub(super) footprint: Area,
    pub(super) floor: Floor,
    pub(super) grounds: BTreeMap<Id, (Area, Ground)>,
}

/// Where a volume counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    Plot(Id),
    /// On no plot; with its building.
    Elsewhere(Id),
}

impl PlotSums {
    fn of(plot: &Plot) -> Self {
        Self { region: plot.region, area: plot_area(plot), ..Self::default() }
    }
}

/// The area of a plot that can be measured.
pub(super) fn plot_area(plot: &Plot) -> Area {
    if plot.outline.fault().is_some() { Area::ZERO } else { Area::from_m2(plot.outline.area_m2()) }
}

impl RegionSums {
    pub(super) fn add(&mut self, plot: &PlotSums) {
        self.plots += 1;
        self.area += plot.area;
        self.footprint += plot.footprint;
        self.floor.add(&plot.floor);
    }

    pub(super) fn take_out(&mut self, plot: &PlotSums) {
        self.plots -= 1;
        self.area -= plot.area;
        self.footprint -= plot.footprint;
        self.floor.take_out(&plot.floor);
    }
}

/// The place of a region in [`Region::ALL`].
pub(super) fn region_place(region: Region) -> usize {
    match region {
        Region::Brussels => 0,
        Region::Flanders => 1,
        Region::None => 2,
    }
}

impl Sums {
    /// Adds up a variant from scratch; a variant that is not there amounts to nothing.
    #[must_use]
    pub fn new(project: &Project, variant: Id) -> Self {
        let coefficients = Arc::new(Coefficients::of(project));
        let mut sums = Self {
            variant,
            keys: UseKeys::new(Arc::clone(&coefficients.library)),
            coefficients,
            plots: BTreeMap::new(),
            regions: Default::default(),
            elsewhere: Elsewhere::default(),
            volumes_by_building: BTreeSet::new(),
            buildings_by_plot: BTreeSet::new(),
            scratch: Floor::default(),
        };
        if let Some(variant) = project.variant(variant) {
            sums.add_up(variant);
        }
        sums
    }

    fn add_up(&mut self, variant: &Variant) {
        // Sets and maps built from a sorted list are packed and built in one go.
        self.plots = variant.plots.iter().map(|plot| (plot.id, PlotSums::of(plot))).collect();
        self.volumes_by_building = variant.volumes.iter().map(|volume| (volume.building, volume.id)).collect();
        self.buildings_by_plot =
            variant.buildings.iter().filter_map(|building| Some((building.plot?, building.id))).collect();
        for volume in variant.volumes.iter() {
            self.put_in(volume, self.home(variant.plot_of(volume), volume.building));
        }
        let outline = |id| variant.volumes.get(id).map(|volume| &volume.footprint);
        for plot in self.plots.values_mut() {
            plot.footprint = plot.ground.settle(outline);
            self.regions[region_place(plot.region)].add(plot);
        }
        for (footprint, ground) in self.elsewhere.grounds.values_mut() {
            *footprint = ground.settle(outline);
            self.elsewhere.footprint += *footprint;
        }
    }

    /// Where a volume of that building counts, when the building names that plot. A plot that is not there is none.
    pub(super) fn home(&self, plot: Option<Id>, building: Id) -> Home {
        plot.filter(|plot| self.plots.contains_key(plot)).map_or(Home::Elsewhere(building), Home::Plot)
    }

    /// Counts a volume at its home; the ground there has to be settled afterwards.
    pub(super) fn put_in(&mut self, volume: &Volume, home: Home) {
        let Some(footprint) = self.measure(volume) else { return };
        let ground = match home {
            Home::Plot(id) => {
                let Some(plot) = self.plots.get_mut(&id) else { return };
                plot.floor.add(&self.scratch);
                &mut plot.ground
            }
            Home::Elsewhere(building) => {
                self.elsewhere.floor.add(&self.scratch);
                if !volume.is_on_ground() {
                    return;
                }
                &mut self.elsewhere.grounds.entry(building).or_default().1
            }
        };
        if volume.is_on_ground() {
            ground.insert(volume.id, &volume.footprint, footprint);
        }
    }

    /// Takes a volume, as it was counted, out of its home; the ground there has to be settled afterwards.
    pub(super) fn take_out(&mut self, volume: &Volume, home: Home) {
        if self.measure(volume).is_none() {
            return;
        }
        match home {
            Home::Plot(id) => {
                if let Some(plot) = self.plots.get_mut(&id) {
                    plot.floor.take_out(&self.scratch);
                    plot.ground.remove(volume.id);
                }
            }
            Home::Elsewhere(building) => {
                self.elsewhere.floor.take_out(&self.scratch);
                if let Some((_, ground)) = self.elsewhere.grounds.get_mut(&building) {
                    ground.remove(volume.id);
                }
            }
        }
    }

    /// Puts what a volume holds into `scratch` and answers the area of its footprint; `None` when that has a fault.
    fn measure(&mut self, volume: &Volume) -> Option<Area> {
        if volume.footprint.fault().is_some() {
            return None;
        }
        let footprint = Area::from_m2(volume.footprint.area_m2());
        self.scratch.set_to_volume(volume, footprint, &mut self.keys);
        Some(footprint)
    }

    /// The variant that is summed.
    #[must_use]
    pub fn variant(&self) -> Id {
        self.variant
    }

    /// The uses and rates that the figures are made with.
    #[must_use]
    pub fn coefficients(&self) -> &Arc<Coefficients> {
        &self.coefficients
    }

    /// The figures of the whole variant. Floor on no plot counts, but densities are taken from what stands on plots.
    #[must_use]
    pub fn totals(&self) -> Figures {
        let [brussels, flanders, none] = &self.regions;
        Scope {
            plot_area: brussels.area + flanders.area + none.area,
            footprint: brussels.footprint + flanders.footprint + none.footprint,
            floors: &[
                (Region::Brussels, &brussels.floor),
                (Region::Flanders, &flanders.floor),
                (Region::None, &none.floor),
            ],
            elsewhere: Some((self.elsewhere.footprint, &self.elsewhere.floor)),
        }
        .figures(&self.keys, &self.coefficients)
    }

    /// The figures of the plots of one region; `None` when it has no plot.
    #[must_use]
    pub fn region(&self, region: Region) -> Option<Figures> {
        let sums = &self.regions[region_place(region)];
        (sums.plots > 0).then(|| self.on_ground(sums.area, sums.footprint, region, &sums.floor))
    }

    /// The figures of one plot.
    #[must_use]
    pub fn plot(&self, plot: Id) -> Option<Figures> {
        let sums = self.plots.get(&plot)?;
        Some(self.on_ground(sums.area, sums.footprint, sums.region, &sums.floor))
    }

    fn on_ground(&self, plot_area: Area, footprint: Area, region: Region, floor: &Floor) -> Figures {
        let floors = &[(region, floor)];
        Scope { plot_area, footprint, floors, elsewhere: None }.figures(&self.keys, &self.coefficients)
    }

    /// The figures of some volumes on their own (a selection, a building), each counted once. They stand on no area,
    /// so they have no densities.
    #[must_use]
    pub fn of_volumes(&self, project: &Project, volumes: impl IntoIterator<Item = Id>) -> Figures {
        let volumes: BTreeSet<Id> = volumes.into_iter().collect();
        let Some(variant) = project.variant(self.variant) else { return Figures::default() };
        let mut keys = self.keys.clone();
        let mut ground = Ground::default();
        let mut floors: [Floor; 3] = Default::default();
        let mut scratch = Floor::default();
        for volume in volumes.iter().filter_map(|id| variant.volumes.get(*id)) {
            if volume.footprint.fault().is_some() {
                continue;
            }
            let footprint = Area::from_m2(volume.footprint.area_m2());
            scratch.set_to_volume(volume, footprint, &mut keys);
            let region =
                variant.plot_of(volume).and_then(|plot| self.plots.get(&plot)).map_or(Region::None, |plot| plot.region);
            floors[region_place(region)].add(&scratch);
            if volume.is_on_ground() {
                ground.insert(volume.id, &volume.footprint, footprint);
            }
        }
        let footprint = ground.settle(|id| variant.volumes.get(id).map(|volume| &volume.footprint));
        let floors: Vec<(Region, &Floor)> = Region::ALL.into_iter().zip(&floors).collect();
        Scope { plot_area: Area::ZERO, footprint, floors: &floors, elsewhere: None }.figures(&keys, &self.coefficients)
    }

    /// The figures of every plot in order of id, one at a time: a hundred thousand of them at once fill memory.
    pub fn plots<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = PlotFigures> + 'a {
        let variant = project.variant(self.variant);
        variant.into_iter().flat_map(|variant| variant.plots.iter()).filter_map(|plot| {
            let id = if plot.code.is_empty() { plot.id.to_string() } else { plot.code.clone() };
            let figures = self.plot(plot.id)?;
            Some(PlotFigures { id, name: plot.name.clone(), region: plot.region.key(), figures })
        })
    }

    /// The report without its plots; `None` when the variant is not there.
    #[must_use]
    pub fn report_head(&self, project: &Project) -> Option<Report> {
        let variant = project.variant(self.variant)?;
        let regions = Region::ALL.into_iter().filter_map(|region| Some((region.key(), self.region(region)?)));
        Some(Report {
            format: Report::FORMAT,
            version: Report::VERSION,
            project: project.name.clone(),
            variant: variant.name.clone(),
            area_basis: Report::AREA_BASIS,
            totals: self.totals(),
            regions: regions.collect(),
            plots: Vec::new(),
            coefficients: Arc::clone(&self.coefficients),
        })
    }

    /// The whole report; `None` when the variant is not there.
    #[must_use]
    pub fn report(&self, project: &Project) -> Option<Report> {
        let head = self.report_head(project)?;
        Some(Report { plots: self.plots(project).collect(), ..head })
    }
}
