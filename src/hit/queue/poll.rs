//! What is to be done next: the transitions of the queue's table that no event triggers.

use super::hit::{KeepaliveUsage, State};
use super::limits::{ASSUMED_SENT_MS, MAX_ATTEMPTS, MAX_BYTES, MAX_HITS, NAVIGATION_GRACE_MS, RESPONSE_TIMEOUT_MS};
use super::messages::BACKGROUND;
use super::{Command, Condition, Queue, Settings, Transport};

const UNLOADED: u8 = Condition::Unloaded as u8;
const OFFLINE: u8 = Condition::Offline as u8 | Condition::Forced as u8;
const BLOCKED: u8 = Condition::Blocked as u8;

/// Sums over all hits.
struct Totals {
    bytes: u32,
    /// Without buffered hits: they are not under the limit of stored hits, and no timer moves them.
    waiting: u32,
    first_waiting: Option<u32>,
    /// Hits that have been sent or are being claimed, and still block later ones.
    blocking: u32,
    keepalives: KeepaliveUsage,
}

impl Queue {
    /// The next command. To be called after each event, until it returns `None`.
    pub fn poll(&mut self, now: u32, settings: &Settings) -> Option<Command> {
        // The driver has made the request of the last command by now.
        if core::mem::take(&mut self.is_sending) {
            self.last_sent_at = now;
        }
        if let Some(store) = self.next_store() {
            return Some(store);
        }
        // If the site keeps hits and the host does not answer, storage is safer than a keepalive request.
        let prefers_storage =
            settings.track_offline && (self.is(OFFLINE) || self.is(BACKGROUND) && self.last_request_failed);
        let mut totals =
            Totals { bytes: 0, waiting: 0, first_waiting: None, blocking: 0, keepalives: self.handed_over };
        let finished = self.remove_finished(now, settings, prefers_storage, &mut totals);
        if finished.is_some() { finished } else { self.advance(now, settings, prefers_storage, &totals) }
    }

    /// Stores the first hit that is about to be.
    fn next_store(&mut self) -> Option<Command> {
        let mut id = None;
        for hit in &mut self.hits {
            if !hit.is_storing {
                continue;
            }
            if let Some(id) = id {
                return Some(Command::Store { id, goes_on: true });
            }
            hit.is_storing = false;
            id = Some(hit.id);
        }
        Some(Command::Store { id: id?, goes_on: false })
    }

    /// Removes the first hit that is done, or one hit too many. If there is none, `totals` covers all hits.
    fn remove_finished(
        &mut self,
        now: u32,
        settings: &Settings,
        prefers_storage: bool,
        totals: &mut Totals,
    ) -> Option<Command> {
        let is_unloaded = self.is(UNLOADED);
        let mut id;
        let mut count = 0;
        let finished = 'finished: {
            for hit in &self.hits {
                id = hit.id;
                count += 1;
                totals.bytes += hit.size;
                match hit.state {
                    State::Delivered => break 'finished Command::Delivered { id, transport: hit.transport },
                    State::HandedOver => break 'finished Command::HandedOver { id },
                    State::Waiting
                        if !settings.track_offline
                            && !hit.is_stored
                            && (hit.failed_attempts >= MAX_ATTEMPTS
                                || hit.is_resting && hit.remaining_hold_ms(now) == 0) =>
                    {
                        break 'finished Command::Failed { id };
                    }
                    State::Waiting if is_unloaded && hit.is_stored => break 'finished Command::Buffered { id },
                    State::Waiting => {
                        totals.first_waiting = totals.first_waiting.or(Some(id));
                        totals.waiting += u32::from(!hit.is_buffered);
                    }
                    State::Claiming | State::InFlight => {
                        totals.blocking += u32::from(hit.remaining_hold_ms(now) > 0);
                        if hit.state == State::InFlight && hit.transport == Transport::Keepalive {
                            totals.keepalives.add(hit);
                            if is_unloaded {
                                self.handed_over = totals.keepalives;
                                break 'finished Command::HandedOver { id };
                            }
                        }
                    }
                }
            }
            let is_too_much = count > MAX_HITS
                || totals.bytes > MAX_BYTES
                || prefers_storage && totals.waiting > settings.offline_limit;
            if !is_too_much {
                return None;
            }
            id = totals.first_waiting?;
            Command::Dropped { id }
        };
        self.remove(id);
        Some(finished)
    }

    /// Moves the first hit that can move, or sets the timer for it.
    fn advance(&mut self, now: u32, settings: &Settings, prefers_storage: bool, totals: &Totals) -> Option<Command> {
        let is_in_background = self.is(BACKGROUND);
        let is_paused = self.is(OFFLINE);
        let is_blocked = self.is(BLOCKED);
        let is_unloaded = self.is(UNLOADED);
        let may_die_unsent = is_unloaded && !self.is_warm;
        let remaining = |ms: u32, since: u32| ms.saturating_sub(now.wrapping_sub(since));
        let throttled_ms = remaining(settings.throttle_ms, self.last_sent_at)
            .max(remaining(NAVIGATION_GRACE_MS, self.navigating_since))
            .max(remaining(self.common_pause_ms, self.failed_at));
        let mut wait_ms = if is_in_background || throttled_ms == 0 { u32::MAX } else { throttled_ms };
        let blocking = totals.blocking;
        let mut stores = false;
        self.batch += 1;
        for hit in &mut self.hits {
            let id = hit.id;
            let hold_ms = hit.remaining_hold_ms(now);
            if hit.state == State::Waiting {
                let is_its_turn = if is_in_background {
                    !is_blocked && !prefers_storage && !hit.not_sendable && totals.keepalives.has_room_for(hit)
                } else {
                    throttled_ms == 0 && blocking < settings.max_concurrent
                };
                let rests = if hit.is_stored { self.is_refused } else { hit.is_resting };
                // The last resort of a hit that cannot be stored is to be sent with its page.
                let may_leave = !rests && hold_ms == 0 || is_unloaded && hit.not_storable;
                if is_its_turn && !is_paused && !hit.is_buffered && may_leave {
                    if hit.is_stored {
                        hit.enter(State::Claiming, now, RESPONSE_TIMEOUT_MS);
                        return Some(Command::Claim { id });
                    }
                    let transport = if is_in_background && hit.preferred != Transport::Beacon {
                        if settings.has_keepalive { Transport::Keepalive } else { Transport::Beacon }
                    } else if is_blocked {
                        Transport::Image
                    } else {
                        hit.preferred
                    };
                    hit.transport = transport;
                    hit.enter(State::InFlight, now, RESPONSE_TIMEOUT_MS);
                    self.is_sending = true;
                    return Some(Command::Send { id, transport });
                }
                if (is_in_background || prefers_storage) && !hit.is_stored && !hit.not_storable {
                    hit.is_stored = true;
                    hit.is_storing = true;
                    hit.batch = self.batch;
                    stores = true;
                    if self.stores_singly {
                        break;
                    }
                }
            } else if may_die_unsent && hit.dies_with_page() && hold_ms > RESPONSE_TIMEOUT_MS - ASSUMED_SENT_MS {
                hit.enter(State::Waiting, now, 0);
                return Some(Command::Cancel { id });
            }
            if hold_ms > 0 {
                wait_ms = wait_ms.min(hold_ms);
            }
        }
        if stores {
            return self.next_store();
        }
        let timer_at = now.wrapping_add(wait_ms);
        if is_paused || totals.waiting == 0 || wait_ms == u32::MAX || timer_at == self.timer_at {
            return None;
        }
        self.timer_at = timer_at;
        Some(Command::SetTimer { after_ms: wait_ms })
    }
}
