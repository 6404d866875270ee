//! MBTiles: tiles in an SQLite database, rows counted from the south.
//!
//! After <https://github.com/mapbox/mbtiles-spec>, version 1.3. Read only; the database may do no more than a tile is worth.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::error::ArchiveError;
use super::{ArchiveInfo, LARGEST_TILE, cover, kind_of, kind_of_bytes, plain_text, zooms};
use crate::basemap::{DEEPEST, TileId};

/// So many steps of the database's machine are taken before it is asked whether to go on.
const STEPS: i32 = 100_000;

/// A question may take so many times that; an honest one takes a few hundred steps, the list of all tiles some for each.
const MOST: usize = 500;

/// The functions that a database may use to say what its tiles are.
const HARMLESS: [&str; 12] =
    ["abs", "coalesce", "count", "ifnull", "iif", "length", "lower", "max", "min", "nullif", "round", "typeof"];

/// An open archive.
#[derive(Debug)]
pub struct Mbtiles {
    database: Mutex<Connection>,
    /// How often the database has asked whether to go on since the last question.
    taken: Arc<AtomicUsize>,
    /// What it says of the layers of its tiles.
    pub layers: Option<serde_json::Value>,
}

impl Mbtiles {
    pub fn open(path: &Path) -> Result<(ArchiveInfo, Self), ArchiveError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut database = Connection::open_with_flags(path, flags).map_err(ArchiveError::Database)?;
        let taken = Arc::new(AtomicUsize::new(0));
        Self::bound(&mut database, &taken).map_err(ArchiveError::Database)?;
        let said = |name: &str| -> Option<String> {
            taken.store(0, Ordering::Relaxed);
            let row = database.query_row("SELECT CAST(value AS TEXT) FROM metadata WHERE name = ?1", [name], |row| {
                row.get::<_, String>(0)
            });
            row.ok()
        };
        let first = |order: &str| {
            taken.store(0, Ordering::Relaxed);
            // Rows of zooms that no tile has are no tiles.
            let sql = format!(
                "SELECT zoom_level, tile_data FROM tiles WHERE zoom_level BETWEEN 0 AND {DEEPEST}
                ORDER BY zoom_level {order} LIMIT 1"
            );
            let row = database.query_row(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
            row.optional().map_err(ArchiveError::Database)?.ok_or(ArchiveError::Empty)
        };
        let kind = match said("format") {
            Some(format) => kind_of(&format)?,
            None => kind_of_bytes(&super::unpacked(first("ASC")?.1, LARGEST_TILE)?),
        };
        let stated = |name: &str| said(name)?.trim().parse().ok().filter(|zoom| *zoom <= DEEPEST);
        let (least, most) = match (stated("minzoom"), stated("maxzoom")) {
            (Some(least), Some(most)) if least <= most => (Some(least), Some(most)),
            _ => (None, None),
        };
        let zoom = |zoom: i64| u8::try_from(zoom).unwrap_or(DEEPEST);
        let least = least.map_or_else(|| first("ASC").map(|(of, _)| zoom(of)), Ok)?;
        let most = most.map_or_else(|| first("DESC").map(|(of, _)| zoom(of)), Ok)?;
        let bounds = said("bounds").and_then(|text| {
            let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
            <[f64; 4]>::try_from(numbers?).ok()
        });
        let info = ArchiveInfo {
            name: plain_text(&said("name").unwrap_or_default()),
            kind,
            zooms: zooms(least, most),
            cover_deg: bounds.and_then(cover),
            attribution: plain_text(&said("attribution").unwrap_or_default()),
        };
        let json = said("json").and_then(|json| serde_json::from_str::<serde_json::Value>(&json).ok());
        let layers = json.and_then(|json| json.get("vector_layers").cloned());
        Ok((info, Self { database: Mutex::new(database), taken, layers }))
    }

    /// What a database may do when it is asked something.
    fn bound(database: &mut Connection, taken: &Arc<AtomicUsize>) -> rusqlite::Result<()> {
        let taken = Arc::clone(taken);
        database.set_limit(Limit::SQLITE_LIMIT_LENGTH, LARGEST_TILE as i32)?;
        // One step of a function may make megabytes: what counts steps does not see that.
        database.authorizer(Some(|asked: AuthContext<'_>| match asked.action {
            AuthAction::Function { function_name } if !HARMLESS.contains(&function_name) => Authorization::Deny,
            _ => Authorization::Allow,
        }))?;
        database.progress_handler(STEPS, Some(move || taken.fetch_add(1, Ordering::Relaxed) >= MOST))?;
        database.execute_batch("PRAGMA trusted_schema = OFF")
    }

    /// The database, for one question.
    fn ask(&self) -> MutexGuard<'_, Connection> {
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        self.taken.store(0, Ordering::Relaxed);
        database
    }

    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, ArchiveError> {
        let database = self.ask();
        let row = (1_i64 << tile.zoom) - 1 - i64::from(tile.y);
        database
            .prepare_cached("SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3")
            .and_then(|mut asked| asked.query_row((tile.zoom, tile.x, row), |row| row.get(0)).optional())
            .map_err(ArchiveError::Database)
    }

    pub fn tiles(&self) -> Result<Vec<TileId>, ArchiveError> {
        let database = self.ask();
        let mut asked = database
            .prepare(
                "SELECT zoom_level, tile_column, tile_row FROM tiles ORDER BY zoom_level, tile_column, tile_row DESC",
            )
            .map_err(ArchiveError::Database)?;
        let rows = asked
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))
            .map_err(ArchiveError::Database)?;
        let mut tiles = Vec::new();
        for row in rows {
            let (zoom, x, y) = row.map_err(ArchiveError::Database)?;
            let Ok(zoom) = u8::try_from(zoom) else { continue };
            if zoom > DEEPEST {
                continue;
            }
            let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(((1_i64 << zoom) - 1).checked_sub(y).unwrap_or(-1)))
            else {
                continue;
            };
            tiles.extend(Some(TileId { zoom, x, y }).filter(|tile| tile.is_sound()));
        }
        Ok(tiles)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Archive, TileKind};
    use super::*;

    #[test]
    fn rows_are_counted_from_the_south_and_what_is_missing_is_guessed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.mbtiles");
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch(
                "CREATE TABLE metadata (name TEXT, value TEXT);
                 CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
                 INSERT INTO metadata VALUES ('name', 'Canal'), ('bounds', '4.3,50.8,4.4,50.9');",
            )
            .unwrap();
        let png = b"\x89PNG\r\n\x1a\n".to_vec();
        database.execute("INSERT INTO tiles VALUES (2, 1, 0, ?1)", [&png]).unwrap();
        drop(database);
        let archive = Archive::open(&path).unwrap();
        assert_eq!((archive.info().kind, archive.info().zooms), (TileKind::Raster, [2, 2]));
        assert_eq!(archive.info().cover_deg, Some([4.3, 50.8, 4.4, 50.9]));
        let lowest = TileId { zoom: 2, x: 1, y: 3 };
        assert_eq!(archive.tile(lowest).unwrap(), Some(png));
        assert_eq!(archive.tile(TileId { y: 0, ..lowest }).unwrap(), None);
        assert_eq!(archive.tiles().unwrap(), [lowest]);
    }

    #[test]
    fn a_database_that_never_answers_is_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("endless.mbtiles");
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch(
                "CREATE TABLE metadata (name TEXT, value TEXT);
                 CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                 SELECT 0 AS zoom_level, i AS tile_column, 0 AS tile_row, x'00' AS tile_data FROM n WHERE i < 0;",
            )
            .unwrap();
        drop(database);
        assert!(matches!(Archive::open(&path), Err(ArchiveError::Database(_))));
    }
}
