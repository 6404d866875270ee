//! The macro behind every stored record.
//!
//! Floor 0. A record is a struct with named fields that is written in a fixed order, leaves defaults out, and keeps whatever
//! fields it does not know in `extra`, so that a file touched by a newer program loses nothing in an older one.
//! `serde`'s own `flatten` does the same but reads every object twice; with a hundred thousand buildings that is
//! most of the loading time, hence this macro.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Visitor};

/// Fields that this version does not know, kept as they came.
///
/// `None` costs one pointer; two records with equal extras are equal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extra(Option<Box<serde_json::Map<String, serde_json::Value>>>);

impl Extra {
    /// Remembers a field.
    pub fn keep(&mut self, key: &str, value: serde_json::Value) {
        self.0.get_or_insert_default().insert(key.to_owned(), value);
    }

    /// What is kept, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &serde_json::Value)> {
        self.0.iter().flat_map(|map| map.iter())
    }
}

/// A key of a JSON object, borrowed where the input allows.
pub(crate) struct Key<'de>(pub std::borrow::Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }
            fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Self::Value, E> {
                Ok(Key(v.into()))
            }
            fn visit_str<E>(self, v: &str) -> Result<Self::Value, E> {
                Ok(Key(v.to_owned().into()))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Defines a record: `field: Type` is always written and must be there; `field: Type = default` may be missing and is
/// left out while it equals the default of its type.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $( $(#[$field_meta:meta])* pub $field:ident : $type:ty $(= $default:ident)? ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, schemars::JsonSchema)]
        pub struct $name {
            $( $(#[$field_meta])* $(#[schemars($default)])? pub $field: $type, )*
            /// Fields that this version does not know.
            #[schemars(skip)]
            pub extra: $crate::record::Extra,
        }

        impl $name {
            /// Writes the fields into an object that is already open, so that a file can put fields of its own first.
            pub(crate) fn write_fields<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $( $crate::record::record!(@write self map $field : $type $(= $default)?); )*
                for (key, value) in self.extra.iter() {
                    map.serialize_entry(key, value)?;
                }
                Ok(())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                self.write_fields(&mut map)?;
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct RecordVisitor;
                impl<'de> serde::de::Visitor<'de> for RecordVisitor {
                    type Value = $name;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an object (", stringify!($name), ")"))
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        $( let mut $field: Option<$type> = None; )*
                        let mut extra = $crate::record::Extra::default();
                        while let Some(key) = map.next_key::<$crate::record::Key<'de>>()? {
                            match &*key.0 {
                                $( stringify!($field) => {
                                    if $field.is_some() {
                                        return Err(serde::de::Error::duplicate_field(stringify!($field)));
                                    }
                                    $field = Some(map.next_value()?);
                                } )*
                                unknown => extra.keep(unknown, map.next_value()?),
                            }
                        }
                        Ok($name { $( $field: $crate::record::record!(@read $field $(= $default)?), )* extra })
                    }
                }
                deserializer.deserialize_map(RecordVisitor)
            }
        }
    };
    (@write $self:ident $map:ident $field:ident : $type:ty) => {
        $map.serialize_entry(stringify!($field), &$self.$field)?;
    };
    (@write $self:ident $map:ident $field:ident : $type:ty = $default:ident) => {
        if $self.$field != <$type>::default() {
            $map.serialize_entry(stringify!($field), &$self.$field)?;
        }
    };
    (@read $field:ident) => { $field.ok_or_else(|| serde::de::Error::missing_field(stringify!($field)))? };
    (@read $field:ident = $default:ident) => { $field.unwrap_or_default() };
}

pub(crate) use record;
