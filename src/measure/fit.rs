//! Whether a use fits a storey: clear height, load, depth. What is asked for comes from the library and is indicative.

use crate::geometry::Outline;
use crate::library::{Library, Use, UseId};
use crate::model::{Storey, Volume};

/// What a storey gives and what its use asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Clear height in metres.
    pub clear_height_m: Asked,
    /// Live load in kN/m²; what is given is `None` where nobody knows, as of a new floor that will be built for its use.
    pub load_kn_m2: Asked,
    /// Plan depth in metres.
    pub depth_m: Asked,
    /// Of several uses the one that asks for that depth.
    pub depth_of: Option<UseId>,
}

/// A hair more or less than asked, in the unit of what is asked.
const NEAR: f64 = 1e-6;

/// What is given, and what it must lie between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// What there is.
    pub given: Option<f64>,
    /// The least that will do.
    pub least: f64,
    /// The most that will do.
    pub most: f64,
}

impl Asked {
    /// Whether it will do; what nobody knows is not held against it.
    #[must_use]
    pub fn fits(&self) -> bool {
        // A hair less than asked is as asked.
        self.given.is_none_or(|given| given >= self.least - NEAR && given <= self.most + NEAR)
    }
}

/// What can be said of something that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as asked.
    Fits,
    /// Nobody knows, or it is not usual but will do.
    Open,
    /// It will not do.
    Misfit,
}

impl Asked {
    /// What can be said of it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.given {
            None => Verdict::Open,
            Some(_) if self.fits() => Verdict::Fits,
            Some(_) => Verdict::Misfit,
        }
    }
}

impl Fit {
    /// What can be said of clear height, load and depth.
    #[must_use]
    pub fn verdicts(&self) -> [Verdict; 3] {
        let narrow = !self.depth_m.fits() && self.depth_fits();
        let depth = if narrow { Verdict::Open } else { self.depth_m.verdict() };
        [self.clear_height_m.verdict(), self.load_kn_m2.verdict(), depth]
    }

    /// Whether all of it will do.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.clear_height_m.fits() && self.load_kn_m2.fits() && self.depth_fits()
    }

    /// Whether the floor is not deeper than works. Less deep than usual is told and not held against it: many a workshop
    /// is narrow.
    #[must_use]
    pub fn depth_fits(&self) -> bool {
        Asked { least: 0.0, ..self.depth_m }.fits()
    }
}

/// The depth of a footprint in metres: the short side of the rectangle with the same area and the same length of walls, or
/// the side of a square where no rectangle has so little wall. Exact for rectangles; a block round a court is taken as the
/// bar that it is.
#[must_use]
pub fn depth_m(footprint: &Outline) -> Option<f64> {
    let area_m2 = footprint.area_m2();
    let quarter_m = footprint.perimeter_m() / 4.0;
    let left = quarter_m * quarter_m - area_m2;
    let depth_m = if left > 0.0 { quarter_m - left.sqrt() } else { area_m2.sqrt() };
    (area_m2 > 0.0 && depth_m.is_finite()).then_some(depth_m)
}

/// What a storey's use asks for; `None` for a storey whose uses nobody knows. `depth_m` is that of its volume.
///
/// The construction is taken to be as high as the library takes it for the use: the storey's height less the difference
/// between floor to floor and clear height.
#[must_use]
pub fn fit(storey: &Storey, depth_m: Option<f64>, library: &Library) -> Option<Fit> {
    let known = storey.uses.shares().iter().filter(|share| share.share > 0.0);
    let known: Vec<&Use> = known.filter_map(|share| library.get(&share.id)).collect();
    let highest = known.iter().copied().max_by(|a, b| a.clear_height_m.total_cmp(&b.clear_height_m))?;
    let construction_m = (highest.floor_to_floor_m - highest.clear_height_m).max(0.0);
    let heaviest = known.iter().map(|known| known.live_load_kn_m2).fold(0.0, f64::max);
    let main = storey.uses.main().and_then(|id| library.get(id))?;
    // Of several uses the one that the depth does not suit has its say.
    let unsuited = |is: fn(f64, (f64, f64)) -> bool| {
        let depth_m = depth_m?;
        known.iter().copied().find(|known| is(depth_m, known.plan_depth_m))
    };
    let too_deep = unsuited(|depth_m, (_, most)| depth_m > most + NEAR);
    let too_narrow = || unsuited(|depth_m, (least, _)| depth_m < least - NEAR);
    let asks = too_deep.or_else(too_narrow).unwrap_or(main);
    let (least, most) = asks.plan_depth_m;
    Some(Fit {
        clear_height_m: Asked {
            given: Some((storey.height_m - construction_m).max(0.0)),
            least: highest.clear_height_m,
            most: f64::INFINITY,
        },
        load_kn_m2: Asked {
            given: (storey.load_kn_m2 > 0.0).then_some(storey.load_kn_m2),
            least: heaviest,
            most: f64::INFINITY,
        },
        depth_m: Asked { given: depth_m, least, most },
        depth_of: (known.len() > 1).then(|| asks.id.clone()),
    })
}

/// What does not fit of a whole volume: the places of its storeys.
#[must_use]
pub fn misfits(volume: &Volume, library: &Library) -> Vec<usize> {
    let depth_m = depth_m(&volume.footprint);
    let stays = |storey: &Storey| storey.state != crate::model::State::Removed;
    let storeys = volume.storeys.iter().enumerate().filter(|(_, storey)| stays(storey));
    storeys.filter(|(_, s)| fit(s, depth_m, library).is_some_and(|fit| !fit.fits())).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::point;

    fn rectangle(width: f64, height: f64) -> Outline {
        Outline::rectangle(point(0.0, 0.0), point(width, height))
    }

    #[test]
    fn the_depth_of_a_bar_is_its_short_side() {
        let near = |outline: &Outline, m: f64| depth_m(outline).is_some_and(|found| (found - m).abs() < 1e-9);
        assert!(near(&rectangle(60.0, 14.0), 14.0));
        assert!(near(&rectangle(20.0, 20.0), 20.0));
        // 30 × 30 round a court of 10 × 10: 800 m² and 160 m of walls, 40 − √(1600 − 800).
        let ring = |outline: &Outline| outline.rings()[0].clone();
        let court = Outline::rectangle(point(10.0, 10.0), point(20.0, 20.0));
        let around = Outline::with_holes(&ring(&rectangle(30.0, 30.0)), [ring(&court)]);
        assert!(near(&around, 40.0 - 800f64.sqrt()));
    }

    #[test]
    fn of_a_mixed_storey_the_use_that_the_depth_does_not_suit_has_its_say() {
        use crate::model::{UseShare, Uses};
        let library = Library::built_in();
        let shares = [("light_industry", 0.7), ("housing", 0.3)].map(|(id, share)| UseShare { id: id.into(), share });
        let storey = Storey { uses: Uses::new(shares), ..Storey::new("light_industry", 6.5) };
        let of = |depth_m: f64| {
            let fit = fit(&storey, Some(depth_m), &library).expect("both are known");
            (fit.depth_of.map(|id| id.to_string()), fit.depth_m.most)
        };
        // Light industry is 20 to 40 m deep, homes 10 to 14.
        assert_eq!(of(30.0), (Some("housing".to_owned()), 14.0));
        assert_eq!(of(12.0), (Some("light_industry".to_owned()), 40.0));
        assert_eq!(of(45.0), (Some("light_industry".to_owned()), 40.0), "the first that it does not suit");
    }

    #[test]
    fn a_low_or_deep_or_weak_floor_does_not_fit() {
        let library = Library::built_in();
        let of = |id: &str, height_m: f64, load: f64, depth_m: f64| {
            let storey = Storey { load_kn_m2: load, ..Storey::new(id, height_m) };
            let Some(fit) = fit(&storey, Some(depth_m), &library) else { panic!("{id} is known") };
            (fit.clear_height_m.fits(), fit.load_kn_m2.fits(), fit.depth_fits())
        };
        // Light industry asks for 6.0 m clear of 6.5, 10 kN/m², 20 to 40 m.
        assert_eq!(of("light_industry", 6.5, 0.0, 30.0), (true, true, true));
        assert_eq!(of("light_industry", 6.4, 5.0, 45.0), (false, false, false));
        let verdicts =
            |depth_m: f64| fit(&Storey::new("light_industry", 6.4), Some(depth_m), &library).map(|fit| fit.verdicts());
        // Nobody knows its load; a narrow floor is told, a deep one will not do.
        assert_eq!(verdicts(30.0), Some([Verdict::Misfit, Verdict::Open, Verdict::Fits]));
        assert_eq!(verdicts(12.0), Some([Verdict::Misfit, Verdict::Open, Verdict::Open]));
        assert_eq!(verdicts(45.0), Some([Verdict::Misfit, Verdict::Open, Verdict::Misfit]));
        // Homes ask for 2.5 m clear of 3.0 and 10 to 14 m.
        assert_eq!(of("housing", 3.0, 2.0, 14.0), (true, true, true));
        assert_eq!(of("housing", 2.9, 1.5, 9.0), (false, false, true));
    }
}
