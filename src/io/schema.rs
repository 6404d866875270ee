//! The JSON Schema of the project file, for editors and other programs.
//!
//! Made from the model itself; `assets/schema/project.schema.json` is its copy, kept true by a test.

use serde_json::{Value, json};

use super::{compat, native};
use crate::model::Project;

/// The schema as JSON.
#[must_use]
pub fn project() -> Value {
    let mut schema = schemars::schema_for!(Project).to_value();
    let own = json!({
        "format": { "description": "What the file is", "const": native::FORMAT },
        "version": { "description": "The version of the format", "const": compat::CURRENT },
        "written_by": { "description": "The program that wrote it, with its version", "type": "string" },
    });
    if let (Some(properties), Value::Object(own)) = (schema["properties"].as_object_mut(), own) {
        properties.extend(own);
    }
    if let Some(required) = schema["required"].as_array_mut() {
        required.splice(0..0, ["format".into(), "version".into()]);
    }
    schema["title"] = "Maakblok project".into();
    schema["description"] =
        "A design for one site, with its variants. Fields that are not described here are kept as they are.".into();
    schema
}

/// The schema as the text of its file.
#[must_use]
pub fn project_text() -> String {
    format!("{:#}\n", project())
}
