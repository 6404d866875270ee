//! Built and planned cases: their published areas give their published densities and mixes.
//!
//! Areas as published: Biestebroek, PPAS 2017 (bx1.be 2022, lecho.be, levif.be 2018); TIR centre (port.brussels); V-Park Grand
//! Union (SEGRO); Chapelle International (Sogaris, espacesferroviaires.sncf.com); Copernic (citydev.brussels 2024, 2026);
//! NovaCity I (trends.levif.be, bx1.be 2022); LionCity I (citydev.brussels, slrb-bghm.brussels). The shapes are ours: only
//! areas count here.

use maakblok::i18n::{Lang, number};
use maakblok::measure::{FigureId, Figures};
use maakblok::model::{Id, Region};
use maakblok::num::Span;

use super::{Site, rectangle, storeys};

/// A site of one plot of so many m², with volumes of so many m² of floor in all, on so many storeys.
fn case(plot_m2: f64, floors: &[(&str, f64, usize)]) -> Site {
    /// How deep everything is here, in metres.
    const DEEP_M: f64 = 100.0;
    let mut site = Site::new();
    let plot: Id = site.plot("case", [0.0, 0.0], [plot_m2 / DEEP_M, DEEP_M], Region::Brussels);
    let mut left_m = 0.0;
    for &(id, floor_m2, count) in floors {
        let width_m = floor_m2 / count as f64 / DEEP_M;
        site.volume(Some(plot), rectangle([left_m, 0.0], [width_m, DEEP_M]), storeys(count, id));
        left_m += width_m;
    }
    assert!(left_m * DEEP_M <= plot_m2, "it does not fit: {left_m} m of {} m", plot_m2 / DEEP_M);
    site
}

/// A figure as it is shown.
fn shown(figures: &Figures, id: FigureId) -> String {
    id.number(figures, Lang::En)
}

#[test]
fn densities_of_built_cases() {
    // 5 buildings of 4 floors of storage, and offices, on 6.13 ha.
    let tir = case(61_300.0, &[("warehouse", 115_014.0, 20 / 5), ("office", 11_767.0, 4)]);
    // Four industrial storeys on 1.7 acres; the two parking storeys under them are not in the 12,500 m².
    let v_park = case(1.7 * 4_046.856, &[("light_industry", 12_500.0, 4)]);
    let chapelle = case(24_000.0, &[("final_mile_logistics", 30_000.0, 2), ("office", 15_000.0, 3)]);
    let copernic = case(22_000.0, &[("light_industry", 11_500.0, 1)]);
    for (name, site, fsi) in [
        ("TIR", tir, "2.07"),
        ("V-Park", v_park, "1.82"),
        ("Chapelle", chapelle, "1.88"),
        ("Copernic", copernic, "0.52"),
    ] {
        assert_eq!(shown(&site.totals(), FigureId::Fsi), fsi, "{name}");
    }
}

#[test]
fn mixes_of_built_cases() {
    let nova = case(15_320.0, &[("craft_workshop", 7_520.0, 1), ("housing", 7_800.0, 5)]);
    let figures = nova.totals();
    assert_eq!(shown(&figures, FigureId::Mxi), "51");
    // 63 homes were built, of 124 m² each: the range of 90 to 125 m² a home holds them at its end.
    let homes = figures.span(FigureId::Dwellings);
    assert!(homes.low <= 63.0 && 63.0 <= homes.high, "{homes:?}");
    let lion = case(
        44_000.0,
        &[
            ("housing", 24_440.0 + 4_113.0, 4),
            ("craft_workshop", 15_240.0, 1),
            ("retail", 3_442.0, 1),
            ("culture_sport", 3_100.0, 2),
        ],
    );
    let figures = lion.totals();
    assert_eq!(shown(&figures, FigureId::Gfa), number(Lang::En, 50_335.0, 0));
    assert_eq!(shown(&figures, FigureId::Mxi), "57");
}

#[test]
fn the_plan_for_biestebroek() {
    let mut site = case(
        470_000.0,
        &[("housing", 370_000.0, 6), ("light_industry", 35_000.0, 1), ("retail", 22_500.0, 1), ("school", 30_000.0, 2)],
    );
    // The plan counts 2.7 persons a home.
    site.project.rates.set("household_brussels", "", Span::exact(2.7), "PPAS Biestebroek 2017");
    let figures = site.totals();
    assert_eq!(shown(&figures, FigureId::Gfa), number(Lang::En, 457_500.0, 0));
    assert_eq!(shown(&figures, FigureId::Fsi), "0.97");
    assert_eq!(shown(&figures, FigureId::Mxi), "81");
    assert_eq!(shown(&figures, FigureId::ProductiveShare), "8");
    // 3,700 to 4,000 homes of 100 m² or a little less; 10,000 people.
    assert_eq!(shown(&figures, FigureId::Dwellings), number(Lang::En, 3_700.0, 0));
    assert!(figures.span(FigureId::Dwellings).high >= 4_000.0);
    // The plan speaks of about 3,000 jobs, 64 a hectare; by the densities of this program its floor holds fewer.
    assert!(figures.span(FigureId::Jobs).high < 3_000.0);
    assert!((figures.span(FigureId::Residents).mid - 9_990.0).abs() < 1e-3);
}
