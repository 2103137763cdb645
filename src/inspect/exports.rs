//! What JavaScript gets: `decode` and `names`, as plain objects.

use alloc::string::{String, ToString};

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A hit, read from its request. */
export interface Hit {
    /** The tracking server; empty where the URL begins with its path. */
    collector: string;
    /** Whether the URL says https. */
    secure: boolean;
    /** The report suites. */
    suites: string[];
    /** How the hit reached the collector. */
    path: "image" | "mobile" | "audience" | "other";
    /** The library and its version: `JS-2.27.0`. */
    version: string;
    /** `tagContainerMarker`. */
    marker: string;
    kind: "page view" | "custom link" | "download link" | "exit link" | "light" | "other";
    /** Whether the request has its end; without it the hit was cut off on its way. */
    complete: boolean;
    /** The visitor's local time: `D/M/YYYY h:m:s W O`. */
    time: string;
    /** The variables, in the order of the request. */
    variables: Variable[];
    /** `contextData`, its names with dots. */
    contextData: Pair[];
    /** The click, as Activity Map reports it. */
    activityMap: Click[];
    /** Client hints. */
    hints: Pair[];
    /** Customer ids: `NAME.id` and `NAME.as`. */
    customerIds: Pair[];
    /** What the audience management object adds. */
    audience: Pair[];
    /** What every request has and no variable holds. */
    envelope: Parameter[];
    /** What nothing above explains. */
    unknown: Parameter[];
}

export interface Variable {
    /** Its name on `s`. */
    name: string;
    /** Its name in the request. */
    parameter: string;
    value: string;
    /** The documented limit in bytes, 0 where there is none. */
    limit: number;
    /** Whether the value is longer than that. */
    over: boolean;
}

export interface Pair {
    name: string;
    value: string;
}

export interface Click extends Pair {
    /** The suite that the click is kept for, where it is kept for one of several; empty for all. */
    suite: string;
}

export interface Parameter {
    parameter: string;
    value: string;
}

/** A variable that a request can hold. */
export interface Name {
    name: string;
    parameter: string;
    /** The documented limit in bytes, 0 where there is none. */
    limit: number;
    /** Whether `clearVars` clears it. */
    cleared: boolean;
}
"#;

/// Reads a request: its URL, and the body of a POST. Throws an `Error` that says what is wrong.
#[wasm_bindgen(unchecked_return_type = "Hit")]
pub fn decode(url: &str, body: Option<String>) -> Result<JsValue, JsError> {
    plain(&super::decode(url, &body.unwrap_or_default())?)
}

/// Every variable that a request can hold, in the order of a request.
#[wasm_bindgen(unchecked_return_type = "Name[]")]
pub fn names() -> Result<JsValue, JsError> {
    plain(&super::names())
}

/// A value as plain objects, arrays and strings.
pub fn plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| JsError::new(&error.to_string()))
}
