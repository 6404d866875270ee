//! Coordinates: the local frame against the geodesic, the national grids against another program.

use geo::{Distance as _, Geodesic, GeodesicArea as _};
use maakblok::crs::{Frame, epsg_from_wgs84, wgs84_from_epsg};
use maakblok::geometry::{Outline, Point, distance_m, point};

/// Sites on both sides of the border, one far away, one on the other half of the earth.
const ORIGINS_DEG: [[f64; 2]; 5] =
    [[4.3170, 50.8336], [4.4328, 50.9246], [2.9167, 51.2333], [-0.1276, 51.5072], [174.7633, -36.8485]];

fn on_earth(frame: &Frame, p: Point) -> geo::Point<f64> {
    let [lon, lat] = frame.wgs84_from_local(p).unwrap();
    geo::Point::new(lon, lat)
}

#[test]
fn lengths_over_a_site_of_2_km_agree_with_the_geodesic_to_a_millionth() {
    for [lon, lat] in ORIGINS_DEG {
        let frame = Frame::new(lon, lat).unwrap();
        for step in 0..24 {
            let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 24.0).sin_cos();
            // Through the middle, and along the edge of the site.
            for (a, b) in [
                (point(-1000.0 * cos, -1000.0 * sin), point(1000.0 * cos, 1000.0 * sin)),
                (point(1000.0 * cos, 1000.0 * sin), point(1000.0 * cos - 700.0 * sin, 1000.0 * sin + 700.0 * cos)),
            ] {
                let plane_m = distance_m(a, b);
                let geodesic_m = Geodesic.distance(on_earth(&frame, a), on_earth(&frame, b));
                assert!((plane_m / geodesic_m - 1.0).abs() < 1e-6, "{plane_m} against {geodesic_m} at {lon}, {lat}");
            }
        }
    }
}

#[test]
fn areas_over_a_site_of_2_km_agree_with_the_geodesic_to_a_millionth() {
    for [lon, lat] in ORIGINS_DEG {
        let frame = Frame::new(lon, lat).unwrap();
        for (min, max) in [([-1000.0, -1000.0], [1000.0, 1000.0]), ([800.0, 700.0], [1000.0, 1000.0])] {
            let outline = Outline::rectangle(point(min[0], min[1]), point(max[0], max[1]));
            let ring: Vec<geo::Coord<f64>> = outline.outer().iter().map(|p| on_earth(&frame, *p).0).collect();
            let geodesic_m2 = geo::Polygon::new(geo::LineString(ring), Vec::new()).geodesic_area_unsigned();
            let plane_m2 = outline.area_m2();
            assert!((plane_m2 / geodesic_m2 - 1.0).abs() < 1e-6, "{plane_m2} against {geodesic_m2} at {lon}, {lat}");
        }
    }
}

/// Longitude, latitude, then east and north in both Belgian grids, as PROJ 9.5.1 gives them (Lambert 72 by the same
/// seven parameters).
const CONTROL: [([f64; 2], [f64; 2], [f64; 2]); 5] = [
    ([4.3480, 50.8705], [148_539.222, 173_347.290], [648_538.522, 673_347.501]),
    ([4.3170, 50.8336], [146_354.304, 169_243.547], [646_354.110, 669_243.530]),
    ([4.4328, 50.9246], [154_503.061, 179_367.295], [654_501.596, 679_368.168]),
    ([5.8167, 49.6833], [254_490.971, 42_313.912], [754_505.031, 542_327.824]),
    ([2.9167, 51.2333], [48_585.136, 214_698.573], [548_580.306, 714_686.545]),
];

#[test]
fn a_point_comes_back_from_degrees_to_the_digit() {
    for [lon_deg, lat_deg] in ORIGINS_DEG {
        let frame = Frame::new(lon_deg, lat_deg).unwrap();
        for i in 0..2_000 {
            // Steps without a common measure, so that every digit occurs, up to 5 km from the origin.
            let spread = |step: f64| (f64::from(i) * step).rem_euclid(10_000.0) - 5_000.0;
            let p = point(spread(1_234.567_891_234), spread(3_333.141_592_653));
            let place = on_earth(&frame, p);
            assert_eq!(frame.local_from_wgs84(place.x(), place.y()).unwrap(), p, "{lon_deg} {lat_deg}");
        }
    }
}

#[test]
fn the_belgian_grids_agree_with_another_program_both_ways() {
    for (degrees, lambert_72, lambert_2008) in CONTROL {
        for (epsg, expected) in [(31370, lambert_72), (3812, lambert_2008)] {
            let found = epsg_from_wgs84(epsg, degrees[0], degrees[1]).unwrap();
            let off_m = (found[0] - expected[0]).hypot(found[1] - expected[1]);
            assert!(off_m < 2e-3, "EPSG:{epsg} at {degrees:?}: {found:?}");
            let back = wgs84_from_epsg(epsg, expected[0], expected[1]).unwrap();
            let off_deg = (back[0] - degrees[0]).hypot(back[1] - degrees[1]);
            assert!(off_deg < 3e-8, "EPSG:{epsg} back at {degrees:?}: {back:?}");
            // Through a project's frame it is the same place.
            let frame = Frame::new(degrees[0] + 0.003, degrees[1] - 0.002).unwrap();
            let local = frame.local_from_epsg(epsg, expected[0], expected[1]).unwrap();
            let through = frame.epsg_from_local(epsg, local).unwrap();
            assert!((through[0] - expected[0]).hypot(through[1] - expected[1]) < 2e-3, "{through:?}");
        }
    }
}

#[test]
fn what_is_no_place_is_refused() {
    for [lon, lat] in [[181.0, 50.0], [4.3, 86.0], [f64::NAN, 50.0], [4.3, f64::INFINITY]] {
        assert!(Frame::new(lon, lat).is_err(), "{lon}, {lat}");
    }
    let frame = Frame::new(4.3, 50.8).unwrap();
    assert!(frame.local_from_wgs84(4.3, 91.0).is_err());
    assert!(epsg_from_wgs84(2154, 4.3, 50.8).is_err(), "a grid that is not known here");
}
