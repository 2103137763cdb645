//! Tests of the exports for JavaScript.

use js_sys::{Array, Function, JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::inspect::exports::{decode, names};
use crate::inspect::stream::{ByteStream, decode_stream};

const URL: &str = "https://data.example.com/b/ss/a,b/1/JS-1.0-m/s1?AQB=1&v1=%C3%A5&c.&x.&y=1&.x&.c&AQE=1";

#[wasm_bindgen(inline_js = "
export const streamOf = (...pieces) => new Blob(pieces).stream();
export const streamOfText = () => new ReadableStream({ start: (stream) => stream.enqueue('text') });
export const thrown = (error) => `${error instanceof Error} ${error.message}`;
")]
extern "C" {
    #[wasm_bindgen(js_name = streamOf, variadic)]
    fn stream_of(pieces: Array) -> ByteStream;
    #[wasm_bindgen(js_name = streamOfText)]
    fn stream_of_text() -> ByteStream;
    fn thrown(error: JsValue) -> String;
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).expect("an object")
}

#[wasm_bindgen_test]
fn a_hit_is_a_plain_object() {
    let hit = decode(URL, None).expect("a hit");
    assert_eq!(
        json(&hit),
        concat!(
            r#"{"collector":"data.example.com","secure":true,"suites":["a","b"],"path":"image","version":"JS-1.0","#,
            r#""marker":"m","kind":"page view","complete":true,"time":"","#,
            r#""variables":[{"name":"eVar1","parameter":"v1","value":"å","limit":255,"over":false}],"#,
            r#""contextData":[{"name":"x.y","value":"1"}],"activityMap":[],"hints":[],"customerIds":[],"audience":[],"#,
            r#""envelope":[],"unknown":[]}"#
        )
    );
}

#[wasm_bindgen_test]
fn a_body_is_optional() {
    let (url, query) = URL.split_once('?').expect("a query");
    assert!(decode(url, Some(query.to_owned())).is_ok());
    let error = decode(url, None).map_err(JsValue::from).expect_err("no parameters");
    assert!(thrown(error).starts_with("true incomplete request"));
}

#[wasm_bindgen_test]
fn names_lists_the_table() {
    let names = Array::from(&names().expect("a list"));
    assert!(names.length() > 300);
    assert_eq!(json(&names.get(0)), r#"{"name":"supplementalDataID","parameter":"sdid","limit":0,"cleared":false}"#);
}

#[wasm_bindgen_test]
async fn a_file_is_read_line_by_line() {
    let (start, rest) = URL.split_at(80);
    let path = r#"{"host":"localhost:1","url":"/b/ss/a/1/JS-1/s1","body":"AQB=1&AQE=1","time":"now"}"#;
    let file = format!("{rest}\n\n{path}\r\n{{\"broken\n{{}}\n{URL}");
    let pieces = Array::of2(&start.into(), &file.into());
    let read = Array::new();
    let each = Function::new_with_args("line", "this.push(line)").bind0(&read);
    let count = decode_stream(stream_of(pieces), each).await.expect("the file");
    assert_eq!(count, 6);
    let property = |index, name: &str| Reflect::get(&read.get(index), &name.into()).expect("an object");
    let numbers: Vec<_> = (0..read.length()).map(|index| property(index, "number").as_f64()).collect();
    assert_eq!(numbers, [1, 3, 4, 5, 6].map(|number: u8| Some(f64::from(number))));
    assert!(json(&property(0, "hit")).contains("eVar1"));
    assert!(json(&property(1, "hit")).contains(r#""collector":"localhost:1","secure":false"#));
    assert!(json(&property(1, "record")).contains(r#""time":"now""#));
    assert!(property(2, "hit").is_null() && property(2, "error").is_string());
    assert_eq!(property(3, "error").as_string().as_deref(), Some("this line has no url"));
    assert!(property(4, "error").is_null());
}

#[wasm_bindgen_test]
async fn an_error_thrown_by_the_callback_ends_the_reading() {
    let stream = stream_of(Array::of1(&URL.into()));
    let each = Function::new_no_args("throw new Error('enough')");
    let error = decode_stream(stream, each).await.expect_err("an error");
    assert_eq!(thrown(error), "true enough");
}

#[wasm_bindgen_test]
async fn a_stream_of_text_is_rejected() {
    let error = decode_stream(stream_of_text(), Function::new_no_args("")).await.expect_err("an error");
    assert_eq!(thrown(error), "true this stream does not consist of bytes");
}
