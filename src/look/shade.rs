//! How the faces of a volume are darker than its roof: lightness and chroma in CIE LCh (D65), after the rule in the tokens, so
//! that yellow turns to ochre and not to olive.
//!
//! Conversions after CIE 15:2018 and IEC 61966-2-1.

use super::Rgba;

/// The white of D65 in XYZ.
const WHITE: [f64; 3] = [0.950_47, 1.0, 1.088_83];

impl Rgba {
    /// The same colour on a face that is darker by `t`, from 0 to 1.
    #[must_use]
    pub fn shaded(self, t: f64) -> Self {
        let [r, g, b, a] = self.0;
        let [l, c, h] = lch_from_rgb([r, g, b]);
        let yellow = (70.0..115.0).contains(&h);
        let (c, h) = if yellow { (c * (1.0 + 0.25 * t), h - 40.0 * t) } else { (c * (1.0 - 0.28 * t), h) };
        let [r, g, b] = rgb_from_lch([l * (1.0 - t), c, h]);
        Self([r, g, b, a])
    }
}

/// Lightness, chroma and hue in degrees.
fn lch_from_rgb(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    let xyz = [
        0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b,
        0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b,
        0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b,
    ];
    let f = |value: f64| if value > 216.0 / 24_389.0 { value.cbrt() } else { (24_389.0 / 27.0 * value + 16.0) / 116.0 };
    let [x, y, z] = [f(xyz[0] / WHITE[0]), f(xyz[1] / WHITE[1]), f(xyz[2] / WHITE[2])];
    let (a, b) = (500.0 * (x - y), 200.0 * (y - z));
    [116.0 * y - 16.0, a.hypot(b), b.atan2(a).to_degrees().rem_euclid(360.0)]
}

fn rgb_from_lch([l, c, h]: [f64; 3]) -> [u8; 3] {
    let (sine, cosine) = h.to_radians().sin_cos();
    let y = (l + 16.0) / 116.0;
    let f = |value: f64| {
        let cube = value.powi(3);
        if cube > 216.0 / 24_389.0 { cube } else { (116.0 * value - 16.0) * 27.0 / 24_389.0 }
    };
    let [x, y, z] = [f(y + c * cosine / 500.0) * WHITE[0], f(y) * WHITE[1], f(y - c * sine / 200.0) * WHITE[2]];
    let linear = [
        3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z,
        -0.969_266_0 * x + 1.876_010_8 * y + 0.041_556_0 * z,
        0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z,
    ];
    linear.map(|value| {
        let value = if value <= 0.003_130_8 { 12.92 * value } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 };
        (value.clamp(0.0, 1.0) * 255.0).round() as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_comes_back_from_lch_as_it_was() {
        for rgb in [[0, 0, 0], [255, 255, 255], [222, 101, 62], [244, 211, 122], [30, 90, 110], [120, 104, 170]] {
            assert_eq!(rgb_from_lch(lch_from_rgb(rgb)), rgb);
        }
        // Red of sRGB after CIE: L 53.24, C 104.55, h 40.
        let [l, c, h] = lch_from_rgb([255, 0, 0]);
        assert!((l - 53.24).abs() < 0.02 && (c - 104.55).abs() < 0.05 && (h - 40.0).abs() < 0.05, "{l} {c} {h}");
    }

    #[test]
    fn faces_are_darker_and_yellow_turns_to_ochre() {
        let yellow = Rgba([244, 211, 122, 255]);
        assert_eq!(yellow.shaded(0.0), yellow);
        let hue = |color: Rgba| lch_from_rgb([color.0[0], color.0[1], color.0[2]]);
        let (top, face) = (hue(yellow), hue(yellow.shaded(0.2)));
        assert!((face[0] - 0.8 * top[0]).abs() < 0.5 && (top[2] - face[2] - 8.0).abs() < 1.0, "{top:?} {face:?}");
    }
}
