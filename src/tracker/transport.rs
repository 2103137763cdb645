//! Starts one request of a call: images here, beacons, fetches and scripts in `src/page/network.js`.

use wasm_bindgen::prelude::*;
use web_sys::HtmlImageElement;

use super::host;
use crate::hit::queue::Transport;

#[wasm_bindgen]
extern "C" {
    // Setters that take what JavaScript has, without a copy through the module's memory; the page's own `Image` may throw.
    #[wasm_bindgen(extends = HtmlImageElement)]
    type HitImage;
    #[wasm_bindgen(method, setter, catch)]
    fn set_src(this: &HitImage, url: &JsValue) -> Result<(), JsValue>;
}

/// What became of starting a request. A beacon has no response: it is accepted or refused at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Started {
    /// `on_response` will be called.
    Awaited,
    Accepted,
    Refused,
    /// It is as if the network had failed.
    Failed,
}

/// Starts a request of a call. What the page has put in the place of the browser's functions may throw.
pub fn send(call: u32, transport: Transport) -> Started {
    let is_script = host::start_request(call);
    let (is_started, yes, no) = match transport {
        Transport::Image if is_script => (host::load_script(call), Started::Awaited, Started::Failed),
        Transport::Image => (load_image(call).is_ok(), Started::Awaited, Started::Failed),
        Transport::Beacon => (host::send_beacon(call), Started::Accepted, Started::Refused),
        Transport::Post | Transport::Keepalive => {
            (host::fetch(call, transport == Transport::Keepalive), Started::Awaited, Started::Refused)
        }
    };
    if is_started { yes } else { no }
}

fn load_image(call: u32) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    host::watch_image(call, &image)?;
    image.unchecked_into::<HitImage>().set_src(&host::request_url(call))
}
