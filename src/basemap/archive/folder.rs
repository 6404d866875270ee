//! A folder of tiles: `zoom/column/row.extension`, as many programs write them.

use std::path::{Path, PathBuf};

use super::error::ArchiveError;
use super::{ArchiveInfo, LARGEST_TILE, cover, kind_of, plain_text};
use crate::basemap::{DEEPEST, TileId};

/// So many columns are looked at for what a folder covers; each names its rows.
const LOOKED_AT: usize = 4_096;

/// A folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    extension: String,
    /// Rows are counted from the south.
    from_south: bool,
}

impl Folder {
    pub fn open(path: &Path) -> Result<(ArchiveInfo, Self), ArchiveError> {
        let zooms = zooms(path)?;
        let (Some(&least), Some(&most)) = (zooms.first(), zooms.last()) else {
            return Err(ArchiveError::NotAnArchive);
        };
        let deepest = path.join(most.to_string());
        let columns: Vec<u32> = numbers(&deepest)?.into_iter().filter(|column| *column < 1 << most).collect();
        let extension = columns.first().and_then(|column| {
            let names = names(&deepest.join(column.to_string())).ok()?;
            let tile = names.iter().find(|name| row_of(name).is_some())?;
            Some(tile.split_once('.')?.1.to_lowercase())
        });
        let extension = extension.ok_or(ArchiveError::Empty)?;
        let kind = kind_of(extension.trim_end_matches(".gz"))?;
        let said = ["tile.json", "tiles.json", "metadata.json"]
            .iter()
            .find_map(|name| super::super::json_of_file(&path.join(name)))
            .unwrap_or_default();
        let text = |key: &str| plain_text(said.get(key).and_then(serde_json::Value::as_str).unwrap_or_default());
        let stated = said.get("bounds").and_then(|bounds| serde_json::from_value(bounds.clone()).ok());
        let folder = Self { path: path.to_owned(), extension, from_south: text("scheme") == "tms" };
        let cover_deg = stated.and_then(cover).or_else(|| folder.seen(most, &columns));
        let info =
            ArchiveInfo { name: text("name"), kind, zooms: [least, most], cover_deg, attribution: text("attribution") };
        Ok((info, folder))
    }

    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, ArchiveError> {
        let row = if self.from_south { (1_u32 << tile.zoom) - 1 - tile.y } else { tile.y };
        let path = self.path.join(format!("{}/{}/{row}.{}", tile.zoom, tile.x, self.extension));
        match crate::basemap::bytes_of_file(&path, LARGEST_TILE as u64) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => Err(ArchiveError::TooLarge),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ArchiveError::Open(error)),
        }
    }

    pub fn tiles(&self) -> Result<Vec<TileId>, ArchiveError> {
        let mut tiles = Vec::new();
        for zoom in zooms(&self.path)? {
            let folder = self.path.join(zoom.to_string());
            for x in numbers(&folder)? {
                let rows = names(&folder.join(x.to_string()))?;
                let row = |y: u32| if self.from_south { ((1_u32 << zoom) - 1).checked_sub(y) } else { Some(y) };
                let named = rows.iter().filter(|name| name.split_once('.').is_some_and(|(_, of)| of == self.extension));
                let found = named.filter_map(|name| row(row_of(name)?)).map(|y| TileId { zoom, x, y });
                tiles.extend(found.filter(|tile| tile.is_sound()));
            }
        }
        tiles.sort();
        Ok(tiles)
    }

    /// What the tiles of the finest zoom cover; by a few of its columns, since a folder may hold millions.
    fn seen(&self, zoom: u8, columns: &[u32]) -> Option<[f64; 4]> {
        let (first, last) = (*columns.first()?, *columns.last()?);
        let folder = self.path.join(zoom.to_string());
        let looked_at = columns.iter().step_by(columns.len().div_ceil(LOOKED_AT));
        let rows = looked_at.filter_map(|column| names(&folder.join(column.to_string())).ok()).flatten();
        let rows: Vec<u32> = rows.filter_map(|name| row_of(&name)).filter(|row| *row < 1 << zoom).collect();
        let (mut top, mut bottom) = (*rows.iter().min()?, *rows.iter().max()?);
        if self.from_south {
            let last = (1_u32 << zoom) - 1;
            (top, bottom) = (last.checked_sub(bottom)?, last.checked_sub(top)?);
        }
        let [west, north] = TileId { zoom, x: first, y: top }.north_west_deg();
        let [east, south] = TileId { zoom, x: last + 1, y: bottom + 1 }.north_west_deg();
        cover([west, south, east, north])
    }
}

/// The names in a folder.
fn names(folder: &Path) -> Result<Vec<String>, ArchiveError> {
    let entries = std::fs::read_dir(folder).map_err(ArchiveError::Open)?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}

/// The zooms in a folder, ascending. Other numbers beside them are of something else.
fn zooms(folder: &Path) -> Result<Vec<u8>, ArchiveError> {
    Ok(numbers(folder)?.into_iter().filter_map(|n| u8::try_from(n).ok()).filter(|n| *n <= DEEPEST).collect())
}

/// A number as it is written where a tile is looked for: `014` is none.
fn number(name: &str) -> Option<u32> {
    name.parse().ok().filter(|n: &u32| n.to_string() == name)
}

/// The numbers that name things in a folder, ascending.
fn numbers(folder: &Path) -> Result<Vec<u32>, ArchiveError> {
    let mut numbers: Vec<u32> = names(folder)?.iter().filter_map(|name| number(name)).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// The row that a file's name tells.
fn row_of(name: &str) -> Option<u32> {
    number(name.split_once('.')?.0)
}
