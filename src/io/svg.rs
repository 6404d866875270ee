//! A scene as SVG.
//!
//! Floor 8. Layers become `<g>`, what a shape stands for its `id` and `data-name`, so that a drawing program finds its
//! way in it. Lengths are pixels with two decimals; the same scene gives the same bytes.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::picture::{Mark, PictureOptions, PlacedText, furniture, placed};
use crate::geometry::{Outline, Point};
use crate::look::text::{FAMILY, Face};
use crate::look::{Rgba, Role};
use crate::scene::{Camera, HatchMarks, Pen, Pixels, SIGN_LINE_PX, Scene, Shape, SignPart, Subject};

/// Writes a scene as `camera` shows it.
///
/// # Errors
///
/// When `to` cannot be written.
pub fn write(scene: &Scene, camera: &Camera, options: &PictureOptions<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut painter = Painter { camera, options, out: String::new(), faces: [false; 3], hatch: HatchMarks::default() };
    painter.scene(scene);
    painter.around();

    let [width, height] = camera.size_px.map(|size| size.max(0.0));
    let (w, h) = (Num(width), Num(height));
    // Programs take a size without unit for points as often as for pixels; millimetres are the same everywhere.
    let unit = if options.in_mm { "mm" } else { "" };
    let [wide, high] = [width, height].map(|px| Num(if options.in_mm { px / 96.0 * 25.4 } else { px }));
    writeln!(to, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        to,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{wide}{unit}" height="{high}{unit}" viewBox="0 0 {w} {h}" fill="none" stroke-linejoin="miter">"#
    )?;
    if !options.title.is_empty() {
        writeln!(to, "<title>{}</title>", Escaped(options.title))?;
    }
    write_style(to, painter.faces.map(|used| used && options.embed_fonts))?;
    let ground = Color("fill", options.color(Role::Ground));
    writeln!(to, r#"<rect id="paper" width="{w}" height="{h}"{ground}/>"#)?;
    to.write_all(painter.out.as_bytes())?;
    writeln!(to, "</svg>")
}

/// How text is set; the faces that are used are put in.
fn write_style(to: &mut dyn Write, faces: [bool; 3]) -> io::Result<()> {
    writeln!(to, "<style>")?;
    writeln!(
        to,
        "text {{ font-family: \"{FAMILY}\", Inter, \"Helvetica Neue\", Arial, sans-serif; font-kerning: none; white-space: pre; }}"
    )?;
    for face in Face::ALL.into_iter().filter(|&face| faces[face as usize]) {
        let weight = face.weight();
        write!(to, "@font-face {{ font-family: \"{FAMILY}\"; font-weight: {weight}; src: url(data:font/otf;base64,")?;
        to.write_all(base64(face.bytes()).as_bytes())?;
        writeln!(to, ") format(\"opentype\"); }}")?;
    }
    writeln!(to, "</style>")
}

struct Painter<'a> {
    camera: &'a Camera,
    options: &'a PictureOptions<'a>,
    out: String,
    faces: [bool; 3],
    hatch: HatchMarks,
}

impl Painter<'_> {
    fn scene(&mut self, scene: &Scene) {
        let view = self.camera.bounds();
        let (mut layers, mut subjects) = (scene.layers.iter().peekable(), scene.subjects.iter().peekable());
        let mut open = false;
        for (i, shape) in scene.shapes.iter().enumerate() {
            // An empty layer is followed by the next at once: only the last counts.
            let mut begins = None;
            while let Some((_, layer)) = layers.next_if(|(at, _)| *at <= i) {
                begins = Some(layer);
            }
            if let Some(layer) = begins {
                self.end_layer(open);
                self.put(format_args!("<g id=\"{}\">\n", layer.key()));
                open = true;
            }
            let mut subject = None;
            while let Some((at, of_shape)) = subjects.next_if(|(at, _)| *at <= i) {
                subject = Some(of_shape).filter(|_| *at == i);
            }
            // What lies outside is left out, with room for widths and signs.
            let margin_m = 40.0 * self.options.zoom / self.camera.px_per_m;
            let width_m = if let Shape::Line { width_m: Some(width), .. } = shape { *width } else { 0.0 };
            if shape.bounds().is_none_or(|bounds| bounds.grown(margin_m + width_m).meets(&view)) {
                self.shape(shape, subject);
            }
        }
        self.end_layer(open);
    }

    fn end_layer(&mut self, open: bool) {
        if open {
            self.out.push_str("</g>\n");
        }
    }

    fn shape(&mut self, shape: &Shape, subject: Option<&Subject>) {
        match shape {
            Shape::Area { outline, fill, hatch, pen } => {
                let fill = fill.as_ref().map(|paint| self.options.fill(paint));
                if fill.is_none() && pen.is_none() && hatch.is_none() {
                    return;
                }
                self.begin("path", "area", subject);
                self.out.push_str(" d=\"");
                self.outline(outline);
                self.out.push('"');
                if let Some(fill) = fill {
                    self.put(format_args!("{}", Color("fill", fill)));
                    if outline.rings().len() > 1 {
                        self.out.push_str(" fill-rule=\"evenodd\"");
                    }
                }
                if let Some(pen) = pen {
                    self.pen(*pen, self.options.width(pen.stroke));
                }
                self.out.push_str("/>\n");
                if let Some(family) = hatch {
                    self.hatch(outline, *family);
                }
            }
            Shape::Line { points, pen, width_m } => {
                let [first, ref rest @ ..] = points[..] else { return };
                self.begin("path", "line", subject);
                self.out.push_str(" d=\"");
                self.point('M', self.camera.screen_from_world(first));
                let closed = points.len() > 3 && points.last() == Some(&first);
                for &p in &rest[..rest.len() - usize::from(closed)] {
                    self.point('L', self.camera.screen_from_world(p));
                }
                self.out.push_str(if closed { "Z\"" } else { "\"" });
                self.pen(*pen, self.options.line_width(*pen, *width_m, self.camera));
                self.out.push_str("/>\n");
            }
            Shape::Sign { at, kind, role } => {
                let [x, y] = self.camera.screen_from_world(*at);
                self.begin("g", "sign", subject);
                let zoom = Num(self.options.zoom);
                self.put(format_args!(" transform=\"translate({} {}) scale({zoom})\">", Num(x), Num(y)));
                for part in kind.parts() {
                    self.sign_part(part, self.options.color(*role));
                }
                self.out.push_str("</g>\n");
            }
            Shape::Picture { pixels, corners, opacity } => self.picture(pixels, *corners, *opacity),
            Shape::Sheet { scene, tone } => {
                self.out.push_str("<g class=\"sheet\"");
                if tone.opacity < 1.0 {
                    self.put(format_args!(" opacity=\"{}\"", Num(tone.opacity.into())));
                }
                if tone.grey > 0.0 {
                    self.put(format_args!(" style=\"filter:grayscale({})\"", Num(tone.grey.into())));
                }
                self.out.push_str(">\n");
                scene.shapes.iter().for_each(|shape| self.shape(shape, None));
                self.out.push_str("</g>\n");
            }
            Shape::Label(label) => {
                if let Some(text) = placed(label, self.camera, self.options) {
                    self.text(&text);
                }
            }
        }
    }

    /// A picture inside the file, as it came where its format is one that every program reads.
    fn picture(&mut self, pixels: &Pixels, corners: [Point; 4], opacity: f32) {
        let encoded;
        let (bytes, media): (&[u8], &str) = match &pixels.file {
            Some((file, media)) => (file, media),
            None => match super::png::encode_rgba(pixels) {
                Ok(bytes) => {
                    encoded = bytes;
                    (&encoded, "image/png")
                }
                Err(_) => return,
            },
        };
        let [nw, ne, _, sw] = corners.map(|corner| self.camera.screen_from_world(corner));
        let [width, height] = pixels.size.map(f64::from);
        let matrix = [ne[0] - nw[0], ne[1] - nw[1], sw[0] - nw[0], sw[1] - nw[1]];
        let sides = [width, width, height, height];
        self.put(format_args!("<image class=\"picture\" width=\"{}\" height=\"{}\"", Num(width), Num(height)));
        self.out.push_str(" preserveAspectRatio=\"none\" transform=\"matrix(");
        for (part, side) in matrix.into_iter().zip(sides) {
            // More decimals than a length has: it is multiplied by the sides.
            self.put(format_args!("{:.8} ", part / side));
        }
        self.put(format_args!("{} {})\"", Num(nw[0]), Num(nw[1])));
        if opacity < 1.0 {
            self.put(format_args!(" opacity=\"{}\"", Num(opacity.into())));
        }
        self.put(format_args!(" href=\"data:{media};base64,"));
        self.out.push_str(&base64(bytes));
        self.out.push_str("\"/>\n");
    }

    fn begin(&mut self, element: &str, class: &str, subject: Option<&Subject>) {
        self.put(format_args!("<{element} class=\"{class}\""));
        if let Some(subject) = subject {
            self.put(format_args!(" id=\"thing-{}\"", subject.id));
            if !subject.name.is_empty() {
                self.put(format_args!(" data-name=\"{}\"", Escaped(&subject.name)));
            }
        }
    }

    fn outline(&mut self, outline: &Outline) {
        for ring in outline.rings() {
            for (i, &p) in ring.points().iter().enumerate() {
                self.point(if i == 0 { 'M' } else { 'L' }, self.camera.screen_from_world(p));
            }
            self.out.push('Z');
        }
    }

    fn pen(&mut self, pen: Pen, width: f64) {
        self.put(format_args!("{} stroke-width=\"{}\"", Color("stroke", self.options.color(pen.role)), Num(width)));
        if pen.round {
            self.put(format_args!(" stroke-linecap=\"round\" stroke-linejoin=\"round\""));
        }
        let mut dash = self.options.dash(pen).peekable();
        if dash.peek().is_some() {
            let steps: Vec<String> = dash.map(|step| Num(step).to_string()).collect();
            self.put(format_args!(" stroke-dasharray=\"{}\"", steps.join(" ")));
        }
    }

    fn hatch(&mut self, outline: &Outline, family: crate::library::Family) {
        let mut marks = std::mem::take(&mut self.hatch);
        let options = self.options;
        let rule = options.tokens.hatch(family);
        marks.lay(outline, self.camera, rule, options.hatch_px_per_mm(), options.hatch_from_px());
        let ink = Color("stroke", options.hatch_ink());
        let as_f64 = |p: [f32; 2]| p.map(f64::from);
        if !marks.segments.is_empty() {
            self.put(format_args!("<path class=\"hatch\"{ink} stroke-width=\"{}\" d=\"", Num(marks.width_px.into())));
            for &[a, b] in &marks.segments {
                self.point('M', as_f64(a));
                self.point('L', as_f64(b));
            }
            self.out.push_str("\"/>\n");
        }
        if !marks.dots.is_empty() {
            // A stroke without length and with round ends is a dot.
            let width = Num(2.0 * f64::from(marks.radius_px));
            self.put(format_args!("<path class=\"hatch\"{ink} stroke-width=\"{width}\" stroke-linecap=\"round\" d=\""));
            for &dot in &marks.dots {
                self.point('M', as_f64(dot));
                self.out.push_str("h0");
            }
            self.out.push_str("\"/>\n");
        }
        self.hatch = marks;
    }

    fn sign_part(&mut self, part: &SignPart, own: Rgba) {
        let fill = |role: &Option<Role>| Color("fill", role.map_or(own, |role| self.options.color(role)));
        let path = |points: &[[f32; 2]]| {
            let place = |p: &[f32; 2]| format!("{} {}", Num(p[0].into()), Num(p[1].into()));
            points.iter().map(place).collect::<Vec<_>>().join("L")
        };
        let line = format!("{} stroke-width=\"{}\"", Color("stroke", own), Num(SIGN_LINE_PX.into()));
        let drawn = match part {
            SignPart::Disc { radius, fill: inside } => {
                format!("<circle r=\"{}\"{}{line}/>", Num(f64::from(*radius)), fill(inside))
            }
            SignPart::Polygon { points, fill: inside } => format!("<path d=\"M{}Z\"{}/>", path(points), fill(inside)),
            SignPart::Line { points } => format!("<path d=\"M{}\"{line}/>", path(points)),
        };
        self.out.push_str(&drawn);
    }

    fn text(&mut self, text: &PlacedText) {
        self.faces[text.face as usize] = true;
        let [x, y] = text.start.map(Num);
        let mut how = format!(" font-size=\"{}\" font-weight=\"{}\"", Num(text.size), text.face.weight());
        if text.spacing != 0.0 {
            let _ = write!(how, " letter-spacing=\"{}\"", Num(text.spacing));
        }
        let place = match text.angle_deg {
            0.0 => format!(" x=\"{x}\" y=\"{y}\""),
            angle => format!(" transform=\"translate({x} {y}) rotate({})\"", Num(angle)),
        };
        let (words, ink) = (Escaped(&text.text), Color("fill", text.color));
        // Two texts rather than one with `paint-order`, which not every drawing program knows.
        if let Some((halo, width)) = text.halo {
            let casing = Color("stroke", halo);
            self.put(format_args!(
                "<text class=\"casing\"{place}{how}{casing} stroke-width=\"{}\" stroke-linejoin=\"round\">{words}</text>\n",
                Num(width)
            ));
        }
        self.put(format_args!("<text class=\"label\"{place}{how}{ink}>{words}</text>\n"));
    }

    /// Title, north, scale bar and credits.
    fn around(&mut self) {
        let marks = furniture(self.camera, self.options);
        if marks.is_empty() {
            return;
        }
        self.out.push_str("<g id=\"furniture\">\n");
        for mark in &marks {
            match mark {
                Mark::Text(text) => self.text(text),
                Mark::Fill(points, color) => self.polygon(points, format_args!("{}", Color("fill", *color))),
                Mark::Outline(points, color, width) => {
                    let stroke = Color("stroke", *color);
                    self.polygon(points, format_args!("{stroke} stroke-width=\"{}\"", Num(*width)));
                }
            }
        }
        self.out.push_str("</g>\n");
    }

    fn polygon(&mut self, points: &[[f64; 2]], how: std::fmt::Arguments<'_>) {
        self.out.push_str("<path d=\"");
        for (i, &p) in points.iter().enumerate() {
            self.point(if i == 0 { 'M' } else { 'L' }, p);
        }
        self.put(format_args!("Z\"{how}/>\n"));
    }

    fn point(&mut self, command: char, [x, y]: [f64; 2]) {
        self.out.push(command);
        push_num(&mut self.out, x);
        self.out.push(' ');
        push_num(&mut self.out, y);
    }

    fn put(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.out.write_fmt(what);
    }
}

/// A number with at most two decimals.
struct Num(f64);

impl std::fmt::Display for Num {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        push_num(&mut text, self.0);
        f.write_str(&text)
    }
}

/// Writes a number with at most two decimals, which is a good part of the work for a large drawing.
fn push_num(out: &mut String, value: f64) {
    // Beyond this no viewer draws anything sensible; what is no number becomes 0 so that the file stays sound.
    let hundredths = (value.clamp(-1e12, 1e12) * 100.0).round() as i64;
    if hundredths < 0 {
        out.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    let mut left = whole;
    loop {
        at -= 1;
        digits[at] = b'0' + (left % 10) as u8;
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
    if rest > 0 {
        out.push('.');
        out.push(char::from(b'0' + (rest / 10) as u8));
        if !rest.is_multiple_of(10) {
            out.push(char::from(b'0' + (rest % 10) as u8));
        }
    }
}

/// A colour as an attribute, with its opacity beside it, which is what every program reads.
struct Color(&'static str, Rgba);

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(attribute, Rgba([r, g, b, a])) = *self;
        write!(f, " {attribute}=\"#{r:02X}{g:02X}{b:02X}\"")?;
        if a != 255 {
            write!(f, " {attribute}-opacity=\"{}\"", Num(f64::from(a) / 255.0))?;
        }
        Ok(())
    }
}

/// Text as XML can hold it: signs of markup are written out, characters that XML does not know are left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' | '\t' | '\r' => f.write_str(" ")?,
                '\u{fffe}' | '\u{ffff}' => {}
                c if c.is_control() => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_wrong() {
        let text = |v| Num(v).to_string();
        assert_eq!(text(1.0), "1");
        assert_eq!(text(-0.25), "-0.25");
        assert_eq!(text(12.5), "12.5");
        assert_eq!(text(-0.004), "0");
        assert_eq!(text(1234.567), "1234.57");
        assert_eq!(text(0.05), "0.05");
        assert_eq!(text(f64::NAN), "0");
        assert_eq!(text(f64::INFINITY), "1000000000000");
    }

    #[test]
    fn names_cannot_break_the_file() {
        assert_eq!(Escaped("a<b> & \"c\"\u{0}\n").to_string(), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
