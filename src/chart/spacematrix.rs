//! Spacematrix (Berghauser Pont and Haupt): floor space index over coverage, with lines of equal height (L, solid) and of
//! equal openness (OSR, dashed). The plots are hollow dots with their names, the scope the full one, built projects faint.

use super::dots::{self, Dot, PlotOf};
use super::sheet::{Frame, Sheet, Side};
use super::{About, Ask, density_of, plain};
use crate::i18n::{Lang, number, tr, tr_with};
use crate::look::{Dash, Role, Stroke, TypeRole};
use crate::measure::FigureId;

/// Where lines of equal height are drawn: mean numbers of storeys.
pub const HEIGHTS_L: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 8.0, 12.0];

/// Where lines of equal openness are drawn: open space ratios.
pub const OPENNESS_OSR: [f64; 5] = [0.1, 0.2, 0.35, 0.6, 1.2];

/// Where the axis of FSI ends, by the highest that stands on it: never in between, so that two charts can be laid side by
/// side.
#[must_use]
pub fn top_fsi(highest: f64) -> f64 {
    if highest > 4.0 { 8.0 } else { 4.0 }
}

pub(super) fn draw(sheet: &mut Sheet, frame: Frame, ask: &Ask<'_>) {
    let plots: Vec<_> =
        dots::plots(ask).into_iter().filter_map(|plot| density_of(&plot.figures).map(|at| (plot, at))).collect();
    let own = ask.sums.of(ask.project, ask.scope).as_ref().and_then(density_of);
    let highest = plots.iter().map(|(_, [_, fsi])| *fsi).chain(own.map(|[_, fsi]| fsi)).fold(0.0, f64::max);
    let top_fsi = top_fsi(highest);
    let plot = Frame {
        left: frame.left + 30.0,
        top: frame.top + 12.0,
        right: frame.right - 16.0,
        bottom: frame.bottom - 26.0,
    };
    let place = |gsi: f64, fsi: f64| {
        [
            plot.left + gsi.clamp(0.0, 1.0) * plot.width(),
            plot.bottom - fsi.clamp(0.0, top_fsi) / top_fsi * plot.height(),
        ]
    };
    isolines(sheet, top_fsi, place, ask);
    axes(sheet, plot, top_fsi, ask);
    sheet.row(["kind", "name", "gsi", "fsi", "l", "osr", "plot_area_m2"]);
    let names = [FigureId::Fsi, FigureId::Gsi, FigureId::L, FigureId::Osr].map(|id| short(id, ask));
    let said = |name: &str, gsi: f64, fsi: f64| said(ask.lang, &names, name, gsi, fsi);
    for reference in ask.references {
        if let Some([gsi, fsi]) = reference.density {
            let at = place(gsi, fsi);
            sheet.dot(at, 3.0, Role::HairlineStrong, None);
            sheet.spot(at, said(&reference.name, gsi, fsi), None);
            row(sheet, "reference", &reference.name, gsi, fsi, None);
        }
    }
    let trail: Vec<[f64; 2]> = ask.trail.iter().map(|[gsi, fsi]| place(*gsi, *fsi)).collect();
    if trail.len() > 1 {
        sheet.line(&trail, Role::Accent, Stroke::Fine);
        for at in &trail[..trail.len() - 1] {
            sheet.dot(*at, 1.6, Role::Accent, None);
        }
    }
    let dot = |(plot, [gsi, fsi]): &(PlotOf, [f64; 2])| Dot {
        id: plot.id,
        name: plot.name.clone(),
        at: place(*gsi, *fsi),
        words: said(&plot.name, *gsi, *fsi),
    };
    let spots: Vec<Dot> = plots.iter().map(dot).collect();
    let taken = own.map(|[gsi, fsi]| dots::around(place(gsi, fsi))).into_iter().collect();
    let within = Frame { left: plot.left + 2.0, right: frame.right, ..plot };
    dots::draw(sheet, ask, &spots, within, taken);
    for (plot, [gsi, fsi]) in &plots {
        row(sheet, "plot", &plot.name, *gsi, *fsi, Some(plot.area_m2));
    }
    if let Some([gsi, fsi]) = own {
        let at = place(gsi, fsi);
        sheet.dashed(&[[plot.left, at[1]], at, [at[0], plot.bottom]], Role::Accent, Stroke::Fine, Dash::Guide);
        sheet.dot(at, 4.5, Role::Accent, None);
        sheet.spot(at, said(ask.scope_name, gsi, fsi), Some(About::Whole));
        row(sheet, "scope", ask.scope_name, gsi, fsi, None);
    } else {
        let middle = [(plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0];
        sheet.cased(middle, Side::Middle, TypeRole::Body, Role::Ink2, &tr(ask.lang, "chart-no-density"));
    }
}

fn isolines(sheet: &mut Sheet, top_fsi: f64, place: impl Fn(f64, f64) -> [f64; 2], ask: &Ask<'_>) {
    for osr in OPENNESS_OSR {
        // FSI = (1 − GSI) / OSR, from the left or the top edge down to (1, 0).
        let gsi = (1.0 - top_fsi * osr).max(0.0);
        let from = place(gsi, (1.0 - gsi) / osr);
        sheet.dashed(&[from, place(1.0, 0.0)], Role::HairlineStrong, Stroke::Hair, Dash::Isoline);
        let words =
            tr_with(ask.lang, "chart-osr", &[("value", number(ask.lang, osr, if osr == 0.35 { 2 } else { 1 }).into())]);
        // A quarter of the way down its line, where the lines are apart.
        let end = place(1.0, 0.0);
        let at = [from[0] + (end[0] - from[0]) * 0.16, from[1] + (end[1] - from[1]) * 0.16];
        sheet.cased(at, Side::Middle, TypeRole::Caption, Role::Ink3, &words);
    }
    for l in HEIGHTS_L {
        // FSI = L × GSI, up to the top or the right edge.
        let gsi = (top_fsi / l).min(1.0);
        let end = place(gsi, l * gsi);
        sheet.line(&[place(0.0, 0.0), end], Role::HairlineStrong, Stroke::Hair);
        let words = tr_with(ask.lang, "chart-l", &[("value", number(ask.lang, l, 0).into())]);
        if gsi < 1.0 {
            sheet.cased([end[0], end[1] + 7.0], Side::Middle, TypeRole::Caption, Role::Ink2, &words);
        } else {
            sheet.cased([end[0] - 2.0, end[1]], Side::Left, TypeRole::Caption, Role::Ink2, &words);
        }
    }
}

fn axes(sheet: &mut Sheet, plot: Frame, top_fsi: f64, ask: &Ask<'_>) {
    let (corner, lang) = ([plot.left, plot.bottom], ask.lang);
    sheet.line(&[[plot.left, plot.top - 6.0], corner, [plot.right, plot.bottom]], Role::Ink1, Stroke::Fine);
    for i in 0..=4 {
        let part = f64::from(i) / 4.0;
        let value = number(lang, part * top_fsi, 0);
        let y = plot.bottom - part * plot.height();
        if i > 0 {
            sheet.text([plot.left - 7.0, y], Side::Left, TypeRole::Caption, Role::Ink2, &value);
        }
        let x = plot.left + part * plot.width();
        let coverage = number(lang, part, if i % 2 == 0 { u8::from(i == 2) } else { 2 });
        sheet.text([x, plot.bottom + 11.0], Side::Middle, TypeRole::Caption, Role::Ink2, &coverage);
    }
    let name = |id: FigureId| short(id, ask);
    sheet.cased([plot.left + 6.0, plot.top - 4.0], Side::Right, TypeRole::Caption, Role::Ink1, &name(FigureId::Fsi));
    // Above the axis: beside the numbers there is no room for it in every language.
    sheet.cased([plot.right, plot.bottom - 9.0], Side::Left, TypeRole::Caption, Role::Ink1, &name(FigureId::Gsi));
}

/// The name of a figure without what explains it after a comma or hyphen.
fn short(id: FigureId, ask: &Ask<'_>) -> String {
    id.name(ask.lang).split([',', '-']).next().unwrap_or_default().to_owned()
}

/// What a dot says, with the short names of four figures.
fn said(lang: Lang, [fsi_name, gsi_name, l_name, osr_name]: &[String; 4], name: &str, gsi: f64, fsi: f64) -> String {
    let value = |value: f64, decimals| number(lang, value, decimals);
    let mut words = format!("{name} · {fsi_name} {} · {gsi_name} {}", value(fsi, 2), value(gsi, 2));
    if gsi > 0.0 {
        words += &format!(" · {l_name} {}", value(fsi / gsi, 1));
    }
    if fsi > 0.0 {
        words += &format!(" · {osr_name} {}", value((1.0 - gsi) / fsi, 2));
    }
    words
}

fn row(sheet: &mut Sheet, kind: &str, name: &str, gsi: f64, fsi: f64, area_m2: Option<f64>) {
    let ratio = |value: f64| if value.is_finite() { plain(value, 3) } else { String::new() };
    let area = area_m2.map_or_else(String::new, |area| plain(area, 0));
    sheet.row([kind, name, &plain(gsi, 4), &plain(fsi, 4), &ratio(fsi / gsi), &ratio((1.0 - gsi) / fsi), &area]);
}
