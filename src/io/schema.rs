//! The JSON Schemas of the project file and the library file, for editors and other programs.
//!
//! Made from the model itself; `assets/schema` holds their copies, kept true by a test.

use serde_json::{Value, json};

use super::{compat, library, native};
use crate::model::{Project, SharedLibrary};

/// The schema of the project file.
#[must_use]
pub fn project() -> Value {
    of_file(
        schemars::schema_for!(Project).to_value(),
        (native::FORMAT, compat::CURRENT),
        "Maakblok project",
        "A design for one site, with its variants. Fields that are not described here are kept as they are.",
    )
}

/// The schema of the library file.
#[must_use]
pub fn library() -> Value {
    of_file(
        schemars::schema_for!(SharedLibrary).to_value(),
        (library::FORMAT, library::VERSION),
        "Maakblok library",
        "Uses, rates and a brief by themselves. Fields that are not described here are kept as they are.",
    )
}

/// A schema with the fields that make what it describes a file.
fn of_file(mut schema: Value, (format, version): (&str, u64), title: &str, description: &str) -> Value {
    let own = json!({
        "format": { "description": "What the file is", "const": format },
        "version": { "description": "The version of the format", "const": version },
        "written_by": { "description": "The program that wrote it, with its version", "type": "string" },
    });
    if let (Some(properties), Value::Object(own)) = (schema["properties"].as_object_mut(), own) {
        properties.extend(own);
    }
    let required = ["format".into(), "version".into()];
    match schema["required"].as_array_mut() {
        Some(known) => drop(known.splice(0..0, required)),
        None => schema["required"] = Value::Array(required.into()),
    }
    schema["title"] = title.into();
    schema["description"] = description.into();
    schema
}

/// A schema as the text of its file.
#[must_use]
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
