//! Where on earth: the project's local metric frame, and the known systems at the doors.
//!
//! Floor 1. A [`Frame`] is a transverse Mercator projection on the WGS 84 ellipsoid with scale 1 at the project's
//! origin: x east and y north in metres. Over a site of 2 km lengths and areas agree with the geodesic to better than
//! 1e-6. Everything inside the program is in that frame; longitude and latitude, or a national grid, exist only where
//! data comes in or goes out.
//!
//! Accuracy: Lambert 2008 (EPSG:3812) is on ETRS89, taken as WGS 84 (they differ by well under a metre and the
//! difference drifts). Lambert 72 (EPSG:31370) goes through the seven-parameter shift, good to 0.2–1 m.

use proj4rs::Proj;

use crate::geometry::{Point, point};
use crate::i18n::{Lang, tr, tr_with};

/// A system that coordinates can come or go in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct System {
    /// Its EPSG number.
    pub epsg: u32,
    definition: &'static str,
}

/// The systems known by number.
pub const SYSTEMS: &[System] = &[
    System { epsg: 4326, definition: "+proj=longlat +datum=WGS84 +no_defs" },
    System {
        epsg: 31370,
        definition: "+proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 \
                     +x_0=150000.013 +y_0=5400088.438 +ellps=intl \
                     +towgs84=-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747 +units=m +no_defs",
    },
    System {
        epsg: 3812,
        definition: "+proj=lcc +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 \
                     +lat_2=51.1666666666667 +x_0=649328 +y_0=665262 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs",
    },
    System { epsg: 25831, definition: "+proj=utm +zone=31 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs" },
    System {
        epsg: 3857,
        definition: "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +no_defs",
    },
];

/// What goes wrong with coordinates.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", self.text(Lang::En))]
pub enum CrsError {
    /// A number outside what the earth offers.
    NotOnEarth {
        /// The longitude given.
        lon_deg: f64,
        /// The latitude given.
        lat_deg: f64,
    },
    /// A system that is not in [`SYSTEMS`].
    UnknownSystem(u32),
    /// The projection gave no answer.
    TooFar,
}

impl CrsError {
    /// The sentence for people.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::NotOnEarth { lon_deg, lat_deg } => {
                let args = [("lon", lon_deg.to_string().into()), ("lat", lat_deg.to_string().into())];
                tr_with(lang, "crs-error-earth", &args)
            }
            Self::UnknownSystem(epsg) => {
                let known: Vec<String> = SYSTEMS.iter().map(|system| system.epsg.to_string()).collect();
                let args = [("epsg", epsg.to_string().into()), ("known", known.join(", ").into())];
                tr_with(lang, "crs-error-system", &args)
            }
            Self::TooFar => tr(lang, "crs-error-far"),
        }
    }
}

/// The local metric frame of a project.
#[derive(Clone, Debug)]
pub struct Frame {
    local: Proj,
    geographic: Proj,
    origin_deg: [f64; 2],
}

impl Frame {
    /// A frame around a point, in degrees WGS 84.
    ///
    /// # Errors
    /// When the point is not on earth or too near a pole.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self, CrsError> {
        let not_on_earth = CrsError::NotOnEarth { lon_deg, lat_deg };
        if !((-180.0..=180.0).contains(&lon_deg) && (-85.0..=85.0).contains(&lat_deg)) {
            return Err(not_on_earth);
        }
        let definition =
            format!("+proj=etmerc +lat_0={lat_deg} +lon_0={lon_deg} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs");
        let local = Proj::from_proj_string(&definition).map_err(|_| not_on_earth)?;
        Ok(Self { local, geographic: proj(4326)?, origin_deg: [lon_deg, lat_deg] })
    }

    /// Longitude and latitude of the origin in degrees.
    #[must_use]
    pub fn origin_deg(&self) -> [f64; 2] {
        self.origin_deg
    }

    /// Local metres of a place in degrees WGS 84, on the storage grid.
    ///
    /// # Errors
    /// When the place is not on earth or too far away.
    pub fn local_from_wgs84(&self, lon_deg: f64, lat_deg: f64) -> Result<Point, CrsError> {
        if !((-180.0..=180.0).contains(&lon_deg) && (-90.0..=90.0).contains(&lat_deg)) {
            return Err(CrsError::NotOnEarth { lon_deg, lat_deg });
        }
        let mut at = (lon_deg.to_radians(), lat_deg.to_radians());
        proj4rs::transform::transform(&self.geographic, &self.local, &mut at).map_err(|_| CrsError::TooFar)?;
        if at.0.is_finite() && at.1.is_finite() { Ok(point(at.0, at.1)) } else { Err(CrsError::TooFar) }
    }

    /// Turns places in degrees WGS 84 into local metres, in place and not yet on the storage grid; what is not on
    /// earth or too far away becomes NaN. Many points are shared out among the processor's cores.
    pub fn local_from_wgs84_many(&self, points: &mut [[f64; 2]]) {
        let project = |points: &mut [[f64; 2]]| {
            for p in points.iter_mut() {
                let on_earth = (-180.0..=180.0).contains(&p[0]) && (-90.0..=90.0).contains(&p[1]);
                *p = if on_earth { p.map(f64::to_radians) } else { [f64::NAN; 2] };
            }
            // Failures are marked point by point; nothing else can fail between these two.
            let _ = proj4rs::transform::transform(&self.geographic, &self.local, &mut Many(points));
        };
        let cores = crate::cores::count().min(8);
        if points.len() < 20_000 || cores == 1 {
            return project(points);
        }
        let share = points.len().div_ceil(cores);
        std::thread::scope(|scope| {
            for part in points.chunks_mut(share) {
                scope.spawn(|| project(part));
            }
        });
    }

    /// Longitude and latitude in degrees WGS 84 of local metres.
    ///
    /// # Errors
    /// When the point is too far from the origin.
    pub fn wgs84_from_local(&self, p: Point) -> Result<[f64; 2], CrsError> {
        let mut at = (p.x, p.y);
        proj4rs::transform::transform(&self.local, &self.geographic, &mut at).map_err(|_| CrsError::TooFar)?;
        if at.0.is_finite() && at.1.is_finite() {
            Ok([at.0.to_degrees(), at.1.to_degrees()])
        } else {
            Err(CrsError::TooFar)
        }
    }

    /// Local metres of coordinates in a known system (degrees for 4326, metres for the others).
    ///
    /// # Errors
    /// When the system is not known or the place is too far away.
    pub fn local_from_epsg(&self, epsg: u32, x: f64, y: f64) -> Result<Point, CrsError> {
        let [lon_deg, lat_deg] = wgs84_from_epsg(epsg, x, y)?;
        self.local_from_wgs84(lon_deg, lat_deg)
    }

    /// Coordinates in a known system (degrees for 4326, metres for the others) of local metres.
    ///
    /// # Errors
    /// When the system is not known or the point is too far away.
    pub fn epsg_from_local(&self, epsg: u32, p: Point) -> Result<[f64; 2], CrsError> {
        let [lon_deg, lat_deg] = self.wgs84_from_local(p)?;
        epsg_from_wgs84(epsg, lon_deg, lat_deg)
    }
}

/// Longitude and latitude in degrees of coordinates in a known system.
///
/// # Errors
/// When the system is not known or the coordinates mean nothing in it.
pub fn wgs84_from_epsg(epsg: u32, x: f64, y: f64) -> Result<[f64; 2], CrsError> {
    if epsg == 4326 {
        return Ok([x, y]);
    }
    let mut at = (x, y, 0.0);
    proj4rs::transform::transform(&proj(epsg)?, &proj(4326)?, &mut at).map_err(|_| CrsError::TooFar)?;
    if at.0.is_finite() && at.1.is_finite() {
        Ok([at.0.to_degrees(), at.1.to_degrees()])
    } else {
        Err(CrsError::TooFar)
    }
}

/// Turns coordinates in a known system into longitude and latitude in degrees, in place; what means nothing in the
/// system becomes NaN.
///
/// # Errors
/// When the system is not known; nothing is changed then.
pub fn wgs84_from_epsg_many(epsg: u32, points: &mut [[f64; 2]]) -> Result<(), CrsError> {
    if epsg == 4326 {
        return Ok(());
    }
    let (from, to) = (proj(epsg)?, proj(4326)?);
    proj4rs::transform::transform(&from, &to, &mut Many(points)).map_err(|_| CrsError::TooFar)?;
    for p in points {
        *p = p.map(f64::to_degrees);
    }
    Ok(())
}

/// Points that are transformed together; one that fails becomes NaN and does not stop the others.
struct Many<'a>(&'a mut [[f64; 2]]);

impl proj4rs::transform::Transform for Many<'_> {
    fn transform_coordinates<F: proj4rs::transform::TransformClosure>(
        &mut self,
        f: &mut F,
    ) -> proj4rs::errors::Result<()> {
        for p in self.0.iter_mut().filter(|p| !p[0].is_nan()) {
            *p = f(p[0], p[1], 0.0).map_or([f64::NAN; 2], |(x, y, _)| [x, y]);
            if !(p[0].is_finite() && p[1].is_finite()) {
                *p = [f64::NAN; 2];
            }
        }
        Ok(())
    }
}

/// Coordinates in a known system of a place in degrees.
///
/// # Errors
/// When the system is not known or has no coordinates for the place.
pub fn epsg_from_wgs84(epsg: u32, lon_deg: f64, lat_deg: f64) -> Result<[f64; 2], CrsError> {
    if epsg == 4326 {
        return Ok([lon_deg, lat_deg]);
    }
    let mut at = (lon_deg.to_radians(), lat_deg.to_radians(), 0.0);
    proj4rs::transform::transform(&proj(4326)?, &proj(epsg)?, &mut at).map_err(|_| CrsError::TooFar)?;
    if at.0.is_finite() && at.1.is_finite() { Ok([at.0, at.1]) } else { Err(CrsError::TooFar) }
}

fn proj(epsg: u32) -> Result<Proj, CrsError> {
    let system = SYSTEMS.iter().find(|system| system.epsg == epsg).ok_or(CrsError::UnknownSystem(epsg))?;
    Proj::from_proj_string(system.definition).map_err(|_| CrsError::UnknownSystem(epsg))
}
