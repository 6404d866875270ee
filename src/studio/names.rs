//! Names for copies and parts: «Hall 2» after «Hall».

use std::collections::{HashMap, HashSet};

/// The names of a kind that are taken, those given to copies so far among them.
pub(super) struct Names {
    taken: HashSet<String>,
    /// The number to try next after a stem: a thousand copies of one hall do not count from 2 a thousand times.
    next: HashMap<String, u64>,
}

impl Names {
    /// The names that are taken.
    pub fn new<'a>(taken: impl Iterator<Item = &'a String>) -> Self {
        Self { taken: taken.cloned().collect(), next: HashMap::new() }
    }

    /// The name itself where it is free; else one with the next number that nothing of the kind has: «Hall 2» after «Hall 1»,
    /// «Hall 2» after «Hall».
    pub fn give(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        if stem.is_empty() {
            return name.to_owned();
        }
        let number = self.next.entry(stem.to_owned()).or_insert(2);
        loop {
            let given = format!("{stem} {number}");
            *number += 1;
            if self.taken.insert(given.clone()) {
                return given;
            }
        }
    }
}
