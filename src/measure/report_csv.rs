//! A report as CSV for spreadsheets and scripts: of a whole [`Report`], or of a head with its plots one after the other.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::io::Write;

use super::table::region_name;
use super::{Coefficients, FigureId, FigureValue, Figures, PlotFigures, Report};
use crate::i18n::{Lang, tr};
use crate::num::Span;

/// The report as CSV: one row for each figure of each scope, exact, in English words.
///
/// Columns: `scope` (`total`, `region`, `plot`), its `id` and `name`, the `figure` by its name in the JSON report, its
/// `unit`, `low`, `value` and `high` (a figure without a range has only a value, one that is not defined has none),
/// `formula` and `source`.
///
/// # Errors
/// When the rows cannot be written; into memory they always can.
pub fn report_csv(report: &Report) -> Result<String, csv::Error> {
    let mut out = Vec::new();
    write_csv(report, &report.plots, &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// [`report_csv`] of a head and its plots, into anything that can be written to.
///
/// # Errors
/// When the rows cannot be written.
pub fn write_csv<P: Borrow<PlotFigures>>(
    head: &Report,
    plots: impl IntoIterator<Item = P>,
    out: impl Write,
) -> Result<(), csv::Error> {
    let mut rows = CsvRows::new(out, &head.coefficients);
    rows.writer.write_record(["scope", "id", "name", "figure", "unit", "low", "value", "high", "formula", "source"])?;
    rows.write_scope(["total", "", &head.variant], &head.totals)?;
    let formula = tr(Lang::En, "figure-gfa-by-level-formula");
    for (level, m2) in &head.gfa_by_level_m2.0 {
        let (key, m2) = (format!("gfa_by_level_m2.{level}"), m2.to_string());
        rows.writer.write_record(["total", "", &head.variant, &key, "m2", "", &m2, "", &formula, ""])?;
    }
    for (region, figures) in &head.regions {
        rows.write_scope(["region", region, &region_name(region, Lang::En)], figures)?;
    }
    for plot in plots {
        let plot = plot.borrow();
        rows.write_scope(["plot", &plot.id, &plot.name], &plot.figures)?;
    }
    rows.writer.flush()?;
    Ok(())
}

/// The rows with the words that every scope repeats, looked up once.
struct CsvRows<'a, W: Write> {
    writer: csv::Writer<W>,
    coefficients: &'a Coefficients,
    formulas: Vec<(FigureId, String)>,
    part_formulas: [String; 4],
    /// Where the project's own come from.
    own_source: String,
    /// The sources of every figure by the uses that take part: a district has few such mixes.
    sources: BTreeMap<Vec<String>, Vec<String>>,
}

impl<'a, W: Write> CsvRows<'a, W> {
    fn new(out: W, coefficients: &'a Coefficients) -> Self {
        let part = |name: &str| tr(Lang::En, &format!("figure-{name}-formula"));
        let words = |figure: FigureId| figure.formula_words(&coefficients.library, Lang::En);
        Self {
            writer: csv::Writer::from_writer(out),
            coefficients,
            formulas: FigureId::ALL.iter().map(|figure| (*figure, words(*figure))).collect(),
            part_formulas: ["gfa-by-use", "gfa-by-family", "gfa-by-state", "jobs-by-use"].map(part),
            own_source: tr(Lang::En, "source-this-project"),
            sources: BTreeMap::new(),
        }
    }

    fn write_scope(&mut self, scope: [&str; 3], figures: &Figures) -> Result<(), csv::Error> {
        let uses: Vec<String> = figures.gfa_by_use_m2.keys().map(str::to_owned).collect();
        let sources = self.sources.entry(uses).or_insert_with(|| {
            let of = |(figure, _): &(FigureId, String)| figure.sources(figures, self.coefficients, Lang::En).join("; ");
            self.formulas.iter().map(of).collect()
        });
        for ((figure, formula), source) in self.formulas.iter().zip(&*sources).take(figures.count()) {
            let [low, value, high] = match figures.get(*figure) {
                FigureValue::One(value) => [None, value, None],
                FigureValue::Range(None) => [None; 3],
                FigureValue::Range(Some(Span { low, mid, high })) => [Some(low), Some(mid), Some(high)],
            }
            .map(|value| value.map_or_else(String::new, |value| value.to_string()));
            let rest: [&str; 7] = [figure.key(), figure.report_unit(), &low, &value, &high, formula, source];
            self.writer.write_record(scope.into_iter().chain(rest))?;
        }
        for own in self.coefficients.own_figures() {
            let Some(span) = figures.own.get(&own.figure.id) else { continue };
            let [low, value, high] = [span.map(|s| s.low), span.map(|s| s.mid), span.map(|s| s.high)]
                .map(|value| value.map_or_else(String::new, |value| value.to_string()));
            let key = format!("own.{}", own.figure.id);
            let rest = [&*key, &own.figure.unit, &low, &value, &high, &own.figure.formula, &self.own_source];
            self.writer.write_record(scope.into_iter().chain(rest))?;
        }
        let areas = [
            ("gfa_by_use_m2", &figures.gfa_by_use_m2),
            ("gfa_by_family_m2", &figures.gfa_by_family_m2),
            ("gfa_by_state_m2", &figures.gfa_by_state_m2),
        ];
        for ((key, parts), formula) in areas.into_iter().zip(&self.part_formulas) {
            for (part, m2) in parts.iter() {
                let (key, m2) = (format!("{key}.{part}"), m2.to_string());
                self.writer.write_record(scope.into_iter().chain([&*key, "m2", "", &m2, "", formula, ""]))?;
            }
        }
        for (id, Span { low, mid, high }) in figures.jobs_by_use.iter() {
            let (key, [low, mid, high]) = (format!("jobs_by_use.{id}"), [low, mid, high].map(f64::to_string));
            let source = self.coefficients.density_source(&id.into());
            let source = source.map_or_else(|| tr(Lang::En, "source-this-project"), str::to_owned);
            let rest = [&*key, "", &low, &mid, &high, &self.part_formulas[3], &source];
            self.writer.write_record(scope.into_iter().chain(rest))?;
        }
        Ok(())
    }
}
