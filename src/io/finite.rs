//! Numbers that JSON cannot hold.
//!
//! JSON has no «not a number» and no infinity; `serde_json` writes `null` for them, and the file could not be read
//! again. So everything is looked through before it is written: nothing is written that would not come back.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Serializer};

use crate::i18n::{Lang, tr, tr_with};

/// A number that cannot be written, with its place as a path such as `/variants/0/volumes/3/base_m`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub struct NotANumber {
    /// Where it is.
    pub path: String,
}

impl NotANumber {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let value = if self.path.is_empty() { tr(lang, "no-number-value") } else { self.path.clone() };
        tr_with(lang, "no-number", &[("value", value.into())])
    }

    fn inside(mut self, step: &dyn fmt::Display) -> Self {
        self.path.insert_str(0, &format!("/{step}"));
        self
    }
}

impl ser::Error for NotANumber {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self { path: String::new() }
    }
}

/// Looks through a value as it would be written.
///
/// # Errors
/// At the first number that is not finite.
pub(super) fn check<T: Serialize + ?Sized>(value: &T) -> Result<(), NotANumber> {
    value.serialize(Look)
}

/// A serializer that writes nothing and minds only floats.
struct Look;

/// Inside a list or an object: knows the place for the path.
#[derive(Default)]
struct Inside {
    index: usize,
    key: Option<String>,
}

impl Inside {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotANumber> {
        let index = self.index;
        self.index += 1;
        check(value).map_err(|e| e.inside(&index))
    }
}

macro_rules! fine {
    ($($method:ident: $type:ty),* $(,)?) => { $(
        fn $method(self, _: $type) -> Result<(), NotANumber> { Ok(()) }
    )* };
}

impl Serializer for Look {
    type Ok = ();
    type Error = NotANumber;
    type SerializeSeq = Inside;
    type SerializeTuple = Inside;
    type SerializeTupleStruct = Inside;
    type SerializeTupleVariant = Inside;
    type SerializeMap = Inside;
    type SerializeStruct = Inside;
    type SerializeStructVariant = Inside;

    fine! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_char: char,
        serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    }

    fn serialize_f32(self, value: f32) -> Result<(), NotANumber> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), NotANumber> {
        if value.is_finite() { Ok(()) } else { Err(NotANumber { path: String::new() }) }
    }

    fn serialize_none(self) -> Result<(), NotANumber> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), NotANumber> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotANumber> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), NotANumber> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), NotANumber> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), NotANumber> {
        check(value).map_err(|e| e.inside(&variant))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside, NotANumber> {
        Ok(Inside::default())
    }
}

macro_rules! lists {
    ($($kind:ident: $method:ident),*) => { $(
        impl ser::$kind for Inside {
            type Ok = ();
            type Error = NotANumber;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotANumber> {
                self.element(value)
            }
            fn end(self) -> Result<(), NotANumber> { Ok(()) }
        }
    )* };
}
lists!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

macro_rules! structs {
    ($($kind:ident),*) => { $(
        impl ser::$kind for Inside {
            type Ok = ();
            type Error = NotANumber;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NotANumber> {
                check(value).map_err(|e| e.inside(&key))
            }
            fn end(self) -> Result<(), NotANumber> { Ok(()) }
        }
    )* };
}
structs!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Inside {
    type Ok = ();
    type Error = NotANumber;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotANumber> {
        self.key = serde_json::to_value(key).ok().and_then(|key| key.as_str().map(str::to_owned));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotANumber> {
        let key = self.key.take().unwrap_or_default();
        check(value).map_err(|e| e.inside(&key))
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), NotANumber> {
        // The name of the key is only looked up when there is something to tell.
        check(value).map_err(|e| {
            let key = serde_json::to_value(key).ok();
            e.inside(&key.as_ref().and_then(|key| key.as_str()).unwrap_or_default())
        })
    }

    fn end(self) -> Result<(), NotANumber> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, Project, Storey, Volume};

    #[test]
    fn the_place_of_a_number_that_is_none_is_named() {
        let mut project = Project::new("p", Origin::new(4.3, 50.8), "A");
        assert_eq!(check(&project), Ok(()));
        let (building, id) = (project.take_id(), project.take_id());
        let mut volume = Volume::new(id, building, "v", crate::geometry::Outline::default());
        volume.storeys = vec![Storey::new("office", 3.5), Storey::new("office", f64::NAN)];
        project.variants[0].volumes.insert(volume);
        let fault = check(&project).unwrap_err();
        assert_eq!(fault.path, "/variants/0/volumes/0/storeys/1/height_m");
        project.origin.lon_deg = f64::INFINITY;
        assert_eq!(check(&project).unwrap_err().path, "/origin/lon_deg");
    }
}
