//! Exports for JavaScript: `decode` and `names`, which return plain objects.

use alloc::string::{String, ToString};

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Decodes a request: its URL, and the body of a POST. Throws an `Error` that says what is wrong with it.
#[wasm_bindgen(unchecked_return_type = "Hit")]
pub fn decode(url: &str, body: Option<String>) -> Result<JsValue, JsError> {
    to_plain(&super::decode(url, &body.unwrap_or_default())?)
}

/// Every variable that a request can hold, in the order of a request.
#[wasm_bindgen(unchecked_return_type = "Name[]")]
pub fn names() -> Result<JsValue, JsError> {
    to_plain(&super::names())
}

/// Converts a value to plain JavaScript objects, arrays and strings.
pub fn to_plain(value: &impl Serialize) -> Result<JsValue, JsError> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| JsError::new(&error.to_string()))
}
