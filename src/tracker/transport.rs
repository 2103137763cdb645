//! Starts one request of a call; how is in `src/page/network.js`.

use super::host;
use crate::hit::queue::Transport;

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
    host::start_request(call);
    let (is_started, yes, no) = match transport {
        Transport::Image => (host::load(call), Started::Awaited, Started::Failed),
        Transport::Beacon => (host::send_beacon(call), Started::Accepted, Started::Refused),
        Transport::Post | Transport::Keepalive => {
            (host::fetch(call, transport == Transport::Keepalive), Started::Awaited, Started::Refused)
        }
    };
    if is_started { yes } else { no }
}
