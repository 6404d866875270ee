//! Lifting older files to the version this program writes.
//!
//! A step is a function on plain JSON from one version to the next: explicit, small, and independent of the types of
//! today, so that it keeps working when they change. A file of any former version goes through all steps after its
//! own. The file on disk stays as it is until it is saved.
//!
//! To make version 2: write `fn to_2(file: &mut Value) -> Result<(), String>`, append it to [`STEPS`], and put a file
//! of version 1 beside the tests. [`CURRENT`] follows.

use serde_json::Value;

/// Changes a file from one version to the next; fails with a sentence on what it could not understand.
pub type Step = fn(&mut Value) -> Result<(), String>;

/// The first version that was ever written.
pub const FIRST: u64 = 1;

/// The steps, the first of them from version [`FIRST`] to the one after it.
pub const STEPS: &[Step] = &[];

/// The version this program writes.
pub const CURRENT: u64 = FIRST + STEPS.len() as u64;

/// Lifts a file of version `from` to [`CURRENT`].
///
/// # Errors
/// A sentence when a step does not understand the file.
pub fn upgrade(file: Value, from: u64) -> Result<Value, String> {
    upgrade_by(STEPS, FIRST, file, from)
}

fn upgrade_by(steps: &[Step], first: u64, mut file: Value, from: u64) -> Result<Value, String> {
    let done = usize::try_from(from.saturating_sub(first)).unwrap_or(usize::MAX);
    for (version, step) in (first + 1..).zip(steps).skip(done) {
        step(&mut file)?;
        if let Some(field) = file.get_mut("version") {
            *field = version.into();
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A made-up ancestor that kept the plots beside the name, without variants.
    fn plots_into_a_variant(file: &mut Value) -> Result<(), String> {
        let object = file.as_object_mut().ok_or("the file is no object")?;
        let plots = object.remove("plots").ok_or("the plots are missing")?;
        object.insert("variants".to_owned(), json!([{ "id": 1, "name": "A", "plots": plots }]));
        Ok(())
    }

    fn title_is_name(file: &mut Value) -> Result<(), String> {
        let object = file.as_object_mut().ok_or("the file is no object")?;
        let title = object.remove("title").ok_or("the title is missing")?;
        object.insert("name".to_owned(), title);
        Ok(())
    }

    const MADE_UP: &[Step] = &[plots_into_a_variant, title_is_name];

    #[test]
    fn a_file_goes_through_the_steps_after_its_own_version() {
        let old = json!({ "version": 5, "title": "T", "plots": [7] });
        let new = json!({ "version": 7, "name": "T", "variants": [{ "id": 1, "name": "A", "plots": [7] }] });
        assert_eq!(upgrade_by(MADE_UP, 5, old, 5), Ok(new.clone()));
        let half = json!({ "version": 6, "title": "T", "variants": [{ "id": 1, "name": "A", "plots": [7] }] });
        assert_eq!(upgrade_by(MADE_UP, 5, half, 6), Ok(new.clone()));
        assert_eq!(upgrade_by(MADE_UP, 5, new.clone(), 7), Ok(new));
    }

    #[test]
    fn a_step_that_does_not_understand_says_so() {
        assert_eq!(upgrade_by(MADE_UP, 5, json!({ "version": 5 }), 5), Err("the plots are missing".to_owned()));
    }
}
