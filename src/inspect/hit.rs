//! A decoded hit: the values of its request by name, in the order of the request.

use alloc::string::String;
use alloc::vec::Vec;

/// A decoded hit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Hit {
    /// The tracking server; empty if the URL starts with its path.
    pub collector: String,
    /// Whether the scheme is https.
    pub secure: bool,
    /// The report suites.
    pub suites: Vec<String>,
    /// How the hit reached the collector.
    pub path: Path,
    /// The library and its version: `JS-2.27.0`.
    pub version: String,
    /// `tagContainerMarker`.
    pub marker: String,
    /// What the hit reports.
    pub kind: Kind,
    /// Whether the request has its last parameter, `AQE`; without it the request was truncated.
    pub complete: bool,
    /// The visitor's local time as sent: `D/M/YYYY h:m:s W O`. The month `M` counts from 0, the weekday `W` from 0 (Sunday);
    /// `O` is the offset from UTC in minutes, positive to the west.
    pub time: String,
    /// The variables of `s`.
    pub variables: Vec<Variable>,
    /// `contextData`, with dotted names, except for the values of Activity Map, which are in `activity_map`.
    pub context_data: Vec<Pair>,
    /// The click, as reported by Activity Map or by the older click map.
    pub activity_map: Vec<Click>,
    /// Client hints.
    pub hints: Vec<Pair>,
    /// Customer ids: `NAME.id` and `NAME.as`.
    pub customer_ids: Vec<Pair>,
    /// Parameters of the audience management module.
    pub audience: Vec<Pair>,
    /// Parameters that every request has and that belong to no variable.
    pub envelope: Vec<Parameter>,
    /// Parameters that fit none of the above.
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
    /// The documented limit in bytes, 0 if there is none.
    pub limit: usize,
    /// Whether the value is longer than `limit`.
    pub over: bool,
}

/// A name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Pair {
    /// The name, prefixed with its levels.
    pub name: String,
    /// The value.
    pub value: String,
}

/// One property of a click.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Click {
    /// The property: `page`, `link`, `region` …
    pub name: String,
    /// The value.
    pub value: String,
    /// The report suite that the click belongs to; empty if it belongs to all suites of the hit.
    pub suite: String,
}

/// A parameter of the request that is not a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize))]
pub struct Parameter {
    /// Its name, prefixed with its levels.
    pub parameter: String,
    /// Its value.
    pub value: String,
}

/// What a hit reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize), serde(into = "&'static str"))]
pub enum Kind {
    /// A page view: `t()`.
    #[default]
    PageView,
    /// A custom link: `tl()` of type `o`.
    CustomLink,
    /// A download link: `tl()` of type `d`.
    DownloadLink,
    /// An exit link: `tl()` of type `e`.
    ExitLink,
    /// A light hit: `trackLight()`.
    Light,
    /// A hit with a `pe` that is not a link type.
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

/// How a hit reached the collector: the path segment after the report suites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "inspect", derive(serde::Serialize), serde(into = "&'static str"))]
pub enum Path {
    /// `1`: the response is an image.
    Image,
    /// `5.1` or `5.10`: `mobile` is set.
    Mobile,
    /// `10`: the response is a script for the audience management module.
    Audience,
    /// Any other segment.
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
