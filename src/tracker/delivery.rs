//! The delivery queue in motion: what its moves mean for images, requests, storage, callbacks and outcomes.

use super::callbacks::{self, Moment};
use super::hands::{self, Deed, set as order, tell as hand, to};
use super::state::{Flag, Tracker, tracker, trackers};
use super::{image, stored, track};
use crate::hit::queue::{Command, Condition, Event, Settings, Transport};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};

/// How many hits are kept offline when the page does not say ("offlineHitLimit" in the documentation).
const OFFLINE_LIMIT: u32 = 10;

/// Whether the browser has requests that outlive their page; looked at when that first matters.
static HAS_KEEPALIVE: Flag = Flag::new();

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
        keepalive: HAS_KEEPALIVE.get(),
    }
}

/// Tells the queue of a tracker what has happened, and does what it asks for; what that leads to may call back in here.
#[inline(never)]
pub fn tell(one: &'static Tracker, event: Event) {
    let now = hands::now();
    if let Some(mut delivery) = one.delivery.try_lock() {
        delivery.settings.keepalive = HAS_KEEPALIVE.get();
        delivery.queue.on_event(event, now);
    }
    let builder = &TextBuilder::new();
    while let Some(command) = next(one, now) {
        carry_out(builder, one, command);
    }
}

fn next(one: &Tracker, now: u32) -> Option<Command> {
    let mut delivery = one.delivery.try_lock()?;
    let settings = delivery.settings;
    delivery.queue.poll(now, &settings)
}

/// Tells all queues that something begins or ends to be the case.
pub fn tell_all(condition: Condition, begins: bool) {
    HAS_KEEPALIVE.set(to(Deed::hasKeepalive, 0) > 0);
    for one in trackers() {
        tell(one, Event::of(condition, begins));
    }
}

/// A request has been answered after so many ms, with an image or without.
pub fn answered(n: u32, call: u32, ok: bool, took: u32) {
    let Some(one) = tracker(n) else { return };
    if !ok {
        return tell(one, Event::Failed { id: call, random: hands::random() });
    }
    one.last_request.set(took + 1);
    // Of a window that a script has closed the browser stops all requests first, and says that it is left only then.
    if to(Deed::isClosed, 0) > 0 {
        tell_all(Condition::Unloaded, true);
    }
    if !one.has_probed.raise() && to(Deed::hasKeepalive, 0) > 0 {
        hand(Deed::probe, call, text(PROBE));
    }
    tell(one, Event::Answered { id: call });
}

/// What the path of every hit begins with.
const PATH: &str = "/b/ss/";
/// Asked for to learn on the first answer whether the page may reach the collector by other requests than images. It is no
/// hit, and it never leaves.
const PROBE: &str = "/b/ss/?afterhit";

/// The page's policy has refused a connection: where it was one to a collector, images are what is left.
pub fn refused(directive: Text<'_>, url: Text<'_>) {
    if directive != "connect-src" || !url.contains(text(PATH)) {
        return;
    }
    tell_all(Condition::Blocked, true);
    // The browser says that it has taken a beacon before it asks the policy.
    if !url.contains(text(PROBE))
        && let Some(one) = tracker(0)
    {
        stored::take_in(one, url, false, false);
    }
}

fn carry_out(builder: &TextBuilder, one: &'static Tracker, command: Command) {
    match command {
        Command::Send { id, transport } => send(one, id, transport),
        Command::Cancel { id } => _ = to(Deed::cancel, id),
        Command::Keep { id } => stored::keep(builder, one, id),
        Command::Claim { id } => stored::claim(builder, one, id),
        Command::Delivered { id, transport } => {
            callbacks::run(one, id, Moment::Delivered, Text::empty());
            settle(id, text(if transport == Transport::Beacon { "queued\0" } else { "delivered\0" }));
        }
        Command::HandedOver { id } => settle(id, text("queued\0")),
        Command::Buffered { id } => settle(id, text("buffered\0")),
        Command::Failed { id } => fail(one, id, text("failed\0no try was answered with an image")),
        Command::Dropped { id } => {
            stored::forget(builder, one, id);
            hands::say(text("afterhit: too many hits wait, the oldest is dropped"));
            fail(one, id, text("failed\0too many hits were waiting"));
        }
        Command::Wake { after } => _ = order(Deed::wake, one.n, after),
    }
}

fn fail(one: &Tracker, call: u32, outcome: Text<'_>) {
    callbacks::run(one, call, Moment::Failed, outcome.after(0));
    settle(call, outcome);
}

/// A call is over: its outcome and the reason, joined by NUL.
pub fn settle(call: u32, outcome: Text<'_>) {
    hand(Deed::settle, call, outcome);
    callbacks::forget(call);
}

#[inline(never)]
fn send(one: &'static Tracker, call: u32, transport: Transport) {
    let is_script = to(Deed::leaves, call) > 0;
    match transport {
        Transport::Image if is_script => _ = to(Deed::script, call),
        Transport::Image => image::send(call),
        Transport::Beacon => {
            let is_taken = to(Deed::beacon, call) > 0;
            tell(one, if is_taken { Event::Answered { id: call } } else { Event::Refused { id: call } });
        }
        Transport::Post | Transport::Keepalive => {
            _ = order(Deed::request, call, u32::from(transport == Transport::Keepalive))
        }
    }
}

/// The settings that count now: they may be changed at any time.
pub fn refresh(builder: &TextBuilder, one: &Tracker) {
    set(one, settings(&track::read(builder, one)));
}

/// These settings count from now on.
pub fn set(one: &Tracker, settings: Settings) {
    if let Some(mut delivery) = one.delivery.try_lock() {
        delivery.settings = settings;
    }
}
