//! Rings and outlines as files hold them: lists of `[x, y]`.

use serde::de::{Error as _, SeqAccess, Visitor};
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::{Point, Ring};
use super::Outline;

impl Serialize for Ring {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.points().len()))?;
        for p in self.points() {
            seq.serialize_element(&[p.x, p.y])?;
        }
        seq.end()
    }
}

impl<'de> Deserialize<'de> for Ring {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Points;
        impl<'de> Visitor<'de> for Points {
            type Value = Vec<Point>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of points [x, y] in metres")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut points = Vec::with_capacity(4);
                while let Some([x, y]) = seq.next_element::<[f64; 2]>()? {
                    points.push(Point { x, y });
                }
                points.shrink_to_fit();
                Ok(points)
            }
        }
        let points = deserializer.deserialize_seq(Points)?;
        if points.iter().any(|p| !p.x.is_finite() || !p.y.is_finite()) {
            return Err(D::Error::custom("a coordinate is not a finite number"));
        }
        Ok(Self(points))
    }
}

impl Serialize for Outline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.rings.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Others write rings that run either way; here the inside is on the left.
        let mut rings: Vec<Ring> = Vec::deserialize(deserializer)?;
        for (place, ring) in rings.iter_mut().enumerate() {
            ring.turn(place == 0);
        }
        // Most have one ring; a list grows by four.
        rings.shrink_to_fit();
        Ok(Self { rings })
    }
}

impl schemars::JsonSchema for Outline {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Outline".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Rings of [x, y] in metres from the project's origin, x east, y north; the first ring is the outer line, the others are courts. The last point is joined to the first and not repeated.",
            "type": "array",
            "items": {
                "type": "array",
                "items": { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 }
            }
        })
    }
}
