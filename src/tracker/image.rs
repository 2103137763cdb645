//! An image request: the way by which hits have always travelled.

use wasm_bindgen::prelude::*;
use web_sys::HtmlImageElement;

use super::hands;

#[wasm_bindgen]
extern "C" {
    // A setter of our own takes the text as JavaScript has it, without a copy through the module's memory.
    #[wasm_bindgen(extends = HtmlImageElement)]
    type Beacon;
    #[wasm_bindgen(method, setter)]
    fn set_src(this: &Beacon, url: &JsValue);
}

/// Requests the URL of a hit as an image; `answered` is called once with whether an image came.
pub fn send(call: u32) {
    let Ok(image) = HtmlImageElement::new() else { return };
    let answer = hands::answer(call, &image);
    image.set_onload(Some(&answer));
    image.set_onerror(Some(&answer));
    image.unchecked_into::<Beacon>().set_src(&hands::url(call));
}
