//! The properties that a new tracker has on `s` before the page sets any.

/// The properties as JSON.
pub const DEFAULTS: &str = concat!(
    r#"{"collectHighEntropyUserAgentHints":false,"writeSecureCookies":false,"charSet":"UTF-8","#,
    r#""linkDownloadFileTypes":"exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx"}"#
);

/// Properties that a new tracker gets as soon as the page has a body, even if the page has set them by then.
pub const DEFAULTS_WITH_BODY: &str = r#"{"useForcedLinkTracking":1}"#;
