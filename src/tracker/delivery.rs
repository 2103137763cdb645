//! The delivery queue in motion: what its moves mean for images, requests, storage, callbacks and outcomes.

use alloc::string::String;

use super::state::{state, tracker};
use super::{callbacks, hands, image, stored, track};
use crate::hit::queue::{Command, Condition, Event, Settings, Way};
use crate::hit::text::text;
use crate::hit::variables::{Slot, Variables};
use crate::hit::writer::Writer;

/// How many hits are kept offline when the page does not say ("offlineHitLimit" in the documentation).
const OFFLINE_LIMIT: u32 = 10;

/// What the page's variables say of delivery.
pub fn settings(variables: &Variables<'_>) -> Settings {
    let keeps = variables.is_set(Slot::trackOffline);
    let mut limit = variables.get(Slot::offlineHitLimit).number();
    if limit == 0 {
        limit = variables.get(Slot::offlineLimit).number();
    }
    Settings {
        concurrent: variables.get(Slot::maxConcurrentHits).number().max(1),
        keeps,
        limit: if limit == 0 { OFFLINE_LIMIT } else { limit },
        throttle: if keeps { variables.get(Slot::offlineThrottleDelay).number() } else { 0 },
        keepalive: hands::has_keepalive(),
    }
}

/// Hands a hit over to the queue of its tracker; `kept` if it was read from storage.
pub fn submit(n: u32, call: u32, way: Way, kept: bool) {
    let Some(size) = state().and_then(|mut state| {
        let hit = state.hit(call)?;
        Some(if way == Way::Post { hit.url.len() - hit.query } else { hit.url.len() })
    }) else {
        return;
    };
    tell(n, Event::Called { id: call, size: size as u32, way, kept });
}

/// Tells the queue of a tracker what has happened, and does what it asks for.
pub fn tell(n: u32, event: Event) {
    let now = hands::now();
    tracker(n, |one| one.queue.tell(event, now));
    pump(n);
}

/// Tells all queues that something begins or ends to be the case.
pub fn tell_all(condition: Condition, begins: bool) {
    let mut n = 0;
    while tracker(n, |_| true) {
        tell(n, if begins { Event::Begins(condition) } else { Event::Ends(condition) });
        n += 1;
    }
}

/// A request has been answered, with an image or without.
pub fn answered(call: u32, ok: bool) {
    let now = hands::now();
    let Some((n, took)) = state().and_then(|mut state| {
        let hit = state.hit(call)?;
        Some((hit.tracker, now.wrapping_sub(hit.sent_at)))
    }) else {
        return;
    };
    if ok {
        let is_first = tracker(n, |one| {
            one.last_request = Some(took);
            !core::mem::replace(&mut one.has_probed, true)
        });
        if is_first {
            probe(call);
        }
    }
    tell(n, if ok { Event::Answered { id: call } } else { Event::Failed { id: call, random: hands::random() } });
}

/// Learns from the first answer on whether the page may reach the collector by other requests than images.
fn probe(call: u32) {
    if let Some(url) = state().and_then(|mut state| state.hit(call).map(|hit| hit.url.clone())) {
        let mut probe = Writer::new();
        probe.put(text(&url).to(text(&url).find_text(text(PATH)).unwrap_or(0)));
        probe.str(PROBE);
        hands::probe(probe.as_str());
    }
}

/// What the path of every hit begins with.
const PATH: &str = "/b/ss/";
/// It is no hit: on a busy machine it may leave all the same.
const PROBE: &str = "/favicon.ico?afterhit";

/// The page's policy has refused a connection: where it was one to a collector, images are what is left.
pub fn refused(directive: &str, url: &str) {
    let is_hit = text(url).contains(text(PATH));
    if directive != "connect-src" || !is_hit && !text(url).contains(text(PROBE)) {
        return;
    }
    tell_all(Condition::Blocked, true);
    // The browser says that it has taken a beacon before it asks the policy.
    if is_hit && state().is_some_and(|state| state.hits.iter().all(|hit| hit.url != url)) {
        stored::take_in(0, url, false, false);
    }
}

/// Carries out the queue's commands until there is none; what they lead to may call back in here.
pub fn pump(n: u32) {
    while let Some(command) = {
        let now = hands::now();
        tracker(n, |one| one.queue.next(now, &one.settings))
    } {
        match command {
            Command::Send { id, way } => send(n, id, way),
            Command::Cancel { id } => hands::cancel(id),
            Command::Keep { id } => stored::keep(n, id),
            Command::Claim { id } => stored::claim(n, id),
            Command::Delivered { id, way } => {
                callbacks::run(id, callbacks::Moment::Delivered, "");
                finish(id, if way == Way::Beacon { "queued" } else { "delivered" }, "");
            }
            Command::HandedOver { id } => finish(id, "queued", ""),
            Command::Buffered { id } => finish(id, "buffered", ""),
            Command::Failed { id } => fail(id, "no try was answered with an image"),
            Command::Dropped { id } => {
                stored::forget(n, id);
                hands::say("afterhit: too many hits wait, the oldest is dropped");
                fail(id, "too many hits were waiting");
            }
            Command::Wake { after } => hands::wake(n, after),
        }
    }
}

fn fail(call: u32, reason: &str) {
    callbacks::run(call, callbacks::Moment::Failed, reason);
    finish(call, "failed", reason);
}

fn send(n: u32, call: u32, way: Way) {
    let now = hands::now();
    let Some((url, query, debug, is_script)) = state().and_then(|mut state| {
        let hit = state.hit(call)?;
        hit.attempts += 1;
        hit.sent_at = now;
        let debug = core::mem::replace(&mut hit.debug_is_due, false);
        Some((hit.url.clone(), if hit.is_post { hit.query } else { 0 }, debug, hit.is_script))
    }) else {
        return;
    };
    if debug {
        track::print(&url);
    }
    match way {
        Way::Image if is_script => hands::script(call, &url),
        Way::Image => image::send(call, &url),
        Way::Beacon => {
            tell(n, if hands::beacon(&url) { Event::Answered { id: call } } else { Event::Refused { id: call } });
        }
        Way::Post | Way::Keepalive => {
            // The body is what stands behind the question mark.
            let (address, body) = match query {
                0 => (url.as_str(), ""),
                _ => (url.get(..query - 1).unwrap_or(""), url.get(query..).unwrap_or("")),
            };
            hands::request(call, address, body, way == Way::Keepalive);
        }
    }
}

/// Settles a call and forgets its hit.
fn finish(call: u32, status: &str, reason: &str) {
    let hit = state().and_then(|mut state| {
        let index = state.hits.iter().position(|hit| hit.call == call)?;
        Some(state.hits.remove(index))
    });
    let (url, attempts) = hit.map_or((String::new(), 0), |hit| (hit.url, hit.attempts));
    hands::settle(call, status, &url, attempts, reason);
    hands::finish(call);
}

/// The settings that count now: they may be changed at any time.
pub fn refresh(n: u32) {
    let pairs = hands::variables(n);
    let settings = settings(&Variables::read(text(&pairs)));
    tracker(n, |one| one.settings = settings);
}
