//! Drives the delivery queue: events go in, the commands that come out become requests, storage, callbacks and outcomes.

use super::callbacks::{self, Stage};
use super::state::{Flag, Tracker, trackers};
use super::storage::Claim;
use super::transport::{self, Started};
use super::{calls, host, snapshot, storage};
use crate::hit::claim::{BATCH_HITS, LEASE_CHECK_MS, LOCKED, VISIBLE_MS, is_hit_for};
use crate::hit::outcome::Outcome;
use crate::hit::queue::{Command, Condition, Event, Queue, Settings, Transport};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::transport::of_stored;
use crate::hit::variables::Variables;

/// Whether the browser has requests that outlive their page; detected when that first matters.
static HAS_KEEPALIVE: Flag = Flag::new();

/// Tells the queue of a tracker about an event and carries out its commands. Effects may call back in here.
#[inline(never)]
pub fn on_event(tracker: &'static Tracker, event: Event) {
    let builder = &TextBuilder::new();
    let mut event = Some(event);
    while let Some(command) = next_command(tracker, event.take()) {
        carry_out(builder, tracker, command);
    }
    if tracker.has_more_stored.get() && is_idle(tracker) {
        tracker.has_more_stored.set(false);
        adopt_stored(builder, tracker);
    }
}

/// Whether all hits that were adopted or called have an outcome.
fn is_idle(tracker: &Tracker) -> bool {
    asks(tracker, Queue::is_empty)
}

fn asks(tracker: &Tracker, condition: impl FnOnce(&Queue) -> bool) -> bool {
    tracker.delivery.try_lock().is_some_and(|delivery| condition(&delivery.queue))
}

/// The queue's next command, after an event if there is one. A callback of the page may take long and track in turn, so the time
/// is read for each command.
fn next_command(tracker: &Tracker, event: Option<Event>) -> Option<Command> {
    let now = host::now();
    let mut delivery = tracker.delivery.try_lock()?;
    delivery.settings.has_keepalive = HAS_KEEPALIVE.get();
    if let Some(event) = event {
        delivery.queue.on_event(event, now);
    }
    let settings = delivery.settings;
    delivery.queue.poll(now, &settings)
}

/// Tells all queues that a condition begins or ends.
pub fn set_condition(condition: Condition, begins: bool) {
    HAS_KEEPALIVE.set(host::has_keepalive());
    for tracker in trackers() {
        on_event(tracker, Event::of(condition, begins));
    }
}

/// The image of a call has been cancelled before its request started. What follows is for the next event.
pub fn take_back(tracker: &Tracker, call: u32) {
    if let Some(mut delivery) = tracker.delivery.try_lock() {
        delivery.queue.on_event(Event::Refused { id: call }, 0);
    }
}

/// A request has been answered after `took_ms`; `ok` says whether it counts as delivered.
pub fn on_response(tracker: &'static Tracker, call: u32, ok: bool, took_ms: u32) {
    if !ok {
        // Browsers may say that they are offline though they are not, so a failure has to confirm it.
        if host::is_offline() {
            set_condition(Condition::Offline, true);
        }
        return on_event(tracker, Event::Failed { id: call, random: host::random() });
    }
    tracker.last_request_ms.set(took_ms + 1);
    // The browser stops the requests of a window that a script has closed before it sends `pagehide`.
    if host::is_window_closed() {
        set_condition(Condition::Unloaded, true);
    }
    on_event(tracker, Event::Answered { id: call });
}

fn carry_out(builder: &TextBuilder, tracker: &'static Tracker, command: Command) {
    match command {
        Command::Send { id, transport } => match transport::send(id, transport) {
            Started::Awaited => {}
            Started::Accepted => on_event(tracker, Event::Answered { id }),
            Started::Refused => on_event(tracker, Event::Refused { id }),
            Started::Failed => on_response(tracker, id, false, 0),
        },
        Command::Cancel { id } => host::cancel_image(id),
        Command::Store { id, goes_on } => {
            if !storage::store(builder, tracker, id, !keeps_hits(tracker), goes_on) {
                on_event(tracker, Event::Refused { id });
            }
        }
        Command::Claim { id } => storage::claim(id),
        Command::Delivered { id, transport } => {
            callbacks::run(tracker, id, Stage::PostTrack, Text::empty());
            calls::settle(id, if transport == Transport::Beacon { Outcome::Queued } else { Outcome::Delivered });
        }
        Command::HandedOver { id } => calls::settle(id, Outcome::Queued),
        Command::Buffered { id } => calls::settle(id, Outcome::Buffered),
        Command::Failed { id } => host::give_up_later(id, Outcome::AttemptsUsedUp.as_text()),
        Command::Dropped { id } => {
            // The result of the claim is ignored: the queue has dropped the hit.
            storage::claim(id);
            host::log(text("afterhit: too many hits wait, the oldest is dropped"));
            host::give_up_later(id, Outcome::Dropped.as_text());
        }
        Command::SetTimer { after_ms } => host::set_queue_timer(tracker, after_ms),
    }
}

/// A claim goes on after an event, by the number of [`crate::hit::claim::Event`]. Arguments: whether the hits are in session
/// storage, the claim's name, the key under which they are stored, the request URL of the call. With Web Locks, what else is stored
/// under the key and waits is claimed with it, once the host has answered. Returns for how many milliseconds to hold the lock, or after how many to call again.
pub fn on_claim(tracker: &'static Tracker, call: u32, event: u32) -> u32 {
    let builder = &TextBuilder::new();
    let [in_session, name, key, url] = [0, 1, 2, 3].map(|index| host::argument(builder, index));
    // Before the host has answered one hit is enough to try. A call that is settled has no batch.
    let batch =
        if event == LOCKED && is_connected(tracker) { host::stored_calls(builder, call) } else { Text::empty() };
    let batch = batch.or(builder.join(text("0 "), url));
    let claim = Claim { batch, in_session: in_session.number() > 0, name, key };
    let Some(found) = storage::advance(builder, claim, event) else { return LEASE_CHECK_MS };
    on_event(tracker, Event::Claimed { id: call, ok: found.contains_item(url, 0) });
    for hit in batch.split(0) {
        if found.contains_item(hit.after(b' '), 0) {
            on_event(tracker, Event::Claimed { id: hit.number(), ok: true });
        }
    }
    if event == LOCKED { VISIBLE_MS } else { 0 }
}

/// Ends a call whose hit is given up. `outcome` is status NUL reason.
pub fn give_up(tracker: &Tracker, call: u32, outcome: Text<'_>) {
    callbacks::run(tracker, call, Stage::Failure, outcome.after(0));
    calls::settle_as(call, outcome);
}

/// Removes a call from the queue, if it is there.
pub fn forget(tracker: &Tracker, call: u32) {
    if let Some(mut delivery) = tracker.delivery.try_lock() {
        delivery.queue.remove(call);
    }
}

fn keeps_hits(tracker: &Tracker) -> bool {
    tracker.delivery.try_lock().is_some_and(|delivery| delivery.settings.track_offline)
}

/// Whether the collector has answered before, so that a connection is open.
pub fn is_connected(tracker: &Tracker) -> bool {
    asks(tracker, Queue::is_warm)
}

/// For how long (ms) the collector has not answered, if it has answered on this page.
pub fn idle_ms(tracker: &Tracker) -> Option<u32> {
    let now = host::now();
    tracker.delivery.try_lock().and_then(|delivery| delivery.queue.idle_ms(now))
}

/// The connection to the collector is open, as is known from an earlier page.
pub fn assume_connected(tracker: &Tracker) {
    if let Some(mut delivery) = tracker.delivery.try_lock() {
        delivery.queue.assume_warm();
    }
}

/// The page's delivery settings, read from these variables.
pub fn settings_of(variables: &Variables<'_>) -> Settings {
    Settings::of(variables, HAS_KEEPALIVE.get())
}

/// Whether the hit of a call has to wait.
pub fn waits(tracker: &Tracker, call: u32) -> bool {
    asks(tracker, |queue| queue.waits(call))
}

/// These settings count from now on.
pub fn set_settings(tracker: &Tracker, settings: Settings) {
    if let Some(mut delivery) = tracker.delivery.try_lock() {
        delivery.settings = settings;
    }
}

/// Holds the hits of a tracker back, or no longer ("bufferRequests", "forceOffline", "forceOnline" in Adobe's documentation).
pub fn set_hold(builder: &TextBuilder, tracker: &'static Tracker, condition: Condition, begins: bool) {
    set_settings(tracker, settings_of(&snapshot::read(builder, tracker)));
    if begins && condition == Condition::Buffering && !storage::check_session_storage(builder, tracker) {
        return;
    }
    on_event(tracker, Event::of(condition, begins));
}

/// Adopts hits that earlier pages have stored for a tracker that has made one: of each storage the oldest, as many as a batch has.
pub fn adopt_stored(builder: &TextBuilder, tracker: &'static Tracker) {
    let (key, collector) = storage::key_and_collector(builder, tracker);
    if key.is_empty() {
        return;
    }
    for in_session in [true, false] {
        if !in_session && !host::has_property(tracker, text("trackOffline")) {
            continue;
        }
        let mut room = BATCH_HITS;
        for url in storage::read(builder, key, in_session).split(0) {
            if !is_hit_for(collector, url) {
                storage::warn(key);
            } else if room == 0 {
                tracker.has_more_stored.set(true);
                break;
            } else {
                room -= 1;
                adopt(tracker, url, key, in_session);
            }
        }
    }
}

/// Reads storage again: a page that is shown again has left hits there for the next page, and may be that page itself.
pub fn adopt_stored_again(builder: &TextBuilder) {
    for tracker in trackers() {
        adopt_stored(builder, tracker);
    }
}

/// Adopts a hit that was made before, unless it is on its way already. `key`: under which it is stored, empty if it is not.
pub fn adopt(tracker: &'static Tracker, url: Text<'_>, key: Text<'_>, in_session: bool) {
    if url.is_empty() || host::is_url_known(url) {
        return;
    }
    let call = calls::next_id();
    host::adopt_hit(tracker, url, call);
    host::mark_stored(call, key, in_session);
    let is_stored = !key.is_empty();
    on_event(tracker, Event::Called { id: call, size: url.len() as u32, transport: of_stored(url), is_stored });
}
