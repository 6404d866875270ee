//! How plans go onto pictures: what is seen of them, on which page, at which scale. Chosen in a sheet and remembered; an export
//! without that sheet shows what is in view.

use serde::{Deserialize, Serialize};

use super::state::Studio;
use crate::i18n::{NO_BREAK, number, tr, tr_with};
use crate::io::drawing::{PX_PER_INCH, PlanPicture, PlanSeen};
use crate::io::page::{PAPER_DOTS_PER_INCH, Paper};

/// A picture of what the window shows has so many pixels to a logical one, so that it is sharp in print too.
const SCREEN_DOTS: f64 = 2.0;

/// The page of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// As large as the drawing in the window.
    #[default]
    Window,
    /// 1920 × 1080 pixels.
    Hd,
    /// 3840 × 2160 pixels.
    Uhd,
    /// A sheet of paper.
    Paper(Paper),
}

/// How plans go onto pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PictureChoice {
    /// All of the drawing rather than what is in view.
    pub whole: bool,
    /// The page.
    pub page: Page,
    /// Whether paper stands upright.
    pub upright: bool,
    /// The denominator of the scale; `None` for as large as the page holds.
    pub scale: Option<u32>,
}

impl Page {
    /// All of them, in the order of a list.
    pub const ALL: [Self; 8] = [
        Self::Window,
        Self::Hd,
        Self::Uhd,
        Self::Paper(Paper::A4),
        Self::Paper(Paper::A3),
        Self::Paper(Paper::A2),
        Self::Paper(Paper::A1),
        Self::Paper(Paper::A0),
    ];
}

impl PictureChoice {
    /// The scales that architects draw at.
    pub const SCALES: [u32; 6] = [200, 500, 1_000, 2_000, 5_000, 10_000];
}

impl Studio {
    /// Remembers how plans go onto pictures.
    pub(super) fn choose_picture(&mut self, choice: PictureChoice) {
        self.set(|settings| settings.picture = choice);
    }

    /// The picture that an export makes, without its maps.
    pub(super) fn plan_picture(&self, choice: PictureChoice) -> PlanPicture {
        let usual = PlanPicture {
            theme: self.settings.theme,
            lang: self.lang(),
            map: self.settings.map,
            map_look: self.settings.map_look,
            map_names: self.settings.map_names,
            grid: self.settings.grid_of(),
            ..PlanPicture::default()
        };
        let Some(session) = self.session() else { return usual };
        let camera = session.camera;
        // A window that was never shown has no size.
        let is_shown = camera.size_px.iter().all(|side| *side >= 1.0);
        let (size_px, dots) = match choice.page {
            Page::Window if is_shown => (camera.size_px, SCREEN_DOTS),
            Page::Window | Page::Hd => (usual.size_px, usual.dots),
            Page::Uhd => (usual.size_px, 2.0),
            Page::Paper(paper) => (paper.size_px(choice.upright), PAPER_DOTS_PER_INCH / PX_PER_INCH),
        };
        let seen = if choice.whole || !is_shown { PlanSeen::All } else { PlanSeen::View(camera.bounds()) };
        let on_paper = matches!(choice.page, Page::Paper(_));
        PlanPicture { size_px, dots, on_paper, seen, scale: choice.scale.map(f64::from), ..usual }
    }

    /// What such a picture is, in words: its size, its scale, and what it shows.
    #[must_use]
    pub fn picture_words(&self) -> Vec<String> {
        let (lang, choice) = (self.lang(), self.settings.picture);
        let picture = self.plan_picture(choice);
        let Some(session) = self.session() else { return Vec::new() };
        let camera = picture.camera(session.variant());
        let [width, height] = picture.size_px;
        let pixels = [width, height].map(|side| number(lang, (side * picture.dots).round(), 0));
        let [wide, high] = pixels;
        let mut size = format!("PNG {wide} × {high}{NO_BREAK}px");
        if let Page::Paper(paper) = choice.page {
            let [wide, high] = paper.size_mm(choice.upright).map(|mm| number(lang, mm, 0));
            size = format!("{wide} × {high}{NO_BREAK}mm · {size}");
        }
        let bounds = camera.bounds();
        let [wide, high] = [bounds.width_m(), bounds.height_m()].map(|m| number(lang, m, 0));
        let scale = number(lang, camera.scale_denominator(PX_PER_INCH), 0);
        let args = [("scale", scale.into()), ("wide", wide.into()), ("high", high.into())];
        let mut words = vec![size, tr_with(lang, "picture-shows", &args)];
        let drawn = session.variant().bounds().filter(|_| choice.whole);
        if drawn.is_some_and(|drawn| !bounds.holds(&drawn)) {
            words.push(tr(lang, "picture-cut"));
        }
        words
    }
}
