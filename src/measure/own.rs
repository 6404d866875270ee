//! Figures of a project's own beside those of the program: one handle for both, and what is wrong with a formula.

use super::figures::{FigureValue, Figures};
use super::program::{KnownNames, built_in_figure};
use super::{Coefficients, FigureId, Measure, Undefined};
use crate::formula::{Dimension, Expr, FormulaError, Names, Number, Problem, Speaker, Unit};
use crate::i18n::{Lang, number, range, tr};
use crate::library::Library;
use crate::model::{Fault, FaultKind, Origin, OwnFigure, Project, Severity, SharedLibrary, Where};
use crate::num::decimals_of;

/// A figure of the program, or one of the project's own by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnyFigure {
    /// Of the program.
    Known(FigureId),
    /// Of the project.
    Own(usize),
}

impl From<FigureId> for AnyFigure {
    fn from(figure: FigureId) -> Self {
        Self::Known(figure)
    }
}

/// A figure of a project's own, read.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnReady {
    /// As it is written.
    pub figure: OwnFigure,
    /// The unit it is told in.
    pub unit: Unit,
    /// Its formula, or what is wrong with it.
    pub expr: Result<Expr, FormulaError>,
}

/// Lets a formula be read with the names that it can use: those of the program and of a project's own figures.
fn with_names<R>(own: &[&OwnFigure], library: &Library, read: impl FnOnce(&Names<'_>) -> R) -> R {
    let first = FigureId::ALL.len();
    let figure = |name: &str| {
        built_in_figure(name).or_else(|| {
            let at = own.iter().position(|figure| figure.id == name)?;
            // What a figure counts is what its unit says, so that formulas can be read in any order.
            let dimension = Unit::parse(&own[at].unit).map_or(Dimension::NONE, |unit| unit.dimension);
            Some(crate::formula::KnownFigure { place: first + at, dimension })
        })
    };
    let all: KnownNames = FigureId::ALL
        .iter()
        .map(|figure| figure.key().to_owned())
        .chain(own.iter().map(|figure| figure.id.clone()))
        .collect();
    read(&Names { library, figure: &figure, figures: &all })
}

/// Reads the figures of a project's own. Each may use the others, but none itself.
#[must_use]
pub fn read_own(own: &[OwnFigure], library: &Library) -> Vec<OwnReady> {
    let all: Vec<&OwnFigure> = own.iter().collect();
    with_names(&all, library, |names| read_with(own, names))
}

fn read_with(own: &[OwnFigure], names: &Names<'_>) -> Vec<OwnReady> {
    let place_of = |name: &str| own.iter().position(|figure| figure.id == name);
    let read = |at: usize| {
        let figure = &own[at];
        let whole = 0..figure.formula.len();
        let unit = Unit::parse(&figure.unit);
        let expr = Expr::read(&figure.formula, names).and_then(|expr| match unit {
            None => Err(FormulaError::new(whole.clone(), Problem::UnknownUnit(figure.unit.clone()))),
            Some(unit) if unit.dimension != expr.dimension => {
                Err(FormulaError::new(whole.clone(), Problem::WrongUnit(expr.dimension, figure.unit.clone())))
            }
            Some(_) if place_of(&figure.id) != Some(at) || built_in_figure(&figure.id).is_some() => {
                Err(FormulaError::new(whole.clone(), Problem::NameTaken(figure.id.clone())))
            }
            Some(_) if !OwnFigure::is_id(&figure.id) => {
                Err(FormulaError::new(whole.clone(), Problem::NoName(figure.id.clone())))
            }
            Some(_) => Ok(expr),
        });
        OwnReady { figure: figure.clone(), unit: unit.unwrap_or(Unit::ONE), expr }
    };
    let mut ready: Vec<OwnReady> = (0..own.len()).map(read).collect();
    for at in circular(&ready) {
        let figure = &own[at];
        let whole = 0..figure.formula.len();
        ready[at].expr = Err(FormulaError::new(whole, Problem::Circle(figure.id.clone())));
    }
    ready
}

/// The places of figures that need themselves, directly or through others.
fn circular(ready: &[OwnReady]) -> Vec<usize> {
    let first = FigureId::ALL.len();
    let needs = |at: usize| {
        let mut needed = Vec::new();
        if let Ok(expr) = &ready[at].expr {
            expr.visit(&mut |part| {
                if let Number::Figure(place) = part.node {
                    needed.extend(place.checked_sub(first).filter(|own| *own < ready.len()));
                }
            });
        }
        needed
    };
    (0..ready.len())
        .filter(|&start| {
            let mut seen = vec![false; ready.len()];
            let mut waiting = needs(start);
            while let Some(at) = waiting.pop() {
                if at == start {
                    return true;
                }
                if !std::mem::replace(&mut seen[at], true) {
                    waiting.extend(needs(at));
                }
            }
            false
        })
        .collect()
}

impl Coefficients {
    /// The figures of the project's own.
    #[must_use]
    pub fn own_figures(&self) -> &[OwnReady] {
        &self.own
    }

    /// The figure of a name in reports.
    #[must_use]
    pub fn figure_named(&self, key: &str) -> Option<AnyFigure> {
        let own = || self.own.iter().position(|own| own.figure.id == key).map(AnyFigure::Own);
        FigureId::from_key(key).map(AnyFigure::Known).or_else(own)
    }

    /// Reads a formula as a figure of the project's own would be.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(&self, formula: &str) -> Result<Expr, FormulaError> {
        let own: Vec<&OwnFigure> = self.own.iter().map(|own| &own.figure).collect();
        with_names(&own, &self.library, |names| Expr::read(formula, names))
    }

    /// A formula in the words of a language.
    #[must_use]
    pub fn in_words(&self, expr: &Expr, lang: Lang) -> String {
        let figure = |place: usize| AnyFigure::at(place).name(self, lang);
        Speaker { lang, library: &self.library, figure: &figure }.formula(expr)
    }

    /// All figures: those of the program, then the project's own.
    pub fn all_figures(&self) -> impl Iterator<Item = AnyFigure> + '_ {
        let known = FigureId::ALL.iter().copied().map(AnyFigure::Known);
        known.chain((0..self.own.len()).map(AnyFigure::Own))
    }
}

impl AnyFigure {
    pub(super) fn place(self) -> usize {
        match self {
            Self::Known(figure) => figure as usize,
            Self::Own(at) => FigureId::ALL.len() + at,
        }
    }

    /// The figure at a place, as formulas number them.
    pub(super) fn at(place: usize) -> Self {
        match FigureId::ALL.get(place) {
            Some(known) => Self::Known(*known),
            None => Self::Own(place - FigureId::ALL.len()),
        }
    }

    /// The unit of its number in reports.
    #[must_use]
    pub fn report_unit(self, coefficients: &Coefficients) -> Unit {
        match self {
            Self::Known(figure) => figure.measure().unit(),
            Self::Own(_) => self.own(coefficients).map_or(Unit::ONE, |own| own.unit),
        }
    }

    /// Decimals where it is explained.
    #[must_use]
    pub fn decimals_in_detail(self, coefficients: &Coefficients) -> u8 {
        match self {
            Self::Known(figure) => figure.decimals_in_detail(),
            Self::Own(_) => self.decimals(coefficients),
        }
    }

    fn own(self, coefficients: &Coefficients) -> Option<&OwnReady> {
        match self {
            Self::Known(_) => None,
            Self::Own(at) => coefficients.own.get(at),
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn key(self, coefficients: &Coefficients) -> &str {
        match self {
            Self::Known(figure) => figure.key(),
            Self::Own(_) => self.own(coefficients).map_or("", |own| own.figure.id.as_str()),
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self, coefficients: &Coefficients, lang: Lang) -> String {
        match self {
            Self::Known(figure) => figure.name(lang),
            Self::Own(_) => self.own(coefficients).map(|own| own.figure.name.clone()).unwrap_or_default(),
        }
    }

    /// The unit it is shown in; empty for plain numbers and counts.
    #[must_use]
    pub fn unit(self, coefficients: &Coefficients, lang: Lang) -> String {
        match self {
            Self::Known(figure) => figure.unit(lang),
            Self::Own(_) => {
                let unit = self.own(coefficients).map_or("", |own| own.figure.unit.as_str());
                super::explain::unit_words(&super::explain::unit_name(unit), lang)
            }
        }
    }

    /// Decimals where it stands large.
    #[must_use]
    pub fn decimals(self, coefficients: &Coefficients) -> u8 {
        match self {
            Self::Known(figure) => figure.decimals(),
            Self::Own(_) => self.own(coefficients).map_or(0, |own| own.figure.decimals.min(6)),
        }
    }

    /// So many of what is shown are one of what is reported.
    #[must_use]
    pub fn shown_factor(self) -> f64 {
        match self {
            Self::Known(figure) => figure.measure().shown_factor(),
            Self::Own(_) => 1.0,
        }
    }

    /// The most that it can be in the unit of reports, where it is a part of something; the least is then 0.
    #[must_use]
    pub fn ceiling(self) -> Option<f64> {
        match self {
            // More current may be made than is used.
            Self::Known(FigureId::PvCover) | Self::Own(_) => None,
            Self::Known(figure) => match figure.measure() {
                Measure::Share => Some(1.0),
                Measure::Percent => Some(100.0),
                _ => None,
            },
        }
    }

    /// A bound of its target in the unit it is shown in: as exactly as it was said.
    #[must_use]
    pub fn bound_words(self, bound: f64, coefficients: &Coefficients, lang: Lang) -> String {
        let shown = bound * self.shown_factor();
        number(lang, shown, decimals_of(shown, self.decimals(coefficients), 6))
    }

    /// What it is in the unit it is shown in.
    #[must_use]
    pub fn value(self, figures: &Figures) -> FigureValue {
        figures.at(self).scaled(self.shown_factor())
    }

    /// Its number as it stands large, without unit; a dash when it is not defined.
    #[must_use]
    pub fn number(self, figures: &Figures, coefficients: &Coefficients, lang: Lang) -> String {
        let shown = match self {
            Self::Known(figure) => figure.shown(figures),
            Self::Own(_) => self.value(figures).mid(),
        };
        number(lang, shown.unwrap_or(f64::NAN), self.decimals(coefficients))
    }

    /// Its range such as `151 – 258`; `None` where it has none.
    #[must_use]
    pub fn range(self, figures: &Figures, coefficients: &Coefficients, lang: Lang) -> Option<String> {
        let FigureValue::Range(Some(span)) = self.value(figures) else { return None };
        Some(range(lang, span.low, span.high, self.decimals(coefficients)))
    }

    /// Why it has no value, in words; `None` when it has one.
    #[must_use]
    pub fn why_not(self, figures: &Figures, coefficients: &Coefficients, lang: Lang) -> Option<String> {
        let reason = figures.why_not_at(self)?;
        if let Some(Err(error)) = self.own(coefficients).map(|own| &own.expr) {
            return Some(error.text(lang));
        }
        Some(match (self, reason) {
            (Self::Known(figure), reason) => figure.why_not(reason, lang),
            (Self::Own(_), Undefined::Faulty | Undefined::NothingElse) => tr(lang, "undefined-nothing-else"),
            (Self::Own(_), reason) => FigureId::PlotArea.why_not(reason, lang),
        })
    }
}

/// What is wrong with the brief of a project: formulas that cannot be read, targets for nothing, bounds that cannot be.
#[must_use]
pub fn check_brief(project: &Project) -> Vec<Fault> {
    if project.brief.is_empty() {
        return Vec::new();
    }
    let library = Library::with_overrides(&project.uses);
    let own = read_own(&project.brief.figures, &library);
    let mut faults = Vec::new();
    let mut add = |path: String, kind: &'static str, name: &str, fault: FaultKind, severity: Severity| {
        let at = Where { path, kind, name: name.to_owned(), ..Where::default() };
        faults.push(Fault { kind: fault, severity, at });
    };
    for (at, ready) in own.iter().enumerate() {
        if let Err(error) = &ready.expr {
            let says = Lang::ALL.map(|lang| error.text(lang));
            let column = ready.figure.formula.get(..error.place.start).map_or(0, |before| before.chars().count()) + 1;
            let path = format!("/brief/figures/{at}/formula");
            add(path, "figure", &ready.figure.name, FaultKind::Formula { says, column }, Severity::Error);
        }
    }
    for (at, target) in project.brief.targets.iter().enumerate() {
        let is_known =
            FigureId::from_key(&target.figure).is_some() || own.iter().any(|own| own.figure.id == target.figure);
        let path = format!("/brief/targets/{at}");
        if !is_known {
            let fault = FaultKind::TargetOfNothing { figure: target.figure.clone() };
            add(path, "target", &target.figure, fault, Severity::Warning);
        } else if !target.is_sound() {
            add(path, "target", &target.figure, FaultKind::TargetBounds, Severity::Warning);
        }
    }
    faults
}

/// Everything wrong with a project: what its model says, then what its brief does.
#[must_use]
pub fn check_all(project: &Project) -> Vec<Fault> {
    let mut faults = crate::model::check(project);
    faults.extend(check_brief(project));
    faults
}

/// What is wrong with a library by itself: its uses, its rates, and what its brief asks for. Paths are those of its file.
#[must_use]
pub fn check_library(library: &SharedLibrary) -> Vec<Fault> {
    let mut bare = Project::new("", Origin::new(0.0, 0.0), "");
    library.clone().put_into(&mut bare);
    let mut faults = check_all(&bare);
    // What is said of a project in which nothing is drawn is no fault of the library.
    faults.retain(|fault| ["/uses", "/rates", "/brief"].iter().any(|part| fault.at.path.starts_with(part)));
    faults
}
