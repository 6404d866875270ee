//! The workbook, opened and calculated by a spreadsheet engine of other people: its formulas come to the figures of the
//! program, and follow when a number in it is changed.

use std::collections::BTreeMap;

use ironcalc::base::Model;
use ironcalc::base::cell::CellValue;
use ironcalc::import::load_from_xlsx_bytes;
use maakblok::i18n::Lang;
use maakblok::io::xlsx;
use maakblok::library::UseOverride;
use maakblok::measure::{FigureId, Sums};
use maakblok::model::Project;
use maakblok::num::Span;

use super::hand::sites;

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
        for (at, of) in sums.plots(project).enumerate() {
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
        (Lang::Fr, ["Chiffres", "Parcelles", "Bâtiments", "Niveaux", "Fonctions", "Ratios", "Sources"]),
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
