//! The report in its three forms, and the words of its figures.

use std::collections::BTreeSet;

use maakblok::i18n::{Lang, has_message};
use maakblok::library::Library;
use maakblok::measure::{FigureId, FigureValue, report_csv, table};
use maakblok::model::{Region, State};

use super::{Site, below, rectangle, storey, storeys};

/// The names that scripts rely on, and nothing else.
#[test]
fn the_report_has_the_keys_that_scripts_rely_on() {
    let figures = [
        "dwellings",
        "dwellings_per_ha",
        "effective_uses",
        "entropy",
        "footprint_m2",
        "fsi",
        "gfa_below_m2",
        "gfa_by_family_m2",
        "gfa_by_state_m2",
        "gfa_by_use_m2",
        "gfa_m2",
        "goods_movements_day",
        "ground_productive_share",
        "gsi",
        "jobs",
        "jobs_by_skill",
        "jobs_by_use",
        "jobs_per_ha",
        "l",
        "mxi_percent",
        "osr",
        "plot_area_m2",
        "productive_m2",
        "productive_share",
        "programme_m2",
        "residents",
        "student_rooms",
    ];
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    site.plot("empty", [100.0, 0.0], [50.0, 20.0], Region::None);
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 10.0]), storeys(1, "office"));
    let sums = site.sums();
    let report = serde_json::to_value(sums.report(&site.project).expect("the variant is there")).expect("plain JSON");
    let keys = |value: &serde_json::Value| -> BTreeSet<String> {
        value.as_object().expect("an object").keys().cloned().collect()
    };
    let set = |keys: &[&str]| -> BTreeSet<String> { keys.iter().map(|&key| key.to_owned()).collect() };
    let top =
        ["area_basis", "format", "gfa_by_level_m2", "plots", "project", "regions", "totals", "variant", "version"];
    assert_eq!(keys(&report), set(&top));
    assert_eq!((report["format"].as_str(), report["version"].as_u64()), (Some("maakblok-report"), Some(1)));
    let stems = FigureId::ALL.iter().map(|figure| figure.key().split('.').next().unwrap_or_default().to_owned());
    let all: BTreeSet<String> = stems.chain(set(&figures)).collect();
    assert_eq!(keys(&report["totals"]), all);
    assert_eq!(keys(&report["regions"]), set(&["brussels", "none"]));
    assert_eq!(keys(&report["regions"]["none"]), all);
    let mut of_plot = set(&figures);
    of_plot.extend(set(&["id", "name", "region"]));
    assert_eq!(keys(&report["plots"][0]), of_plot);
    assert_eq!(keys(&report["totals"]["jobs"]), set(&["low", "mid", "high"]));
    assert_eq!(keys(&report["totals"]["jobs_by_skill"]), set(&["low", "middle", "high"]));
    assert!(report["plots"][1]["osr"].is_null(), "what is not defined is null");
    let stream = sums.report_stream(&site.project).expect("the variant is there");
    assert_eq!(serde_json::to_value(stream).expect("plain JSON"), report, "plot by plot it is the same");
    // Every figure that can be shown is in the report under its key.
    for figure in FigureId::ALL {
        let pointer = format!("/totals/{}", figure.key().replace('.', "/"));
        let Some(found) = report.pointer(&pointer) else { panic!("{pointer} is not in the report") };
        match sums.totals().get(*figure) {
            FigureValue::One(value) => assert_eq!(found.as_f64(), value, "{}", figure.key()),
            FigureValue::Range(span) => {
                assert_eq!(found["mid"].as_f64(), span.map(|span| span.mid), "{}", figure.key());
            }
        }
        assert_eq!(FigureId::from_key(figure.key()), Some(*figure));
    }
}

#[test]
fn every_figure_has_its_words_in_every_language() {
    for lang in Lang::ALL {
        for figure in FigureId::ALL {
            let key = figure.message_key();
            assert!(has_message(lang, &key), "{key} in {lang:?}");
            let unit = figure.measure().message_key();
            assert!(unit.is_none_or(|unit| has_message(lang, unit)), "the unit of {key} in {lang:?}");
            let words = figure.formula_words(&Library::built_in(), lang);
            assert!(
                !["formula-", "rate-", "figure-", "{", "??"].iter().any(|raw| words.contains(raw)),
                "{key}: {words}"
            );
        }
    }
}

#[test]
fn csv_has_one_row_for_each_figure_and_scope() {
    let mut site = Site::new();
    let plot = site.plot("Werkhof, \"oost\"", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [16.0, 10.0]), storeys(1, "office"));
    let report = site.sums().report(&site.project).expect("the variant is there");
    let text = report_csv::report_csv(&report).expect("rows into memory");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a sound row")).collect();
    // Three scopes, of which the plot is the core; besides the figures one level, and in each scope one use, one family, one
    // state and one use with jobs.
    assert_eq!(rows.len(), 2 * FigureId::ALL.len() + FigureId::CORE + 3 * 4 + 1);
    let find = |scope: &str, figure: &str| {
        let row = rows.iter().find(|row| &row[0] == scope && &row[3] == figure).expect("the row is there");
        row.iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(find("plot", "fsi")[..8], ["plot", "2", "Werkhof, \"oost\"", "fsi", "", "", "0.16", ""]);
    let jobs = find("total", "jobs");
    assert_eq!(jobs[6], "10");
    assert!(jobs[9].contains("Employment Density Guide"));
    assert_eq!(find("region", "gfa_by_use_m2.office")[6], "160");
    assert_eq!(find("total", "osr")[6], "5.25", "(1 − 0.16) / 0.16");
}

#[test]
fn text_names_units_bases_and_reasons() {
    let mut site = Site::new();
    let plot = site.plot("Werkhof", [0.0, 0.0], [50.0, 20.0], Region::Brussels);
    site.plot("Leeg", [100.0, 0.0], [50.0, 20.0], Region::Flanders);
    site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 10.0]), storeys(1, "office"));
    let report = site.sums().report(&site.project).expect("the variant is there");
    for lang in Lang::ALL {
        let text = table::report_text(&report, lang);
        assert!(!text.contains("figure-") && !text.contains("report-"), "a word is missing in {lang:?}:\n{text}");
    }
    let text = table::report_text(&report, Lang::Nl);
    let line = |start: &str| {
        let mut lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.find(|line| line.starts_with(start)).unwrap_or_default()
    };
    assert_eq!(line("V/T-index"), "V/T-index 0,10 van 2 000 m² perceeloppervlakte");
    // 200 / 17, 16, 13 m² a job.
    assert_eq!(line("jobs "), "jobs 13 12 – 15");
    assert!(text.contains("nog geen programma"), "the empty plot's region says why it has no mix");
    assert_eq!(line("3 Leeg"), "3 Leeg Vlaams Gewest 1 000 0 0,00 0,00 0 0");
}

#[test]
fn floor_is_told_by_level_and_what_stands_on_a_volume_counts_on_from_it() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [30.0, 20.0]), vec![below("parking"), storey("light_industry")]);
    let building = site.project.variants[0].buildings.iter().next().expect("there is one").id;
    let mut tower = storeys(3, "housing");
    tower[1].state = State::Removed;
    site.volume_with(None, rectangle([0.0, 0.0], [10.0, 10.0]), tower, |tower| {
        (tower.base_m, tower.building) = (4.0, building);
    });
    let report = site.sums().report(&site.project).expect("the variant is there");
    // A cellar and a ground floor of 600 m²; of three storeys of 100 m² on them the middle one goes.
    assert_eq!(report.gfa_by_level_m2.0, [(-1, 600.0), (0, 600.0), (1, 100.0), (3, 100.0)]);
    let all: f64 = report.gfa_by_level_m2.0.iter().map(|(_, m2)| m2).sum();
    assert_eq!(all, report.totals.one(FigureId::Gfa) + report.totals.one(FigureId::GfaBelow));
    let sums = site.sums();
    let of_chart = sums.floor_by_level(&site.project, &maakblok::measure::Scope::All);
    let of_chart: Vec<(i64, f64)> =
        of_chart.iter().map(|level| (level.level, level.uses.iter().map(|of| of.area_m2).sum())).collect();
    assert_eq!(report.gfa_by_level_m2.0, of_chart, "the chart says the same");
    let json = serde_json::to_value(&report).expect("plain JSON");
    assert_eq!(json["gfa_by_level_m2"]["-1"], 600.0);
    assert!(report_csv::report_csv(&report).expect("rows").contains("gfa_by_level_m2.3,m2,,100,"));
}
