//! The workbook, opened and calculated by a spreadsheet engine of other people: its formulas come to the figures of the
//! program, and follow when a number in it is changed.

use std::collections::BTreeMap;

use ironcalc::base::Model;
use ironcalc::base::cell::CellValue;
use ironcalc::import::load_from_xlsx_bytes;
use maakblok::i18n::Lang;
use maakblok::io::xlsx;
use maakblok::library::{Family, UseOverride};
use maakblok::measure::{FigureId, Figures, Sums};
use maakblok::model::{Project, Region, Volume};
use maakblok::num::Span;

use super::hand::sites;
use super::{Site, rectangle, storeys};

/// A workbook that was calculated anew, in English.
struct Calculated(Model<'static>);

impl Calculated {
    fn of(project: &Project) -> Self {
        let bytes = xlsx::write(project, project.variants[0].id, Lang::En).expect("it can be written");
        let workbook = load_from_xlsx_bytes(&bytes, "book", "en", "UTC").expect("it can be read");
        let mut model = Model::from_workbook(workbook, "en").expect("it is a workbook");
        model.evaluate();
        Self(model)
    }

    fn sheet(&self, name: &str) -> u32 {
        let sheets = self.0.get_worksheets_properties();
        sheets.iter().position(|sheet| sheet.name == name).expect("the sheet is there") as u32
    }

    fn cell(&self, sheet: &str, row: usize, column: usize) -> CellValue {
        self.0.get_cell_value_by_index(self.sheet(sheet), row as i32, column as i32).expect("the cell can be read")
    }

    fn number(&self, sheet: &str, row: usize, column: usize) -> Option<f64> {
        match self.cell(sheet, row, column) {
            CellValue::Number(value) => Some(value),
            _ => None,
        }
    }

    fn text(&self, sheet: &str, row: usize, column: usize) -> String {
        match self.cell(sheet, row, column) {
            CellValue::String(text) => text,
            _ => String::new(),
        }
    }

    /// The line where a column says something.
    fn line(&self, sheet: &str, column: usize, says: &str) -> usize {
        (2..5000).find(|row| self.text(sheet, *row, column) == says).unwrap_or_else(|| panic!("no {says} in {sheet}"))
    }

    fn set(&mut self, sheet: &str, row: usize, column: usize, value: f64) {
        let sheet = self.sheet(sheet);
        self.0.update_cell_with_number(sheet, row as i32, column as i32, value).expect("it can be changed");
        self.0.evaluate();
    }

    /// Every figure by its name: low, mid, high as the sheet of figures has them.
    fn figures(&self) -> BTreeMap<String, [Option<f64>; 3]> {
        let rows = (2..).take_while(|row| !self.text("Figures", *row, 1).is_empty());
        let line =
            |row: usize| (self.text("Figures", row, 1), [2, 3, 4].map(|column| self.number("Figures", row, column)));
        rows.map(line).collect()
    }

    fn agrees_with(&self, name: &str, project: &Project) {
        let sums = Sums::new(project, project.variants[0].id);
        let totals = sums.totals();
        let figures = self.figures();
        for figure in FigureId::ALL {
            let said = figures[&figure.name(Lang::En)];
            let span = figure.value(&totals).span();
            assert!(is_near(said[1], span.map(|span| span.mid)), "{name}: {} is {said:?}, not {span:?}", figure.key());
            if figure.has_range() {
                let ends = [span.map(|span| span.low), span.map(|span| span.high)];
                assert!(is_near(said[0], ends[0]) && is_near(said[2], ends[1]), "{name}: {} {said:?}", figure.key());
            }
        }
        for (at, of) in sums.with_plots(project, |plots| plots.collect::<Vec<_>>()).into_iter().enumerate() {
            let row = at + 2;
            assert_eq!(self.text("Plots", row, 2), of.name);
            for (column, figure, times) in [
                (4, FigureId::PlotArea, 1.0),
                (5, FigureId::Footprint, 1.0),
                (6, FigureId::Gfa, 1.0),
                (7, FigureId::GfaBelow, 1.0),
                (8, FigureId::Fsi, 1.0),
                (9, FigureId::Gsi, 1.0),
                (10, FigureId::L, 1.0),
                (11, FigureId::Osr, 1.0),
                (12, FigureId::ProductiveShare, 100.0),
                (13, FigureId::Mxi, 1.0),
                (15, FigureId::Jobs, 1.0),
                (18, FigureId::Dwellings, 1.0),
            ] {
                let said = self.number("Plots", row, column).map(|value| value * times);
                let is = figure.value(&of.figures).mid();
                assert!(is_near(said, is), "{name}, {}: {} is {said:?}, not {is:?}", of.name, figure.key());
            }
            self.people_agree("Plots", row, [14, 17], &of.figures, name);
        }
        let variant = &project.variants[0];
        for (at, building) in variant.buildings.iter().enumerate() {
            let row = at + 2;
            let figures = sums.of_volumes(project, sums.volumes_of(building.id));
            for (column, figure) in [(4, FigureId::Gfa), (5, FigureId::GfaBelow), (7, FigureId::Mxi)] {
                let (said, is) = (self.number("Buildings", row, column), figure.value(&figures).mid());
                assert!(is_near(said, is), "{name}, {}: {} is {said:?}, not {is:?}", building.name, figure.key());
            }
            self.people_agree("Buildings", row, [8, 11], &figures, name);
        }
    }

    /// Jobs and homes of a line, each low, mid and high from a column on.
    fn people_agree(&self, sheet: &str, row: usize, columns: [usize; 2], figures: &Figures, name: &str) {
        for (figure, first) in [FigureId::Jobs, FigureId::Dwellings].into_iter().zip(columns) {
            let span = figure.value(figures).span().unwrap_or_default();
            for (column, is) in (first..).zip([span.low, span.mid, span.high]) {
                let said = self.number(sheet, row, column);
                assert!(is_near(said, Some(is)), "{name}, {sheet} {row}: {} {said:?}, not {span:?}", figure.key());
            }
        }
    }
}

/// Whether two numbers are one, but for the millionths that a share in a cell is rounded by; none is none.
fn is_near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 * b.abs().max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    }
}

#[test]
fn another_program_calculates_the_same_figures() {
    for (name, project) in sites() {
        Calculated::of(&project).agrees_with(name, &project);
    }
}

#[test]
fn a_known_number_of_homes_counts_whatever_kind_of_homes_they_are() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    site.volume(Some(plot), rectangle([0.0, 0.0], [30.0, 10.0]), storeys(3, "student_housing"));
    let volume = site.project.variants[0].volumes.iter().next().unwrap();
    let known = Volume { dwellings: Some(20), ..Volume::clone(volume) };
    site.project.variants[0].volumes.insert(known);
    let book = Calculated::of(&site.project);
    assert_eq!(book.figures()[&FigureId::Dwellings.name(Lang::En)][1], Some(20.0));
    book.agrees_with("students, counted", &site.project);
}

#[test]
fn uses_that_a_spreadsheet_cannot_tell_apart_are_found_by_their_line() {
    let mut site = Site::new();
    let plot = site.plot("P", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    for (x, id) in [(0.0, "office"), (20.0, "OFFICE"), (35.0, "of*")] {
        site.volume(Some(plot), rectangle([x, 0.0], [10.0, 10.0]), storeys(1, id));
    }
    for (id, m2) in [("OFFICE", 50.0), ("of*", 5.0)] {
        let mut own = UseOverride::new(id);
        own.family = Some(Family::Making);
        own.m2_per_job = Some(Span::exact(m2));
        site.project.uses.push(own);
    }
    Calculated::of(&site.project).agrees_with("alike", &site.project);
}

#[test]
fn what_has_no_value_reads_so_before_anything_is_calculated() {
    let mut site = Site::new();
    site.volume(None, rectangle([0.0, 0.0], [30.0, 10.0]), storeys(1, "office"));
    let bytes = xlsx::write(&site.project, site.project.variants[0].id, Lang::En).unwrap();
    let workbook = load_from_xlsx_bytes(&bytes, "book", "en", "UTC").unwrap();
    let book = Calculated(Model::from_workbook(workbook, "en").unwrap());
    let total = book.line("Plots", 2, "all");
    assert_eq!(book.cell("Plots", total, 8), CellValue::String("–".to_owned()), "no plot, no FSI");
    assert_eq!(book.number("Plots", total, 6), Some(300.0));
}

#[test]
fn what_is_changed_in_the_workbook_is_followed_as_in_the_program() {
    let (_, mut project) = sites().into_iter().find(|(name, _)| *name == "plinth").unwrap();
    let mut book = Calculated::of(&project);
    let before = book.figures()[&FigureId::Jobs.name(Lang::En)];
    let uses: Vec<String> = (2..40).map(|row| book.text("Storeys", row, 8)).filter(|id| !id.is_empty()).collect();
    let id = uses.iter().find(|id| id.as_str() != "housing").expect("it has a use with jobs").clone();
    let line = book.line("Uses", 1, &id);
    for (column, value) in [(7, 90.0), (8, 70.0), (9, 50.0)] {
        book.set("Uses", line, column, value);
    }
    let mut denser = UseOverride::new(id.as_str());
    denser.m2_per_job = Some(Span { low: 90.0, mid: 70.0, high: 50.0 });
    project.uses = vec![denser];
    let line = book.line("Rates", 1, "dwelling_m2");
    for column in [4, 5, 6] {
        book.set("Rates", line, column, 80.0);
    }
    project.rates.set("dwelling_m2", "", Span::exact(80.0), "");
    let totals = Sums::new(&project, project.variants[0].id).totals();
    let figures = book.figures();
    assert_ne!(figures[&FigureId::Jobs.name(Lang::En)], before);
    for figure in [FigureId::Jobs, FigureId::Dwellings, FigureId::Fsi, FigureId::Mxi] {
        let said = figures[&figure.name(Lang::En)][1];
        let is = figure.value(&totals).mid();
        assert!(is_near(said, is), "{} is {said:?}, not {is:?}", figure.key());
    }
    // Half the footprint of the first piece of floor is half its floor.
    let gfa = figures[&FigureId::Gfa.name(Lang::En)][1].unwrap();
    let (footprint, share) = (book.number("Storeys", 2, 13).unwrap(), book.number("Storeys", 2, 14).unwrap());
    book.set("Storeys", 2, 13, footprint / 2.0);
    let less = book.figures()[&FigureId::Gfa.name(Lang::En)][1].unwrap();
    let above = book.number("Storeys", 2, 11).unwrap();
    assert!((gfa - less - above * footprint * share / 2.0).abs() < 1e-6, "{gfa} became {less}");
}

#[test]
fn the_workbook_speaks_three_languages_and_names_its_sources() {
    let (_, project) = sites().into_iter().find(|(name, _)| *name == "plinth").unwrap();
    for (lang, sheets) in [
        (Lang::En, ["Figures", "Plots", "Buildings", "Storeys", "Uses", "Rates", "Sources"]),
        (Lang::Nl, ["Cijfers", "Percelen", "Gebouwen", "Bouwlagen", "Functies", "Kengetallen", "Bronnen"]),
        (Lang::Fr, ["Chiffres", "Parcelles", "Bâtiments", "Niveaux", "Affectations", "Ratios", "Sources"]),
    ] {
        let bytes = xlsx::write(&project, project.variants[0].id, lang).unwrap();
        let workbook = load_from_xlsx_bytes(&bytes, "book", "en", "UTC").unwrap();
        let names: Vec<String> = workbook.worksheets.iter().map(|sheet| sheet.name.clone()).collect();
        assert_eq!(names, sheets);
        let mut model = Model::from_workbook(workbook, "en").unwrap();
        model.evaluate();
        let book = Calculated(model);
        let gfa = FigureId::Gfa.name(lang);
        let line = book.line(sheets[0], 1, &gfa);
        let is = FigureId::Gfa.value(&Sums::new(&project, project.variants[0].id).totals()).mid();
        assert!(is_near(book.number(sheets[0], line, 3), is), "{lang:?}");
        let sources: Vec<String> = (2..200).map(|row| book.text(sheets[6], row, 1)).collect();
        assert!(sources.iter().any(|source| source.contains("Employment Density Guide")), "{sources:?}");
    }
}
