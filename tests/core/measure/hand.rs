//! Small projects whose geometry is done by hand, and every figure of theirs as another program computes it.
//!
//! `tests/oracle/figures.py` holds the same projects as lists of areas, and formulas of its own; its table stands in
//! `tests/data/figures.csv`.

use std::collections::BTreeMap;

use maakblok::library::{Family, UseOverride};
use maakblok::measure::{FigureId, FigureValue, Sums};
use maakblok::model::{Id, Mezzanine, Project, Region, State, SurfaceKind};
use maakblok::num::Span;

use super::explain::{of_state, surface};
use super::{Site, below, in_state, mixed, rectangle, storey, storeys};

const BRUSSELS: Region = Region::Brussels;

/// Puts a project together.
type Fill = fn(&mut Site);

/// The projects, by name.
pub(super) fn sites() -> Vec<(&'static str, Project)> {
    let all: [(&str, Fill); 21] = [
        ("hall", hall),
        ("plinth", plinth),
        ("shares", shares),
        ("court", court),
        ("cellars", cellars),
        ("conversion", conversion),
        ("border", border),
        ("overlap", overlap),
        ("counted", counted),
        ("students", students),
        ("heat", heat),
        ("garden", garden),
        ("stack", stack),
        ("no plot", |site| {
            site.volume(None, rectangle([0.0, 0.0], [16.0, 10.0]), storeys(2, "office"));
        }),
        ("empty", |site| {
            site.plot("P", [0.0, 0.0], [50.0, 40.0], BRUSSELS);
        }),
        ("nothing", |_| {}),
        ("stranger", stranger),
        ("own", own),
        ("hover", hover),
        ("depot", depot),
        ("mezzanine", mezzanine),
    ];
    let made = all.map(|(name, fill)| {
        let mut site = Site::new();
        fill(&mut site);
        (name, site.project)
    });
    made.into()
}

/// 500 m² of light industry on 2,000 m².
fn hall(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], BRUSSELS);
    site.volume(Some(plot), rectangle([0.0, 0.0], [25.0, 20.0]), storeys(1, "light_industry"));
}

/// A plinth of 1,200 m² with 2 bars of homes on its roof, 300 m² by 4, and a yard.
fn plinth(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [60.0, 40.0], BRUSSELS));
    site.volume(plot, rectangle([0.0, 0.0], [60.0, 20.0]), storeys(1, "craft_workshop"));
    for x in [0.0, 30.0] {
        site.volume_with(plot, rectangle([x, 0.0], [20.0, 15.0]), storeys(4, "housing"), |volume| volume.base_m = 4.0);
    }
    surface(site, SurfaceKind::Yard, [0.0, 20.0], [60.0, 10.0]);
}

/// 400 m² on three storeys: 60:40 makers and shop, then twice 75:25 homes and parking.
fn shares(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [40.0, 25.0], Region::Flanders);
    let ground = mixed(&[("maker_space", 0.6), ("retail", 0.4)]);
    let top = mixed(&[("housing", 0.75), ("parking", 0.25)]);
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 20.0]), vec![ground, top.clone(), top]);
}

/// 900 m² round a court of 100, three storeys of offices.
fn court(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [40.0, 40.0], BRUSSELS);
    let ring = |at, size| rectangle(at, size).rings()[0].clone();
    let court = ring([10.0, 10.0], [10.0, 10.0]);
    let around = maakblok::geometry::Outline::with_holes(&ring([0.0, 0.0], [30.0, 30.0]), [court]);
    site.volume(Some(plot), around, storeys(3, "office"));
}

/// Parking and a store below 160 m² of office; the garden over a cellar of its own.
fn cellars(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [20.0, 20.0], BRUSSELS);
    let stack = vec![below("parking"), below("warehouse"), storey("office")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [16.0, 10.0]), stack);
    site.volume(Some(plot), rectangle([0.0, 10.0], [16.0, 5.0]), vec![below("parking")]);
    surface(site, SurfaceKind::Green, [0.0, 10.0], [20.0, 10.0]);
}

/// An old works of 1,000 m²: the ground floor stays, the upper goes, homes come on another part of the site, and a shed of
/// 400 m² goes altogether. One hall waits to be decided.
fn conversion(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [80.0, 50.0], BRUSSELS));
    let works = vec![in_state("manufacturing", State::Kept), in_state("office", State::Removed)];
    site.volume(plot, rectangle([0.0, 0.0], [40.0, 25.0]), works);
    site.volume(plot, rectangle([50.0, 0.0], [20.0, 20.0]), of_state(storeys(1, "warehouse"), State::Removed));
    site.volume(plot, rectangle([50.0, 30.0], [20.0, 10.0]), storeys(5, "housing"));
    site.volume(plot, rectangle([0.0, 30.0], [30.0, 20.0]), of_state(storeys(1, "repair_reuse"), State::Existing));
}

/// Homes on both sides of the regional border, 500 m² each, and a shop.
fn border(site: &mut Site) {
    let brussels = Some(site.plot("B", [0.0, 0.0], [40.0, 25.0], BRUSSELS));
    let flanders = Some(site.plot("F", [100.0, 0.0], [30.0, 20.0], Region::Flanders));
    site.volume(brussels, rectangle([0.0, 0.0], [10.0, 10.0]), storeys(5, "housing"));
    site.volume(flanders, rectangle([100.0, 0.0], [10.0, 10.0]), storeys(5, "housing"));
    site.volume(flanders, rectangle([112.0, 0.0], [10.0, 5.0]), storeys(1, "retail"));
}

/// Two halls of 400 m² that share 100 m² of ground.
fn overlap(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [50.0, 50.0], BRUSSELS));
    site.volume(plot, rectangle([0.0, 0.0], [20.0, 20.0]), storeys(2, "food_production"));
    site.volume(plot, rectangle([10.0, 10.0], [20.0, 20.0]), storeys(1, "wholesale"));
}

/// 1,000 m² of homes, of which one house says it has 7.
fn counted(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [50.0, 20.0], BRUSSELS));
    site.volume_with(plot, rectangle([0.0, 0.0], [10.0, 10.0]), storeys(6, "housing"), |volume| {
        volume.dwellings = Some(7);
    });
    site.volume(plot, rectangle([20.0, 0.0], [10.0, 10.0]), storeys(4, "housing"));
}

/// 700 m² of student rooms over a café.
fn students(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [30.0, 20.0], BRUSSELS);
    let mut stack = storeys(8, "student_housing");
    stack[0] = storey("hospitality");
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), stack);
}

/// A data centre of 100 m² under homes.
fn heat(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [40.0, 40.0], BRUSSELS);
    let mut stack = storeys(10, "housing");
    stack[0] = storey("data_centre");
    site.volume(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), stack);
}

/// Ground of every kind around a school, partly under it, over one another and out of the plot.
fn garden(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [60.0, 50.0], BRUSSELS);
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 20.0]), storeys(2, "school"));
    surface(site, SurfaceKind::Green, [10.0, 0.0], [20.0, 20.0]);
    surface(site, SurfaceKind::Street, [-10.0, 20.0], [40.0, 10.0]);
    surface(site, SurfaceKind::Water, [30.0, 0.0], [10.0, 10.0]);
    surface(site, SurfaceKind::OpenGround, [40.0, 0.0], [30.0, 10.0]);
    surface(site, SurfaceKind::Paved, [40.0, 10.0], [10.0, 10.0]);
    surface(site, SurfaceKind::Yard, [0.0, 25.0], [20.0, 10.0]);
}

/// Five levels of production, an incubator and a greenhouse.
fn stack(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [50.0, 30.0], Region::Flanders);
    let uses = ["repair_reuse", "maker_space", "craft_workshop", "incubator", "growing"];
    site.volume(Some(plot), rectangle([0.0, 0.0], [30.0, 20.0]), uses.map(storey).to_vec());
}

/// A brewery that nobody knows, beside a hotel.
fn stranger(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [40.0, 40.0], BRUSSELS));
    site.volume(plot, rectangle([0.0, 0.0], [20.0, 10.0]), storeys(1, "brewery"));
    site.volume(plot, rectangle([20.0, 20.0], [10.0, 10.0]), storeys(3, "hotel"));
}

/// A project that knows better: a brewery of its own, homes of 80 m², five sizes of them, green roofs.
fn own(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [40.0, 25.0], BRUSSELS);
    let stack = vec![storey("brewery"), storey("housing"), storey("office")];
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 20.0]), stack);
    let mut brewery = UseOverride::new("brewery");
    brewery.family = Some(Family::Making);
    brewery.m2_per_job = Some(Span { low: 50.0, mid: 40.0, high: 25.0 });
    brewery.source = Some("survey of 2024".to_owned());
    site.project.uses.push(brewery);
    let rates = &mut site.project.rates;
    rates.set("dwelling_m2", "", Span { low: 100.0, mid: 80.0, high: 64.0 }, "brief");
    let sizes = ["homes_studio", "homes_1_bed", "homes_2_bed", "homes_3_bed", "homes_4_bed"];
    for (rate, share) in sizes.into_iter().zip([0.1, 0.2, 0.4, 0.2, 0.1]) {
        rates.set(rate, "", Span::exact(share), "brief");
    }
    rates.set("green_roof_share", "", Span { low: 0.25, mid: 0.5, high: 0.75 }, "brief");
    rates.set("m2_per_car", "office", Span::exact(100.0), "");
}

/// A bridge of 200 m² in the air beside a house of 100 m² with a wider top.
fn hover(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [50.0, 20.0], BRUSSELS));
    site.volume(plot, rectangle([0.0, 0.0], [10.0, 10.0]), storeys(1, "culture_sport"));
    site.volume_with(plot, rectangle([0.0, 0.0], [15.0, 10.0]), storeys(2, "studio"), |volume| volume.base_m = 4.0);
    site.volume_with(plot, rectangle([25.0, 0.0], [20.0, 10.0]), storeys(1, "office"), |volume| volume.base_m = 8.0);
}

/// A warehouse over a hub over parking, and a yard with its plant.
fn depot(site: &mut Site) {
    let plot = Some(site.plot("P", [0.0, 0.0], [100.0, 80.0], BRUSSELS));
    let stack =
        vec![below("parking"), storey("final_mile_logistics"), storey("warehouse"), storey("construction_trades")];
    site.volume(plot, rectangle([0.0, 0.0], [60.0, 50.0]), stack);
    site.volume(plot, rectangle([80.0, 0.0], [10.0, 10.0]), storeys(1, "plant"));
    site.volume(plot, rectangle([80.0, 20.0], [10.0, 20.0]), storeys(1, "materials_recovery"));
    surface(site, SurfaceKind::Yard, [60.0, 0.0], [20.0, 50.0]);
}

/// 500 m² of workshop with offices on a mezzanine of 40 %, under offices round a void of 40 %.
fn mezzanine(site: &mut Site) {
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], BRUSSELS);
    let mut hall = storey("craft_workshop");
    hall.mezzanine = Some(Box::new(Mezzanine::new(0.4, "office".into())));
    let stack = vec![hall, mixed(&[("office", 0.6), ("void", 0.4)])];
    site.volume(Some(plot), rectangle([0.0, 0.0], [25.0, 20.0]), stack);
}

#[test]
fn every_figure_of_every_project_is_as_another_program_computes_it() {
    let text = include_str!("../../data/figures.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut wanted: BTreeMap<(String, String), [Option<f64>; 3]> = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a sound row");
        let number = |at: usize| (!row[at].is_empty()).then(|| row[at].parse().expect("a number"));
        wanted.insert((row[0].to_owned(), row[1].to_owned()), [number(2), number(3), number(4)]);
    }
    let mut compared = 0;
    for (name, project) in sites() {
        let figures = Sums::new(&project, Id(1)).totals();
        for &figure in FigureId::ALL {
            let found = match figures.get(figure) {
                FigureValue::One(value) => [value; 3],
                FigureValue::Range(span) => [span.map(|s| s.low), span.map(|s| s.mid), span.map(|s| s.high)],
            };
            let key = (name.to_owned(), figure.key().to_owned());
            let Some(other) = wanted.remove(&key) else { panic!("{key:?} is not in the table") };
            for (found, other) in found.into_iter().zip(other) {
                let alike = match (found, other) {
                    (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
                    (None, None) => true,
                    _ => false,
                };
                assert!(alike, "{key:?}: {found:?}, and the other program says {other:?}");
            }
            compared += 1;
        }
    }
    assert!(wanted.is_empty(), "nobody asked for {:?}", wanted.keys().next());
    assert_eq!(compared, 21 * FigureId::ALL.len());
}
