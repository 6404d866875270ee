//! The elements of what a recipe makes: how they are found by their names, and what people call them.

use std::collections::HashMap;

use super::made::{Made, MadeAccess, MadeSurface, MadeVolume};
use crate::i18n::{Lang, tr};

/// What was made, to be looked up by the names of elements.
pub(super) struct Elements<'a> {
    pub made: &'a Made,
    by_key: HashMap<String, Place>,
}

#[derive(Clone, Copy)]
enum Place {
    Volume(usize),
    Surface(usize),
    Access(usize),
    Entrance(usize),
}

impl<'a> Elements<'a> {
    pub fn new(made: &'a Made) -> Self {
        let volumes = made.volumes.iter().enumerate().map(|(at, v)| (v.element.clone(), Place::Volume(at)));
        let surfaces = made.surfaces.iter().enumerate().map(|(at, s)| (ground_key(&s.element), Place::Surface(at)));
        let accesses = made.accesses.iter().enumerate().map(|(at, a)| (access_key(&a.element), Place::Access(at)));
        let doors = made.entrances.iter().enumerate().map(|(at, e)| (entrance_key(&e.element), Place::Entrance(at)));
        Self { made, by_key: volumes.chain(surfaces).chain(accesses).chain(doors).collect() }
    }

    pub fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    pub fn volume(&self, key: &str) -> Option<&'a MadeVolume> {
        match self.by_key.get(key)? {
            Place::Volume(at) => self.made.volumes.get(*at),
            _ => None,
        }
    }

    pub fn surface(&self, key: &str) -> Option<&'a MadeSurface> {
        match self.by_key.get(key)? {
            Place::Surface(at) => self.made.surfaces.get(*at),
            _ => None,
        }
    }

    pub fn access(&self, key: &str) -> Option<&'a MadeAccess> {
        match self.by_key.get(key)? {
            Place::Access(at) => self.made.accesses.get(*at),
            _ => None,
        }
    }

    pub fn entrance(&self, key: &str) -> Option<&'a MadeAccess> {
        match self.by_key.get(key)? {
            Place::Entrance(at) => self.made.entrances.get(*at),
            _ => None,
        }
    }
}

/// The name under which a recipe has an entrance.
#[must_use]
pub fn entrance_key(element: &str) -> String {
    format!("{element} entrance")
}

/// The name under which a recipe has a piece of ground: a gate and the way through it have one element name.
pub(super) fn ground_key(element: &str) -> String {
    format!("{element} ground")
}

/// The name under which a recipe has a goods access.
pub(super) fn access_key(element: &str) -> String {
    format!("{element} access")
}

/// What an element is called in a list of a recipe's: the ground and the access of a gate are told apart.
#[must_use]
pub fn element_title(key: &str, lang: Lang) -> String {
    let with = |element: &str, of: &str| format!("{} ({})", element_name(element, lang), tr(lang, of));
    for (suffix, of) in
        [(" ground", "element-ground"), (" access", "element-access"), (" entrance", "element-entrance")]
    {
        if let Some(element) = key.strip_suffix(suffix) {
            return with(element, of);
        }
    }
    element_name(key, lang)
}

/// What an element is called: `row 1 roof 2`, word by word.
#[must_use]
pub fn element_name(element: &str, lang: Lang) -> String {
    let word = |word: &str| match word.parse::<u32>() {
        Ok(_) => word.to_owned(),
        Err(_) => tr(lang, &format!("element-{word}")),
    };
    let words: Vec<String> = element.split(' ').map(word).collect();
    crate::i18n::sentence(&words.join(" "))
}
