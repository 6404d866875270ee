//! What a file says of a plot beside what is known here: the columns of a parcel map, by their names. They come along, can be
//! looked for, and go out again as they came.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::i18n::parse_number;

/// Names and values, in order of name.
pub type Attributes = BTreeMap<String, Value>;

/// What the land registries call the number of a parcel, in lower case: in Belgium, and in INSPIRE's data.
const PARCEL_KEYS: [&str; 2] = ["capakey", "nationalcadastralreference"];

/// Whether an attribute is the number of a parcel in a land registry: there is one parcel of each.
#[must_use]
pub fn is_parcel_key(key: &str) -> bool {
    PARCEL_KEYS.contains(&key.to_lowercase().as_str())
}

/// The attributes of another plot that was made of one: all but its number.
#[must_use]
pub fn attributes_of_another(attributes: &Attributes) -> Attributes {
    attributes.iter().filter(|(key, _)| !is_parcel_key(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The attributes that all of several plots have in common.
#[must_use]
pub fn attributes_in_common<'a>(mut all: impl Iterator<Item = &'a Attributes>) -> Attributes {
    let mut common = all.next().cloned().unwrap_or_default();
    for other in all {
        common.retain(|key, value| other.get(key) == Some(value));
    }
    common
}

/// A value as people read it: a text without its quotes.
#[must_use]
pub fn attribute_words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is asked of one attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name.
    pub key: String,
    /// How its value shall be to the one below.
    pub is: Comparison,
    /// What it is compared with, as it was typed.
    pub value: String,
    /// The most, of what is to lie between two.
    pub most: Option<String>,
}

/// How a value shall be to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same; of texts, with the other somewhere in it.
    Like,
    /// The same, of texts too.
    Equal,
    /// Another.
    Not,
    /// Less.
    Less,
    /// Less or the same.
    AtMost,
    /// More.
    More,
    /// More or the same.
    AtLeast,
    /// No less than the one and no more than another.
    Between,
}

impl Comparison {
    /// The signs that are typed before a value; the longer ones first, since the shorter begin them.
    const SIGNS: [(&'static str, Self); 10] = [
        ("!=", Self::Not),
        ("<>", Self::Not),
        ("≠", Self::Not),
        ("<=", Self::AtMost),
        ("≤", Self::AtMost),
        (">=", Self::AtLeast),
        ("≥", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
        ("=", Self::Equal),
    ];
}

impl Condition {
    /// A condition on an attribute as it is typed: `industry`, `= 1`, `> 1950`, `<= 20`, `!= park`, `1950..1990`. `None` where
    /// nothing is compared with.
    #[must_use]
    pub fn typed(key: &str, text: &str) -> Option<Self> {
        let text = text.trim();
        let sign = Comparison::SIGNS.iter().find_map(|(sign, is)| Some((*is, text.strip_prefix(sign)?)));
        let (is, value) = sign.unwrap_or((Comparison::Like, text));
        let value = value.trim();
        if value.is_empty() || key.is_empty() {
            return None;
        }
        let ends = ["..", "–"].iter().find_map(|sign| value.split_once(sign)).filter(|_| is == Comparison::Like);
        let ends = ends.map(|(least, most)| (least.trim(), most.trim()));
        let ends = ends.filter(|(least, most)| parse_number(least).is_some() && parse_number(most).is_some());
        let of = |is, value: &str, most: Option<&str>| {
            Some(Self { key: key.to_owned(), is, value: value.to_owned(), most: most.map(str::to_owned) })
        };
        match ends {
            Some((least, most)) => of(Comparison::Between, least, Some(most)),
            None => of(is, value, None),
        }
    }

    /// Whether attributes are so. What is not there is like nothing, and different from everything.
    #[must_use]
    pub fn holds(&self, attributes: &Attributes) -> bool {
        let Some(value) = attributes.get(&self.key).filter(|value| !value.is_null()) else {
            return self.is == Comparison::Not;
        };
        let order = order(value, &self.value);
        match self.is {
            Comparison::Equal => order == Some(Ordering::Equal),
            Comparison::Not => order != Some(Ordering::Equal),
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::AtMost => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Comparison::More => order == Some(Ordering::Greater),
            Comparison::AtLeast => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            Comparison::Between => {
                let to_most = self.most.as_ref().and_then(|most| self::order(value, most));
                matches!(order, Some(Ordering::Greater | Ordering::Equal))
                    && matches!(to_most, Some(Ordering::Less | Ordering::Equal))
            }
            Comparison::Like if is_number(value) && parse_number(&self.value).is_some() => {
                order == Some(Ordering::Equal)
            }
            Comparison::Like => attribute_words(value).to_lowercase().contains(&self.value.to_lowercase()),
        }
    }
}

/// How a value stands to what was typed: as numbers where both are, else as texts without regard to case. A text is neither
/// more nor less than a number, and truths are no more or less than anything.
fn order(value: &Value, typed: &str) -> Option<Ordering> {
    let words = attribute_words(value);
    let as_texts = || words.to_lowercase().cmp(&typed.to_lowercase());
    match (parse_number(&words), parse_number(typed)) {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        (None, None) if value.is_string() => Some(as_texts()),
        _ => Some(as_texts()).filter(|order| order.is_eq()),
    }
}

/// Many tables hold numbers as text: they are numbers all the same.
fn is_number(value: &Value) -> bool {
    parse_number(&attribute_words(value)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_typed_as_in_a_spreadsheet() {
        let attributes: Attributes = [
            ("zone", Value::from("Industriegebied")),
            ("year", Value::from(1962)),
            ("slope", Value::from("2,5")),
            ("empty", Value::from(true)),
            ("owner", Value::Null),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
        let holds = |key: &str, text: &str| Condition::typed(key, text).map(|condition| condition.holds(&attributes));
        for (key, text, is) in [
            ("year", "1950..1962", true),
            ("year", "1963 – 1970", false),
            ("zone", "1950..1990", false),
            ("year", "> 1950 x", false),
            ("zone", "> 1950", false),
            ("zone", "< 1950", false),
            ("zone", ">= a", true),
            ("empty", "> 0", false),
            ("empty", "!= 0", true),
            ("zone", "industrie", true),
            ("zone", "= industrie", false),
            ("zone", "=industriegebied", true),
            ("zone", "!= park", true),
            ("year", "1962", true),
            ("year", "19", false),
            ("year", "< 1 970", true),
            ("year", ">= 1962", true),
            ("year", "≤1961", false),
            ("slope", "> 2.4", true),
            ("empty", "true", true),
            ("owner", "somebody", false),
            ("owner", "≠ somebody", true),
            ("nothing", "> 0", false),
        ] {
            assert_eq!(holds(key, text), Some(is), "{key} {text}");
        }
        assert_eq!(Condition::typed("year", " >= "), None);
        assert_eq!(Condition::typed("", "1"), None);
    }
}
