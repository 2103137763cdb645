//! Starts one request of a call: images here, beacons, fetches and scripts in `src/page/network.js`.

use wasm_bindgen::prelude::*;
use web_sys::HtmlImageElement;

use super::host;
use crate::hit::queue::Transport;

#[wasm_bindgen]
extern "C" {
    // A setter that takes the URL as JavaScript has it, without a copy through the module's memory.
    #[wasm_bindgen(extends = HtmlImageElement)]
    type HitImage;
    #[wasm_bindgen(method, setter)]
    fn set_src(this: &HitImage, url: &JsValue);
}

/// What became of starting a request. A beacon has no response: it is accepted or refused at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// `on_response` will be called.
    Awaited,
    Accepted,
    Refused,
}

/// Starts a request of a call.
pub fn send(call: u32, transport: Transport) -> Started {
    let is_script = host::start_request(call);
    match transport {
        Transport::Image if is_script => host::load_script(call),
        Transport::Image => load_image(call),
        Transport::Beacon => return if host::send_beacon(call) { Started::Accepted } else { Started::Refused },
        Transport::Post | Transport::Keepalive => host::fetch(call, transport == Transport::Keepalive),
    }
    Started::Awaited
}

fn load_image(call: u32) {
    let Ok(image) = HtmlImageElement::new() else { return };
    image.set_onload(Some(&host::image_listener(call, &image)));
    image.unchecked_into::<HitImage>().set_src(&host::request_url(call));
}
