//! A report as JSON that never holds more than one plot.

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
                serializer.collect_seq(self.0.sums.plots(self.0.project))
            }
        }
        let head = &self.head;
        let mut report = serializer.serialize_struct("Report", 8)?;
        report.serialize_field("format", head.format)?;
        report.serialize_field("version", &head.version)?;
        report.serialize_field("project", &head.project)?;
        report.serialize_field("variant", &head.variant)?;
        report.serialize_field("area_basis", head.area_basis)?;
        report.serialize_field("totals", &head.totals)?;
        report.serialize_field("regions", &head.regions)?;
        report.serialize_field("plots", &Plots(self))?;
        report.end()
    }
}
