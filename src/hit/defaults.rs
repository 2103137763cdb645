//! The properties that a new tracker has on `s` before the page sets any.

/// The properties as JSON.
pub const DEFAULTS: &str = concat!(
    r#"{"collectHighEntropyUserAgentHints":false,"writeSecureCookies":false,"charSet":"UTF-8","#,
    r#""linkDownloadFileTypes":"exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx"}"#
);
