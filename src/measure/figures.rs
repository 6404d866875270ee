//! The figures of a place, by the names that scripts rely on.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use compact_str::CompactString;

use super::FigureId;
use super::by_name::ByName;
use super::coefficients::Coefficients;
use super::evaluation::{Evaluation, Memory};
use super::figure_id::Shape;
use super::floor::{UseKey, UseKeys, state_place};
use super::own::AnyFigure;
use super::program::{Answer, Tally, Undefined};
use crate::formula::Value;
use crate::library::Family;
use crate::model::State;
use crate::num::{Area, Span};

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureValue {
    /// One number; `None` where it is not defined.
    One(Option<f64>),
    /// A number with its low and high value; `None` where it is not defined.
    Range(Option<Span>),
}

impl FigureValue {
    /// The number to work with: the one, or the middle of three.
    #[must_use]
    pub fn mid(self) -> Option<f64> {
        self.span().map(|span| span.mid)
    }

    /// Low, middle and high; of one number all the same.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        match self {
            Self::One(value) => value.map(Span::exact),
            Self::Range(span) => span,
        }
    }

    pub(super) fn scaled(self, factor: f64) -> Self {
        match self {
            Self::One(value) => Self::One(value.map(|value| value * factor)),
            Self::Range(span) => Self::Range(span.map(|span| span * factor)),
        }
    }
}

/// Jobs by skill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BySkill {
    /// Low-skilled.
    pub low: f64,
    /// Middle-skilled.
    pub middle: f64,
    /// High-skilled.
    pub high: f64,
}

/// Everything measured of a plot, a region, a selection or a variant.
///
/// What is not defined (no plot area, no floor) has no value and a [reason](Figures::why_not), and is written as `null`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// By place in [`FigureId::ALL`], in the unit of reports; those that were not asked for are missing at the end.
    values: Vec<Answer>,
    /// Gross floor area above ground by use in m².
    pub gfa_by_use_m2: ByName<f64>,
    /// Gross floor area above ground by family in m².
    pub gfa_by_family_m2: ByName<f64>,
    /// Gross floor area above and below ground by state in m²; removed floor stands here only.
    pub gfa_by_state_m2: ByName<f64>,
    /// Jobs by use.
    pub jobs_by_use: ByName<Span>,
    /// Figures of the project's own by their names; `None` where one is not defined.
    pub own: BTreeMap<String, Option<Span>>,
}

impl Figures {
    /// The first `count` figures of a place.
    pub(super) fn of(
        tally: &Tally<'_>,
        keys: &UseKeys,
        coefficients: &Coefficients,
        count: usize,
        memory: &mut Memory,
    ) -> Self {
        let mut evaluation = Evaluation::new(&coefficients.program, tally, keys, &coefficients.rates, count, memory);
        let in_unit = |figure: &FigureId, answer: Answer| -> Answer {
            let scale = figure.measure().unit_scale();
            answer.map(|Value { low, mid, high }| Value { low: low / scale, mid: mid / scale, high: high / scale })
        };
        let ids = FigureId::ALL.iter().take(count);
        let mut values: Vec<Answer> = ids.map(|figure| in_unit(figure, evaluation.figure(*figure as usize))).collect();
        let mut own = BTreeMap::new();
        if count == FigureId::ALL.len() {
            for (at, ready) in coefficients.own.iter().enumerate() {
                let scale = ready.unit.scale;
                let answer = evaluation.figure(count + at).map(|Value { low, mid, high }| Value {
                    low: low / scale,
                    mid: mid / scale,
                    high: high / scale,
                });
                own.insert(ready.figure.id.clone(), answer.ok().map(Value::span));
                values.push(answer);
            }
        }
        let mut by_use: Vec<(UseKey, Area)> = Vec::new();
        let mut by_state = [Area::ZERO; State::ALL.len()];
        for (kind, area) in tally.floors.iter().flat_map(|(.., floor)| &floor.rows) {
            by_state[state_place(kind.state())] += *area;
            if kind.stands_above() {
                match by_use.binary_search_by_key(&kind.key(), |(key, _)| *key) {
                    Ok(at) => by_use[at].1 += *area,
                    Err(at) => by_use.insert(at, (kind.key(), *area)),
                }
            }
        }
        let named = |key: UseKey| CompactString::from(keys.id(key).as_str());
        let jobs = evaluation.by_use(FigureId::Jobs);
        Self {
            values,
            own,
            jobs_by_use: jobs.into_iter().map(|(key, value)| (named(key), value.span())).collect(),
            gfa_by_family_m2: map(Family::ALL.map(Family::key), evaluation.families()),
            gfa_by_state_m2: map(State::ALL.map(State::key), by_state),
            gfa_by_use_m2: by_use
                .iter()
                .map(|(key, area)| (named(*key), area.m2()))
                .filter(|(id, m2)| !id.is_empty() && *m2 != 0.0)
                .collect(),
        }
    }

    /// How many of [`FigureId::ALL`] were asked for.
    pub(super) fn count(&self) -> usize {
        self.values.len().min(FigureId::ALL.len())
    }

    /// A figure of the program or of the project, in the unit of reports.
    #[must_use]
    pub fn at(&self, figure: AnyFigure) -> FigureValue {
        match figure {
            AnyFigure::Known(figure) => self.get(figure),
            AnyFigure::Own(_) => {
                let value = self.values.get(figure.place()).and_then(|answer| answer.ok());
                FigureValue::Range(value.map(Value::span))
            }
        }
    }

    /// Why a figure of the program or of the project has no value; `None` when it has one.
    #[must_use]
    pub fn why_not_at(&self, figure: AnyFigure) -> Option<Undefined> {
        self.values.get(figure.place())?.err()
    }

    /// A figure in the unit of reports: shares from 0 to 1.
    #[must_use]
    pub fn get(&self, figure: FigureId) -> FigureValue {
        let value = self.values.get(figure as usize).and_then(|answer| answer.ok());
        match figure.traits().shape {
            Shape::One => FigureValue::One(value.map(|value| value.mid)),
            Shape::Range => FigureValue::Range(value.map(Value::span)),
        }
    }

    /// Why a figure has no value; `None` when it has one.
    #[must_use]
    pub fn why_not(&self, figure: FigureId) -> Option<Undefined> {
        self.values.get(figure as usize)?.err()
    }

    /// A figure's one number, or the middle of its range; `None` where it is not defined.
    #[must_use]
    pub fn mid(&self, figure: FigureId) -> Option<f64> {
        self.get(figure).mid()
    }

    /// A figure's range; nothing where it is not defined.
    #[must_use]
    pub fn span(&self, figure: FigureId) -> Span {
        self.get(figure).span().unwrap_or_default()
    }

    /// A figure that is always defined; 0 of a place that was never measured.
    #[must_use]
    pub fn one(&self, figure: FigureId) -> f64 {
        self.mid(figure).unwrap_or_default()
    }

    /// Jobs by skill, from the middle number of jobs.
    #[must_use]
    pub fn jobs_by_skill(&self) -> BySkill {
        let [low, middle, high] =
            [FigureId::JobsLowSkilled, FigureId::JobsMiddleSkilled, FigureId::JobsHighSkilled].map(|id| self.one(id));
        BySkill { low, middle, high }
    }
}

fn map<const N: usize>(keys: [&str; N], areas: [Area; N]) -> ByName<f64> {
    let some = keys.into_iter().zip(areas).filter(|(_, area)| !area.is_zero());
    some.map(|(key, area)| (key, area.m2())).collect()
}

/// As an object by the keys of the figures; a point in a key leads into an object of its own.
impl Serialize for Figures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        let ids = &FigureId::ALL[..self.count()];
        for group in ids.chunk_by(|a, b| a.stem().is_some() && a.stem() == b.stem()) {
            match group {
                [one] if one.stem().is_none() => out.serialize_entry(one.key(), &self.get(*one))?,
                _ => out.serialize_entry(group[0].stem().unwrap_or_default(), &Group { figures: self, group })?,
            }
        }
        out.serialize_entry("gfa_by_use_m2", &self.gfa_by_use_m2)?;
        out.serialize_entry("gfa_by_family_m2", &self.gfa_by_family_m2)?;
        out.serialize_entry("gfa_by_state_m2", &self.gfa_by_state_m2)?;
        out.serialize_entry("jobs_by_use", &self.jobs_by_use)?;
        if !self.own.is_empty() {
            out.serialize_entry("own", &self.own)?;
        }
        out.end()
    }
}

/// Figures whose keys begin alike.
struct Group<'a> {
    figures: &'a Figures,
    group: &'a [FigureId],
}

impl Serialize for Group<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let leaf = |id: &FigureId| id.key().split_once('.').map_or("", |(_, leaf)| leaf);
        serializer.collect_map(self.group.iter().map(|id| (leaf(id), self.figures.get(*id))))
    }
}

impl Serialize for FigureValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(value) => value.serialize(serializer),
            Self::Range(span) => span.serialize(serializer),
        }
    }
}
