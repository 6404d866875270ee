//! Figures of small projects computed by hand, and sums that follow edits.

mod built;
mod charts;
mod explain;
mod follow;
mod hand;
mod own;
mod report;
mod workbook;

use maakblok::edit::{EditBuilder, Label};
use maakblok::geometry::{Outline, point};
use maakblok::i18n::Lang;
use maakblok::library::UseOverride;
use maakblok::measure::{FigureId, Figures, Sums, table};
use maakblok::model::{Building, Id, Origin, Plot, Project, Region, State, Storey, UseShare, Uses, Volume};
use maakblok::num::Span;

const VARIANT: Id = Id(1);

/// A project being put together.
struct Site {
    project: Project,
}

impl Site {
    fn new() -> Self {
        Self { project: Project::new("Test site", Origin::new(4.3, 50.85), "A") }
    }

    fn plot(&mut self, name: &str, at: [f64; 2], size: [f64; 2], region: Region) -> Id {
        let id = self.project.take_id();
        let mut plot = Plot::new(id, name, rectangle(at, size));
        plot.region = region;
        self.project.variants[0].plots.insert(plot);
        id
    }

    /// A volume in a building of its own.
    fn volume(&mut self, plot: Option<Id>, footprint: Outline, storeys: Vec<Storey>) -> Id {
        self.volume_with(plot, footprint, storeys, |_| {})
    }

    fn volume_with(
        &mut self,
        plot: Option<Id>,
        footprint: Outline,
        storeys: Vec<Storey>,
        change: impl FnOnce(&mut Volume),
    ) -> Id {
        let building = self.project.take_id();
        self.project.variants[0].buildings.insert(Building::new(building, "building", plot));
        let id = self.project.take_id();
        let mut volume = Volume::new(id, building, "volume", footprint);
        volume.storeys = storeys;
        change(&mut volume);
        self.project.variants[0].volumes.insert(volume);
        id
    }

    fn sums(&self) -> Sums {
        Sums::new(&self.project, VARIANT)
    }

    fn totals(&self) -> Figures {
        self.sums().totals()
    }
}

fn rectangle([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Outline {
    Outline::rectangle(point(x, y), point(x + width, y + height))
}

fn storey(use_id: &str) -> Storey {
    Storey::new(use_id, 4.0)
}

fn storeys(count: usize, use_id: &str) -> Vec<Storey> {
    vec![storey(use_id); count]
}

fn mixed(shares: &[(&str, f64)]) -> Storey {
    let mut mixed = storey("office");
    mixed.uses = Uses::new(shares.iter().map(|&(id, share)| UseShare { id: id.into(), share }));
    mixed
}

fn below(use_id: &str) -> Storey {
    Storey { below_ground: true, ..storey(use_id) }
}

fn in_state(use_id: &str, state: State) -> Storey {
    Storey { state, ..storey(use_id) }
}

#[track_caller]
fn near(value: impl Into<Option<f64>>, expected: f64) {
    let value = value.into();
    assert!(value.is_some_and(|v| (v - expected).abs() < 5e-4), "{value:?} is not {expected}");
}

#[track_caller]
fn near_span(span: Span, [low, mid, high]: [f64; 3]) {
    near(span.low, low);
    near(span.mid, mid);
    near(span.high, high);
}

#[test]
fn a_single_hall() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [25.0, 20.0]), storeys(1, "light_industry"));
    let f = site.totals();
    // Plot 50 × 40 = 2,000; hall 25 × 20 = 500 on one storey.
    assert_eq!((f.one(FigureId::PlotArea), f.one(FigureId::Footprint), f.one(FigureId::Gfa)), (2000.0, 500.0, 500.0));
    assert_eq!((f.mid(FigureId::Fsi), f.mid(FigureId::Gsi), f.mid(FigureId::L)), (Some(0.25), Some(0.25), Some(1.0)));
    // (1 − 0.25) / 0.25 = 3.
    assert_eq!(f.mid(FigureId::Osr), Some(3.0));
    assert_eq!(
        (f.mid(FigureId::Mxi), f.mid(FigureId::ProductiveShare), f.mid(FigureId::GroundProductiveShare)),
        (Some(0.0), Some(1.0), Some(1.0))
    );
    assert_eq!((f.mid(FigureId::Entropy), f.mid(FigureId::EffectiveUses)), (Some(0.0), Some(1.0)));
    // 500 / 69, 55, 44 m² a job.
    near_span(f.span(FigureId::Jobs), [7.2464, 9.0909, 11.3636]);
    // 9.0909 × 25 %, 52 %, 23 %.
    near(f.jobs_by_skill().low, 2.2727);
    near(f.jobs_by_skill().middle, 4.7273);
    near(f.jobs_by_skill().high, 2.0909);
    // 9.0909 on 0.2 ha.
    near(f.mid(FigureId::JobsPerHa), 45.4545);
    // 0.5 × 3, 4, 5 movements.
    near_span(f.span(FigureId::GoodsMovements), [1.5, 2.0, 2.5]);
    assert_eq!(f.span(FigureId::Dwellings), Span::default());
    assert_eq!(f.mid(FigureId::DwellingsPerHa), Some(0.0));
    assert_eq!(f, site.sums().plot(plot).expect("the plot is there").clone());
}

/// The invented block of the look's pictures: every number they show.
#[test]
fn the_block_of_the_pictures() {
    let mut site = Site::new();
    let plot = Some(site.plot("Werkhof", [0.0, 0.0], [96.0, 84.0], Region::Brussels));
    site.volume(plot, rectangle([0.0, 0.0], [40.0, 38.0]), storeys(1, "food_production"));
    // 1,800 m²: 1,494 craft, 162 shop, 144 café.
    let quay = mixed(&[("craft_workshop", 0.83), ("retail", 0.09), ("hospitality", 0.08)]);
    site.volume(plot, rectangle([0.0, 64.0], [90.0, 20.0]), vec![quay]);
    site.volume(plot, rectangle([74.0, 0.0], [16.0, 62.0]), storeys(1, "final_mile_logistics"));
    let stack = ["repair_reuse", "maker_space", "craft_workshop", "incubator"].map(storey).to_vec();
    site.volume(plot, rectangle([48.0, 0.0], [22.0, 24.0]), stack);
    let above = |site: &mut Site, size: [f64; 2], storeys: Vec<Storey>| {
        site.volume_with(plot, rectangle([0.0, 0.0], size), storeys, |volume| volume.base_m = 6.5);
    };
    above(&mut site, [22.0, 12.0], storeys(1, "growing"));
    above(&mut site, [22.0, 17.0], storeys(2, "office"));
    // 6,136 = 4 × 1,534 m² of homes.
    above(&mut site, [59.0, 26.0], storeys(4, "housing"));
    let f = site.totals();
    assert_eq!(
        (f.one(FigureId::PlotArea), f.one(FigureId::Gfa), f.one(FigureId::Footprint)),
        (8064.0, 13572.0, 4840.0)
    );
    let shown = |figure: FigureId| figure.number(&f, Lang::En);
    let range = |figure: FigureId| figure.range(&f, Lang::En).unwrap_or_default();
    assert_eq!(
        FigureId::HEAD.map(shown),
        ["13\u{202f}572", "1.68", "0.60", "2.8", "192", "238", "61", "131", "5\u{202f}854", "93.7", "45", "58"]
    );
    assert_eq!(FigureId::L.companion().map(shown).as_deref(), Some("0.24"));
    assert_eq!(range(FigureId::Jobs), "151 – 258");
    assert_eq!(range(FigureId::Dwellings), "49 – 68");
    assert_eq!(range(FigureId::Residents), "105 – 146");
    assert_eq!(range(FigureId::GoodsMovements), "44 – 73");
    assert_eq!(FigureId::EffectiveUses.number(&f, Lang::Nl), "3,2");
    let text = table::report_text(&site.sums().report(&site.project).expect("the variant is there"), Lang::En);
    for (skill, jobs) in [("low", "44"), ("middle", "83"), ("high", "65")] {
        let line = text.lines().find(|line| line.contains(&format!("{skill}-skilled"))).expect("a line for each skill");
        assert_eq!(line.split_whitespace().last(), Some(jobs), "44 + 83 + 65 = 192");
    }
}

#[test]
fn storeys_are_divided_by_their_shares() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [40.0, 25.0], Region::Flanders);
    let ground = mixed(&[("maker_space", 0.6), ("retail", 0.4)]);
    let top = mixed(&[("housing", 0.75), ("parking", 0.25)]);
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 20.0]), vec![ground, top.clone(), top]);
    let f = site.totals();
    // 400 m² a storey: 240 maker, 160 shop; twice 300 homes and 100 parking.
    let by_use: Vec<(&str, f64)> = f.gfa_by_use_m2.iter().map(|(id, m2)| (id, *m2)).collect();
    assert_eq!(by_use, [("housing", 600.0), ("maker_space", 240.0), ("parking", 200.0), ("retail", 160.0)]);
    let by_family: Vec<(&str, f64)> = f.gfa_by_family_m2.iter().map(|(id, m2)| (id, *m2)).collect();
    assert_eq!(by_family, [("housing", 600.0), ("making", 240.0), ("parking", 200.0), ("trade", 160.0)]);
    assert_eq!(
        (f.one(FigureId::Gfa), f.one(FigureId::Programme), f.one(FigureId::Productive)),
        (1200.0, 1000.0, 240.0)
    );
    assert_eq!(
        (f.mid(FigureId::Mxi), f.mid(FigureId::ProductiveShare), f.mid(FigureId::GroundProductiveShare)),
        (Some(60.0), Some(0.24), Some(0.6))
    );
    // Shares of programme 0.6, 0.24, 0.16: 1 / (0.36 + 0.0576 + 0.0256); −Σ p ln p = 0.94223, over ln 8.
    near(f.mid(FigureId::EffectiveUses), 2.2563);
    near(f.mid(FigureId::Entropy), 0.4531);
    // 600 / 125, 100, 90; × 2.33 in Flanders.
    near_span(f.span(FigureId::Dwellings), [4.8, 6.0, 6.6667]);
    near_span(f.span(FigureId::Residents), [11.184, 13.98, 15.5333]);
    assert_eq!(f.mid(FigureId::DwellingsPerHa), Some(60.0));
    // 240 / 44, 31, 17 and 160 / 26, 23, 19.
    near_span(f.span(FigureId::Jobs), [5.4545 + 6.1538, 7.7419 + 6.9565, 14.1176 + 8.4211]);
    assert_eq!(f.jobs_by_use.keys().collect::<Vec<_>>(), ["maker_space", "retail"]);
}

#[test]
fn a_court_is_no_floor() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [40.0, 40.0], Region::Brussels);
    let ring = |outline: Outline| outline.rings()[0].clone();
    let court = ring(rectangle([10.0, 10.0], [10.0, 10.0]));
    let around = Outline::with_holes(&ring(rectangle([0.0, 0.0], [30.0, 30.0])), [court]);
    site.volume(Some(plot), around, storeys(3, "office"));
    let f = site.totals();
    // 900 − 100, three times.
    assert_eq!((f.one(FigureId::Footprint), f.one(FigureId::Gfa), f.mid(FigureId::Gsi)), (800.0, 2400.0, Some(0.5)));
}

#[test]
fn below_ground_is_floor_but_no_jobs() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [20.0, 20.0], Region::Brussels);
    let stack = vec![below("parking"), below("warehouse"), storey("office")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [16.0, 10.0]), stack);
    let f = site.totals();
    assert_eq!((f.one(FigureId::Gfa), f.one(FigureId::GfaBelow)), (160.0, 320.0));
    // 160 / 16 for the office alone.
    assert_eq!(f.span(FigureId::Jobs).mid, 10.0);
    assert_eq!(f.gfa_by_use_m2.keys().collect::<Vec<_>>(), ["office"]);
    assert_eq!(f.gfa_by_state_m2.get("new"), Some(&480.0));
    assert_eq!(f.mid(FigureId::GroundProductiveShare), Some(0.0), "the office is the lowest storey above ground");
    assert_eq!(f.span(FigureId::GoodsMovements).mid, 0.4);
}

#[test]
fn a_volume_only_below_ground_leaves_the_ground_free() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [20.0, 20.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), vec![below("parking")]);
    let f = site.totals();
    assert_eq!(
        (
            f.one(FigureId::Footprint),
            f.mid(FigureId::Gsi),
            f.mid(FigureId::Fsi),
            f.mid(FigureId::L),
            f.mid(FigureId::Osr)
        ),
        (0.0, Some(0.0), Some(0.0), None, None)
    );
    assert_eq!(
        (f.mid(FigureId::Mxi), f.mid(FigureId::GroundProductiveShare), f.mid(FigureId::Entropy)),
        (None, None, None)
    );
}

#[test]
fn removed_storeys_stand_in_the_states_only() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [20.0, 20.0], Region::Brussels);
    let stack =
        vec![in_state("warehouse", State::Removed), in_state("housing", State::Kept), in_state("housing", State::New)];
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), stack);
    let gone = vec![in_state("office", State::Removed), in_state("office", State::Removed)];
    site.volume_with(Some(plot), rectangle([10.0, 0.0], [10.0, 10.0]), gone, |volume| volume.dwellings = Some(9));
    let f = site.totals();
    let by_state: Vec<(&str, f64)> = f.gfa_by_state_m2.iter().map(|(id, m2)| (id, *m2)).collect();
    assert_eq!(by_state, [("kept", 100.0), ("new", 100.0), ("removed", 300.0)]);
    assert_eq!((f.one(FigureId::Gfa), f.one(FigureId::Footprint)), (200.0, 100.0));
    assert_eq!(
        (f.span(FigureId::Jobs), f.span(FigureId::Dwellings).mid),
        (Span::default(), 2.0),
        "dwellings go with the volume that goes"
    );
    // The lowest storey that stays is housing.
    assert_eq!(f.mid(FigureId::GroundProductiveShare), Some(0.0));
}

#[test]
fn two_regions_have_their_own_households() {
    let mut site = Site::new();
    let here = site.plot("Brussels side", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let there = site.plot("Vilvoorde side", [100.0, 0.0], [50.0, 20.0], Region::Flanders);
    site.volume(Some(here), rectangle([0.0, 0.0], [20.0, 20.0]), storeys(1, "housing"));
    site.volume(Some(there), rectangle([100.0, 0.0], [20.0, 10.0]), storeys(1, "housing"));
    let sums = site.sums();
    // 4 homes × 2.14 and 2 homes × 2.33.
    near(sums.region(Region::Brussels).map(|f| f.span(FigureId::Residents).mid), 8.56);
    near(sums.region(Region::Flanders).map(|f| f.span(FigureId::Residents).mid), 4.66);
    assert_eq!(sums.region(Region::None), None);
    let totals = sums.totals();
    near(totals.span(FigureId::Residents).mid, 13.22);
    assert_eq!((totals.one(FigureId::PlotArea), totals.mid(FigureId::Fsi)), (2000.0, Some(0.3)));
    let report = sums.report(&site.project).expect("the variant is there");
    assert_eq!(report.regions.keys().copied().collect::<Vec<_>>(), ["brussels", "flanders"]);
    assert_eq!(report.plots.iter().map(|p| p.region).collect::<Vec<_>>(), ["brussels", "flanders"]);
}

#[test]
fn known_dwellings_replace_the_estimate() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let homes = rectangle([0.0, 0.0], [20.0, 10.0]);
    site.volume_with(Some(plot), homes, storeys(3, "housing"), |volume| volume.dwellings = Some(5));
    site.volume(Some(plot), rectangle([30.0, 0.0], [10.0, 9.0]), storeys(1, "housing"));
    let f = site.totals();
    // 600 m² that are known to be 5 homes, and 90 / 125, 100, 90.
    near_span(f.span(FigureId::Dwellings), [5.72, 5.9, 6.0]);
    assert_eq!(f.gfa_by_use_m2.get("housing"), Some(&690.0));
    assert_eq!(f.mid(FigureId::Mxi), Some(100.0));
}

#[test]
fn student_rooms_hold_one_each() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let stack = vec![storey("student_housing"), storey("student_housing"), storey("housing")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [35.0, 10.0]), stack);
    let f = site.totals();
    // 700 / 35 = 20 rooms; 350 / 100 = 3.5 homes × 2.14 = 7.49.
    assert_eq!(f.one(FigureId::StudentRooms), 20.0);
    near(f.span(FigureId::Residents).mid, 27.49);
    near(f.span(FigureId::Dwellings).mid, 3.5);
    assert_eq!(f.mid(FigureId::Mxi), Some(100.0), "rooms are of the housing family");
}

#[test]
fn what_stands_on_no_plot_counts_but_not_in_densities() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [16.0, 10.0]), storeys(2, "office"));
    site.volume(None, rectangle([200.0, 0.0], [20.0, 10.0]), vec![storey("office"), storey("housing")]);
    site.volume(Some(Id(999)), rectangle([300.0, 0.0], [16.0, 10.0]), storeys(1, "office"));
    let f = site.totals();
    // On the plot 320; elsewhere 400 and, where the plot is not there, 160.
    assert_eq!((f.one(FigureId::Gfa), f.one(FigureId::Footprint)), (880.0, 160.0 + 200.0 + 160.0));
    // Offices 320 + 200 + 160 over 16.
    near(f.span(FigureId::Jobs).mid, 42.5);
    // 2 homes × 2.25 elsewhere.
    near(f.span(FigureId::Residents).mid, 4.5);
    assert_eq!((f.mid(FigureId::Fsi), f.mid(FigureId::Gsi), f.mid(FigureId::L)), (Some(0.32), Some(0.16), Some(2.0)));
    // 20 jobs on the plot's 0.1 ha.
    near(f.mid(FigureId::JobsPerHa), 200.0);
    assert_eq!(f.mid(FigureId::DwellingsPerHa), Some(0.0));
    let brussels = site.sums().region(Region::Brussels).expect("it has a plot");
    assert_eq!(brussels.one(FigureId::Gfa), 320.0);
    assert_eq!(site.sums().region(Region::None), None);
}

#[test]
fn without_a_plot_there_is_no_density() {
    let mut site = Site::new();
    site.volume(None, rectangle([0.0, 0.0], [16.0, 10.0]), storeys(1, "office"));
    let f = site.totals();
    assert_eq!(
        (
            f.mid(FigureId::Fsi),
            f.mid(FigureId::Gsi),
            f.mid(FigureId::L),
            f.mid(FigureId::Osr),
            f.mid(FigureId::JobsPerHa),
            f.mid(FigureId::DwellingsPerHa)
        ),
        (None, None, None, None, None, None)
    );
    assert_eq!(
        (f.one(FigureId::Gfa), f.one(FigureId::Footprint), f.one(FigureId::PlotArea), f.span(FigureId::Jobs).mid),
        (160.0, 160.0, 0.0, 10.0)
    );
    for figure in [FigureId::Fsi, FigureId::Gsi, FigureId::L, FigureId::Osr, FigureId::JobsPerHa] {
        assert_eq!(figure.number(&f, Lang::Fr), "–");
        assert!(f.why_not(figure).is_some_and(|why| !figure.why_not(why, Lang::Fr).is_empty()));
    }
}

#[test]
fn overlapping_volumes_count_their_floor_twice_and_their_ground_once() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 10.0]), storeys(1, "office"));
    site.volume(Some(plot), rectangle([10.0, 0.0], [20.0, 10.0]), storeys(1, "office"));
    // Above the ground: floor, but no footprint.
    site.volume_with(Some(plot), rectangle([35.0, 0.0], [10.0, 10.0]), storeys(1, "office"), |v| v.base_m = 4.0);
    let f = site.totals();
    assert_eq!((f.one(FigureId::Gfa), f.one(FigureId::Footprint)), (500.0, 300.0));
}

#[test]
fn what_cannot_be_measured_is_left_out() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let bow_tie = Outline::from_points([point(0.0, 0.0), point(10.0, 10.0), point(10.0, 0.0), point(0.0, 10.0)]);
    site.volume_with(Some(plot), bow_tie.clone(), storeys(2, "office"), |volume| volume.dwellings = Some(3));
    site.volume(Some(plot), rectangle([20.0, 0.0], [16.0, 10.0]), storeys(1, "office"));
    let f = site.totals();
    assert_eq!(
        (f.one(FigureId::Gfa), f.one(FigureId::Footprint), f.span(FigureId::Dwellings).mid),
        (160.0, 160.0, 0.0)
    );
    let mut edit = EditBuilder::new(&site.project, VARIANT, Label::new("test"));
    edit.change_plot(&site.project, plot, |plot| plot.outline = bow_tie);
    edit.finish().apply(&mut site.project).expect("the edit fits");
    let f = site.totals();
    assert_eq!((f.one(FigureId::PlotArea), f.mid(FigureId::Fsi), f.one(FigureId::Gfa)), (0.0, None, 160.0));
}

#[test]
fn floor_of_an_unknown_use_is_programme_without_jobs() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let stack = vec![storey("brewery"), storey("housing")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), stack);
    let f = site.totals();
    assert_eq!((f.one(FigureId::Gfa), f.one(FigureId::Programme), f.one(FigureId::Productive)), (200.0, 200.0, 0.0));
    assert_eq!(f.gfa_by_use_m2.get("brewery"), Some(&100.0));
    assert_eq!(f.gfa_by_family_m2.keys().collect::<Vec<_>>(), ["housing"]);
    assert_eq!(
        (f.mid(FigureId::Mxi), f.mid(FigureId::GroundProductiveShare), f.mid(FigureId::EffectiveUses)),
        (Some(50.0), Some(0.0), Some(1.0))
    );
    assert_eq!(f.span(FigureId::Jobs), Span::default());
}

#[test]
fn a_project_brings_its_own_rates_and_uses() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    let stack = vec![storey("brewery"), storey("housing")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), stack);
    let mut brewery = UseOverride::new("brewery");
    brewery.family = Some(maakblok::library::Family::Making);
    brewery.m2_per_job = Some(Span { low: 50.0, mid: 40.0, high: 25.0 });
    brewery.source = Some("survey of 2024".to_owned());
    site.project.uses.push(brewery);
    site.project.rates.set("dwelling_m2", "", Span { low: 100.0, mid: 50.0, high: 40.0 }, "");
    site.project.rates.set("household_brussels", "", Span::exact(3.0), "");
    let sums = site.sums();
    let f = sums.totals();
    assert_eq!(f.span(FigureId::Jobs), Span { low: 2.0, mid: 2.5, high: 4.0 });
    assert_eq!(f.span(FigureId::Dwellings), Span { low: 1.0, mid: 2.0, high: 2.5 });
    near_span(f.span(FigureId::Residents), [3.0, 6.0, 7.5]);
    assert_eq!(f.mid(FigureId::GroundProductiveShare), Some(1.0));
    assert_eq!(FigureId::Jobs.sources(&f, sums.coefficients(), Lang::En), ["survey of 2024"]);
    assert_eq!(FigureId::Dwellings.sources(&f, sums.coefficients(), Lang::Nl), ["ingesteld in dit project"]);
    // A rate that is no rate leaves the library's: 100 m² a home.
    site.project.rates.set("dwelling_m2", "", Span { low: 0.0, mid: f64::NAN, high: -1.0 }, "");
    assert_eq!(site.totals().span(FigureId::Dwellings).mid, 1.0);
}

#[test]
fn a_selection_has_figures_of_its_own() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Flanders);
    let a = site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 10.0]), storeys(1, "housing"));
    let b = site.volume(Some(plot), rectangle([10.0, 0.0], [20.0, 10.0]), storeys(2, "office"));
    site.volume(Some(plot), rectangle([40.0, 0.0], [5.0, 5.0]), storeys(2, "office"));
    let f = site.sums().of_volumes(&site.project, [a, b, a]);
    assert_eq!((f.one(FigureId::Gfa), f.one(FigureId::Footprint), f.mid(FigureId::Fsi)), (600.0, 300.0, None));
    near(f.span(FigureId::Residents).mid, 2.0 * 2.33);
}
