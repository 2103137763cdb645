//! The properties that a new tracker has on `s` before the page sets any.

/// The properties as JSON. `version` is that of the AppMeasurement whose requests are sent, because plug-ins and collectors
/// depend on it; `afterhit` is our own.
pub const DEFAULTS: &str = concat!(
    r#"{"version":"2.27.0","afterhit":""#,
    env!("CARGO_PKG_VERSION"),
    r#"","charSet":"UTF-8","writeSecureCookies":false,"collectHighEntropyUserAgentHints":false,"#,
    r#""maxDelay":250,"usePostbacks":0,"tagContainerMarker":"","offlineThrottleDelay":0,"#,
    r#""storageFilename":"AppMeasurement.requests","#,
    r#""linkDownloadFileTypes":"exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx"}"#
);

/// Properties that a new tracker gets as soon as the page has a body, even if the page has set them by then.
pub const DEFAULTS_WITH_BODY: &str = r#"{"useForcedLinkTracking":1}"#;
