//! What a file says of plots besides what is known here, and areas that say nothing of themselves as plots: maps of parcels.

use compact_str::CompactString;
use serde_json::Value;

use super::notes::NoteKind;
use super::properties::{Properties, RawPlot, What, region};
use super::scan::{Fault, Scalar, Scan};
use crate::model::{Attributes, attribute_words, is_parcel_key};

/// What a plot's own properties are called; what is called otherwise is an attribute.
pub(super) const PLOT_KEYS: [&str; 4] = ["maakblok", "id", "name", "region"];

/// Values within values are kept down to this depth: a project file has to be readable.
const DEEPEST: usize = 16;

impl<'a> Properties<'a> {
    /// What is said of a plot in the properties besides.
    pub fn attributes(&self, scan: &Scan<'a>, note: impl FnMut(NoteKind)) -> Attributes {
        let mut all = self.all(scan, note);
        all.retain(|key, _| !PLOT_KEYS.contains(&key.as_str()));
        all
    }

    /// An area without `maakblok`, as a plot: a parcel of the land registry, with its number there as reference. Nothing where
    /// it says itself what else it is, unless it has such a number.
    pub fn as_plot(
        &self,
        scan: &Scan<'a>,
        feature_id: Option<&Scalar<'a>>,
        note: impl FnMut(NoteKind),
    ) -> Option<What> {
        let text = |value: Option<&Scalar<'a>>| {
            let text = value.and_then(Scalar::text).map(CompactString::from);
            text.filter(|text| !text.is_empty())
        };
        let mut attributes = self.all(scan, note);
        attributes.remove("maakblok");
        let numbers = attributes.iter().filter(|(key, _)| is_parcel_key(key)).map(|(_, value)| attribute_words(value));
        let registered = numbers.map(CompactString::from).find(|number| !number.is_empty());
        if registered.is_none() && self.tagged().is_some() {
            return None;
        }
        // What says what a plot is called is its name and its reference, and no attribute besides.
        let (name, id) = (text(self.name.as_ref()), text(self.id.as_ref()));
        let region = self.region.as_ref().and_then(region);
        let used = [
            ("name", self.name.as_ref().is_some_and(|name| name.text().is_some())),
            ("id", registered.is_none() && id.is_some()),
            ("region", region.is_some()),
        ];
        attributes.retain(|key, _| !used.contains(&(key.as_str(), true)));
        // What is left of such properties goes by another name, or no export could tell it from them.
        for key in PLOT_KEYS {
            if let Some(value) = attributes.remove(key) {
                attributes.insert(format!("source_{key}"), value);
            }
        }
        let code = registered.or(id).or_else(|| text(feature_id)).unwrap_or_default();
        Some(What::Plot(Box::new(RawPlot { name, code, region, attributes })))
    }

    /// All properties as values. A number that is none is left out, as is a value too deep within itself, which is noted;
    /// `null` says nothing.
    fn all(&self, scan: &Scan<'a>, mut note: impl FnMut(NoteKind)) -> Attributes {
        let mut all = Attributes::new();
        let Some(at) = self.at else { return all };
        let mut scan = Scan::from(scan.text(), at);
        let mut read = || -> Result<(), Fault> {
            scan.take(b'{')?;
            let mut first = true;
            while let Some(key) = scan.next_key(&mut first)? {
                match serde_json::from_str(scan.raw()?).ok().filter(|value| is_shallow(value, DEEPEST)) {
                    Some(Value::Null) => {}
                    Some(value) => drop(all.insert(key.into_owned(), value)),
                    None => note(NoteKind::AttributeUnusable(key.into_owned())),
                }
            }
            Ok(())
        };
        // It was read once already, so that nothing can be wrong with it.
        let _ = read();
        all
    }
}

fn is_shallow(value: &Value, depth: usize) -> bool {
    let Some(within) = depth.checked_sub(1) else { return false };
    match value {
        Value::Array(values) => values.iter().all(|value| is_shallow(value, within)),
        Value::Object(values) => values.values().all(|value| is_shallow(value, within)),
        _ => true,
    }
}
