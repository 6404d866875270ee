//! A scene as PDF: one page of vectors, text that can be selected and searched, the faces inside.
//!
//! Floor 8. A pixel of the picture is a ninety-sixth of an inch. The file is put together with `pdf-writer`; the same shapes,
//! colours and widths as in SVG and PNG come from [`super::picture`].

use std::collections::{BTreeMap, BTreeSet};

use flate2::Compression;
use pdf_writer::types::{
    CidFontType, FontFlags, LineCapStyle, LineJoinStyle, SystemInfo, TextRenderingMode, UnicodeCmap,
};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use super::picture::{Mark, PictureOptions, PlacedText, furniture, placed};
use crate::geometry::{Outline, Point};
use crate::look::text::Face;
use crate::look::{Rgba, Role};
use crate::scene::{Camera, HatchMarks, Pen, Pixels, SIGN_LINE_PX, Scene, Shape, SignPart, Tone};

/// Points to a pixel.
const POINT: f32 = 72.0 / 96.0;

/// What reaches farther than this from the picture is not drawn on: other programs count in 16 bits.
const FAR_PX: f64 = 30_000.0;

const INFO: SystemInfo<'static> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The bytes of a PDF of what a camera shows of a scene. The same scene gives the same bytes.
#[must_use]
pub fn write(scene: &Scene, camera: &Camera, options: &PictureOptions<'_>) -> Vec<u8> {
    let mut file = File::default();
    let mut painter = Painter { camera, options, tone: Tone::default(), content: Content::new(), file: &mut file };
    let [width, height] = camera.size_px.map(|size| size as f32);
    painter.content.transform([POINT, 0.0, 0.0, -POINT, 0.0, height * POINT]);
    painter.color(options.color(Role::Ground), true);
    painter.content.rect(0.0, 0.0, width, height).fill_nonzero();
    scene.shapes.iter().for_each(|shape| painter.shape(shape));
    for mark in furniture(camera, options) {
        painter.mark(&mark);
    }
    let content = painter.content.finish();
    file.finish(&content, [width * POINT, height * POINT], options.title)
}

/// What the page refers to, collected while it is painted.
#[derive(Default)]
struct File {
    /// By how much they let through, in 255ths.
    alphas: BTreeSet<u8>,
    /// The letters used of each face.
    letters: BTreeMap<usize, BTreeSet<char>>,
    pictures: Vec<Picture>,
    /// Sheets: their content.
    sheets: Vec<Vec<u8>>,
}

/// A picture as the file has it.
struct Picture {
    size: [u32; 2],
    colours: Vec<u8>,
    /// How much each pixel covers, where not all cover all.
    cover: Option<Vec<u8>>,
}

struct Painter<'a, 'f> {
    camera: &'a Camera,
    options: &'a PictureOptions<'a>,
    tone: Tone,
    content: Content,
    file: &'f mut File,
}

impl Painter<'_, '_> {
    /// Takes a colour in hand, to fill with or to draw lines.
    fn color(&mut self, Rgba([r, g, b, a]): Rgba, fills: bool) {
        let mut pixel = [r, g, b, 255];
        crate::scene::grey(&mut pixel, self.tone.grey);
        let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(|channel| f32::from(channel) / 255.0);
        self.alpha(a);
        if fills {
            self.content.set_fill_rgb(r, g, b);
        } else {
            self.content.set_stroke_rgb(r, g, b);
        }
    }

    fn alpha(&mut self, alpha: u8) {
        self.file.alphas.insert(alpha);
        self.content.set_parameters(Name(format!("A{alpha}").as_bytes()));
    }

    fn path(&mut self, points: impl Iterator<Item = [f64; 2]>, closed: bool) {
        for (at, [x, y]) in points.enumerate() {
            let [x, y] = [x, y].map(|value| value.clamp(-FAR_PX, FAR_PX) as f32);
            if at == 0 {
                self.content.move_to(x, y);
            } else {
                self.content.line_to(x, y);
            }
        }
        if closed {
            self.content.close_path();
        }
    }

    fn world(&mut self, points: &[Point], closed: bool) {
        let camera = *self.camera;
        self.path(points.iter().map(|p| camera.screen_from_world(*p)), closed);
    }

    fn outline(&mut self, outline: &Outline) {
        outline.rings().iter().for_each(|ring| self.world(ring.points(), true));
    }

    fn pen(&mut self, pen: Pen, width: f64) {
        self.color(self.options.color(pen.role), false);
        let dash: Vec<f32> = self.options.dash(pen).map(|step| step as f32).collect();
        let is_round = pen.round || width > 4.0 * self.options.zoom;
        self.content
            .set_line_width(width as f32)
            .set_line_cap(if pen.round { LineCapStyle::RoundCap } else { LineCapStyle::ButtCap })
            .set_line_join(if is_round { LineJoinStyle::RoundJoin } else { LineJoinStyle::MiterJoin })
            .set_dash_pattern(dash, 0.0);
    }

    fn is_seen(&self, shape: &Shape) -> bool {
        let margin_m = 40.0 * self.options.zoom / self.camera.px_per_m;
        let width_m = if let Shape::Line { width_m: Some(width), .. } = shape { *width } else { 0.0 };
        let view = self.camera.bounds();
        shape.bounds().is_none_or(|bounds| bounds.grown(margin_m + width_m).meets(&view))
    }

    fn shape(&mut self, shape: &Shape) {
        if !self.is_seen(shape) {
            return;
        }
        match shape {
            Shape::Area { outline, fill, hatch, pen } => {
                if let Some(fill) = fill {
                    self.color(self.options.fill(fill), true);
                    self.outline(outline);
                    self.content.fill_even_odd();
                }
                if let Some(family) = hatch {
                    self.hatch(outline, *family);
                }
                if let Some(pen) = pen {
                    self.pen(*pen, self.options.width(pen.stroke));
                    self.outline(outline);
                    self.content.stroke();
                }
            }
            Shape::Line { points, pen, width_m } => {
                self.pen(*pen, self.options.line_width(*pen, *width_m, self.camera));
                let closed = points.len() > 3 && points.first() == points.last();
                self.world(points, closed);
                self.content.stroke();
            }
            Shape::Sign { at, kind, role } => {
                let [x, y] = self.camera.screen_from_world(*at).map(|value| value as f32);
                let zoom = self.options.zoom as f32;
                self.content.save_state().transform([zoom, 0.0, 0.0, zoom, x, y]);
                for part in kind.parts() {
                    self.sign_part(part, self.options.color(*role));
                }
                self.content.restore_state();
            }
            Shape::Label(label) => {
                if let Some(text) = placed(label, self.camera, self.options) {
                    self.text(&text);
                }
            }
            Shape::Picture { pixels, corners, opacity } => self.picture(pixels, *corners, *opacity),
            Shape::Sheet { scene, tone } => self.sheet(scene, *tone),
        }
    }

    fn hatch(&mut self, outline: &Outline, family: crate::library::Family) {
        let options = self.options;
        let mut marks = HatchMarks::default();
        let rule = options.tokens.hatch(family);
        marks.lay(outline, self.camera, rule, options.hatch_px_per_mm(), options.hatch_from_px());
        self.color(options.hatch_ink(), false);
        self.content.set_dash_pattern([], 0.0).set_line_width(marks.width_px).set_line_cap(LineCapStyle::ButtCap);
        for [a, b] in &marks.segments {
            self.content.move_to(a[0], a[1]).line_to(b[0], b[1]);
        }
        if !marks.segments.is_empty() {
            self.content.stroke();
        }
        if !marks.dots.is_empty() {
            // A stroke without length and with round ends is a dot.
            self.content.set_line_width(2.0 * marks.radius_px).set_line_cap(LineCapStyle::RoundCap);
            for [x, y] in &marks.dots {
                self.content.move_to(*x, *y).line_to(*x, *y);
            }
            self.content.stroke();
        }
    }

    fn sign_part(&mut self, part: &SignPart, own: Rgba) {
        let inside = |fill: &Option<Role>| fill.map_or(own, |role| self.options.color(role));
        let as_f64 = |p: &[f32; 2]| p.map(f64::from);
        match part {
            SignPart::Disc { radius, fill } => {
                let fill = inside(fill);
                self.color(fill, true);
                self.disc(*radius);
                self.content.fill_nonzero();
                self.line(own);
                self.disc(*radius);
                self.content.stroke();
            }
            SignPart::Polygon { points, fill } => {
                let fill = inside(fill);
                self.color(fill, true);
                self.path(points.iter().map(as_f64), true);
                self.content.fill_nonzero();
            }
            SignPart::Line { points } => {
                self.line(own);
                self.path(points.iter().map(as_f64), false);
                self.content.stroke();
            }
        }
    }

    fn line(&mut self, own: Rgba) {
        self.color(own, false);
        self.content.set_line_width(SIGN_LINE_PX).set_dash_pattern([], 0.0).set_line_cap(LineCapStyle::ButtCap);
    }

    /// A circle about the origin, of four curves.
    fn disc(&mut self, r: f32) {
        let k = r * 0.552_285;
        self.content
            .move_to(r, 0.0)
            .cubic_to(r, k, k, r, 0.0, r)
            .cubic_to(-k, r, -r, k, -r, 0.0)
            .cubic_to(-r, -k, -k, -r, 0.0, -r)
            .cubic_to(k, -r, r, -k, r, 0.0)
            .close_path();
    }

    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Fill(points, fill) => {
                self.color(*fill, true);
                self.path(points.iter().copied(), true);
                self.content.fill_nonzero();
            }
            Mark::Outline(points, ink, width) => {
                self.color(*ink, false);
                self.content.set_line_width(*width as f32).set_dash_pattern([], 0.0);
                self.path(points.iter().copied(), true);
                self.content.stroke();
            }
            Mark::Text(text) => self.text(text),
        }
    }

    fn text(&mut self, text: &PlacedText) {
        let face = text.face as usize;
        let glyphs: Vec<u8> = text.text.chars().flat_map(|c| text.face.glyph(c).to_be_bytes()).collect();
        self.file.letters.entry(face).or_default().extend(text.text.chars());
        let (sin, cos) = (text.angle_deg as f32).to_radians().sin_cos();
        let place = [cos, sin, sin, -cos, text.start[0] as f32, text.start[1] as f32];
        let show = |painter: &mut Self, mode| {
            painter
                .content
                .begin_text()
                .set_font(Name(format!("F{face}").as_bytes()), text.size as f32)
                .set_char_spacing(text.spacing as f32)
                .set_text_rendering_mode(mode)
                .set_text_matrix(place)
                .show(Str(&glyphs))
                .end_text();
        };
        if let Some((halo, width)) = text.halo {
            self.color(halo, false);
            self.content.set_line_width(width as f32).set_dash_pattern([], 0.0).set_line_join(LineJoinStyle::RoundJoin);
            show(self, TextRenderingMode::Stroke);
        }
        self.color(text.color, true);
        show(self, TextRenderingMode::Fill);
    }

    fn picture(&mut self, pixels: &Pixels, corners: [Point; 4], opacity: f32) {
        let [nw, ne, _, sw] = corners.map(|corner| self.camera.screen_from_world(corner).map(|value| value as f32));
        let mut colours = Vec::with_capacity(pixels.rgba.len() / 4 * 3);
        let mut cover = Vec::with_capacity(pixels.rgba.len() / 4);
        for pixel in pixels.rgba.chunks_exact(4) {
            let alpha = u16::from(pixel[3]);
            let straight =
                |channel: u8| (u16::from(channel) * 255).checked_div(alpha).unwrap_or_default().min(255) as u8;
            let mut pixel = [straight(pixel[0]), straight(pixel[1]), straight(pixel[2]), pixel[3]];
            crate::scene::grey(&mut pixel, self.tone.grey);
            colours.extend(&pixel[..3]);
            cover.push(pixel[3]);
        }
        let cover = cover.iter().any(|alpha| *alpha < 255).then_some(cover);
        let name = format!("P{}", self.file.pictures.len());
        self.file.pictures.push(Picture { size: pixels.size, colours, cover });
        self.content.save_state();
        self.alpha((opacity.clamp(0.0, 1.0) * 255.0).round() as u8);
        // A picture is a square whose first row is at the top: it hangs from its upper left corner.
        let (across, down) = ([ne[0] - nw[0], ne[1] - nw[1]], [sw[0] - nw[0], sw[1] - nw[1]]);
        self.content.transform([across[0], across[1], -down[0], -down[1], sw[0], sw[1]]);
        self.content.x_object(Name(name.as_bytes())).restore_state();
    }

    /// A sheet is painted by itself and laid over what is there as one.
    fn sheet(&mut self, scene: &Scene, tone: Tone) {
        let mut inner =
            Painter { camera: self.camera, options: self.options, tone, content: Content::new(), file: self.file };
        scene.shapes.iter().for_each(|shape| inner.shape(shape));
        let content = inner.content.finish().into_vec();
        let name = format!("S{}", self.file.sheets.len());
        self.file.sheets.push(content);
        self.content.save_state();
        self.alpha((tone.opacity.clamp(0.0, 1.0) * 255.0).round() as u8);
        self.content.x_object(Name(name.as_bytes())).restore_state();
    }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Read as _;
    let mut out = Vec::new();
    // Memory does not refuse to be read.
    let _ = flate2::read::ZlibEncoder::new(bytes, Compression::new(6)).read_to_end(&mut out);
    out
}

impl File {
    fn finish(self, content: &[u8], [width, height]: [f32; 2], title: &str) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let mut last = 0;
        let mut next = || {
            last += 1;
            Ref::new(last)
        };
        let (catalog, pages, page, page_content, resources, info) = (next(), next(), next(), next(), next(), next());
        pdf.catalog(catalog).pages(pages);
        pdf.pages(pages).kids([page]).count(1);
        pdf.document_info(info).title(TextStr(title)).creator(TextStr("Maakblok"));
        let mut sheet = pdf.page(page);
        sheet.media_box(Rect::new(0.0, 0.0, width, height)).parent(pages).contents(page_content);
        sheet.pair(Name(b"Resources"), resources);
        sheet.finish();
        pdf.stream(page_content, &deflated(content)).filter(Filter::FlateDecode);
        let alphas: Vec<(String, Ref)> = self
            .alphas
            .iter()
            .map(|alpha| {
                let id = next();
                let part = f32::from(*alpha) / 255.0;
                pdf.ext_graphics(id).non_stroking_alpha(part).stroking_alpha(part);
                (format!("A{alpha}"), id)
            })
            .collect();
        let mut objects: Vec<(String, Ref)> = Vec::new();
        for (at, Picture { size, colours, cover }) in self.pictures.iter().enumerate() {
            let (id, mask) = (next(), next());
            let packed = deflated(colours);
            let mut picture = pdf.image_xobject(id, &packed);
            picture.filter(Filter::FlateDecode);
            picture.width(size[0] as i32).height(size[1] as i32).bits_per_component(8);
            picture.color_space().device_rgb();
            if cover.is_some() {
                picture.s_mask(mask);
            }
            picture.finish();
            if let Some(cover) = cover {
                let packed = deflated(cover);
                let mut soft = pdf.image_xobject(mask, &packed);
                soft.filter(Filter::FlateDecode);
                soft.width(size[0] as i32).height(size[1] as i32).bits_per_component(8);
                soft.color_space().device_gray();
            }
            objects.push((format!("P{at}"), id));
        }
        for (at, content) in self.sheets.iter().enumerate() {
            let id = next();
            let packed = deflated(content);
            let mut form = pdf.form_xobject(id, &packed);
            form.filter(Filter::FlateDecode);
            form.bbox(Rect::new(-1e5, -1e5, 1e5, 1e5));
            form.group().transparency().isolated(true).color_space().device_rgb();
            form.pair(Name(b"Resources"), resources);
            form.finish();
            objects.push((format!("S{at}"), id));
        }
        let mut fonts: Vec<(String, Ref)> = Vec::new();
        for (face, letters) in &self.letters {
            let Some(of) = Face::ALL.into_iter().find(|of| *of as usize == *face) else { continue };
            fonts.push((format!("F{face}"), font(&mut pdf, of, letters, &mut next)));
        }
        let mut dict = pdf.indirect(resources).start::<pdf_writer::writers::Resources<'_>>();
        let mut group = dict.ext_g_states();
        alphas.iter().for_each(|(name, id)| {
            group.pair(Name(name.as_bytes()), *id);
        });
        group.finish();
        let mut group = dict.x_objects();
        objects.iter().for_each(|(name, id)| {
            group.pair(Name(name.as_bytes()), *id);
        });
        group.finish();
        let mut group = dict.fonts();
        fonts.iter().for_each(|(name, id)| {
            group.pair(Name(name.as_bytes()), *id);
        });
        group.finish();
        dict.finish();
        pdf.finish()
    }
}

/// A face with its letters: the whole of it goes in, 65 KB.
fn font(pdf: &mut Pdf, face: Face, letters: &BTreeSet<char>, next: &mut impl FnMut() -> Ref) -> Ref {
    let (id, cid, descriptor, file, unicode) = (next(), next(), next(), next(), next());
    let name = format!("MaakblokSans-{}", face.weight());
    let name = Name(name.as_bytes());
    pdf.type0_font(id)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(unicode);
    let mut inner = pdf.cid_font(cid);
    inner.subtype(CidFontType::Type0).base_font(name).system_info(INFO).font_descriptor(descriptor).default_width(0.0);
    let by_glyph: BTreeMap<u16, char> = letters.iter().map(|c| (face.glyph(*c), *c)).collect();
    let mut widths = inner.widths();
    for (glyph, c) in &by_glyph {
        widths.same(*glyph, *glyph, face.advance(*c) * 1_000.0);
    }
    widths.finish();
    inner.finish();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(-200.0, -300.0, 1_300.0, 1_100.0))
        .italic_angle(0.0)
        .ascent(970.0)
        .descent(-240.0)
        .cap_height(face.cap_height() * 1_000.0)
        .stem_v(80.0)
        .font_file3(file);
    let packed = deflated(face.bytes());
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode).pair(Name(b"Subtype"), Name(b"OpenType"));
    stream.finish();
    let mut map: UnicodeCmap = UnicodeCmap::new(Name(b"MaakblokSans"), INFO);
    by_glyph.iter().for_each(|(glyph, c)| map.pair(*glyph, *c));
    pdf.cmap(unicode, &map.finish());
    id
}
