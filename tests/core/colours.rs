//! The colours of uses for those who see colours differently: families stay apart, every use stays with its family, and in
//! print a hatch says it again.

use maakblok::library::{Family, Library, UseOverride};
use maakblok::look::{Rgba, Theme, tokens};

/// How colours are seen: linear sRGB to linear sRGB, complete loss of one kind of cone (Machado, Oliveira and Fernandes,
/// *A physiologically-based model for simulation of color vision deficiency*, 2009, table for severity 1).
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("trichromatic", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopic", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopic",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopic", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// The least CIEDE2000 between two families, as the look asks for it: for most, and for those who lack a kind of cone.
const LEAST: f64 = 12.0;
const LEAST_SIMULATED: f64 = 8.0;

/// A colour in CIE L*a*b* (D65), as somebody sees it.
fn lab(Rgba([r, g, b, _]): Rgba, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let linear = [r, g, b].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    let dot = |row: &[f64; 3], v: &[f64; 3]| row.iter().zip(v).map(|(a, b)| a * b).sum::<f64>();
    let seen = [0, 1, 2].map(|row| dot(&sight[row], &linear).clamp(0.0, 1.0));
    let xyz = [
        dot(&[0.4124564, 0.3575761, 0.1804375], &seen) / 0.95047,
        dot(&[0.2126729, 0.7151522, 0.0721750], &seen),
        dot(&[0.0193339, 0.1191920, 0.9503041], &seen) / 1.08883,
    ];
    let [x, y, z] = xyz.map(|t| if t > 216.0 / 24389.0 { t.cbrt() } else { t * 841.0 / 108.0 + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 (CIE 142-2001; Sharma, Wu and Dalal 2005).
fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let g = 1.0 + 0.5 * (1.0 - seventh((c1 + c2) / 2.0));
    let (a1, a2) = (a1 * g, a2 * g);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let h = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0) - 0.20 * cos(4.0 * h - 63.0);
    let off = (l - 50.0).powi(2);
    let (sl, sc, sh) = (1.0 + 0.015 * off / (20.0 + off).sqrt(), 1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let round = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let rt = -2.0 * seventh(c) * (2.0 * round).to_radians().sin();
    ((dl / sl).powi(2) + (dc / sc).powi(2) + (dh / sh).powi(2) + rt * (dc / sc) * (dh / sh)).sqrt()
}

#[test]
fn the_measure_of_difference_is_the_published_one() {
    // From the test data that Sharma, Wu and Dalal publish with it.
    for (a, b, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ] {
        assert!((ciede2000(a, b) - expected).abs() < 5e-4, "{} for {expected}", ciede2000(a, b));
        assert!((ciede2000(b, a) - expected).abs() < 5e-4);
    }
}

#[test]
fn families_stay_apart_however_colours_are_seen() {
    for theme in Theme::ALL {
        for (name, sight) in &SIGHTS {
            let least = if *name == "trichromatic" { LEAST } else { LEAST_SIMULATED };
            let colour = |family: Family| lab(tokens().family_color(theme, family), sight);
            for (at, &a) in Family::ALL.iter().enumerate() {
                for &b in &Family::ALL[at + 1..] {
                    let apart = ciede2000(colour(a), colour(b));
                    assert!(
                        apart >= least,
                        "{} and {} are {apart:.1} apart, {name}, {}",
                        a.key(),
                        b.key(),
                        theme.key()
                    );
                }
            }
        }
    }
}

#[test]
fn every_use_stays_nearest_to_its_own_family() {
    for (name, sight) in &SIGHTS {
        for known in Library::built_in().uses() {
            let own = lab(tokens().use_color(Theme::Paper, &known.look), sight);
            let far = |family: &Family| ciede2000(own, lab(tokens().family_color(Theme::Paper, *family), sight));
            let nearest = Family::ALL.iter().min_by(|a, b| far(a).total_cmp(&far(b)));
            assert_eq!(nearest, Some(&known.family), "{}, {name}", known.id);
        }
    }
}

#[test]
fn uses_of_a_project_take_tints_that_stay_with_their_family_and_can_be_written_on() {
    let own = |(family, number): (Family, usize)| {
        let mut own = UseOverride::new(&*format!("own_{}_{number}", family.key()));
        own.family = Some(family);
        own
    };
    let owns: Vec<UseOverride> =
        Family::ALL.iter().flat_map(|family| (0..4).map(move |number| (*family, number))).map(own).collect();
    let library = Library::with_overrides(&owns);
    let mut met: Vec<(Family, Rgba)> = Vec::new();
    for own in &owns {
        let known = library.get(&own.id).expect("it has a family");
        let colour = tokens().use_color(Theme::Paper, &known.look);
        assert!(!met.contains(&(known.family, colour)), "{} has the tint of another", own.id);
        met.push((known.family, colour));
        assert!(tokens().on_use(Theme::Paper, &known.look).contrast(colour) >= 4.5, "{}", own.id);
        let seen = lab(colour, &SIGHTS[0].1);
        let far = |family: &Family| ciede2000(seen, lab(tokens().family_color(Theme::Paper, *family), &SIGHTS[0].1));
        let nearest = Family::ALL.iter().min_by(|a, b| far(a).total_cmp(&far(b)));
        assert_eq!(nearest, Some(&known.family), "{}", own.id);
    }
    let mut chosen = UseOverride::new("office");
    chosen.color = Some("#102030".to_owned());
    chosen.hatch = Some(Family::Growing);
    let library = Library::with_overrides(&[chosen]);
    let office = &library.get(&"office".into()).expect("it is built in").look;
    assert_eq!(tokens().use_color(Theme::Paper, office), Rgba([0x10, 0x20, 0x30, 255]));
    assert_eq!(tokens().on_use(Theme::Paper, office), Rgba([255, 255, 255, 255]));
    assert_eq!(office.hatch, Family::Growing);
    let print = tokens().use_color(Theme::Print, office);
    assert_eq!(print, tokens().family_color(Theme::Print, Family::Office), "in print the family's");
}

#[test]
fn without_any_colour_the_hatch_of_a_print_tells_families_apart() {
    for (at, &a) in Family::ALL.iter().enumerate() {
        for &b in &Family::ALL[at + 1..] {
            assert_ne!(tokens().hatch(a), tokens().hatch(b), "{} and {} have one hatch", a.key(), b.key());
        }
    }
    assert!(tokens().number("/hatch_rule/opacity/print") > tokens().number("/hatch_rule/opacity/plan"));
}
