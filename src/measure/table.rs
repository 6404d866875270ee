//! A report as text to read, in three languages: of a whole [`Report`], or of a head with its plots one after the other
//! ([`Sums::with_plots`]), which a hundred thousand plots ask for.
//!
//! [`Sums::with_plots`]: super::Sums::with_plots

use std::borrow::Borrow;
use std::collections::BTreeMap;

use compact_str::CompactString;

use super::{AnyFigure, Base, ByName, Coefficients, FigureId, FigureValue, Figures, PlotFigures, Report};
use crate::i18n::{Lang, UNDEFINED, number, range, tr, tr_with};
use crate::model::{Region, State};
use crate::num::{Span, round_parts};

/// The report as text to read: every figure with its unit, range and base, then what the floor is made of, then the
/// plots in a table. Parts are rounded so that they add up to the whole that stands above them.
#[must_use]
pub fn report_text(report: &Report, lang: Lang) -> String {
    text(report, &report.plots, lang)
}

/// [`report_text`] of a head and its plots.
#[must_use]
pub fn text<P: Borrow<PlotFigures>>(head: &Report, plots: impl IntoIterator<Item = P>, lang: Lang) -> String {
    let mut lines =
        vec![Line::Plain(format!("{} · {}", head.project, head.variant)), Line::Plain(tr(lang, "report-area-basis"))];
    // Where everything stands in one region, its name is enough; what stands on no plot is in none.
    let only_region = match head.regions.iter().next() {
        Some((region, figures))
            if head.regions.len() == 1 && figures.gfa_by_state_m2 == head.totals.gfa_by_state_m2 =>
        {
            Some(region)
        }
        _ => None,
    };
    if let Some(region) = only_region {
        lines.push(Line::Plain(region_name(region, lang)));
    }
    lines.push(Line::Plain(String::new()));
    lines.push(Line::Plain(tr(lang, "report-totals")));
    scope_lines(&head.totals, &head.coefficients, lang, &mut lines);
    let levels: Vec<(String, f64)> =
        head.gfa_by_level_m2.0.iter().map(|(level, m2)| (number(lang, *level as f64, 0), *m2)).collect();
    part_lines("gfa-by-level", &levels, lang, &mut lines, str::to_owned);
    if only_region.is_none() {
        for (region, figures) in &head.regions {
            lines.push(Line::Plain(String::new()));
            lines.push(Line::Plain(region_name(region, lang)));
            scope_lines(figures, &head.coefficients, lang, &mut lines);
        }
    }
    let mut out = aligned(&lines);
    out.push_str(&plot_table(plots, lang));
    out
}

/// A line of the text.
enum Line {
    Plain(String),
    /// Name, number, unit, and what stands beside them.
    Figure(String, String, String, String),
}

pub(super) fn region_name(region: &str, lang: Lang) -> String {
    tr(lang, &format!("region-{region}"))
}

fn use_name(id: &str, coefficients: &Coefficients, lang: Lang) -> String {
    coefficients.library.use_name(&id.into(), lang)
}

fn scope_lines(figures: &Figures, coefficients: &Coefficients, lang: Lang, lines: &mut Vec<Line>) {
    for figure in FigureId::ALL {
        let decimals = figure.decimals_in_detail();
        let shown = figure.shown(figures);
        let note = match (figure.value(figures), shown) {
            (_, None) => figures.why_not(*figure).map(|why| figure.why_not(why, lang)).unwrap_or_default(),
            (FigureValue::Range(Some(span)), _) => range_note(span, figure.decimals_in_detail(), lang),
            _ => base_note(figure.base(), figures, lang),
        };
        let value = shown.map_or_else(|| UNDEFINED.to_owned(), |value| number(lang, value, decimals));
        let unit = if shown.is_some() { figure.unit(lang) } else { String::new() };
        lines.push(Line::Figure(indented(1, &figure.name(lang)), value, unit, note));
    }
    own_lines(figures, coefficients, lang, lines);
    let in_order = |names: Vec<&'static str>, areas: &ByName<f64>| -> Vec<(String, f64)> {
        names.into_iter().filter_map(|name| Some((name.to_owned(), *areas.get(name)?))).collect()
    };
    let family_keys = crate::library::Family::ALL.map(crate::library::Family::key).to_vec();
    part_lines("gfa-by-family", &in_order(family_keys, &figures.gfa_by_family_m2), lang, lines, |id| {
        tr(lang, &format!("family-{id}"))
    });
    let uses: Vec<(String, f64)> = figures.gfa_by_use_m2.iter().map(|(id, m2)| (id.to_owned(), *m2)).collect();
    part_lines("gfa-by-use", &uses, lang, lines, |id| use_name(id, coefficients, lang));
    let state_keys = State::ALL.map(State::key).to_vec();
    let states = in_order(state_keys, &figures.gfa_by_state_m2);
    part_lines("gfa-by-state", &states, lang, lines, |id| tr(lang, &format!("state-{id}")));
    job_lines(figures, coefficients, lang, lines);
}

/// The figures of the project's own.
fn own_lines(figures: &Figures, coefficients: &Coefficients, lang: Lang, lines: &mut Vec<Line>) {
    for (at, own) in coefficients.own_figures().iter().enumerate() {
        let figure = AnyFigure::Own(at);
        let decimals = figure.decimals(coefficients);
        let (value, note) = match figure.value(figures).span() {
            Some(span) => (number(lang, span.mid, decimals), range_note(span, decimals, lang)),
            None => {
                let why = figure.why_not(figures, coefficients, lang).unwrap_or_default();
                (UNDEFINED.to_owned(), why)
            }
        };
        let unit = if value == UNDEFINED { String::new() } else { figure.unit(coefficients, lang) };
        lines.push(Line::Figure(indented(1, &own.figure.name), value, unit, note));
    }
}

/// What a figure is taken of, with the area.
fn base_note(base: Base, figures: &Figures, lang: Lang) -> String {
    let (key, area_m2) = match base {
        Base::Plot => ("report-of-plot", figures.one(FigureId::PlotArea)),
        Base::Programme => ("report-of-programme", figures.one(FigureId::Programme)),
        Base::None => return String::new(),
    };
    tr_with(lang, key, &[("area", number(lang, area_m2, 0).into())])
}

/// The range of a figure, unless all of it looks the same.
fn range_note(Span { low, mid, high }: Span, decimals: u8, lang: Lang) -> String {
    let shown = range(lang, low, high, decimals);
    if shown == number(lang, mid, decimals) { String::new() } else { shown }
}

fn part_lines(
    message: &str,
    parts: &[(String, f64)],
    lang: Lang,
    lines: &mut Vec<Line>,
    name: impl Fn(&str) -> String,
) {
    if parts.is_empty() {
        return;
    }
    lines.push(Line::Plain(indented(1, &tr(lang, &format!("figure-{message}")))));
    let areas: Vec<f64> = parts.iter().map(|(_, m2)| *m2).collect();
    // What goes is no part of the floor that there will be.
    let counts = |id: &str| id != State::Removed.key();
    let standing: Vec<f64> = parts.iter().map(|(id, m2)| if counts(id) { *m2 } else { 0.0 }).collect();
    let whole: f64 = standing.iter().sum();
    let percents = round_parts(&standing.iter().map(|m2| 100.0 * m2 / whole).collect::<Vec<_>>(), 0);
    for (((id, _), shown_m2), percent) in parts.iter().zip(round_parts(&areas, 0)).zip(percents) {
        let is_share = counts(id) && whole > 0.0;
        let percent = if is_share { format!("{:>3} %", number(lang, percent, 0)) } else { String::new() };
        lines.push(Line::Figure(indented(2, &name(id)), number(lang, shown_m2, 0), tr(lang, "unit-m2"), percent));
    }
}

fn job_lines(figures: &Figures, coefficients: &Coefficients, lang: Lang, lines: &mut Vec<Line>) {
    if figures.jobs_by_use.is_empty() {
        return;
    }
    lines.push(Line::Plain(indented(1, &tr(lang, "figure-jobs-by-use"))));
    let mids: Vec<f64> = figures.jobs_by_use.values().map(|jobs| jobs.mid).collect();
    for ((id, jobs), shown) in figures.jobs_by_use.iter().zip(round_parts(&mids, 0)) {
        let name = indented(2, &use_name(id, coefficients, lang));
        lines.push(Line::Figure(name, number(lang, shown, 0), String::new(), range_note(*jobs, 0, lang)));
    }
}

fn indented(depth: usize, text: &str) -> String {
    format!("{}{text}", "  ".repeat(depth))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn aligned(lines: &[Line]) -> String {
    let mut widths = [0; 3];
    for line in lines {
        if let Line::Figure(name, value, unit, _) = line {
            for (most, text) in widths.iter_mut().zip([name, value, unit]) {
                *most = width(text).max(*most);
            }
        }
    }
    let [name_width, value_width, unit_width] = widths;
    let mut out = String::new();
    for line in lines {
        let text = match line {
            Line::Plain(text) => text.clone(),
            Line::Figure(name, value, unit, note) => {
                format!("{name:name_width$}  {value:>value_width$} {unit:unit_width$}  {note}")
            }
        };
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

/// A row of the table of plots before it is rounded.
struct PlotRow {
    id: CompactString,
    name: CompactString,
    region: &'static str,
    plot_area_m2: f64,
    gfa_m2: f64,
    fsi: Option<f64>,
    gsi: Option<f64>,
    jobs: f64,
    dwellings: f64,
}

fn plot_table<P: Borrow<PlotFigures>>(plots: impl IntoIterator<Item = P>, lang: Lang) -> String {
    let rows: Vec<PlotRow> = plots.into_iter().map(|plot| PlotRow::of(plot.borrow())).collect();
    if rows.is_empty() {
        return String::new();
    }
    let rounded = |value: fn(&PlotRow) -> f64| round_parts(&rows.iter().map(value).collect::<Vec<_>>(), 0);
    let areas = rounded(|row| row.plot_area_m2);
    let floors = rounded(|row| row.gfa_m2);
    let jobs = rounded(|row| row.jobs);
    let homes = rounded(|row| row.dwellings);
    let ratio = |value: Option<f64>| number(lang, value.unwrap_or(f64::NAN), 2);
    let regions: BTreeMap<&str, String> =
        Region::ALL.into_iter().map(|region| (region.key(), region_name(region.key(), lang))).collect();
    // All cells in one text: a string for each would take more memory than the plots themselves.
    let mut cells = Cells::default();
    cells.push([
        &tr(lang, "report-plot"),
        &tr(lang, "report-name"),
        &tr(lang, "report-region"),
        &format!("{} {}", FigureId::PlotArea.name(lang), tr(lang, "unit-m2")),
        &format!("{} {}", FigureId::Gfa.name(lang), tr(lang, "unit-m2")),
        &FigureId::Fsi.name(lang),
        &FigureId::Gsi.name(lang),
        &FigureId::Jobs.name(lang),
        &FigureId::Dwellings.name(lang),
    ]);
    for (place, row) in rows.iter().enumerate() {
        let region = regions.get(row.region).map_or("", String::as_str);
        let whole = |values: &[f64]| number(lang, values[place], 0);
        let (fsi, gsi) = (ratio(row.fsi), ratio(row.gsi));
        cells.push([
            &row.id,
            &row.name,
            region,
            &whole(&areas),
            &whole(&floors),
            &fsi,
            &gsi,
            &whole(&jobs),
            &whole(&homes),
        ]);
    }
    drop(rows);
    let mut out = format!("\n{}\n", tr(lang, "report-plots"));
    // As long as it can get: growing by doubling would take twice the room.
    let blanks = 2 * cells.widths.len() + 1;
    out.reserve_exact(cells.ends.len() / cells.widths.len() * (cells.widths.iter().sum::<usize>() + blanks));
    let mut line = String::new();
    for row in cells.rows() {
        line.clear();
        for (column, (cell, most)) in row.into_iter().zip(cells.widths).enumerate() {
            let blanks = std::iter::repeat_n(' ', most - width(cell));
            line.push_str("  ");
            if column < 3 {
                line.push_str(cell);
                line.extend(blanks);
            } else {
                line.extend(blanks);
                line.push_str(cell);
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The cells of a table, row by row.
#[derive(Default)]
struct Cells {
    text: String,
    /// Where each cell ends in the text; no file that is read gives a table of four gigabytes.
    ends: Vec<u32>,
    widths: [usize; 9],
}

impl Cells {
    fn push(&mut self, row: [&str; 9]) {
        for (most, cell) in self.widths.iter_mut().zip(row) {
            *most = width(cell).max(*most);
            self.text.push_str(cell);
            self.ends.push(self.text.len() as u32);
        }
    }

    fn rows(&self) -> impl Iterator<Item = [&str; 9]> {
        let mut begin = 0;
        self.ends.chunks_exact(9).map(move |ends| {
            std::array::from_fn(|column| {
                let end = ends[column] as usize;
                &self.text[std::mem::replace(&mut begin, end)..end]
            })
        })
    }
}

impl PlotRow {
    fn of(plot: &PlotFigures) -> Self {
        let figures = &plot.figures;
        Self {
            id: plot.id.as_str().into(),
            name: plot.name.as_str().into(),
            region: plot.region,
            plot_area_m2: figures.one(FigureId::PlotArea),
            gfa_m2: figures.one(FigureId::Gfa),
            fsi: figures.mid(FigureId::Fsi),
            gsi: figures.mid(FigureId::Gsi),
            jobs: figures.one(FigureId::Jobs),
            dwellings: figures.one(FigureId::Dwellings),
        }
    }
}
