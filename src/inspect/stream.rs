//! Decodes hits from a stream: the file that a collector writes, one JSON object per line, decoded while it arrives.

use alloc::string::{String, ToString};

use js_sys::{Function, JSON, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::exports::to_plain;
use super::hit::Hit;
use super::line_buffer::LineBuffer;

const NO_URL: &str = "this line has no url";
const NOT_BYTES: &str = "this stream does not consist of bytes";

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

/// Decodes hits line by line, calls `each` for every line that is not empty, and resolves to the number of lines.
///
/// A line is a URL, or a JSON object with `url` and optionally `host` (for a URL that is only a path) and `body`. For a
/// line that cannot be decoded, `each` receives the reason. Rejects if the stream fails or does not consist of bytes, and
/// with whatever `each` throws.
#[wasm_bindgen(js_name = decodeStream)]
pub async fn decode_stream(
    stream: ByteStream,
    #[wasm_bindgen(unchecked_param_type = "(line: Line) => void")] each: Function,
) -> Result<u32, JsValue> {
    let reader = stream.reader()?;
    let mut hits = Hits { lines: LineBuffer::default(), count: 0, each };
    let read = hits.read(&reader).await;
    if read.is_err() {
        // Tells the source of the stream that nobody reads it any more.
        let _ = reader.cancel().await;
    }
    read.map(|()| hits.count)
}

struct Hits {
    lines: LineBuffer,
    count: u32,
    each: Function,
}

impl Hits {
    async fn read(&mut self, reader: &Reader) -> Result<(), JsValue> {
        while let Some(chunk) = reader.read().await?.value() {
            let bytes: Uint8Array = chunk.dyn_into().map_err(|_| JsError::new(NOT_BYTES))?;
            for line in self.lines.push(&bytes.to_vec()) {
                self.emit(&line)?;
            }
        }
        let last = self.lines.take_line();
        if last.is_empty() { Ok(()) } else { self.emit(&last) }
    }

    fn emit(&mut self, text: &str) -> Result<(), JsValue> {
        self.count += 1;
        if text.is_empty() {
            return Ok(());
        }
        let line = Line::new(self.count, text);
        self.each.call1(&JsValue::UNDEFINED, &to_plain(&line)?)?;
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

/// A collector knows a URL as the path of the request line and the `Host` header.
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
