//! The arguments, as people type them.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::basemap::MapLook;
use crate::i18n::Lang;
use crate::io::door::Format;
use crate::io::page::{Paper, scale_of};
use crate::io::png::LONGEST_PX;
use crate::look::Theme;

/// A desktop studio for the productive city: draw blocks that mix making, logistics, offices and homes, and see floor
/// space, jobs and mix while drawing.
#[derive(Debug, Parser)]
#[command(name = "maakblok", version, subcommand_precedence_over_arg = true, max_term_width = 100)]
#[command(after_help = "Without a command the studio opens. `-` reads standard input or writes standard output.\n\
    Exit codes: 0 done; 1 understood, but with faults; 2 not read, not written, or wrong arguments.")]
pub(super) struct Cli {
    /// The project to open in the studio
    pub project: Option<PathBuf>,
    #[command(subcommand)]
    pub verb: Option<Verb>,
    /// The language of messages and labels [default: that of the system]
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
    /// What the studio draws with
    #[arg(long, value_enum, default_value_t)]
    pub renderer: super::RendererChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// The figures of a variant: floor space, jobs, homes, mix
    Report(Report),
    /// Says whether files are sound and what is wrong in them
    Check(Check),
    /// Makes a project from exchange GeoJSON or other projects
    Import(Import),
    /// Writes a project in another format
    Export(Export),
    /// Draws a plan
    Render(Render),
    /// Packs an area of a map for use without a network
    Pack(Pack),
}

#[derive(Debug, Args)]
pub(super) struct Pack {
    /// OpenStreetMap files (.osm.pbf, .osm, .osm.gz) and GeoJSON, or one archive (.mbtiles, .pmtiles, a folder of tiles)
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// The map to write
    #[arg(short, long, value_name = "AREA.pmtiles")]
    pub output: PathBuf,
    /// What of the sources, in degrees [default: all of it]
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = rectangle)]
    pub bbox: Option<[f64; 4]>,
    /// What the map is called [default: the name of the file]
    #[arg(long)]
    pub name: Option<String>,
    /// Whom the map owes to, where the sources do not say
    #[arg(long, default_value = "")]
    pub attribution: String,
    /// The coarsest and the finest zoom of tiles [default: 8-14; of an archive all that it has]
    #[arg(long, value_name = "FROM-TO", value_parser = zooms)]
    pub zooms: Option<[u8; 2]>,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// A project or exchange GeoJSON; `-` for standard input
    pub project: PathBuf,
    /// The variant by name [default: the first that is not the site as it is today]
    #[arg(long)]
    pub variant: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Projects, exchange GeoJSON or libraries
    #[arg(required = true)]
    pub projects: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Exchange GeoJSON, projects, libraries or OpenStreetMap files (surroundings); several become one
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,
    /// The project to write
    #[arg(short, long, value_name = "PROJECT")]
    pub output: PathBuf,
    /// Where the local frame touches the earth, in degrees [default: the middle of what is imported]
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, value_parser = origin)]
    pub origin: Option<[f64; 2]>,
    /// What of an OpenStreetMap file, in degrees [default: all of it]
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, value_parser = rectangle)]
    pub bbox: Option<[f64; 4]>,
    /// Take areas that say nothing of themselves for plots, as in a map of parcels, and not for buildings around the site
    #[arg(long)]
    pub as_plots: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// A project or exchange GeoJSON
    pub project: PathBuf,
    /// The file to write: .geojson, .json, .csv, .xlsx, .svg, .png, .pdf, .maakblok or .maakblok-library
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// The variant by name [default: the first that is not the site as it is today]
    #[arg(long)]
    pub variant: Option<String>,
    /// The format, where the extension does not tell it
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// The coordinates of exchange GeoJSON by EPSG number: 4326, 3812, 31370, 25831 or 3857
    #[arg(long, value_name = "EPSG", default_value_t = 4326, value_parser = system)]
    pub crs: u32,
}

#[derive(Debug, Args)]
pub(super) struct Render {
    /// A project or exchange GeoJSON
    pub project: PathBuf,
    /// The picture to write: .png, .svg or .pdf
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// What to draw
    #[arg(long, value_enum, default_value_t = View::Plan)]
    pub view: View,
    /// Size in pixels
    #[arg(long, value_name = "WxH", value_parser = size, conflicts_with = "paper")]
    pub size: Option<[u32; 2]>,
    /// Size of paper, lying; pictures of it have 150 pixels to the inch
    #[arg(long, value_name = "A4…A0", value_parser = paper)]
    pub paper: Option<Paper>,
    /// With --paper: turn it upright
    #[arg(long, requires = "paper")]
    pub upright: bool,
    /// Scale, such as 1:500 [default: as large as it fits]
    #[arg(long, value_name = "1:N", value_parser = scale)]
    pub scale: Option<f64>,
    /// The colours
    #[arg(long, value_enum, default_value_t = Colours::Paper)]
    pub theme: Colours,
    /// The variant by name [default: the first that is not the site as it is today]
    #[arg(long)]
    pub variant: Option<String>,
    /// A map to draw under it in place of the built-in one: PMTiles, MBTiles, or a folder of tiles; several lie over one another
    #[arg(long, value_name = "FILE")]
    pub basemap: Vec<PathBuf>,
    /// How maps of shapes look
    #[arg(long, value_enum, default_value_t = MapStyle::Quiet)]
    pub map_look: MapStyle,
    /// The format, where the extension does not tell it
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    En,
    Nl,
    Fr,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Nl => Self::Nl,
            Language::Fr => Self::Fr,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
    Csv,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Maakblok, Self::Library, Self::Geojson, Self::Csv, Self::Xlsx, Self::Svg, Self::Png, Self::Pdf]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (_, extensions) = Self::ALL.into_iter().find(|(format, _)| format == self)?;
        let (name, aliases) = extensions.split_first()?;
        Some(PossibleValue::new(*name).aliases(aliases.iter().copied()))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colours {
    Paper,
    Night,
    Print,
}

impl From<Colours> for Theme {
    fn from(colours: Colours) -> Self {
        match colours {
            Colours::Paper => Self::Paper,
            Colours::Night => Self::Night,
            Colours::Print => Self::Print,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum View {
    Plan,
    Axo,
    Section,
}

fn rectangle(text: &str) -> Result<[f64; 4], String> {
    let wanted = || "give west, south, east and north in degrees, such as 4.30,50.83,4.38,50.90".to_owned();
    let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    let [west, south, east, north] = numbers.and_then(|n| <[f64; 4]>::try_from(n).ok()).ok_or_else(wanted)?;
    let is_sound = (-180.0..east).contains(&west) && east <= 180.0 && (-85.0..north).contains(&south) && north <= 85.0;
    if is_sound { Ok([west, south, east, north]) } else { Err(wanted()) }
}

fn zooms(text: &str) -> Result<[u8; 2], String> {
    let wanted = || "give two zooms between 0 and 16, such as 8-14".to_owned();
    let (least, most) = text.split_once('-').ok_or_else(wanted)?;
    let zoom = |text: &str| text.trim().parse().ok().filter(|zoom| (0..=16).contains(zoom)).ok_or_else(wanted);
    let [least, most] = [zoom(least)?, zoom(most)?];
    if least <= most { Ok([least, most]) } else { Err(wanted()) }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MapStyle {
    Quiet,
    FigureGround,
}

impl From<MapStyle> for MapLook {
    fn from(style: MapStyle) -> Self {
        match style {
            MapStyle::Quiet => Self::Quiet,
            MapStyle::FigureGround => Self::FigureGround,
        }
    }
}

fn origin(text: &str) -> Result<[f64; 2], String> {
    let wanted = || "give longitude and latitude in degrees, such as 4.35,50.85".to_owned();
    let (lon, lat) = text.split_once(',').ok_or_else(wanted)?;
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wanted());
    let origin = [number(lon)?, number(lat)?];
    crate::crs::Frame::new(origin[0], origin[1]).map_err(|error| error.to_string())?;
    Ok(origin)
}

fn system(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let number = text.get(..5).filter(|start| start.eq_ignore_ascii_case("epsg:")).map_or(text, |_| &text[5..]);
    let known = || crate::crs::SYSTEMS.iter().map(|system| system.epsg);
    let list = || known().map(|epsg| epsg.to_string()).collect::<Vec<_>>().join(", ");
    number
        .parse()
        .ok()
        .filter(|epsg| known().any(|known| known == *epsg))
        .ok_or_else(|| format!("known are {}", list()))
}

fn scale(text: &str) -> Result<f64, String> {
    scale_of(text).ok_or_else(|| "give a scale from 1:1 to 1:1000000, such as 1:500".to_owned())
}

fn paper(text: &str) -> Result<Paper, String> {
    let named = |paper: &Paper| paper.name().eq_ignore_ascii_case(text.trim());
    Paper::ALL.into_iter().find(named).ok_or_else(|| "give a size from A4 to A0".to_owned())
}

fn size(text: &str) -> Result<[u32; 2], String> {
    let wanted = || format!("give width and height in pixels, such as 1920x1080, each from 1 to {LONGEST_PX}");
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wanted)?;
    let side = |text: &str| text.trim().parse().ok().filter(|n| (1..=LONGEST_PX).contains(n)).ok_or_else(wanted);
    Ok([side(width)?, side(height)?])
}
