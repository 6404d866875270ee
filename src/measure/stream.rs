//! A report as JSON that never holds more than one plot.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeStruct as _, Serializer};

use super::{Report, Sums};
use crate::model::Project;

/// Writes the same JSON as [`Report`], but makes the figures of each plot only when its turn comes, so that a hundred
/// thousand plots need no more memory than one.
pub struct ReportStream<'a> {
    head: Report,
    sums: &'a Sums,
    project: &'a Project,
}

impl Sums {
    /// The report to be written plot by plot; `None` when the variant is not there.
    #[must_use]
    pub fn report_stream<'a>(&'a self, project: &'a Project) -> Option<ReportStream<'a>> {
        Some(ReportStream { head: self.report_head(project)?, sums: self, project })
    }
}

impl Serialize for ReportStream<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Plots<'a>(&'a ReportStream<'a>);
        impl Serialize for Plots<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.sums.with_plots(self.0.project, |plots| serializer.collect_seq(plots))
            }
        }
        let head = &self.head;
        let mut report = serializer.serialize_struct("Report", 9)?;
        report.serialize_field("format", head.format)?;
        report.serialize_field("version", &head.version)?;
        report.serialize_field("project", &head.project)?;
        report.serialize_field("variant", &head.variant)?;
        report.serialize_field("area_basis", head.area_basis)?;
        report.serialize_field("totals", &head.totals)?;
        report.serialize_field("regions", &head.regions)?;
        report.serialize_field("gfa_by_level_m2", &head.gfa_by_level_m2)?;
        report.serialize_field("plots", &Plots(self))?;
        report.end()
    }
}

/// Writes a report as people and programs read it: the head over many lines, then one line for each plot.
///
/// # Errors
/// When the writer refuses.
pub fn write_json<W: Write>(report: &impl Serialize, mut writer: W) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut writer, ReportLayout::default());
    report.serialize(&mut json)?;
    writer.write_all(b"\n")
}

/// Lines and indents down to the fields of the totals and to each plot; what lies deeper stands on one line.
#[derive(Default)]
struct ReportLayout {
    depth: usize,
}

impl ReportLayout {
    /// Objects and lists this deep still have lines of their own.
    const LINES: usize = 2;

    fn open<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(bracket)
    }

    fn item<W: Write + ?Sized>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(if self.depth > Self::LINES { b", " } else { b"," })?;
        }
        self.line(writer, self.depth)
    }

    fn close<W: Write + ?Sized>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.line(writer, self.depth - 1)?;
        self.depth -= 1;
        writer.write_all(bracket)
    }

    fn line<W: Write + ?Sized>(&self, writer: &mut W, indent: usize) -> io::Result<()> {
        if self.depth > Self::LINES {
            return Ok(());
        }
        writer.write_all(b"\n")?;
        (0..indent).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl serde_json::ser::Formatter for ReportLayout {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.item(writer, first)
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.item(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }
}
