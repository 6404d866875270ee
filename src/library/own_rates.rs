//! A project's own rates, as they stand in its file.

use std::collections::BTreeMap;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};

use super::own::sourced;
use super::rates::RateId;
use super::uses::{Confidence, UseId};
use crate::num::Span;

/// Rates that a project knows better than the library. In files an object by name: `"pv_per_roof": 120`,
/// `"dwelling_m2": {"low": 130, "mid": 110, "high": 95, "source": "competition brief, 2025"}`; a rate of one use or kind
/// of ground has it behind a point: `"m2_per_car.office"`. Names that this version does not know are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnRates(BTreeMap<String, Given>);

/// What stands under a name.
#[derive(Clone, Debug, PartialEq)]
enum Given {
    Rate(OwnRate),
    /// Something that this version does not understand.
    Other(serde_json::Value),
}

/// A rate of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct OwnRate {
    /// Low number of what is counted.
    pub low: f64,
    /// The one to work with.
    pub mid: f64,
    /// High number of what is counted.
    pub high: f64,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The year that it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
}

impl OwnRate {
    /// A rate of which no source is known yet.
    #[must_use]
    pub fn new(Span { low, mid, high }: Span) -> Self {
        Self { low, mid, high, confidence: None, source: String::new(), year: None }
    }

    /// The same with other values.
    #[must_use]
    pub fn with(self, Span { low, mid, high }: Span) -> Self {
        Self { low, mid, high, ..self }
    }

    /// Its source with the year that it is of.
    #[must_use]
    pub(super) fn sourced(&self) -> String {
        sourced(&self.source, self.year)
    }

    /// Its three values.
    #[must_use]
    pub fn value(&self) -> Span {
        Span { low: self.low, mid: self.mid, high: self.high }
    }
}

fn key_of(rate: &str, subject: &str) -> String {
    if subject.is_empty() { rate.to_owned() } else { format!("{rate}.{subject}") }
}

impl OwnRates {
    /// The rate of a subject: a use, `family:` and a family, a kind of ground, or nothing for the whole project.
    #[must_use]
    pub fn get(&self, rate: &str, subject: &str) -> Option<&OwnRate> {
        let found = if subject.is_empty() { self.0.get(rate) } else { self.0.get(&key_of(rate, subject)) };
        match found? {
            Given::Rate(own) => Some(own),
            Given::Other(_) => None,
        }
    }

    /// Sets a rate.
    pub fn set(&mut self, rate: &str, subject: &str, value: Span, source: impl Into<String>) {
        self.put(rate, subject, OwnRate { source: source.into(), ..OwnRate::new(value) });
    }

    /// Sets a rate with all that is said of it.
    pub fn put(&mut self, rate: &str, subject: &str, own: OwnRate) {
        self.0.insert(key_of(rate, subject), Given::Rate(own));
    }

    /// Takes all of another's, in place of its own of the same name.
    pub fn take(&mut self, others: &Self) {
        self.0.extend(others.0.iter().map(|(key, given)| (key.clone(), given.clone())));
    }

    /// Goes back to the default.
    pub fn reset(&mut self, rate: &str, subject: &str) {
        self.0.remove(&key_of(rate, subject));
    }

    /// Goes back to the defaults, but for rates of these uses and names that this version does not know.
    pub fn follow_but_for(&mut self, uses: &[UseId]) {
        let is_theirs = |key: &str| {
            let subject = key.split_once('.').map(|(_, subject)| subject);
            subject.is_some_and(|subject| uses.iter().any(|own| own.as_str() == subject))
        };
        self.0.retain(|key, given| matches!(given, Given::Other(_)) || is_theirs(key));
    }

    /// Lets the rates of a use go.
    pub fn forget(&mut self, id: &UseId) {
        self.0.retain(|key, given| {
            let of_it = key.split_once('.').is_some_and(|(_, subject)| subject == id.as_str());
            !of_it || matches!(given, Given::Other(_))
        });
    }

    /// Keeps something that this version does not understand.
    pub fn keep(&mut self, key: impl Into<String>, value: serde_json::Value) {
        self.0.insert(key.into(), Given::Other(value));
    }

    /// The rates with their names in the file, in order; those whose name is known come with what they are.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<RateId>, &OwnRate)> {
        self.0.iter().filter_map(|(key, given)| match given {
            Given::Rate(own) => {
                let rate = key.split_once('.').map_or(key.as_str(), |(rate, _)| rate);
                Some((key.as_str(), RateId::named(rate), own))
            }
            Given::Other(_) => None,
        })
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for OwnRates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, given) in &self.0 {
            match given {
                Given::Rate(own) if own.is_plain() => map.serialize_entry(key, &own.mid)?,
                Given::Rate(own) => map.serialize_entry(key, own)?,
                Given::Other(value) => map.serialize_entry(key, value)?,
            }
        }
        map.end()
    }
}

impl OwnRate {
    /// Whether one number says all of it.
    fn is_plain(&self) -> bool {
        self.low == self.mid && self.mid == self.high && self.sourced().is_empty() && self.confidence.is_none()
    }
}

impl<'de> Deserialize<'de> for OwnRates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rates;
        impl<'de> Visitor<'de> for Rates {
            type Value = OwnRates;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of rates, such as {\"pv_per_roof\": 120}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut rates = OwnRates::default();
                while let Some((key, value)) = map.next_entry::<String, serde_json::Value>()? {
                    let known = RateId::named(key.split_once('.').map_or(key.as_str(), |(rate, _)| rate)).is_some();
                    let given = match (value.as_f64(), known) {
                        (_, false) => Given::Other(value),
                        (Some(number), true) => {
                            Given::Rate(OwnRate::new(Span { low: number, mid: number, high: number }))
                        }
                        (None, true) => {
                            let said = format!("{key} must be a number or an object with low, mid and high");
                            let own = serde_json::from_value(value).map_err(|_| serde::de::Error::custom(said))?;
                            Given::Rate(own)
                        }
                    };
                    if rates.0.insert(key.clone(), given).is_some() {
                        return Err(serde::de::Error::custom(format!("duplicate field `{key}`")));
                    }
                }
                Ok(rates)
            }
        }
        deserializer.deserialize_map(Rates)
    }
}

impl schemars::JsonSchema for OwnRates {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rates".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let own = generator.subschema_for::<OwnRate>();
        let value = schemars::json_schema!({ "anyOf": [{ "type": "number" }, own] });
        let mut names = serde_json::Map::new();
        for rate in RateId::all().map(RateId::info).filter(|info| info.is_of_table()) {
            let unit = if rate.unit.is_empty() { "a plain number" } else { rate.unit };
            let mut property = value.clone();
            property.insert("description".to_owned(), format!("In {unit}").into());
            names.insert(rate.id.to_owned(), property.into());
        }
        schemars::json_schema!({
            "description": "Rates that the project knows better than the library, by name; of one use or kind of ground with its name behind a point",
            "type": "object",
            "properties": names,
        })
    }
}
