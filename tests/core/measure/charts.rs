//! Charts of the small projects: their numbers are those of the figures, their dots stand where the axes say, and what is
//! missing is said.

use maakblok::chart::{About, Ask, Chart, ChartId, Reference};
use maakblok::i18n::{Lang, tr};
use maakblok::io::charts;
use maakblok::io::door::Format;
use maakblok::library::Library;
use maakblok::look::{Role, Theme};
use maakblok::measure::{FigureId, Scope, Sums};
use maakblok::model::{Project, Region};
use maakblok::scene::Shape;

use super::{Site, VARIANT, below, rectangle, storey, storeys};

/// A chart of a whole project, with what it was before and what it is compared with.
fn chart_of(project: &Project, id: ChartId, lang: Lang, trail: &[[f64; 2]], references: &[Reference]) -> Chart {
    let sums = Sums::new(project, project.variants[0].id);
    let library = Library::with_overrides(&project.uses);
    let ask = Ask {
        project,
        sums: &sums,
        scope: &Scope::All,
        scope_name: "A",
        library: &library,
        lang,
        size_px: [600.0, 400.0],
        paper: Role::Raised,
        title: None,
        references,
        trail,
    };
    Chart::new(id, &ask)
}

/// The sum of a column of a chart's table over the lines that a test picks.
fn sum(chart: &Chart, column: &str, of: impl Fn(&[String]) -> bool) -> f64 {
    let head = chart.table.first().expect("there are heads");
    let at = head.iter().position(|name| name == column).expect("the column is there");
    chart.table[1..].iter().filter(|line| of(line)).map(|line| line[at].parse::<f64>().unwrap_or(0.0)).sum()
}

#[test]
fn the_numbers_of_charts_are_those_of_the_figures() {
    for (name, project) in super::hand::sites() {
        let figures = Sums::new(&project, project.variants[0].id).totals();
        let all = |id| chart_of(&project, id, Lang::En, &[], &[]);
        let near = |found: f64, id: FigureId, off: f64| {
            let wanted = figures.one(id);
            assert!((found - wanted).abs() <= off, "{name}: {} is {wanted}, the chart has {found}", id.key());
        };
        // Lines are written to 0.1 m².
        let buildings = all(ChartId::Buildings);
        near(sum(&buildings, "gfa_m2", |_| true), FigureId::Gfa, 0.05 * buildings.table.len() as f64);
        let levels = all(ChartId::Storeys);
        let above = sum(&levels, "gfa_m2", |line| !line[0].starts_with('-'));
        near(above, FigureId::Gfa, 0.05 * levels.table.len() as f64);
        let under = sum(&levels, "gfa_m2", |line| line[0].starts_with('-'));
        near(under, FigureId::GfaBelow, 0.05 * levels.table.len() as f64);
        let balance = all(ChartId::Balance);
        let state = |of: &'static str| sum(&balance, "gfa_m2", move |line| line[0] == of);
        for (key, area_m2) in figures.gfa_by_state_m2.iter() {
            let found = sum(&balance, "gfa_m2", |line| line[0] == *key);
            assert!((found - area_m2).abs() < 1.0, "{name}: {key} is {area_m2}, the chart has {found}");
        }
        let standing = state("existing") + state("kept") + state("new");
        let both = figures.one(FigureId::Gfa) + figures.one(FigureId::GfaBelow);
        assert!((standing - both).abs() < 1.0, "{name}: {both} stands, the chart has {standing}");
        let jobs = all(ChartId::Jobs);
        let span = figures.span(FigureId::Jobs);
        for (column, wanted) in [("jobs_low", span.low), ("jobs_mid", span.mid), ("jobs_high", span.high)] {
            let found = sum(&jobs, column, |line| line[0] == "use");
            assert!((found - wanted).abs() < 1.0, "{name}: {column} is {wanted}, the chart has {found}");
        }
    }
}

#[test]
fn every_chart_of_every_project_can_be_drawn_and_written_in_every_language() {
    for (name, project) in super::hand::sites() {
        for id in ChartId::ALL {
            for lang in Lang::ALL {
                let chart = chart_of(&project, id, lang, &[], &[]);
                let words = chart.scene.shapes.iter().filter_map(|shape| match shape {
                    Shape::Label(label) => Some(&label.text),
                    _ => None,
                });
                for word in words {
                    assert!(!word.contains("chart-"), "{name}: {word} has no translation");
                    assert!(!word.contains("NaN") && !word.contains("inf"), "{name}: {word}");
                }
                let finite =
                    |shape: &Shape| shape.bounds().is_none_or(|b| (b.min.x + b.min.y + b.max.x + b.max.y).is_finite());
                assert!(chart.scene.shapes.iter().all(finite), "{name}: {} leaves the sheet", id.key());
            }
        }
    }
}

#[test]
fn dots_of_density_stand_where_the_axes_say() {
    let mut site = Site::new();
    // 4 storeys of 1,000 m² on 2,000 m²: GSI 0.5, FSI 2. 1 storey of 500 m² on 2,000 m²: 0.25, 0.25.
    let a = site.plot("High", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    let b = site.plot("Low", [100.0, 0.0], [50.0, 40.0], Region::Brussels);
    site.volume(Some(a), rectangle([0.0, 0.0], [25.0, 40.0]), storeys(4, "office"));
    site.volume(Some(b), rectangle([100.0, 0.0], [25.0, 20.0]), vec![storey("housing")]);
    let chart = chart_of(&site.project, ChartId::Spacematrix, Lang::En, &[[0.1, 0.1], [0.375, 1.125]], &[]);
    let at = |id: Option<About>| {
        let spot = chart.spots.iter().find(|spot| spot.about == id).expect("there is a dot");
        let [left, top, right, bottom] = spot.rect_px;
        [(left + right) / 2.0, (top + bottom) / 2.0]
    };
    let ([high_x, high_y], [low_x, low_y], [own_x, own_y]) =
        (at(Some(About::Thing(a))), at(Some(About::Thing(b))), at(Some(About::Whole)));
    // The whole has GSI 0.375 and FSI 1.125: halfway in both.
    assert!((own_x - (high_x + low_x) / 2.0).abs() < 1e-9);
    assert!((own_y - (high_y + low_y) / 2.0).abs() < 1e-9);
    // FSI runs to 4 over the height of the plot, GSI to 1 over its width: 400 − 38 and 600 − 46 pixels.
    assert!((low_y - high_y - 1.75 / 4.0 * 362.0).abs() < 1e-9, "{}", low_y - high_y);
    assert!((high_x - low_x - 0.25 * 554.0).abs() < 1e-9, "{}", high_x - low_x);
    let said = &chart.spots.iter().find(|spot| spot.about == Some(About::Thing(a))).expect("there is a dot").words;
    assert_eq!(said, "High · FSI 2.00 · GSI 0.50 · storeys L 4.0 · OSR 0.25");
    assert_eq!(chart.spot_at([high_x + 3.0, high_y]).map(|spot| spot.about.clone()), Some(Some(About::Thing(a))));
    assert_eq!(chart.spot_at([599.0, 1.0]), None);
    let table: Vec<String> = chart.table.iter().map(|line| line.join(",")).collect();
    assert_eq!(
        table,
        [
            "kind,name,gsi,fsi,l,osr,plot_area_m2",
            "plot,High,0.5000,2.0000,4.000,0.250,2000",
            "plot,Low,0.2500,0.2500,1.000,3.000,2000",
            "scope,A,0.3750,1.1250,3.000,0.556,",
        ]
    );
}

#[test]
fn the_axis_of_density_has_two_lengths_only() {
    let top = |count: usize| {
        let mut site = Site::new();
        let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
        site.volume(Some(plot), rectangle([0.0, 0.0], [50.0, 40.0]), storeys(count, "office"));
        let chart = chart_of(&site.project, ChartId::Spacematrix, Lang::En, &[], &[]);
        let numbers = chart.scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Label(label) => label.text.parse::<u32>().ok(),
            _ => None,
        });
        numbers.max()
    };
    assert_eq!(top(1), Some(4));
    assert_eq!(top(4), Some(4));
    assert_eq!(top(5), Some(8));
    // What is higher stands at the top and says what it is.
    assert_eq!(top(12), Some(8));
}

#[test]
fn a_tower_goes_on_counting_from_what_it_stands_on() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    let mut podium = vec![below("parking")];
    podium.extend(storeys(2, "office"));
    let base = site.volume(Some(plot), rectangle([0.0, 0.0], [40.0, 30.0]), podium);
    let building = site.project.variants[0].volumes.get(base).expect("it was put in").building;
    let top_m = site.project.variants[0].volumes.get(base).expect("it was put in").top_m();
    site.volume_with(Some(plot), rectangle([0.0, 0.0], [10.0, 10.0]), storeys(3, "housing"), |volume| {
        volume.building = building;
        volume.base_m = top_m;
    });
    let levels = Sums::new(&site.project, VARIANT).floor_by_level(&site.project, &Scope::All);
    let found: Vec<(i64, f64)> =
        levels.iter().map(|of| (of.level, of.uses.iter().map(|of| of.area_m2).sum())).collect();
    assert_eq!(found, [(-1, 1200.0), (0, 1200.0), (1, 1200.0), (2, 100.0), (3, 100.0), (4, 100.0)]);
    // A bar leads to what has floor there: level 2 is the lowest of the tower.
    let sums = Sums::new(&site.project, VARIANT);
    let tower = site.project.variants[0].volumes.iter().find(|volume| volume.id != base).expect("two were put in").id;
    let at = |level: i64| sums.storeys_at_level(&site.project, &Scope::All, level);
    assert_eq!((at(-1), at(1), at(2), at(5)), (vec![(base, 0)], vec![(base, 2)], vec![(tower, 0)], vec![]));
    let with = |id: &str| sums.storeys_of_use(&site.project, &Scope::All, &id.into());
    assert_eq!((with("parking"), with("shop")), (vec![(base, 0)], vec![]));
    assert_eq!(with("housing"), [(tower, 0), (tower, 1), (tower, 2)]);
    let buildings = Sums::new(&site.project, VARIANT).floor_by_building(&site.project, &Scope::All);
    assert_eq!(buildings.iter().filter(|of| of.area_m2 > 0.0).count(), 1);
    assert_eq!(buildings[0].area_m2, 2700.0);
}

#[test]
fn charts_without_floor_say_so() {
    let site = Site::new();
    for lang in Lang::ALL {
        for (id, key) in [
            (ChartId::Spacematrix, "chart-no-density"),
            (ChartId::Mix, "chart-no-floor"),
            (ChartId::Buildings, "chart-no-floor"),
            (ChartId::Storeys, "chart-no-floor"),
            (ChartId::Jobs, "chart-no-floor"),
            (ChartId::Balance, "chart-no-floor"),
        ] {
            let chart = chart_of(&site.project, id, lang, &[], &[]);
            let says = |shape: &Shape| matches!(shape, Shape::Label(label) if label.text == tr(lang, key));
            assert!(chart.scene.shapes.iter().any(says), "{}", id.key());
        }
    }
}

#[test]
fn a_chart_is_written_as_svg_png_and_csv() {
    let mut site = Site::new();
    let plot = site.plot("Werf, \"Noord\" <1>", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    site.plot("Zuid", [100.0, 0.0], [50.0, 40.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [25.0, 40.0]), storeys(2, "office"));
    let reference = Reference { name: "Elsewhere".into(), density: Some([0.4, 1.2]), mix: None };
    let chart = chart_of(&site.project, ChartId::Spacematrix, Lang::En, &[], &[reference]);
    let file = |format| charts::write_bytes(&chart, format, Theme::Print, Lang::En);
    let svg = String::from_utf8(file(Format::Svg).expect("pictures can be made")).expect("SVG is text");
    assert!(svg.contains("width=\"600\" height=\"400\""), "{svg}");
    assert!(svg.contains("Werf, &quot;Noord&quot; &lt;1&gt;"), "{svg}");
    assert!(!svg.contains("NaN"));
    let png = image::load_from_memory(&file(Format::Png).expect("pictures can be made")).expect("it is a PNG");
    assert_eq!((png.width(), png.height()), (1200, 800));
    let bytes = file(Format::Csv).expect("there are numbers");
    let lines: Vec<csv::StringRecord> = csv::Reader::from_reader(&bytes[..]).records().flatten().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines.iter().any(|line| &line[1] == "Werf, \"Noord\" <1>" && &line[3] == "1.0000"), "{lines:?}");
    assert!(lines.iter().any(|line| &line[0] == "reference" && &line[1] == "Elsewhere"));
    assert!(file(Format::Geojson).is_err());
}
