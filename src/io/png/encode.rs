//! Pixels as files of PNG.

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use tiny_skia::Pixmap;

use super::PngError;
use crate::scene::Pixels;

/// The bytes of a PNG file, packed quickly rather than as small as could be.
///
/// # Errors
///
/// When the encoder fails.
pub fn encode(pixmap: &Pixmap) -> Result<Vec<u8>, PngError> {
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut png = Vec::with_capacity(rgb.len() / 8);
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Up).write_image(
        &rgb,
        pixmap.width(),
        pixmap.height(),
        image::ExtendedColorType::Rgb8,
    )?;
    Ok(png)
}

/// A PNG file that says how many pixels it has to the inch, so that it is printed to scale.
pub(in crate::io) fn with_density(mut png: Vec<u8>, px_per_inch: f64) -> Vec<u8> {
    /// The signature and the head come first.
    const HEAD: usize = 8 + 25;
    if png.len() < HEAD {
        return png;
    }
    let px_per_metre = (px_per_inch / 0.025_4).round() as u32;
    let mut said = b"pHYs".to_vec();
    said.extend(px_per_metre.to_be_bytes());
    said.extend(px_per_metre.to_be_bytes());
    // The unit is the metre.
    said.push(1);
    let mut sum = flate2::Crc::new();
    sum.update(&said);
    let mut chunk = (said.len() as u32 - 4).to_be_bytes().to_vec();
    chunk.extend(&said);
    chunk.extend(sum.sum().to_be_bytes());
    png.splice(HEAD..HEAD, chunk);
    png
}

/// The bytes of a PNG file of a picture that may let something through.
///
/// # Errors
///
/// When the encoder fails.
pub(in crate::io) fn encode_rgba(pixels: &Pixels) -> Result<Vec<u8>, PngError> {
    let mut straight = pixels.rgba.clone();
    for pixel in straight.chunks_exact_mut(4).filter(|pixel| !matches!(pixel[3], 0 | 255)) {
        let alpha = u16::from(pixel[3]);
        pixel[..3].iter_mut().for_each(|channel| *channel = (u16::from(*channel) * 255 / alpha).min(255) as u8);
    }
    let mut png = Vec::with_capacity(straight.len() / 4);
    PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive).write_image(
        &straight,
        pixels.size[0],
        pixels.size[1],
        image::ExtendedColorType::Rgba8,
    )?;
    Ok(png)
}
