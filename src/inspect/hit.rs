//! A hit as it is read: what its request says, by name and in the order of the request.

use alloc::string::String;
use alloc::vec::Vec;

/// A hit that has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Hit {
    /// The tracking server; empty where the URL begins with its path.
    pub collector: String,
    /// Whether the URL says https.
    pub secure: bool,
    /// The report suites.
    pub suites: Vec<String>,
    /// How the hit reached the collector.
    pub path: Path,
    /// The library and its version: `JS-2.27.0`.
    pub version: String,
    /// `tagContainerMarker`.
    pub marker: String,
    /// What the hit tells of.
    pub kind: Kind,
    /// Whether the request has its end, `AQE`; without it the hit was cut off on its way.
    pub complete: bool,
    /// The visitor's local time, as the request has it: `D/M/YYYY h:m:s W O`.
    pub time: String,
    /// What the table of variables names.
    pub variables: Vec<Variable>,
    /// `contextData`, its names with dots; what Activity Map writes there is in `activity_map`.
    pub context_data: Vec<Pair>,
    /// The click, as Activity Map and the click map before it report it.
    pub activity_map: Vec<Click>,
    /// Client hints.
    pub hints: Vec<Pair>,
    /// Customer ids: `NAME.id` and `NAME.as`.
    pub customer_ids: Vec<Pair>,
    /// What the audience management object adds.
    pub audience: Vec<Pair>,
    /// What every request has and no variable holds.
    pub envelope: Vec<Parameter>,
    /// What nothing above explains.
    pub unknown: Vec<Parameter>,
}

/// A variable of `s`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Variable {
    /// Its name on `s`.
    pub name: String,
    /// Its name in the request.
    pub parameter: String,
    /// Its value.
    pub value: String,
    /// The documented limit in bytes, 0 where there is none.
    pub limit: usize,
    /// Whether the value is longer than that.
    pub over: bool,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Pair {
    /// The name, with its levels in front.
    pub name: String,
    /// The value.
    pub value: String,
}

/// One thing that is said of a click.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Click {
    /// What is said: `page`, `link`, `region` …
    pub name: String,
    /// The value.
    pub value: String,
    /// The suite that it is kept for, where it is kept for one of several; empty for all.
    pub suite: String,
}

/// A parameter of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Parameter {
    /// Its name, with its levels in front.
    pub parameter: String,
    /// Its value.
    pub value: String,
}

/// What a hit tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize), serde(into = "&'static str"))]
pub enum Kind {
    /// `t()`.
    #[default]
    PageView,
    /// `tl()` of type `o`.
    CustomLink,
    /// `tl()` of type `d`.
    DownloadLink,
    /// `tl()` of type `e`.
    ExitLink,
    /// `trackLight()`.
    Light,
    /// A `pe` that is no link's.
    Other,
}

impl From<Kind> for &'static str {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::PageView => "page view",
            Kind::CustomLink => "custom link",
            Kind::DownloadLink => "download link",
            Kind::ExitLink => "exit link",
            Kind::Light => "light",
            Kind::Other => "other",
        }
    }
}

/// How a hit reached the collector: the number behind the suites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize), serde(into = "&'static str"))]
pub enum Path {
    /// `1`: the answer is an image.
    Image,
    /// `5.1`: `mobile` is set.
    Mobile,
    /// `10`: the answer is a script, for audience management.
    Audience,
    /// Another number.
    #[default]
    Other,
}

impl From<Path> for &'static str {
    fn from(path: Path) -> Self {
        match path {
            Path::Image => "image",
            Path::Mobile => "mobile",
            Path::Audience => "audience",
            Path::Other => "other",
        }
    }
}
