//! How a figure comes about: its formula with the numbers put in, row by row, each with its source.
//!
//! An explanation walks the formula that computes the figure, over the same floor and the same rates, so the two cannot
//! say different things. It is made for one figure when somebody asks.

mod numbers;
mod parts;
mod text;

use std::collections::BTreeMap;

use numbers::Written;
pub use parts::{Explanation, Part, PartOf, RateCell, RowOf, Spot, Subject};
pub use text::{text, unit_words, where_words};

use super::evaluation::{Evaluation, Memory, fact_of};
use super::floor::{FloorKind, Level, UseKey, UseKeys, for_each_piece};
use super::program::{Tally, built_in};
use super::row::Row;
use super::{AnyFigure, FigureId, Figures, Scope, Sums};
use crate::formula::names::{Attribute, Table};
use crate::formula::{Expr, Number, Sum, Unit, Value};
use crate::i18n::{Lang, tr};
use crate::library::{Confidence, Family, UseIx};
use crate::model::{Project, Region, State, SurfaceKind, Variant};
use crate::num::Area;

impl Sums {
    /// How a figure of a scope comes about; `None` where the scope names something that is not there.
    #[must_use]
    pub fn explain(
        &self,
        project: &Project,
        scope: &Scope,
        figure: impl Into<AnyFigure>,
        lang: Lang,
    ) -> Option<Explanation> {
        let figure = figure.into();
        let variant = project.variant(self.variant())?;
        let coefficients = self.coefficients();
        let (expr, unit, own_text) = match figure {
            AnyFigure::Known(known) => (Some(&built_in()[known as usize]), known.measure().unit(), ""),
            AnyFigure::Own(at) => {
                let own = coefficients.own_figures().get(at)?;
                (own.expr.as_ref().ok(), own.unit, own.figure.formula.as_str())
            }
        };
        self.with_scope(project, scope, |tally, keys| {
            let figures = Figures::of(tally, keys, coefficients, FigureId::ALL.len(), &mut Memory::default());
            let mut teller = Teller {
                sums: self,
                variant,
                scope,
                lang,
                figure,
                tally,
                keys: keys.clone(),
                figures: &figures,
                unit,
                sources: Vec::new(),
                written: Vec::new(),
            };
            match figure {
                AnyFigure::Known(known) => known.traits().sources.iter().for_each(|source| drop(teller.source(source))),
                AnyFigure::Own(_) => drop(teller.source("")),
            }
            let value = figures.at(figure);
            // What cannot be read is told as it was written.
            let formula = expr.map_or_else(|| own_text.to_owned(), |expr| teller.in_words(expr));
            let parts = expr.map(|expr| teller.parts(expr)).unwrap_or_default();
            let calculation =
                expr.filter(|_| value.mid().is_some()).map(|expr| numbers::whole(expr, &teller.written, unit, lang));
            Explanation {
                figure,
                name: figure.name(coefficients, lang),
                unit: figure.unit(coefficients, lang),
                told_in: unit_of_figure(figure, coefficients),
                shown_factor: figure.shown_factor(),
                decimals: figure.decimals_in_detail(coefficients),
                value,
                why_not: figure.why_not(&figures, coefficients, lang),
                formula,
                calculation,
                parts,
                sources: teller.sources,
            }
        })
    }
}

/// Puts an explanation together.
struct Teller<'a> {
    sums: &'a Sums,
    variant: &'a Variant,
    scope: &'a Scope,
    lang: Lang,
    figure: AnyFigure,
    tally: &'a Tally<'a>,
    keys: UseKeys,
    figures: &'a Figures,
    /// That of the figure: parts that count the same are told in it.
    unit: Unit,
    sources: Vec<String>,
    /// The parts with their numbers, in the order of the formula.
    written: Vec<Written>,
}

impl Teller<'_> {
    fn in_words(&self, expr: &Expr) -> String {
        self.sums.coefficients().in_words(expr, self.lang)
    }

    fn source(&mut self, source: &str) -> String {
        let source = if source.is_empty() { tr(self.lang, "source-this-project") } else { source.to_owned() };
        if !self.sources.contains(&source) {
            self.sources.push(source.clone());
        }
        source
    }

    /// The unit that something of this dimension is told in, and how it is written.
    fn unit_for(&self, expr: &Expr) -> (Unit, String) {
        if expr.dimension == self.unit.dimension {
            return (self.unit, unit_of_figure(self.figure, self.sums.coefficients()));
        }
        let dimension = expr.dimension;
        let name = if dimension.is_none() { String::new() } else { dimension.to_string() };
        (Unit { dimension, scale: 1.0 }, name)
    }

    fn parts(&mut self, expr: &Expr) -> Vec<Part> {
        let mut parts = Vec::new();
        self.add_parts(expr, &mut parts);
        parts
    }

    fn add_parts(&mut self, expr: &Expr, parts: &mut Vec<Part>) {
        match &expr.node {
            Number::Literal(..) | Number::Attribute(_) => {}
            Number::Minus(inner) => self.add_parts(inner, parts),
            Number::Two(_, a, b) => {
                self.add_parts(a, parts);
                self.add_parts(b, parts);
            }
            Number::Call(_, inner) => inner.iter().for_each(|part| self.add_parts(part, parts)),
            Number::Fact(_) | Number::Rate(_) | Number::Figure(_) | Number::Sum(_) => {
                let (part, written) = self.part(expr);
                // What stands twice in a formula is told once.
                if !parts.contains(&part) {
                    parts.push(part);
                }
                self.written.push(written);
            }
        }
    }

    fn part(&mut self, expr: &Expr) -> (Part, Written) {
        let (unit, told_in) = self.unit_for(expr);
        let name = self.in_words(expr);
        let in_unit = |value: Value| value.span() * (1.0 / unit.scale);
        match &expr.node {
            Number::Rate(rate) => {
                let own = crate::formula::unit_of(*rate);
                let found = self.sums.coefficients().rates.project(*rate).cloned();
                let value = found.as_ref().map(|found| found.value);
                let source = found.as_ref().map(|found| self.source(&found.source)).unwrap_or_default();
                let cell = RateCell {
                    rate: *rate,
                    value: value.unwrap_or_default(),
                    confidence: found.map_or(Confidence::Low, |found| found.confidence),
                    source,
                };
                let written = Written { mid: value.map(|value| value.mid), unit: own };
                (Part { name, value, unit: unit_name(rate.info().unit), of: PartOf::Rate(cell) }, written)
            }
            Number::Figure(place) => {
                let figure = AnyFigure::at(*place);
                let coefficients = self.sums.coefficients();
                let (own, told_in) = (figure.report_unit(coefficients), unit_of_figure(figure, coefficients));
                let value = self.figures.at(figure).span();
                if let AnyFigure::Known(known) = figure {
                    for &source in known.traits().sources {
                        self.source(source);
                    }
                }
                let written = Written { mid: value.map(|value| value.mid), unit: own };
                (Part { name, value, unit: told_in, of: PartOf::Figure(figure) }, written)
            }
            Number::Sum(sum) => {
                let rows = self.rows(sum, unit);
                let rates = &self.sums.coefficients().rates;
                let program = &self.sums.coefficients().program;
                let memory = &mut Memory::default();
                let whole = Evaluation::new(program, self.tally, &self.keys, rates, FigureId::ALL.len(), memory)
                    .whole(sum)
                    .ok();
                let value = whole.map(in_unit);
                let written = Written { mid: value.map(|value| value.mid), unit };
                (Part { name, value, unit: told_in, of: PartOf::Rows(rows) }, written)
            }
            _ => {
                let Number::Fact(fact) = &expr.node else { unreachable!("only these are parts") };
                let value = fact_of(self.tally, *fact).ok().map(in_unit);
                let written = Written { mid: value.map(|value| value.mid), unit };
                (Part { name, value, unit: told_in, of: PartOf::Fact }, written)
            }
        }
    }

    fn rows(&mut self, sum: &Sum, unit: Unit) -> Vec<RowOf> {
        match sum.table {
            Table::Floor | Table::Basement | Table::Storeys => self.floor_rows(sum, unit),
            Table::Surfaces => self.surface_rows(sum, unit),
            Table::Families => self.family_rows(sum, unit),
            Table::CountedHomes => self.homes_rows(sum, unit),
        }
    }

    fn floor_rows(&mut self, sum: &Sum, unit: Unit) -> Vec<RowOf> {
        let by_region = mentions_household(sum);
        let mut alike: BTreeMap<(UseKey, Region), (Area, Vec<Spot>)> = BTreeMap::new();
        let mut keys = self.keys.clone();
        let rates = &self.sums.coefficients().rates;
        for volume in self.scope.volumes(self.variant) {
            if volume.footprint.fault().is_some() {
                continue;
            }
            let plot = self.variant.plot_of(volume).and_then(|plot| self.variant.plots.get(plot));
            // A selection stands on no ground, but its floor is taken as if it did.
            let on_plot = plot.is_some() || matches!(self.scope, Scope::Volumes(_));
            let region = plot.map_or(Region::None, |plot| plot.region);
            let footprint = Area::from_m2(volume.footprint.area_m2());
            let mut pieces = Vec::new();
            for_each_piece(volume, footprint, &mut keys, |storey, kind, area| pieces.push((storey, kind, area)));
            for (storey, kind, area) in pieces {
                let row = floor_row(kind, region, on_plot, &keys, rates);
                let meets = sum.filter.as_ref().is_none_or(|filter| row.meets(filter));
                if area.is_zero() || !meets || !row.is_in(sum.table) {
                    continue;
                }
                let region = if by_region { region } else { Region::None };
                let (whole, places) = alike.entry((kind.key(), region)).or_default();
                *whole += area;
                let spot = Spot { volume: volume.id, storey };
                if places.last() != Some(&spot) {
                    places.push(spot);
                }
            }
        }
        let mut rows: Vec<RowOf> = Vec::new();
        for ((key, region), (area, places)) in alike {
            let kind = FloorKind::new(key, State::New, Level::Upper, false);
            let row = Row { area_m2: area.m2(), ..floor_row(kind, region, true, &keys, rates) };
            let id = keys.id(key).as_str().to_owned();
            let mut name = row.known.map_or_else(|| id.clone(), |(known, _)| known.name(self.lang).to_owned());
            if name.is_empty() {
                name = tr(self.lang, "explain-no-use");
            }
            if by_region {
                name = format!("{name}, {}", tr(self.lang, &format!("region-{}", region.key())));
            }
            let mut told = self.row(&row, sum, unit, Subject::Use(id), name);
            told.places = places;
            rows.push(told);
        }
        // What adds most comes first; what adds nothing for want of a rate last.
        let weight = |row: &RowOf| row.value.map_or(f64::NEG_INFINITY, |value| value.mid);
        rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.subject.cmp(&b.subject)));
        rows
    }

    fn surface_rows(&mut self, sum: &Sum, unit: Unit) -> Vec<RowOf> {
        let rates = &self.sums.coefficients().rates;
        let mut rows = Vec::new();
        for (surface, areas) in SurfaceKind::ALL.into_iter().zip(self.tally.surfaces) {
            for (on_soil, area) in [true, false].into_iter().zip(areas) {
                let row = Row { surface, on_soil, area_m2: area.m2(), ..Row::new(rates) };
                if area.is_zero() || sum.filter.as_ref().is_some_and(|filter| !row.meets(filter)) {
                    continue;
                }
                let kind = tr(self.lang, &format!("surface-{}", surface.key()));
                let name = if on_soil { kind } else { format!("{kind}, {}", tr(self.lang, "explain-over-built")) };
                rows.push(self.row(&row, sum, unit, Subject::Ground(surface, on_soil), name));
            }
        }
        rows
    }

    fn family_rows(&mut self, sum: &Sum, unit: Unit) -> Vec<RowOf> {
        let rates = &self.sums.coefficients().rates;
        let program = &self.sums.coefficients().program;
        let memory = &mut Memory::default();
        let areas = Evaluation::new(program, self.tally, &self.keys, rates, FigureId::ALL.len(), memory).families();
        let some = Family::ALL.into_iter().zip(areas);
        let some: Vec<_> = some.filter(|(family, area)| family.is_programme() && !area.is_zero()).collect();
        let whole: Area = some.iter().map(|(_, area)| *area).sum();
        let mut rows = Vec::new();
        for (family, area) in some {
            let area_m2 = area.m2();
            let row = Row { family: Some(family), area_m2, share: area_m2 / whole.m2(), ..Row::new(rates) };
            if sum.filter.as_ref().is_none_or(|filter| row.meets(filter)) {
                let name = tr(self.lang, &format!("family-{}", family.key()));
                rows.push(self.row(&row, sum, unit, Subject::Family(family), name));
            }
        }
        rows
    }

    fn homes_rows(&mut self, sum: &Sum, unit: Unit) -> Vec<RowOf> {
        let rates = &self.sums.coefficients().rates;
        let mut rows = Vec::new();
        for &(region, on_plot, floor) in self.tally.floors {
            let row = Row { region, on_plot, homes: floor.dwellings_known as f64, ..Row::new(rates) };
            if floor.dwellings_known != 0 && sum.filter.as_ref().is_none_or(|filter| row.meets(filter)) {
                let place = tr(self.lang, &format!("region-{}", region.key()));
                let name = format!("{}, {place}", tr(self.lang, "explain-counted-homes"));
                let mut told = self.row(&row, sum, unit, Subject::Homes(region), name);
                told.area_m2 = None;
                told.places = self.counted_homes(region, on_plot);
                rows.push(told);
            }
        }
        rows
    }

    /// The storeys of homes in volumes that state how many they have.
    fn counted_homes(&self, region: Region, on_plot: bool) -> Vec<Spot> {
        let mut places = Vec::new();
        let mut keys = self.keys.clone();
        for volume in self.scope.volumes(self.variant).filter(|volume| volume.dwellings.is_some()) {
            let plot = self.variant.plot_of(volume).and_then(|plot| self.variant.plots.get(plot));
            let is_here = plot.map_or(Region::None, |plot| plot.region) == region
                && (on_plot == plot.is_some() || matches!(self.scope, Scope::Volumes(_)));
            if is_here && volume.footprint.fault().is_none() {
                let footprint = Area::from_m2(volume.footprint.area_m2());
                for_each_piece(volume, footprint, &mut keys, |storey, kind, _| {
                    let spot = Spot { volume: volume.id, storey };
                    if kind.homes_counted() && places.last() != Some(&spot) {
                        places.push(spot);
                    }
                });
            }
        }
        places
    }

    fn row(&mut self, row: &Row<'_>, sum: &Sum, unit: Unit, subject: Subject, name: String) -> RowOf {
        let mut cells: Vec<RateCell> = Vec::new();
        sum.row.visit(&mut |part| {
            let rates = &self.sums.coefficients().rates;
            let found = match &part.node {
                Number::Attribute(Attribute::OfUse(rate)) => {
                    row.known.and_then(|(_, ix)| Some((*rate, rates.of_use(*rate, ix)?.clone())))
                }
                Number::Attribute(Attribute::OfSurface(rate)) => {
                    rates.of_surface(*rate, row.surface.key()).map(|found| (*rate, found))
                }
                Number::Attribute(Attribute::Household) => {
                    super::households::rate(row.region).and_then(|rate| Some((rate, rates.project(rate)?.clone())))
                }
                Number::Rate(rate) => rates.project(*rate).map(|found| (*rate, found.clone())),
                _ => None,
            };
            if let Some((rate, found)) = found.filter(|(rate, _)| cells.iter().all(|cell| cell.rate != *rate)) {
                cells.push(RateCell {
                    rate,
                    value: found.value,
                    confidence: found.confidence,
                    source: found.source.to_string(),
                });
            }
        });
        for cell in &mut cells {
            cell.source = self.source(&cell.source);
        }
        let value = row.value(&sum.row).and_then(Value::finite);
        RowOf {
            subject,
            name,
            places: Vec::new(),
            area_m2: Some(row.area_m2),
            rates: cells,
            value: value.map(|value| value.span() * (1.0 / unit.scale)),
            calculation: value.map(|_| numbers::of_row(&sum.row, row, unit, self.lang)),
        }
    }
}

fn floor_row<'a>(
    kind: FloorKind,
    region: Region,
    on_plot: bool,
    keys: &'a UseKeys,
    rates: &'a crate::library::RateTable,
) -> Row<'a> {
    let known = keys.ix(kind.key()).and_then(|ix: UseIx| Some((keys.known(kind.key())?, ix)));
    Row {
        known,
        family: known.map(|(known, _)| known.family),
        state: kind.state(),
        level: kind.level(),
        homes_counted: kind.homes_counted(),
        region,
        on_plot,
        ..Row::new(rates)
    }
}

/// The unit that the numbers of a figure are told in; jobs are counted in jobs, which needs no saying.
fn unit_of_figure(figure: AnyFigure, coefficients: &super::Coefficients) -> String {
    match figure {
        AnyFigure::Known(known) if known.measure().message_key().is_none() => String::new(),
        AnyFigure::Known(known) => unit_name(known.measure().unit_text()),
        AnyFigure::Own(at) => {
            coefficients.own_figures().get(at).map(|own| unit_name(&own.figure.unit)).unwrap_or_default()
        }
    }
}

/// A unit as it is read: `kWh/m²/year`.
pub(super) fn unit_name(text: &str) -> String {
    text.replace("m2", "m²").replace("m3", "m³")
}

/// Whether it matters in which region a row lies.
fn mentions_household(sum: &Sum) -> bool {
    let mut mentions = false;
    sum.row.visit(&mut |part| mentions |= part.node == Number::Attribute(Attribute::Household));
    mentions
}
