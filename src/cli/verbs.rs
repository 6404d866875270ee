//! What each command does.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::args::{Check, Export, Import, Pack, Render, Report, ReportFormat, View};
use super::doors;
use super::{DONE, FAILED, FAULTY, Failure, Run};
use crate::basemap::Archive;
use crate::edit::{Label, merge};
use crate::io::door::{self, Format, Opened, WriteOptions};
use crate::io::drawing::{PX_PER_INCH, PlanPicture, UnderMap};
use crate::io::geojson::{self, Content, ImportOptions, PlainAreas};
use crate::io::osm::{self, SurroundingsOptions};
use crate::io::pack::{self, PackOptions};
use crate::io::page::PAPER_DOTS_PER_INCH;
use crate::measure::{Sums, report_csv, table, write_json};
use crate::model::{Fault, Id, Project, Severity, SharedLibrary, Variant};
use crate::scene::Tone;

/// The code of a verb that judges what it reads: faulty when something of the file could not be used as it stood.
fn code_of(opened: &Opened) -> u8 {
    if opened.notes.iter().any(|note| note.is_fault) { FAULTY } else { DONE }
}

/// `report`: the figures, then the faults that they leave out.
pub(super) fn report(args: &Report, run: &mut Run<'_>) -> Result<u8, Failure> {
    let opened = doors::open(&args.project, run)?;
    let project = &opened.project;
    let variant = variant(project, args.variant.as_deref(), &args.project, run)?;
    // The faults are looked for while the figures are written; they are said after them, also where both streams end
    // on one screen.
    let faults = std::thread::scope(|scope| {
        let faults = scope.spawn(|| crate::measure::check_all(project));
        write_report(project, variant, args.format, run)?;
        run.out.flush()?;
        Ok::<_, Failure>(faults.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let mut code = code_of(&opened);
    for fault in faults {
        if fault.at.variant.is_none_or(|of| of == variant) {
            if fault.severity == Severity::Error {
                code = FAULTY;
            }
            let text = fault_text(&fault, opened.fingerprint.is_some(), run);
            run.say(&format!("{}: {text}", doors::shown(&args.project)));
        }
    }
    // The program ends here: giving back a large project piece by piece would only take time.
    std::mem::forget(opened);
    Ok(code)
}

fn write_report(project: &Project, variant: Id, format: ReportFormat, run: &mut Run<'_>) -> Result<(), Failure> {
    let sums = Sums::new(project, variant);
    let missing = || Failure::Told(FAILED, String::new());
    match format {
        ReportFormat::Text => {
            let head = sums.report_head(project).ok_or_else(missing)?;
            let text = sums.with_plots(project, |plots| table::text(&head, plots, run.lang));
            run.out.write_all(text.as_bytes())?;
        }
        ReportFormat::Json => {
            let stream = sums.report_stream(project).ok_or_else(missing)?;
            write_json(&stream, &mut run.out)?;
        }
        ReportFormat::Csv => {
            let head = sums.report_head(project).ok_or_else(missing)?;
            sums.with_plots(project, |plots| report_csv::write_csv(&head, plots, &mut run.out)).map_err(csv_error)?;
        }
    }
    // As with the project: the program ends here.
    std::mem::forget(sums);
    Ok(())
}

fn csv_error(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// `check`: what is wrong, one line each; the findings are the result.
pub(super) fn check(args: &Check, run: &mut Run<'_>) -> Result<u8, Failure> {
    let mut worst = DONE;
    for path in &args.projects {
        match check_one(path, run) {
            Ok(code) => worst = worst.max(code),
            Err(Failure::Told(code, text)) => {
                run.say(&text);
                worst = worst.max(code);
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(worst)
}

fn check_one(path: &Path, run: &mut Run<'_>) -> Result<u8, Failure> {
    let source = doors::read(path, run)?;
    let name = doors::shown(path);
    let mut code = DONE;
    let (faults, with_path) = if source.content == Content::Library {
        (crate::measure::check_library(&doors::library(&source, run)?), true)
    } else {
        let opened = doors::understand(source, run)?;
        code = code_of(&opened);
        for note in &opened.notes {
            writeln!(run.out, "{name}: {}", note.text)?;
        }
        (crate::measure::check_all(&opened.project), opened.fingerprint.is_some())
    };
    for fault in faults {
        writeln!(run.out, "{name}: {}", fault_text(&fault, with_path, run))?;
        code = FAULTY;
    }
    if code == DONE {
        let sound = run.words("cli-sound", &[("file", name)]);
        writeln!(run.out, "{sound}")?;
    }
    Ok(code)
}

/// How bad, where, what. A path is given for a project file only: in another format it would lead nowhere.
fn fault_text(fault: &Fault, with_path: bool, run: &Run<'_>) -> String {
    let severity = match fault.severity {
        Severity::Error => run.words("cli-error", &[]),
        Severity::Warning => run.words("cli-warning", &[]),
    };
    let text = fault.text(run.lang);
    if with_path && !fault.at.path.is_empty() {
        format!("{severity}: {}: {text}", fault.at.path)
    } else {
        format!("{severity}: {text}")
    }
}

/// `import`: one project from all sources.
pub(super) fn import(args: &Import, run: &mut Run<'_>) -> Result<u8, Failure> {
    let extension = args.output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !doors::is_dash(&args.output) && extension != "maakblok" {
        return Err(run.failed("cli-import-output", &[("file", doors::shown(&args.output))]));
    }
    let mut projects = Vec::new();
    let mut exchange = Vec::new();
    let mut libraries = Vec::new();
    for path in &args.sources {
        if osm::is_osm(path) {
            projects.push((doors::shown(path), surroundings(path, args, run)?));
            continue;
        }
        let source = doors::read(path, run)?;
        if source.content == Content::Library {
            libraries.push(doors::library(&source, run)?);
        } else if source.content == Content::Own {
            let name = source.shown.clone();
            if args.origin.is_some() {
                return Err(run.failed("cli-origin-of-project", &[("file", name)]));
            }
            let opened = doors::understand(source, run)?;
            doors::say_notes(&name, &opened, run);
            projects.push((name, opened.project));
        } else {
            exchange.push(source);
        }
    }
    // The first project keeps its name, its place and its variants; everything else joins its main variant.
    let mut projects = projects.into_iter();
    let base = projects.next();
    let place = base.as_ref().map(|(_, project)| [project.origin.lon_deg, project.origin.lat_deg]);
    let plain = if args.as_plots { PlainAreas::Plots } else { PlainAreas::Context };
    let from_exchange =
        if exchange.is_empty() { None } else { Some(import_exchange(exchange, (args.origin.or(place), plain), run)?) };
    let mut project = match (base, from_exchange) {
        (None, Some((_, only))) => only,
        (Some((_, mut whole)), others) => {
            for (name, other) in others.into_iter().chain(projects) {
                if let Some(variant) = other.main_variant() {
                    say_which_variant(&other, variant, &name, run);
                }
                join(&mut whole, &other, &name, run)?;
            }
            whole
        }
        // The arguments ask for one source at least.
        (None, None) => return Err(run.failed("cli-import-libraries", &[])),
    };
    for library in libraries {
        SharedLibrary::of(&project).with(library).put_into(&mut project);
    }
    doors::put_project(&args.output, &project, run)?;
    Ok(DONE)
}

/// The surroundings in an OpenStreetMap file, as a project.
fn surroundings(path: &Path, args: &Import, run: &mut Run<'_>) -> Result<Project, Failure> {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let options = SurroundingsOptions { cover_deg: args.bbox, origin_deg: args.origin, name: &name, lang: run.lang };
    let shown = doors::shown(path);
    let (project, notes) =
        osm::surroundings(path, options, &|| true).map_err(|error| doors::told(&shown, &error.text(run.lang)))?;
    notes.iter().for_each(|note| run.say(&format!("{shown}: {note}")));
    Ok(project)
}

/// Adds a project to the main variant of another, as the window does.
fn join(whole: &mut Project, other: &Project, name: &str, run: &mut Run<'_>) -> Result<(), Failure> {
    let variant = whole.main_variant().map_or(Id(0), |variant| variant.id);
    let label = Label::about("edit-import", name);
    let (edit, notes) =
        merge(whole, variant, other, label, run.lang).map_err(|error| doors::told(name, &error.text(run.lang)))?;
    for note in notes {
        run.say(&format!("{name}: {note}"));
    }
    edit.apply(whole).map_err(|error| doors::told(name, &error.text(run.lang)))?;
    Ok(())
}

/// One project from exchange files, and what messages call it: several are read as if they were one.
fn import_exchange(
    sources: Vec<doors::Source>,
    (origin, plain): (Option<[f64; 2]>, PlainAreas),
    run: &mut Run<'_>,
) -> Result<(String, Project), Failure> {
    let mut all: Option<geojson::Parsed> = None;
    let mut names = Vec::with_capacity(sources.len());
    let mut stem = None;
    for source in sources {
        let parsed =
            geojson::parse(&source.bytes, plain).map_err(|error| doors::told(&source.shown, &error.text(run.lang)))?;
        match &mut all {
            None => all = Some(parsed),
            Some(all) => all.append(parsed),
        }
        stem = stem.or(source.stem);
        names.push(source.shown);
    }
    let options = ImportOptions {
        origin,
        name: stem.as_deref(),
        region_at: Some(&crate::basemap::region_at),
        plain,
        lang: run.lang,
    };
    let name = names.first().cloned().unwrap_or_default();
    let imported =
        geojson::build(all.unwrap_or_default(), &options).map_err(|error| doors::told(&name, &error.text(run.lang)))?;
    for note in &imported.notes {
        let name = names.get(note.source).map_or("", String::as_str);
        run.say(&format!("{name}: {}", note.text(run.lang)));
    }
    Ok((name, imported.project))
}

/// `export`: the format is told by the extension.
pub(super) fn export(args: &Export, run: &mut Run<'_>) -> Result<u8, Failure> {
    let format = format(&args.output, args.format, Some(Format::Geojson), run)?;
    let project = &doors::open(&args.project, run)?.project;
    let id = variant(project, args.variant.as_deref(), &args.project, run)?;
    if format == Format::Maakblok {
        if args.variant.is_some() && project.variants.len() > 1 {
            run.say(&run.words("cli-all-variants", &[("file", doors::shown(&args.output))]));
        }
        doors::put_project(&args.output, project, run)?;
        return Ok(DONE);
    }
    if args.variant.is_none()
        && let Some(variant) = project.variant(id)
    {
        say_which_variant(project, variant, &doors::shown(&args.project), run);
    }
    let picture = PlanPicture { lang: run.lang, ..PlanPicture::default() };
    let options = WriteOptions { picture, epsg: args.crs };
    write(project, id, format, &options, &args.output, run)
}

/// `render`: a plan as SVG, PNG or PDF.
pub(super) fn render(args: &Render, run: &mut Run<'_>) -> Result<u8, Failure> {
    match args.view {
        View::Plan => {}
        View::Axo => return Err(run.not_yet("--view axo")),
        View::Section => return Err(run.not_yet("--view section")),
    }
    let format = format(&args.output, args.format, None, run)?;
    if !matches!(format, Format::Svg | Format::Png | Format::Pdf) {
        return Err(run.failed("cli-render-format", &[("file", doors::shown(&args.output))]));
    }
    let project = doors::open(&args.project, run)?.project;
    let id = variant(&project, args.variant.as_deref(), &args.project, run)?;
    let usual = PlanPicture::default();
    let (size_px, dots) = match (args.paper, args.size) {
        (Some(paper), _) => (paper.size_px(args.upright), PAPER_DOTS_PER_INCH / PX_PER_INCH),
        (None, Some(size_px)) => (size_px.map(f64::from), usual.dots),
        (None, None) => (usual.size_px, usual.dots),
    };
    let maps = args.basemap.iter().map(|path| under_map(path, run)).collect::<Result<Vec<_>, _>>()?;
    let picture = PlanPicture {
        theme: args.theme.into(),
        lang: run.lang,
        size_px,
        dots,
        on_paper: args.paper.is_some(),
        scale: args.scale,
        map: maps.is_empty(),
        maps,
        map_look: args.map_look.into(),
        ..usual
    };
    let options = WriteOptions { picture, ..WriteOptions::default() };
    write(&project, id, format, &options, &args.output, run)
}

fn under_map(path: &Path, run: &Run<'_>) -> Result<UnderMap, Failure> {
    let archive = Archive::open(path).map_err(|error| doors::told(&doors::shown(path), &error.text(run.lang)))?;
    Ok(UnderMap { name: doors::shown(path), map: Arc::new(archive), tone: Tone::default() })
}

/// `pack`: an area of a map for use without a network.
pub(super) fn pack(args: &Pack, run: &mut Run<'_>) -> Result<u8, Failure> {
    let extension = args.output.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if extension != "pmtiles" && !doors::is_dash(&args.output) {
        return Err(run.failed("pack-error-name", &[("file", doors::shown(&args.output))]));
    }
    let stem = args.output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let options = PackOptions {
        cover_deg: args.bbox,
        zooms: args.zooms,
        name: args.name.clone().unwrap_or(stem),
        attribution: args.attribution.clone(),
    };
    let packed =
        pack::pack(&args.sources, &options, &|_| true).map_err(|error| Failure::Told(FAILED, error.text(run.lang)))?;
    doors::put(&args.output, &packed.bytes, run)?;
    for note in &packed.notes {
        run.say(&note.text(run.lang));
    }
    let number = |n: usize| crate::i18n::number(run.lang, n as f64, 0);
    let size = crate::i18n::number(run.lang, packed.bytes.len() as f64 / 1e6, 1);
    let said = [
        ("file", doors::shown(&args.output)),
        ("tiles", number(packed.tiles)),
        ("things", number(packed.things)),
        ("size", size),
    ];
    run.say(&run.words("pack-done", &said));
    Ok(DONE)
}

/// Writes a variant and says what could not be written.
fn write(
    project: &Project,
    variant: Id,
    format: Format,
    options: &WriteOptions,
    to: &Path,
    run: &mut Run<'_>,
) -> Result<u8, Failure> {
    let written = door::write_bytes(project, variant, format, options)
        .map_err(|error| doors::told(&doors::shown(to), &error.text(run.lang)))?;
    doors::put(to, &written.bytes, run)?;
    for text in written.notes(run.lang) {
        run.say(&format!("{}: {text}", doors::shown(to)));
    }
    Ok(DONE)
}

/// The format of an output: as said, else as its extension tells.
fn format(path: &Path, said: Option<Format>, of_stdout: Option<Format>, run: &Run<'_>) -> Result<Format, Failure> {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if matches!(extension.as_str(), "dxf" | "ifc" | "glb" | "gltf" | "gpkg" | "shp" | "kml") && said.is_none() {
        return Err(run.not_yet(&format!(".{extension}")));
    }
    let told = if doors::is_dash(path) { of_stdout } else { Format::of_path(path) };
    said.or(told).ok_or_else(|| run.failed("cli-format", &[("file", doors::shown(path))]))
}

/// The variant asked for, or the main one.
fn variant(project: &Project, name: Option<&str>, path: &Path, run: &Run<'_>) -> Result<Id, Failure> {
    let Some(name) = name else { return main_variant(project, path, run) };
    project.variant_named(name).map(|variant| variant.id).ok_or_else(|| {
        let names: Vec<String> = project.variants.iter().map(|variant| format!("“{}”", variant.name)).collect();
        let args = [("file", doors::shown(path)), ("name", name.to_owned()), ("names", names.join(", "))];
        Failure::Told(FAULTY, run.words("cli-no-variant", &args))
    })
}

fn main_variant(project: &Project, path: &Path, run: &Run<'_>) -> Result<Id, Failure> {
    let none = || Failure::Told(FAULTY, run.words("cli-without-variants", &[("file", doors::shown(path))]));
    project.main_variant().map(|variant| variant.id).ok_or_else(none)
}

/// A project of several variants gives one; which one is said.
fn say_which_variant(project: &Project, variant: &Variant, file: &str, run: &mut Run<'_>) {
    if project.variants.len() > 1 {
        let text = run.words("cli-one-variant", &[("file", file.to_owned()), ("name", variant.name.clone())]);
        run.say(&text);
    }
}
