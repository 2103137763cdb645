//! The Content Security Policy of the page, which may allow images but no connections ("img-src" without "connect-src"): then a
//! page that is left can send nothing, and its hits are stored.
//!
//! The page cannot read its policy. It is asked, by a request that the browser refuses in any case, only when a hit has to wait,
//! or has not started when its page is about to go: otherwise there is nothing that a page could leave behind. The answer counts
//! for the session.

use super::state::{Flag, Number, tracker};
use super::{delivery, host};
use crate::hit::queue::{Condition, Event};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// The path of the request that asks; a collector ignores a hit without parameters.
const PROBE_PATH: &str = "/b/ss/?afterhit";
/// The key in session storage of what is known.
const KEY: &str = "afterhit.policy";
/// What is stored once the policy has been asked, and when it blocks connections.
const ASKED: &str = "afterhit.policy\0asked";
const BLOCKED: &str = "afterhit.policy\0blocked";

/// The browser is taken to have answered after this time (ms).
const ANSWER_MS: u32 = 100;

/// When connections are known to be allowed, unless they turn out to be blocked; 0 if the policy has not been asked.
static ALLOWED_AT: Number = Number::new(0);
static IS_BLOCKED: Flag = Flag::new();

/// A hit has to wait: learns the policy once for each page.
pub fn learn(builder: &TextBuilder, call: u32) {
    if ALLOWED_AT.get() != 0 {
        return;
    }
    let now = host::now();
    let known = host::stored_text(builder, true, text(KEY));
    ALLOWED_AT.set(if known.is_empty() { now + ANSWER_MS } else { now });
    if known == "blocked" {
        block();
    } else if known.is_empty() && host::has_keepalive() {
        host::set_stored_text(1, text(ASKED));
        host::probe_policy(call, text(PROBE_PATH));
    }
}

/// Whether connections are blocked, or may be and there is time to find out (not `is_last_moment`). What is not known is learnt for
/// the next time.
pub fn may_block(builder: &TextBuilder, call: u32, is_last_moment: bool) -> bool {
    learn(builder, call);
    IS_BLOCKED.get() || !is_last_moment && host::now() < ALLOWED_AT.get()
}

fn block() {
    IS_BLOCKED.set(true);
    delivery::set_condition(Condition::Blocked, true);
}

/// The policy was violated. Only what it enforces counts, and only requests of this script: another may be blocked for itself.
pub fn on_violation(directive: Text<'_>, disposition: Text<'_>, url: Text<'_>) {
    if directive != "connect-src" || disposition != "enforce" {
        return;
    }
    let beacon_of = host::tracker_of_beacon(url);
    if beacon_of == 0 && !url.contains(text(PROBE_PATH)) && !host::is_url_known(url) {
        return;
    }
    host::set_stored_text(1, text(BLOCKED));
    block();
    // `sendBeacon` returns true before the browser asks the policy, so the hit has its outcome already; it is sent again. As an
    // image it leaves now or never: the click may lead to another site.
    if let Some(tracker) = beacon_of.checked_sub(1).and_then(tracker) {
        delivery::on_event(tracker, Event::Ends(Condition::Navigating));
        delivery::adopt(tracker, url, Text::empty(), false);
    }
}
