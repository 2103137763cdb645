//! What a new tracker has on `s` before the page sets anything.

/// Properties and values, as JSON ("charSet", "linkDownloadFileTypes" … in Adobe's documentation).
pub const DEFAULTS: &str = concat!(
    r#"{"contextData":{},"writeSecureCookies":false,"collectHighEntropyUserAgentHints":false,"charSet":"UTF-8","#,
    r#""linkDownloadFileTypes":"exe,zip,wav,mp3,mov,mpg,avi,wmv,pdf,doc,docx,xls,xlsx,ppt,pptx"}"#
);
