//! Maps in files: read as others read them, drawn whole, refused in words when they are damaged.

mod archives;
mod hostile;
mod packing;

use std::path::PathBuf;

/// A file of the map data beside the checkout; where it is absent, says so and gives nothing.
fn data(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("MAAKBLOK_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let path = folder.join(name);
    if !path.exists() {
        eprintln!("skipped: {name} is not there (set MAAKBLOK_DATA to the folder of the map data)");
        return None;
    }
    Some(path)
}
