//! Answers kept on the disk, within a bound, for as long as their headers allow.
//!
//! Whether an answer may be kept, is still fresh, and how to ask whether it has changed, `http-cache-semantics` works out
//! after RFC 9111. Only whole answers with a tile in them come here.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http_cache_semantics::CachePolicy;

/// The most bytes that are kept unless somebody says otherwise.
const MOST_BYTES: u64 = 512 << 20;

/// When it is full, so much of it stays.
const KEPT_PART: f64 = 0.8;

/// A file that was wanted is marked so when its mark is older than this.
const MARK_AFTER: Duration = Duration::from_secs(3_600);

/// A folder of answers. It can be used from several threads.
#[derive(Debug)]
pub struct TileCache {
    folder: PathBuf,
    most_bytes: u64,
    /// How many bytes there are; unknown until something is put in.
    bytes: AtomicU64,
    clearing: Mutex<()>,
    /// How many files were begun: each has a name of its own until it is whole.
    parts: AtomicU64,
}

/// An answer that was kept.
#[derive(Debug)]
pub struct Kept {
    /// What its headers allow.
    pub policy: CachePolicy,
    /// The tile.
    pub body: Vec<u8>,
    /// How long ago it came or was confirmed.
    pub age: Duration,
}

impl TileCache {
    /// A cache in a folder, which is made when something comes.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self::bounded(folder, MOST_BYTES)
    }

    /// A cache of at most so many bytes.
    #[must_use]
    pub fn bounded(folder: PathBuf, most_bytes: u64) -> Self {
        Self { folder, most_bytes, bytes: AtomicU64::new(u64::MAX), clearing: Mutex::new(()), parts: AtomicU64::new(0) }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key)
    }

    /// What is kept under a name; damaged files count as none.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Kept> {
        let path = self.path(key);
        let bytes = crate::basemap::bytes_of_file(&path, 2 * crate::basemap::LARGEST_TILE as u64).ok()?;
        let line = bytes.iter().position(|byte| *byte == b'\n')?;
        let (stored, policy): (u64, CachePolicy) = serde_json::from_slice(&bytes[..line]).ok()?;
        let now = SystemTime::now();
        let stored = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(stored))?;
        let age = now.duration_since(stored).unwrap_or_default();
        if let Ok(file) = std::fs::File::options().write(true).open(&path)
            && let Ok(marked) = file.metadata().and_then(|about| about.modified())
            && now.duration_since(marked).is_ok_and(|since| since > MARK_AFTER)
        {
            // What is wanted often is let go last.
            let _ = file.set_modified(now);
        }
        Some(Kept { policy, body: bytes[line + 1..].to_vec(), age })
    }

    /// Keeps a tile. A disk that refuses is no reason to stop.
    pub fn put(&self, key: &str, policy: &CachePolicy, body: &[u8]) {
        if let Err(error) = self.try_put(key, policy, body) {
            tracing::warn!("a tile could not be kept: {error}");
        }
    }

    fn try_put(&self, key: &str, policy: &CachePolicy, body: &[u8]) -> std::io::Result<()> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let mut bytes = serde_json::to_vec(&(now, policy))?;
        bytes.push(b'\n');
        bytes.extend(body);
        let path = self.path(key);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // Half a file is never found: it gets its name when it is whole.
        let part =
            path.with_extension(format!("{}-{}.part", std::process::id(), self.parts.fetch_add(1, Ordering::Relaxed)));
        std::fs::write(&part, &bytes)?;
        std::fs::rename(&part, &path)?;
        let before = self.bytes.load(Ordering::Relaxed);
        if before == u64::MAX || before + bytes.len() as u64 > self.most_bytes {
            self.clear_out();
        } else {
            self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Counts what there is, and lets go what was not wanted for longest when that is too much.
    fn clear_out(&self) {
        let _one = self.clearing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut files = Vec::new();
        collect(&self.folder, &mut files);
        let mut bytes: u64 = files.iter().map(|(_, length, _)| length).sum();
        if bytes > self.most_bytes {
            files.sort();
            let kept = (self.most_bytes as f64 * KEPT_PART) as u64;
            for (_, length, path) in files {
                if bytes <= kept {
                    break;
                }
                if std::fs::remove_file(&path).is_ok() {
                    bytes -= length;
                }
            }
        }
        self.bytes.store(bytes, Ordering::Relaxed);
    }

    /// How many bytes it holds on the disk.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let mut files = Vec::new();
        collect(&self.folder, &mut files);
        files.iter().map(|(_, length, _)| length).sum()
    }

    /// Lets everything go.
    pub fn empty(&self) {
        let _one = self.clearing.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = std::fs::remove_dir_all(&self.folder);
        self.bytes.store(u64::MAX, Ordering::Relaxed);
    }
}

/// All files in a folder and those in it: when they were wanted last, and how long they are.
fn collect(folder: &Path, files: &mut Vec<(SystemTime, u64, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        match entry.metadata() {
            Ok(about) if about.is_dir() => collect(&entry.path(), files),
            Ok(about) => files.push((about.modified().unwrap_or(SystemTime::UNIX_EPOCH), about.len(), entry.path())),
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_within_its_bound_and_lets_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let cache = TileCache::bounded(folder.path().join("tiles"), 40_000);
        let request = http::Request::get("https://a.org/1").body(()).unwrap();
        let answer = http::Response::builder().header("cache-control", "max-age=60").body(()).unwrap();
        let policy = CachePolicy::new(&request, &answer);
        for number in 0..10 {
            cache.put(&format!("a/{number}"), &policy, &[number; 8_000]);
            let file =
                std::fs::File::options().write(true).open(folder.path().join(format!("tiles/a/{number}"))).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(u64::from(number) + 1)).unwrap();
        }
        assert!(cache.bytes() <= 40_000, "{}", cache.bytes());
        assert!(cache.get("a/0").is_none());
        assert_eq!(cache.get("a/9").unwrap().body, [9; 8_000]);
        std::fs::write(folder.path().join("tiles/a/9"), b"no answer").unwrap();
        assert!(cache.get("a/9").is_none());
        cache.empty();
        assert_eq!(cache.bytes(), 0);
    }
}
