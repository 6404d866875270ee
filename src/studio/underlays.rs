//! Scans and aerial pictures under the drawing: brought in, placed, faded, locked, taken away; and their pixels, which are
//! read in threads and kept while the project is open.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::action::Pulled;
use super::files::Outcome;
use super::paths::file_name;
use super::session::Session;
use super::state::Studio;
use crate::edit::{Change, EditBuilder, Label, Put};
use crate::i18n::{sentence, tr, tr_with};
use crate::io::underlays::{MOST_STORED_TOGETHER, ReadPicture, UnderlayError, pixels_of, placed_by_world, read};
use crate::model::{Id, Picture, Underlay};
use crate::record::Extra;
use crate::scene::Pixels;

/// A picture without a world file is laid over so much of the view.
const PART_OF_VIEW: f64 = 0.6;

/// What every screen's textures hold, in pixels a side.
const MOST_SIDE: u32 = 8_192;

/// The pictures of a project are shown in so many bytes together: those that come last are shown coarser.
const MOST_BYTES: usize = 384 << 20;

/// But none in fewer than these.
const LEAST_BYTES: usize = 8 << 20;

/// Something done to a picture under the drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum UnderlayStep {
    /// It is named.
    Name(String),
    /// It is shown or hidden.
    Show(bool),
    /// It is locked or freed.
    Lock(bool),
    /// How strongly it is seen, from 0 to 1.
    Opacity(Pulled),
    /// The points that placed it are forgotten; it stays where it is.
    ForgetTies,
    /// Its points may stretch it, or it keeps its shape.
    Stretch(bool),
    /// It is taken away.
    Remove,
}

/// The pixels of the project's pictures.
#[derive(Default)]
pub(super) struct PictureCache {
    /// By picture: of which state of it, and what it shows.
    known: BTreeMap<Id, (Arc<Picture>, PictureShows)>,
    /// Whose opacity is being pulled.
    pulled: Option<Id>,
}

/// What a picture shows, as far as is known.
#[derive(Clone, Debug)]
pub enum PictureShows {
    /// It is being read.
    UnderWay,
    /// These pixels.
    Pixels(Arc<Pixels>),
    /// Its file is gone or damaged.
    Nothing,
}

impl PictureCache {
    fn bytes(&self) -> usize {
        let sizes = self.known.values().map(|(_, shows)| match shows {
            PictureShows::Pixels(pixels) => pixels.size_bytes(),
            _ => 0,
        });
        sizes.sum()
    }
}

/// The pixels as the window shows them: within what a texture holds, and in so many bytes. Exports read the file itself.
fn for_screen(pixels: Pixels, room: usize) -> Pixels {
    let mut pixels = Pixels { file: None, ..pixels };
    while pixels.size.iter().any(|side| *side > MOST_SIDE) || (pixels.size_bytes() > room && pixels.size[0] > 1) {
        pixels = pixels.halved();
    }
    pixels
}

impl Studio {
    /// Reads a picture, to be laid under the drawing.
    pub(super) fn add_underlay(&mut self, path: &Path) {
        let name = tr_with(self.lang(), "task-reading", &[("name", file_name(path).into())]);
        let path = path.to_owned();
        self.tasks.start(name, move || {
            let result = read(&path);
            Outcome::UnderlayRead(path, result)
        });
    }

    /// Lays a picture that was read under the drawing: where its world file says, else in the middle of the view.
    pub(super) fn has_read_underlay(&mut self, path: &Path, result: Result<ReadPicture, UnderlayError>) {
        let lang = self.lang();
        let name = file_name(path);
        let found = match result {
            Ok(found) => found,
            Err(error) => {
                let text = tr_with(lang, "say-underlay-not-added", &[("name", name.into())]);
                return self.complain(text, vec![sentence(&error.text(lang))], None);
            }
        };
        let Some(session) = self.session_mut() else { return };
        let size_px = found.pixels.size;
        let placed = found.world.and_then(|world| placed_by_world(world, size_px, session.frame()));
        let map = placed.unwrap_or_else(|| {
            let view = session.camera.bounds();
            let [width, height] = size_px.map(f64::from);
            let metres = (view.width_m() / width).min(view.height_m() / height) * PART_OF_VIEW;
            let corner = view.centre() + crate::geometry::Point { x: -width, y: height } * (metres / 2.0);
            [metres, 0.0, corner.x, 0.0, -metres, corner.y]
        });
        let is_elsewhere = found.world.is_some() && placed.is_none();
        let stored_before: usize = session.project().pictures.iter().map(|picture| picture.base64.len()).sum();
        let has_room = |stored: &Arc<str>| stored_before + stored.len() <= MOST_STORED_TOGETHER;
        let base64 = found.stored.filter(has_room);
        let is_stored = base64.is_some();
        let mut edit =
            EditBuilder::new(session.project(), session.variant().id, Label::about("edit-underlay", name.clone()));
        let picture = Picture {
            id: edit.take_id(),
            file: if is_stored { name.clone() } else { found.path.display().to_string() },
            base64: base64.unwrap_or_else(|| Arc::from("")),
            extra: Extra::default(),
        };
        let underlay = Underlay {
            id: edit.take_id(),
            name: name.clone(),
            picture: picture.id,
            size_px,
            world_from_pixel: map,
            transparency: 0.0,
            hidden: false,
            locked: placed.is_some(),
            stretches: placed.is_some(),
            ties: Vec::new(),
            extra: Extra::default(),
        };
        edit.picture(picture).underlay(underlay);
        let edit = edit.finish();
        self.apply(edit);
        let key = match (placed.is_some(), is_elsewhere) {
            (true, _) => "say-underlay-placed",
            (_, true) => "say-underlay-elsewhere",
            _ => "say-underlay-added",
        };
        self.say_done(tr_with(lang, key, &[("name", name.into())]));
        if !is_stored {
            self.say_besides(0, &[tr(lang, "say-underlay-linked")]);
        }
    }

    /// Changes a picture under the drawing.
    pub(super) fn underlay_step(&mut self, id: Id, step: UnderlayStep) {
        let lang = self.lang();
        let was_pulled = self.pictures.pulled.take();
        let Some(session) = self.session_mut() else { return };
        // Pulling is one step from the first pixel to the last; whatever else comes in between takes it back.
        let pulled = if let UnderlayStep::Opacity(pulled) = &step { Some(*pulled) } else { None };
        let goes_on = pulled.is_some() && was_pulled == Some(id) && session.history().in_gesture();
        if !goes_on {
            session.settle();
        }
        let project = session.project();
        let Some(old) = project.underlays.get(id) else { return };
        let key = match &step {
            UnderlayStep::Remove => "edit-underlay-remove",
            _ => "edit-underlay-change",
        };
        let label = Label::about(key, old.name.clone());
        let mut edit = EditBuilder::new(project, session.variant().id, label);
        let mut new = Underlay::clone(old);
        match step {
            UnderlayStep::Name(name) => new.name = name,
            UnderlayStep::Show(shown) => new.hidden = !shown,
            UnderlayStep::Lock(locked) => new.locked = locked,
            UnderlayStep::Opacity(Pulled { to, .. }) => {
                let part = 1.0 - f64::from(to.clamp(0.0, 1.0));
                new.transparency = (part * 100.0).round() / 100.0;
            }
            UnderlayStep::ForgetTies => new.ties.clear(),
            UnderlayStep::Stretch(stretches) => {
                new.stretches = stretches;
                match new.laid() {
                    Some(laid) => new = laid,
                    None => return self.say(tr(lang, "say-tie-line"), None),
                }
            }
            UnderlayStep::Remove => {
                edit.push(Change::Underlay(Put::gone(id)));
                // Its picture goes with the last that shows it.
                if project.underlays.iter().filter(|other| other.picture == old.picture).count() == 1 {
                    edit.push(Change::Picture(Put::gone(old.picture)));
                }
                let edit = edit.finish();
                return self.apply(edit);
            }
        }
        if new != **old {
            edit.underlay(new);
        }
        let edit = edit.finish();
        if pulled.is_some() && !goes_on {
            session.begin_gesture();
        }
        self.apply(edit);
        match pulled {
            Some(Pulled { let_go: false, .. }) => self.pictures.pulled = Some(id),
            Some(_) => self.session_mut().into_iter().for_each(Session::end_gesture),
            None => {}
        }
    }

    /// Reads the pixels of pictures that are new, in threads.
    pub(super) fn look_for_pictures(&mut self) {
        let Some(session) = self.document.as_ref().map(|document| &document.session) else {
            self.pictures.known.clear();
            return;
        };
        let pictures = &session.project().pictures;
        self.pictures.known.retain(|id, (of, _)| pictures.get(*id).is_some_and(|now| Arc::ptr_eq(now, of)));
        let new: Vec<Arc<Picture>> =
            pictures.iter().filter(|picture| !self.pictures.known.contains_key(&picture.id)).cloned().collect();
        // One after another: each may need hundreds of megabytes while it is unpacked.
        let is_busy = self.pictures.known.values().any(|(_, shows)| matches!(shows, PictureShows::UnderWay));
        let Some(picture) = new.into_iter().next().filter(|_| !is_busy) else { return };
        let room = MOST_BYTES.saturating_sub(self.pictures.bytes()).max(LEAST_BYTES);
        self.pictures.known.insert(picture.id, (Arc::clone(&picture), PictureShows::UnderWay));
        self.tasks.start(String::new(), move || {
            // A fault in one picture must not keep the others waiting for ever.
            let read = std::panic::AssertUnwindSafe(|| pixels_of(&picture).map(|pixels| for_screen(pixels, room)));
            let pixels = std::panic::catch_unwind(read).unwrap_or_default().map(Arc::new);
            Outcome::PictureRead(picture, pixels)
        });
    }

    pub(super) fn has_read_picture(&mut self, picture: &Arc<Picture>, pixels: Option<Arc<Pixels>>) {
        if let Some((of, known)) = self.pictures.known.get_mut(&picture.id)
            && Arc::ptr_eq(of, picture)
        {
            *known = pixels.map_or(PictureShows::Nothing, PictureShows::Pixels);
        }
    }

    /// What a picture of the project shows.
    #[must_use]
    pub fn picture(&self, id: Id) -> PictureShows {
        let is_there = || self.session().is_some_and(|session| session.project().pictures.contains(id));
        match self.pictures.known.get(&id) {
            Some((_, shows)) => shows.clone(),
            None if is_there() => PictureShows::UnderWay,
            None => PictureShows::Nothing,
        }
    }
}
