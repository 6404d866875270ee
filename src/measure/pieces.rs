//! The ground of a plot that is drawn as something: what of it is seen between the buildings, remembered piece by piece.
//!
//! A piece counts where it lies on the plot, is not built over, and no later piece lies on it. What has something built
//! below is kept apart. After a change only the pieces that it meets are measured again.

use super::program::SurfaceAreas;
use crate::geometry::{Bounds, Outline, seen_m2};
use crate::model::{Id, SurfaceKind};
use crate::num::Area;

/// The pieces of ground that meet one plot, in order of id.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    all: Vec<Piece>,
    areas: SurfaceAreas,
}

#[derive(Clone, Debug)]
struct Piece {
    surface: Id,
    kind: SurfaceKind,
    bounds: Bounds,
    /// On soil, and over something built; `None` until it is measured.
    seen: Option<[Area; 2]>,
}

impl Pieces {
    /// Puts in a piece whose outline is sound.
    pub(super) fn insert(&mut self, surface: Id, kind: SurfaceKind, bounds: Bounds) {
        self.touch(&bounds);
        let piece = Piece { surface, kind, bounds, seen: None };
        match self.all.binary_search_by_key(&surface, |piece| piece.surface) {
            Ok(at) => self.all[at] = piece,
            Err(at) => self.all.insert(at, piece),
        }
    }

    /// Takes out a piece, if it is there.
    pub(super) fn remove(&mut self, surface: Id) {
        if let Ok(at) = self.all.binary_search_by_key(&surface, |piece| piece.surface) {
            let piece = self.all.remove(at);
            self.touch(&piece.bounds);
        }
    }

    /// What lies there has to be measured again.
    pub(super) fn touch(&mut self, bounds: &Bounds) {
        self.all.iter_mut().filter(|piece| piece.bounds.meets(bounds)).for_each(|piece| piece.seen = None);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// What was last settled.
    pub(super) fn areas(&self) -> &SurfaceAreas {
        &self.areas
    }

    /// Measures what has to be measured. `outline` finds a piece's outline; `covers` and `below` are what stands on the
    /// ground of the plot and under it.
    pub(super) fn settle<'a>(
        &mut self,
        plot: &Outline,
        outline: impl Fn(Id) -> Option<&'a Outline>,
        covers: &[&'a Outline],
        below: &[&'a Outline],
    ) {
        for at in 0..self.all.len() {
            if self.all[at].seen.is_some() {
                continue;
            }
            let Some(shape) = outline(self.all[at].surface) else { continue };
            let later = self.all[at + 1..].iter().filter(|later| later.bounds.meets(&self.all[at].bounds));
            let covers: Vec<&Outline> =
                covers.iter().copied().chain(later.filter_map(|later| outline(later.surface))).collect();
            let [seen, on_soil] = seen_m2(shape, plot, &covers, below).map(Area::from_m2);
            self.all[at].seen = Some([on_soil, seen - on_soil]);
        }
        self.areas = SurfaceAreas::default();
        for piece in &self.all {
            let place = SurfaceKind::ALL.iter().position(|kind| *kind == piece.kind).unwrap_or(0);
            for (sum, part) in self.areas[place].iter_mut().zip(piece.seen.unwrap_or_default()) {
                *sum += part;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn strip(x: f64, to: f64) -> Outline {
        Outline::rectangle(point(x, 0.0), point(to, 10.0))
    }

    #[test]
    fn pieces_count_where_they_are_seen() {
        let plot = strip(0.0, 40.0);
        let shapes = [strip(-10.0, 20.0), strip(10.0, 30.0)];
        let find = |id: Id| shapes.get(id.0 as usize);
        let mut pieces = Pieces::default();
        let put = |pieces: &mut Pieces, at: usize, kind| {
            if let Some(bounds) = shapes[at].bounds() {
                pieces.insert(Id(at as u64), kind, bounds);
            }
        };
        put(&mut pieces, 0, SurfaceKind::Green);
        put(&mut pieces, 1, SurfaceKind::Yard);
        let (hall, cellar) = (strip(25.0, 40.0), strip(0.0, 4.0));
        pieces.settle(&plot, find, &[&hall], &[&cellar]);
        let m2 = |pieces: &Pieces, kind: usize| pieces.areas()[kind].map(Area::m2);
        // Green from 0 to 10, of which 4 over the cellar; the later yard from 10 to 25.
        assert_eq!((m2(&pieces, 2), m2(&pieces, 0)), ([60.0, 40.0], [150.0, 0.0]));
        pieces.remove(Id(1));
        pieces.settle(&plot, find, &[&hall], &[]);
        assert_eq!(m2(&pieces, 2), [200.0, 0.0], "what lay on it is gone");
        pieces.touch(&Bounds { min: point(0.0, 0.0), max: point(1.0, 1.0) });
        pieces.settle(&plot, find, &[], &[]);
        assert_eq!(m2(&pieces, 2), [200.0, 0.0]);
    }
}
