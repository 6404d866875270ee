//! Pictures in a drawing: tiles of a map, scans.

use std::io::Cursor;
use std::sync::Arc;

use image::{ImageFormat, ImageReader, Limits};

/// A picture with more pixels than this on a side is not read.
pub const LARGEST_PX: u32 = 16_384;

/// A tile with more pixels than this on a side is none.
pub const LARGEST_TILE_PX: u32 = 2_048;

/// The pixels of a picture.
#[derive(Clone, PartialEq)]
pub struct Pixels {
    /// Width and height.
    pub size: [u32; 2],
    /// Red, green, blue and how much it covers, row by row from the top, the colours multiplied by that.
    pub rgba: Vec<u8>,
    /// The file that they came from and its media type, where a file of vectors can hold it as it is.
    pub file: Option<(Arc<[u8]>, &'static str)>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pixels").field("size", &self.size).field("bytes", &self.rgba.len()).finish()
    }
}

impl Pixels {
    /// Reads PNG, JPEG, WEBP or TIFF; `None` when it is none of them, damaged, empty, or larger than can be held.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Self::read_at_most(bytes, LARGEST_PX)
    }

    /// The same of a picture of at most so many pixels on a side.
    #[must_use]
    pub fn read_at_most(bytes: &[u8], side_px: u32) -> Option<Self> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
        let format = reader.format()?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(side_px);
        limits.max_image_height = Some(side_px);
        // Decoders need room of their own beside four bytes a pixel.
        limits.max_alloc = Some((u64::from(side_px) * u64::from(side_px) * 12).min(1 << 30));
        reader.limits(limits);
        let image = reader.decode().ok()?.into_rgba8();
        let size = [image.width(), image.height()];
        if size.contains(&0) {
            return None;
        }
        let mut rgba = image.into_raw();
        for pixel in rgba.chunks_exact_mut(4).filter(|pixel| pixel[3] < 255) {
            let alpha = u16::from(pixel[3]);
            for channel in &mut pixel[..3] {
                *channel = ((u16::from(*channel) * alpha + 127) / 255) as u8;
            }
        }
        let media = match format {
            ImageFormat::Png => Some("image/png"),
            ImageFormat::Jpeg => Some("image/jpeg"),
            _ => None,
        };
        Some(Self { size, rgba, file: media.map(|media| (Arc::from(bytes), media)) })
    }

    /// A part of it: left, top, right, bottom, each from 0 to 1; at least a pixel.
    #[must_use]
    pub fn part(&self, [left, top, right, bottom]: [f64; 4]) -> Self {
        let span = |from: f64, to: f64, side: u32| {
            let first = ((from * f64::from(side)) as u32).min(side.saturating_sub(1));
            let last = ((to * f64::from(side)).ceil() as u32).clamp(first + 1, side.max(first + 1));
            (first, last)
        };
        let ((x0, x1), (y0, y1)) = (span(left, right, self.size[0]), span(top, bottom, self.size[1]));
        let row = |y: u32| {
            let at = |x: u32| (y as usize * self.size[0] as usize + x as usize) * 4;
            self.rgba.get(at(x0)..at(x1)).unwrap_or_default()
        };
        let rgba: Vec<u8> = (y0..y1).flat_map(row).copied().collect();
        Self { size: [x1 - x0, y1 - y0], rgba, file: None }
    }

    /// The same picture with its colours multiplied by a colour, channel by channel in 255ths.
    #[must_use]
    pub fn times(mut self, by: [u8; 3]) -> Self {
        for pixel in self.rgba.chunks_exact_mut(4) {
            for (channel, by) in pixel.iter_mut().zip(by) {
                *channel = (u16::from(*channel) * u16::from(by) / 255) as u8;
            }
        }
        Self { file: None, ..self }
    }

    /// The same picture with half as many pixels on each side, at least one: for showing it small without flicker.
    #[must_use]
    pub fn halved(&self) -> Self {
        let [width, height] = self.size;
        let size = self.size.map(|side| (side / 2).max(1));
        let mut rgba = Vec::with_capacity(size[0] as usize * size[1] as usize * 4);
        let at = |x: u32, y: u32| (y.min(height - 1) as usize * width as usize + x.min(width - 1) as usize) * 4;
        for y in 0..size[1] {
            for x in 0..size[0] {
                let four = [at(2 * x, 2 * y), at(2 * x + 1, 2 * y), at(2 * x, 2 * y + 1), at(2 * x + 1, 2 * y + 1)];
                for channel in 0..4 {
                    let sum: u16 = four.iter().map(|at| u16::from(self.rgba[at + channel])).sum();
                    rgba.push(((sum + 2) / 4) as u8);
                }
            }
        }
        Self { size, rgba, file: None }
    }

    /// The same picture in greys, by `part` of the way (0 as it is, 1 without colour), as bright as it is seen.
    #[must_use]
    pub fn greyed(mut self, part: f32) -> Self {
        if part > 0.0 {
            self.file = None;
            grey(&mut self.rgba, part);
        }
        self
    }

    /// How many bytes it takes in memory.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.rgba.len() + self.file.as_ref().map_or(0, |(file, _)| file.len())
    }
}

/// Takes `part` of the colour out of pixels of four channels, which stay as bright as they are seen.
pub fn grey(rgba: &mut [u8], part: f32) {
    let part = part.clamp(0.0, 1.0);
    if part <= 0.0 {
        return;
    }
    for pixel in rgba.chunks_exact_mut(4) {
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
        let grey = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        for (channel, of) in pixel.iter_mut().zip([r, g, b]) {
            *channel = (of + (grey - of) * part).round() as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(size: [u32; 2], pixel: [u8; 4]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = image::RgbaImage::from_pixel(size[0], size[1], image::Rgba(pixel));
        image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn colours_are_multiplied_by_what_they_cover() {
        let pixels = Pixels::read(&png([3, 2], [200, 100, 0, 128])).unwrap();
        assert_eq!(pixels.size, [3, 2]);
        assert_eq!(&pixels.rgba[..4], [100, 50, 0, 128]);
        assert_eq!(pixels.halved().size, [1, 1]);
        assert_eq!(pixels.part([0.0, 0.0, 1.0, 1.0]).rgba, pixels.rgba, "all of it");
        let corner = pixels.part([0.5, 0.5, 1.0, 1.0]);
        assert_eq!(corner.rgba.len(), 4 * corner.size[0] as usize * corner.size[1] as usize);
        assert_eq!(corner.rgba[..4], pixels.rgba[pixels.rgba.len() - 4..], "the last pixel");
        assert_eq!(&pixels.halved().rgba, &[100, 50, 0, 128]);
        let grey = pixels.greyed(1.0).rgba;
        assert!(grey[0] == grey[1] && grey[1] == grey[2] && grey[3] == 128, "{:?}", &grey[..4]);
    }

    #[test]
    fn what_is_no_picture_gives_none() {
        let whole = png([64, 64], [1, 2, 3, 255]);
        assert!(Pixels::read(b"<html>429 Too many requests</html>").is_none());
        assert!(Pixels::read(&whole[..whole.len() / 2]).is_none());
        assert!(Pixels::read(&[]).is_none());
        // A head that claims 100,000 by 100,000 pixels.
        let mut huge = whole;
        huge[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
        huge[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
        assert!(Pixels::read(&huge).is_none());
    }
}
