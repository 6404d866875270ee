//! Explanations: who calculates what they say gets the figure.

use maakblok::geometry::{Outline, point};
use maakblok::i18n::Lang;
use maakblok::measure::explain::{Explanation, PartOf, text};
use maakblok::measure::{FigureId, Scope, Sums};
use maakblok::model::{Id, Project, Region, State, Storey, Surface, SurfaceKind};

use super::hand::sites;
use super::{Site, in_state, mixed, rectangle, storey};

/// A calculator that knows nothing of the program: numbers, brackets, `+ − × ÷` and a few functions.
struct Calculator<'a> {
    rest: &'a str,
}

impl Calculator<'_> {
    fn calculate(text: &str) -> f64 {
        let plain = text.replace(['\u{202f}', '\u{a0}'], "");
        let mut calculator = Calculator { rest: &plain };
        let value = calculator.sum();
        assert_eq!(calculator.rest.trim(), "", "all of {text:?} is read");
        value
    }

    fn take(&mut self, sign: &str) -> bool {
        self.rest = self.rest.trim_start();
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        self.rest = rest;
        true
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.take("+") {
                value += self.product();
            } else if self.take("−") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.factor();
        loop {
            if self.take("×") {
                value *= self.factor();
            } else if self.take("÷") {
                value /= self.factor();
            } else {
                return value;
            }
        }
    }

    fn factor(&mut self) -> f64 {
        if self.take("−") {
            return -self.factor();
        }
        if self.take("(") {
            let value = self.sum();
            assert!(self.take(")"), "a bracket is closed before {:?}", self.rest);
            return value;
        }
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if let Ok(number) = word.parse::<f64>() {
            return number;
        }
        assert!(self.take("("), "{word:?} is a function");
        let mut parts = vec![self.sum()];
        while self.take(";") {
            parts.push(self.sum());
        }
        assert!(self.take(")"), "{word} ends");
        match (word, parts.as_slice()) {
            ("min", parts) => parts.iter().copied().fold(f64::INFINITY, f64::min),
            ("max", parts) => parts.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ("ceil", [value]) => (value - 1e-6).ceil(),
            ("ln", [value]) => value.ln(),
            ("blend", [share, a, b]) => share * a + (1.0 - share) * b,
            ("evenness", [a, b]) => 1.0 - (a - b).abs() / (a + b),
            other => panic!("{other:?} is no function of these"),
        }
    }
}

#[track_caller]
fn alike(a: f64, b: f64, what: &str) {
    assert!((a - b).abs() <= 2e-6 * a.abs().max(b.abs()).max(1e-3), "{what}: {a} is not {b}");
}

/// Checks the left side of `… = …` against its right, and that against what it should be.
#[track_caller]
fn holds(calculation: &str, value: f64, what: &str) {
    let (left, right) = calculation.rsplit_once('=').unwrap_or((calculation, calculation));
    alike(Calculator::calculate(left), Calculator::calculate(right), what);
    alike(Calculator::calculate(right), value, what);
}

fn check(explanation: &Explanation, what: &str) {
    let what = format!("{what}: {}", explanation.name);
    match (&explanation.calculation, explanation.value.mid()) {
        (Some(calculation), Some(value)) => holds(calculation, value, &format!("{what}: {calculation}")),
        (None, None) => assert!(explanation.why_not.is_some(), "{what} says why not"),
        other => panic!("{what}: {other:?}"),
    }
    for part in &explanation.parts {
        let PartOf::Rows(rows) = &part.of else { continue };
        let what = format!("{what}: {}", part.name);
        let mut sum = [0.0; 3];
        for row in rows {
            match (&row.calculation, row.value) {
                (Some(calculation), Some(value)) => {
                    holds(calculation, value.mid, &format!("{what}: {}: {calculation}", row.name));
                    for (sum, of) in sum.iter_mut().zip([value.low, value.mid, value.high]) {
                        *sum += of;
                    }
                }
                (None, None) => {}
                other => panic!("{what}: {other:?}"),
            }
        }
        let value = part.value.unwrap_or_default();
        for (sum, whole) in sum.into_iter().zip([value.low, value.mid, value.high]) {
            alike(sum, whole, &format!("{what}: the rows together"));
        }
    }
}

fn scopes(project: &Project) -> Vec<(String, Scope)> {
    let variant = &project.variants[0];
    let plots = variant.plots.iter().map(|plot| (plot.name.clone(), Scope::Plot(plot.id)));
    let regions = [Region::Brussels, Region::Flanders].map(|region| (region.key().to_owned(), Scope::Region(region)));
    let some = variant.volumes.iter().map(|volume| volume.id).step_by(2).collect();
    std::iter::once(("all".to_owned(), Scope::All))
        .chain(plots)
        .chain(regions)
        .chain([("some volumes".to_owned(), Scope::Volumes(some))])
        .collect()
}

#[test]
fn every_figure_of_every_project_follows_from_what_its_explanation_says() {
    let mut explained = 0;
    for (name, project) in sites() {
        let sums = Sums::new(&project, Id(1));
        for (scope_name, scope) in scopes(&project) {
            let Some(figures) = sums.of(&project, &scope) else { continue };
            for &figure in FigureId::ALL {
                let explanation = sums.explain(&project, &scope, figure, Lang::En).expect("the scope is there");
                let what = format!("{name}, {scope_name}");
                assert_eq!(explanation.value, figures.get(figure), "{what}: {}", figure.key());
                check(&explanation, &what);
                explained += 1;
            }
        }
    }
    assert!(explained > 15 * FigureId::ALL.len(), "{explained}");
}

#[test]
fn the_text_of_an_explanation_reads() {
    let mut site = Site::new();
    let plot = site.plot("Werkhof", [0.0, 0.0], [50.0, 40.0], Region::Brussels);
    let stack = vec![mixed(&[("craft_workshop", 0.75), ("retail", 0.25)]), storey("office"), storey("office")];
    let hall = site.volume(Some(plot), rectangle([0.0, 0.0], [20.0, 20.0]), stack);
    let gone = site.volume(Some(plot), rectangle([30.0, 0.0], [10.0, 10.0]), vec![in_state("office", State::Removed)]);
    let sums = site.sums();
    let explain = |figure| sums.explain(&site.project, &Scope::All, figure, Lang::En).expect("there is a variant");
    let jobs = explain(FigureId::Jobs);
    assert_eq!(jobs.formula, "Σ floor area ÷ floor area per job");
    let lit: Vec<(Id, usize)> = jobs.places().iter().map(|spot| (spot.volume, spot.storey)).collect();
    assert_eq!(lit, [(hall, 0), (hall, 1), (hall, 2)], "what goes adds nothing");
    assert!(jobs.places().iter().all(|spot| spot.volume != gone));
    let said = text(&jobs, "Werkhof · A", &site.project.variants[0], Lang::En);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "Werkhof · A",
            // 800 ÷ 16 + 300 ÷ 47 + 100 ÷ 23; 800 ÷ 17 + 300 ÷ 60 + 100 ÷ 26; 800 ÷ 13 + 300 ÷ 35 + 100 ÷ 19.
            "jobs = 60.730805 (55.90 – 75.37)",
            "jobs = Σ floor area ÷ floor area per job",
            "= 60.7308048",
        ]
    );
    let row = lines.iter().find(|line| line.starts_with("  craft workshop")).expect("a row for the workshop");
    let cells: Vec<&str> = row.split('\t').collect();
    assert_eq!(cells[1..4], ["volume, 0", "300 ÷ 47 = 6.38297872", "(5.00 – 8.57)"]);
    assert!(cells[4].contains("Employment Density Guide"));
    assert!(said.contains("volume, 1–2"), "storeys in a row are told together: {said}");

    let fsi = explain(FigureId::Fsi);
    assert_eq!(fsi.formula, "(Σ floor area where on plots) ÷ plot area");
    assert_eq!(fsi.calculation.as_deref(), Some("1\u{202f}200 ÷ 2\u{202f}000 = 0.6"));
    let osr = explain(FigureId::Osr);
    assert_eq!(osr.calculation.as_deref(), Some("(2\u{202f}000 − 400) ÷ 1\u{202f}200 = 1.33333333"));
    let heat = explain(FigureId::Heat);
    assert_eq!(
        heat.formula,
        "range around energy benchmarks × ((Σ floor area × heat per m², new of all storeys where the state is new) + (Σ floor area × (heat per m², existing, else heat per m², new) of all storeys where the state is existing or kept))"
    );
    for lang in Lang::ALL {
        for &figure in FigureId::ALL {
            let explanation = sums.explain(&site.project, &Scope::All, figure, lang).expect("there is a variant");
            let said = text(&explanation, "", &site.project.variants[0], lang);
            for raw in ["figure-", "formula-", "rate-", "explain-", "NaN", "inf"] {
                assert!(!said.contains(raw), "{raw} in {} in {lang:?}: {said}", figure.key());
            }
        }
    }
}

/// Ground counts where it is seen, and what is built below it is told apart.
pub(super) fn surface(site: &mut Site, kind: SurfaceKind, at: [f64; 2], size: [f64; 2]) {
    let id = site.project.take_id();
    let outline: Outline = Outline::rectangle(point(at[0], at[1]), point(at[0] + size[0], at[1] + size[1]));
    let extra = maakblok::record::Extra::default();
    let surface = Surface { id, name: String::new(), code: String::new(), kind, outline, extra };
    site.project.variants[0].surfaces.insert(surface);
}

/// So many storeys of one state.
pub(super) fn of_state(storeys: Vec<Storey>, state: State) -> Vec<Storey> {
    storeys.into_iter().map(|storey| Storey { state, ..storey }).collect()
}
