//! What stands beside the tables: uses, rates, every figure with its formula, and all that the workbook stands on.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::sheets::Book;
use super::{Page, Put, sheet_name};
use crate::formula::rate_name;
use crate::i18n::{UNDEFINED, tr};
use crate::io::native::WRITTEN_BY;
use crate::library::{Family, RateId, RateKind, RateValue, UseIx};
use crate::measure::explain::unit_words;
use crate::measure::{AnyFigure, FigureId, FigureValue};
use crate::num::Span;

impl Book<'_> {
    pub(super) fn uses(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut names = self.names(&["use_id", "name", "family", "programme", "productive", "housing"]);
        names.extend(self.three(&tr(lang, "library-area-per-job")));
        names.extend(self.names(&["source", "confidence"]));
        page.head(&names, &[22.0, 26.0, 20.0, 10.0, 10.0, 10.0, 12.0, 12.0, 12.0, 70.0, 12.0])?;
        let coefficients = self.sums.coefficients();
        for (ix, known) in coefficients.library.uses().iter().enumerate() {
            let rate = RateId::named("area_per_job");
            let rate = rate.and_then(|rate| coefficients.rates.of_use(rate, UseIx(ix as u16)));
            let number = |value: Option<f64>| value.map_or(Put::Nothing, |value| Put::Input(value, 1));
            let flag = |is: bool| Put::Input(f64::from(u8::from(is)), 0);
            let (family, source) = (tr(lang, &format!("family-{}", known.family.key())), rate.map(|r| self.source(r)));
            let sure = rate.map(|rate| rate.confidence.name(lang)).unwrap_or_default();
            page.put(&[
                Put::Words(known.id.as_str()),
                Put::Words(known.name(lang)),
                Put::Words(&family),
                flag(known.family.is_programme()),
                flag(known.productive),
                flag(known.family == Family::Housing),
                number(rate.map(|rate| rate.value.low)),
                number(rate.map(|rate| rate.value.mid)),
                number(rate.map(|rate| rate.value.high)),
                Put::Words(&source.unwrap_or_default()),
                Put::Words(&sure),
            ])?;
        }
        Ok(())
    }

    fn source(&self, rate: &RateValue) -> String {
        if rate.source.is_empty() { tr(self.lang, "source-this-project") } else { rate.source.to_string() }
    }

    /// The rates of the whole project.
    fn project_rates(&self) -> impl Iterator<Item = (RateId, &RateValue)> {
        let rates = &self.sums.coefficients().rates;
        let of_project = RateId::all().filter(|rate| rate.info().kind == RateKind::Project);
        of_project.filter_map(|rate| Some((rate, rates.project(rate)?)))
    }

    /// The line of `Rates` that says how much floor a home has, as formulas count.
    pub(super) fn dwelling_line(&self) -> usize {
        self.project_rates().position(|(rate, _)| rate.info().id == "dwelling_m2").unwrap_or(0) + 2
    }

    pub(super) fn rates(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut names = self.names(&["rate_id", "name", "unit"]);
        names.extend(["library-low", "library-mid", "library-high"].map(|key| tr(lang, key)));
        names.extend(self.names(&["source", "confidence"]));
        page.head(&names, &[22.0, 36.0, 16.0, 12.0, 12.0, 12.0, 70.0, 12.0])?;
        for (rate, value) in self.project_rates() {
            let Span { low, mid, high } = value.value;
            let (name, unit) = (rate_name(rate, lang), unit_words(rate.info().unit, lang));
            let (source, sure) = (self.source(value), value.confidence.name(lang));
            page.put(&[
                Put::Words(rate.info().id),
                Put::Words(&name),
                Put::Words(&unit),
                Put::Input(low, 3),
                Put::Input(mid, 3),
                Put::Input(high, 3),
                Put::Words(&source),
                Put::Words(&sure),
            ])?;
        }
        Ok(())
    }

    /// Every figure of the variant; those that follow from the tables by formula.
    pub(super) fn figures(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        let mut names = self.names(&["figure"]);
        names.extend(["library-low", "library-mid", "library-high"].map(|key| tr(lang, key)));
        names.extend(self.names(&["unit", "formula", "where_from", "sources"]));
        page.head(&names, &[34.0, 14.0, 14.0, 14.0, 12.0, 60.0, 24.0, 60.0])?;
        let (totals, coefficients) = (self.sums.totals(), self.sums.coefficients());
        let plots = sheet_name("plots", lang);
        // The plots, one line for what stands on none, the head.
        let last = self.variant.plots.len() + 3;
        let (from_tables, from_program) = (tr(lang, "column-from-tables"), tr(lang, "column-from-program"));
        for figure in coefficients.all_figures() {
            let key = figure.key(coefficients).to_owned();
            let name = figure.name(coefficients, lang);
            let factor = figure.shown_factor();
            let decimals = figure.decimals_in_detail(coefficients);
            let value = figure.value(&totals);
            let letters = total_letters(&key);
            let cell = |at: usize, value: f64| match letters {
                Some(letters) if !letters[at].is_empty() => {
                    let times = if factor == 1.0 { String::new() } else { format!("*{factor}") };
                    let place = format!("'{plots}'!{}{last}", letters[at]);
                    let formula = format!("=IFERROR({place}{times},\"{UNDEFINED}\")");
                    Put::Live(formula, Some(value), decimals)
                }
                _ => Put::Number(value, decimals),
            };
            let parts = match value {
                FigureValue::One(value) => [Put::Nothing, value.map_or(Put::Nothing, |v| cell(1, v)), Put::Nothing],
                FigureValue::Range(Some(span)) => [cell(0, span.low), cell(1, span.mid), cell(2, span.high)],
                FigureValue::Range(None) => [Put::Nothing, Put::Nothing, Put::Nothing],
            };
            let (formula, sources) = match figure {
                AnyFigure::Known(known) => (
                    known.formula_words(&coefficients.library, lang),
                    known.sources(&totals, coefficients, lang).join("; "),
                ),
                AnyFigure::Own(at) => (
                    self.project.brief.figures.get(at).map(|own| own.formula.clone()).unwrap_or_default(),
                    tr(lang, "source-this-project"),
                ),
            };
            let unit = figure.unit(coefficients, lang);
            let from = if letters.is_some() { &from_tables } else { &from_program };
            let [low, mid, high] = parts;
            page.put(&[
                Put::Words(&name),
                low,
                mid,
                high,
                Put::Words(&unit),
                Put::Words(&formula),
                Put::Words(from),
                Put::Words(&sources),
            ])?;
        }
        Ok(())
    }

    /// What the workbook is, and all that it stands on.
    pub(super) fn sources(&self, page: &mut Page<'_>) -> Result<(), XlsxError> {
        let lang = self.lang;
        page.head(&[tr(lang, "sheet-sources")], &[120.0])?;
        let mut lines = vec![
            format!("{} · {}", self.project.name, self.variant.name),
            WRITTEN_BY.to_owned(),
            tr(lang, "figures-indicative"),
            tr(lang, "workbook-how"),
        ];
        if !self.is_live {
            lines.push(tr(lang, "workbook-too-large"));
        }
        lines.extend(self.project.sources.iter().cloned());
        let coefficients = self.sums.coefficients();
        let (mut sources, totals) = (BTreeSet::new(), self.sums.totals());
        for figure in FigureId::ALL {
            sources.extend(figure.sources(&totals, coefficients, lang));
        }
        sources.extend(self.project_rates().map(|(_, rate)| self.source(rate)));
        lines.extend(sources);
        lines.iter().try_for_each(|line| page.put(&[Put::Words(line)]))
    }
}

/// The columns of the sum of all plots where a figure stands: low, mid, high.
fn total_letters(key: &str) -> Option<[&'static str; 3]> {
    Some(match key {
        "plot_area_m2" => ["", "D", ""],
        "footprint_m2" => ["", "E", ""],
        "gfa_m2" => ["", "F", ""],
        "gfa_below_m2" => ["", "G", ""],
        "fsi" => ["", "H", ""],
        "gsi" => ["", "I", ""],
        "l" => ["", "J", ""],
        "osr" => ["", "K", ""],
        "productive_share" => ["", "L", ""],
        "mxi_percent" => ["", "M", ""],
        "jobs" => ["N", "O", "P"],
        "dwellings" => ["Q", "R", "S"],
        _ => return None,
    })
}
