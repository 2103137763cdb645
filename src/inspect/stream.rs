//! Hits out of a stream: the file that a collector writes, one JSON object a line, read while it comes in.

use alloc::string::{String, ToString};

use js_sys::{Function, JSON, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::exports::plain;
use super::hit::Hit;
use super::lines::Lines;

const NO_URL: &str = "this line has no url";
const NO_BYTES: &str = "this stream does not consist of bytes";

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A line of a file of hits. */
export interface Line {
    /** Its number, from 1. */
    number: number;
    /** The line itself, parsed where it is JSON. */
    record: any;
    hit: Hit | null;
    /** Why there is no hit. */
    error: string | null;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// A `ReadableStream` of bytes.
    #[wasm_bindgen(typescript_type = "ReadableStream<Uint8Array>")]
    pub type ByteStream;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn reader(this: &ByteStream) -> Result<Reader, JsValue>;

    type Reader;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &Reader) -> Result<Chunk, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn cancel(this: &Reader) -> Result<JsValue, JsValue>;

    type Chunk;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Chunk) -> Option<JsValue>;
}

/// Reads hits line by line and hands each over as it comes; says how many lines there were. A line is a URL, or a JSON
/// object with `url`, and `host` and `body` where the URL does not say everything. A line that cannot be read is handed
/// over with the reason.
#[wasm_bindgen(js_name = decodeStream)]
pub async fn decode_stream(
    stream: ByteStream,
    #[wasm_bindgen(unchecked_param_type = "(line: Line) => void")] each: Function,
) -> Result<u32, JsValue> {
    let reader = stream.reader()?;
    let mut hits = Hits { lines: Lines::default(), count: 0, each };
    let read = hits.read(&reader).await;
    if read.is_err() {
        // Whoever waits for the stream learns that nobody reads it any more.
        let _ = reader.cancel().await;
    }
    read.map(|()| hits.count)
}

struct Hits {
    lines: Lines,
    count: u32,
    each: Function,
}

impl Hits {
    async fn read(&mut self, reader: &Reader) -> Result<(), JsValue> {
        while let Some(piece) = reader.read().await?.value() {
            let bytes: Uint8Array = piece.dyn_into().map_err(|_| JsError::new(NO_BYTES))?;
            for line in self.lines.feed(&bytes.to_vec()) {
                self.hand_over(&line)?;
            }
        }
        let last = self.lines.end();
        if last.is_empty() { Ok(()) } else { self.hand_over(&last) }
    }

    fn hand_over(&mut self, text: &str) -> Result<(), JsValue> {
        self.count += 1;
        if text.is_empty() {
            return Ok(());
        }
        let line = Line::new(self.count, text);
        self.each.call1(&JsValue::UNDEFINED, &plain(&line)?)?;
        Ok(())
    }
}

#[derive(Serialize)]
struct Line {
    number: u32,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    record: JsValue,
    hit: Option<Hit>,
    error: Option<String>,
}

impl Line {
    fn new(number: u32, text: &str) -> Self {
        let record = if text.starts_with('{') { JSON::parse(text) } else { Ok(JsValue::from_str(text)) };
        let (record, hit) = match record {
            Ok(record) => (record.clone(), decode(&record)),
            Err(error) => (JsValue::from_str(text), Err(message(&error))),
        };
        match hit {
            Ok(hit) => Self { number, record, hit: Some(hit), error: None },
            Err(error) => Self { number, record, hit: None, error: Some(error) },
        }
    }
}

/// A collector sees the path of a request, and the host in a header.
fn decode(record: &JsValue) -> Result<Hit, String> {
    let property = |name| Reflect::get(record, &JsValue::from_str(name)).ok().and_then(|value| value.as_string());
    let mut url = record.as_string().or_else(|| property("url")).ok_or(NO_URL)?;
    if let Some(host) = property("host").filter(|_| url.starts_with('/')) {
        url.insert_str(0, &host);
        url.insert_str(0, "//");
    }
    super::decode(&url, &property("body").unwrap_or_default()).map_err(|error| error.to_string())
}

fn message(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| error.message().into())
}
