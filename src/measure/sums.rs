//! Exact sums of floor space by plot, kept up to date edit by edit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::FigureId;
use super::coefficients::Coefficients;
use super::cover::{Cover, Covered};
use super::evaluation::Memory;
use super::figures::Figures;
use super::floor::{Floor, UseKeys};
use super::pieces::Pieces;
use super::program::{SurfaceAreas, Tally};
use crate::geometry::Bounds;
use crate::model::{Id, Plot, Project, Region, State, Surface, Variant, Volume};
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
    /// The plots that each piece of ground lies on.
    pub(super) plots_by_surface: BTreeMap<Id, Vec<Id>>,
    /// What one volume holds, kept for its room.
    pub(super) scratch: Floor,
}

/// What one plot amounts to.
#[derive(Clone, Debug, Default)]
pub(super) struct PlotSums {
    pub(super) region: Region,
    pub(super) area: Area,
    pub(super) bounds: Option<Bounds>,
    pub(super) covered: Covered,
    pub(super) floor: Floor,
    pub(super) cover: Cover,
    /// The volumes that have something below ground.
    pub(super) below: BTreeSet<Id>,
    /// What of its ground is drawn as something; `None` while nothing is.
    pub(super) pieces: Option<Box<Pieces>>,
}

/// What the plots of one region amount to.
#[derive(Clone, Debug, Default)]
pub(super) struct RegionSums {
    pub(super) plots: usize,
    pub(super) area: Area,
    pub(super) covered: Covered,
    pub(super) floor: Floor,
    pub(super) surfaces: SurfaceAreas,
}

/// What stands on no plot. Its footprint is taken building by building.
#[derive(Clone, Debug, Default)]
pub(super) struct Elsewhere {
    pub(super) covered: Covered,
    pub(super) floor: Floor,
    pub(super) grounds: BTreeMap<Id, (Covered, Cover)>,
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
        let mut sums = Self::default();
        sums.set(plot);
        sums
    }

    /// Takes on what a plot is; what stands on it stays.
    pub(super) fn set(&mut self, plot: &Plot) {
        self.region = plot.region;
        self.area = if plot.outline.fault().is_some() { Area::ZERO } else { Area::from_m2(plot.outline.area_m2()) };
        self.bounds = plot.outline.bounds().filter(|_| !self.area.is_zero());
    }

    /// Measures what stands and lies on it anew where that has changed.
    pub(super) fn settle(&mut self, id: Id, variant: &Variant) {
        let outline = |id| variant.volumes.get(id).map(|volume| &volume.footprint);
        self.covered = self.cover.settle(outline);
        let Some((pieces, plot)) = self.pieces.as_mut().zip(variant.plots.get(id)) else { return };
        if pieces.is_empty() {
            self.pieces = None;
        } else {
            let covers: Vec<_> = self.cover.on_ground().filter_map(outline).collect();
            let below: Vec<_> = self.below.iter().copied().filter_map(outline).collect();
            let piece = |id| variant.surfaces.get(id).map(|surface| &surface.outline);
            pieces.settle(&plot.outline, piece, &covers, &below);
        }
    }

    fn surfaces(&self) -> SurfaceAreas {
        self.pieces.as_ref().map_or_else(SurfaceAreas::default, |pieces| *pieces.areas())
    }

    /// What a volume covers there has to be measured again.
    fn touch(&mut self, volume: &Volume) {
        if let Some((pieces, bounds)) = self.pieces.as_mut().zip(volume.footprint.bounds()) {
            pieces.touch(&bounds);
        }
    }
}

/// Adds areas of ground to others, or takes them away.
fn combine(sum: &mut SurfaceAreas, other: SurfaceAreas, signed: impl Fn(Area) -> Area) {
    for (sum, other) in sum.iter_mut().flatten().zip(other.into_iter().flatten()) {
        *sum += signed(other);
    }
}

impl RegionSums {
    pub(super) fn add(&mut self, plot: &PlotSums) {
        self.plots += 1;
        self.area += plot.area;
        self.covered += plot.covered;
        self.floor.add(&plot.floor);
        combine(&mut self.surfaces, plot.surfaces(), |area| area);
    }

    pub(super) fn take_out(&mut self, plot: &PlotSums) {
        self.plots -= 1;
        self.area -= plot.area;
        self.covered -= plot.covered;
        self.floor.take_out(&plot.floor);
        combine(&mut self.surfaces, plot.surfaces(), |area| -area);
    }
}

/// The second ids of the pairs that begin with `first`, in order.
pub(super) fn pairs_of(pairs: &BTreeSet<(Id, Id)>, first: Id) -> impl Iterator<Item = Id> + '_ {
    pairs.range((first, Id(u64::MIN))..=(first, Id(u64::MAX))).map(|&(_, second)| second)
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
        let coefficients = Coefficients::of(project);
        let mut sums = Self {
            variant,
            keys: UseKeys::new(Arc::clone(&coefficients.library)),
            coefficients,
            plots: BTreeMap::new(),
            regions: Default::default(),
            elsewhere: Elsewhere::default(),
            volumes_by_building: BTreeSet::new(),
            buildings_by_plot: BTreeSet::new(),
            plots_by_surface: BTreeMap::new(),
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
        if !variant.surfaces.is_empty() {
            let plots = PlotsByPlace::new(&self.plots);
            for surface in variant.surfaces.iter() {
                self.lay(surface, |bounds| plots.that_meet(bounds));
            }
        }
        for (&id, plot) in &mut self.plots {
            plot.settle(id, variant);
            self.regions[region_place(plot.region)].add(plot);
        }
        let outline = |id| variant.volumes.get(id).map(|volume| &volume.footprint);
        for (covered, cover) in self.elsewhere.grounds.values_mut() {
            *covered = cover.settle(outline);
            self.elsewhere.covered += *covered;
        }
    }

    /// Lays a piece of ground on the plots that it meets and answers which they are; one with a fault lies on none.
    pub(super) fn lay(&mut self, surface: &Surface, plots: impl FnOnce(&Bounds) -> Vec<Id>) {
        let bounds = surface.outline.bounds().filter(|_| surface.outline.fault().is_none());
        let Some(bounds) = bounds else { return };
        let plots = plots(&bounds);
        for id in &plots {
            if let Some(plot) = self.plots.get_mut(id) {
                plot.pieces.get_or_insert_default().insert(surface.id, surface.kind, bounds);
            }
        }
        if !plots.is_empty() {
            self.plots_by_surface.insert(surface.id, plots);
        }
    }

    /// Where a volume of that building counts, when the building names that plot. A plot that is not there is none.
    pub(super) fn home(&self, plot: Option<Id>, building: Id) -> Home {
        plot.filter(|plot| self.plots.contains_key(plot)).map_or(Home::Elsewhere(building), Home::Plot)
    }

    /// Counts a volume at its home; the ground there has to be settled afterwards.
    pub(super) fn put_in(&mut self, volume: &Volume, home: Home) {
        let Some(footprint) = self.measure(volume) else { return };
        match home {
            Home::Plot(id) => {
                let Some(plot) = self.plots.get_mut(&id) else { return };
                plot.floor.add(&self.scratch);
                plot.cover.insert(volume, footprint);
                if reaches_below(volume) {
                    plot.below.insert(volume.id);
                }
                plot.touch(volume);
            }
            Home::Elsewhere(building) => {
                self.elsewhere.floor.add(&self.scratch);
                self.elsewhere.grounds.entry(building).or_default().1.insert(volume, footprint);
            }
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
                    plot.cover.remove(volume);
                    plot.below.remove(&volume.id);
                    plot.touch(volume);
                }
            }
            Home::Elsewhere(building) => {
                self.elsewhere.floor.take_out(&self.scratch);
                if let Some((_, cover)) = self.elsewhere.grounds.get_mut(&building) {
                    cover.remove(volume);
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
        self.with_totals(|tally| self.figures(tally))
    }

    /// Runs something with all that the variant amounts to.
    pub(super) fn with_totals<T>(&self, run: impl FnOnce(&Tally<'_>) -> T) -> T {
        let mut area = Area::ZERO;
        let mut covered = Covered::default();
        let mut surfaces = SurfaceAreas::default();
        for region in &self.regions {
            area += region.area;
            covered += region.covered;
            combine(&mut surfaces, region.surfaces, |area| area);
        }
        let of = |region: Region| (region, true, &self.regions[region_place(region)].floor);
        let [brussels, flanders, none] = Region::ALL.map(of);
        let floors = [brussels, flanders, none, (Region::None, false, &self.elsewhere.floor)];
        run(&Tally {
            floors: &floors,
            plots_area: area,
            site_footprint: covered.footprint,
            footprint: covered.footprint + self.elsewhere.covered.footprint,
            site_roof: covered.roof,
            roof: covered.roof + self.elsewhere.covered.roof,
            surfaces: &surfaces,
        })
    }

    fn figures(&self, tally: &Tally<'_>) -> Figures {
        Figures::of(tally, &self.keys, &self.coefficients, FigureId::ALL.len(), &mut Memory::default())
    }

    /// The figures of the plots of one region; `None` when it has no plot.
    #[must_use]
    pub fn region(&self, region: Region) -> Option<Figures> {
        self.with_region(region, |tally| self.figures(tally))
    }

    pub(super) fn with_region<T>(&self, region: Region, run: impl FnOnce(&Tally<'_>) -> T) -> Option<T> {
        let sums = &self.regions[region_place(region)];
        let floors = [(region, true, &sums.floor)];
        (sums.plots > 0).then(|| run(&Tally::on_ground(sums.area, sums.covered, &floors, &sums.surfaces)))
    }

    /// The figures of one plot.
    #[must_use]
    pub fn plot(&self, plot: Id) -> Option<Figures> {
        self.with_plot(plot, |tally| self.figures(tally))
    }

    /// The figures of one plot up to one of [`FigureId::ALL`]: for where few figures are wanted of many plots.
    #[must_use]
    pub fn plot_until(&self, plot: Id, last: FigureId) -> Option<Figures> {
        self.with_plot(plot, |tally| self.figures_until(tally, &self.keys, last))
    }

    fn figures_until(&self, tally: &Tally<'_>, keys: &UseKeys, last: FigureId) -> Figures {
        Figures::of(tally, keys, &self.coefficients, last as usize + 1, &mut Memory::default())
    }

    pub(super) fn with_plot<T>(&self, plot: Id, run: impl FnOnce(&Tally<'_>) -> T) -> Option<T> {
        let sums = self.plots.get(&plot)?;
        let floors = [(sums.region, true, &sums.floor)];
        Some(run(&Tally::on_ground(sums.area, sums.covered, &floors, &sums.surfaces())))
    }

    /// The figures of some volumes on their own (a selection, a building), each counted once. They stand on no area,
    /// so they have no densities.
    #[must_use]
    pub fn of_volumes(&self, project: &Project, volumes: impl IntoIterator<Item = Id>) -> Figures {
        self.with_volumes(project, volumes, |tally, keys| {
            Figures::of(tally, keys, &self.coefficients, FigureId::ALL.len(), &mut Memory::default())
        })
        .unwrap_or_default()
    }

    /// The same up to one of [`FigureId::ALL`].
    #[must_use]
    pub fn of_volumes_until(
        &self,
        project: &Project,
        volumes: impl IntoIterator<Item = Id>,
        last: FigureId,
    ) -> Figures {
        self.with_volumes(project, volumes, |tally, keys| self.figures_until(tally, keys, last)).unwrap_or_default()
    }

    pub(super) fn with_volumes<T>(
        &self,
        project: &Project,
        volumes: impl IntoIterator<Item = Id>,
        run: impl FnOnce(&Tally<'_>, &UseKeys) -> T,
    ) -> Option<T> {
        let volumes: BTreeSet<Id> = volumes.into_iter().collect();
        let variant = project.variant(self.variant)?;
        let mut keys = self.keys.clone();
        let mut cover = Cover::default();
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
            cover.insert(volume, footprint);
        }
        let covered = cover.settle(|id| variant.volumes.get(id).map(|volume| &volume.footprint));
        let [brussels, flanders, none] = &floors;
        let floors =
            [(Region::Brussels, true, brussels), (Region::Flanders, true, flanders), (Region::None, true, none)];
        Some(run(&Tally::on_ground(Area::ZERO, covered, &floors, &SurfaceAreas::default()), &keys))
    }

    /// The volumes of a building, in order of id.
    pub fn volumes_of(&self, building: Id) -> impl Iterator<Item = Id> + '_ {
        pairs_of(&self.volumes_by_building, building)
    }

    /// The volumes of the buildings that stand on a plot.
    pub fn volumes_on(&self, plot: Id) -> impl Iterator<Item = Id> + '_ {
        pairs_of(&self.buildings_by_plot, plot).flat_map(|building| self.volumes_of(building))
    }

    /// Whether a plot lies on that side of the border.
    #[must_use]
    pub fn has_plot_in(&self, region: Region) -> bool {
        self.regions[region_place(region)].plots > 0
    }
}

impl<'a> Tally<'a> {
    /// Of floor that all stands on one ground.
    fn on_ground(
        area: Area,
        covered: Covered,
        floors: &'a [(Region, bool, &'a Floor)],
        surfaces: &'a SurfaceAreas,
    ) -> Self {
        Self {
            floors,
            plots_area: area,
            site_footprint: covered.footprint,
            footprint: covered.footprint,
            site_roof: covered.roof,
            roof: covered.roof,
            surfaces,
        }
    }
}

/// Plots from west to east, to find those that meet something.
struct PlotsByPlace {
    plots: Vec<(Bounds, Id)>,
    widest_m: f64,
}

impl PlotsByPlace {
    fn new(plots: &BTreeMap<Id, PlotSums>) -> Self {
        let mut plots: Vec<(Bounds, Id)> = plots.iter().filter_map(|(id, plot)| Some((plot.bounds?, *id))).collect();
        plots.sort_by(|(a, _), (b, _)| a.min.x.total_cmp(&b.min.x));
        let widest_m = plots.iter().map(|(bounds, _)| bounds.width_m()).fold(0.0, f64::max);
        Self { plots, widest_m }
    }

    fn that_meet(&self, bounds: &Bounds) -> Vec<Id> {
        let from = self.plots.partition_point(|(plot, _)| plot.min.x < bounds.min.x - self.widest_m);
        let near = self.plots[from..].iter().take_while(|(plot, _)| plot.min.x <= bounds.max.x);
        let mut ids: Vec<Id> = near.filter(|(plot, _)| plot.meets(bounds)).map(|(_, id)| *id).collect();
        ids.sort_unstable();
        ids
    }
}

/// Whether it has storeys below ground that are not removed.
fn reaches_below(volume: &Volume) -> bool {
    volume.storeys.iter().any(|storey| storey.below_ground && storey.state != State::Removed)
}
