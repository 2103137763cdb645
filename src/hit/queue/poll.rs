//! What is to be done next: the moves of the table, from the state of things.

use super::hit::{KeepaliveUsage, State};
use super::{
    Command, Condition, MAX_ATTEMPTS, MAX_BYTES, MAX_GIVEN_UP_IN_A_ROW, MAX_HITS, NAVIGATION_GRACE_MS, Queue,
    RESPONSE_TIMEOUT_MS, Settings, Transport, UNSENT_AGE_MS,
};

const LEFT: u8 = Condition::Unloaded as u8;
const AWAY: u8 = LEFT | Condition::Hidden as u8;
const OFFLINE: u8 = Condition::Offline as u8 | Condition::Forced as u8;
const SHUT: u8 = OFFLINE | Condition::Buffering as u8;
const BLOCKED: u8 = Condition::Blocked as u8;

/// What the hits come to.
struct Sums {
    bytes: u32,
    waiting: u32,
    /// The first that waits.
    oldest: Option<u32>,
    /// Those that hold the others up until they are answered, or slow.
    busy: u32,
    load: KeepaliveUsage,
}

impl Queue {
    /// What is to be done now: to be asked after everything that is told, until it says `None`.
    pub fn poll(&mut self, now: u32, settings: &Settings) -> Option<Command> {
        // The request of the last command has been made by now.
        if core::mem::take(&mut self.sending) {
            self.sent = now;
        }
        // Hits that the site keeps do not leave with a page that gets no answers: storage is safer than a keepalive.
        let adrift = settings.keeps && (self.is(OFFLINE) || self.is(AWAY) && self.failing);
        let mut sums = Sums { bytes: 0, waiting: 0, oldest: None, busy: 0, load: self.handed };
        let over = self.over(now, settings, adrift, &mut sums);
        if over.is_some() { over } else { self.step(now, settings, adrift, &sums) }
    }

    /// The first hit that is over, taken out. What those before it come to is summed up.
    fn over(&mut self, now: u32, settings: &Settings, adrift: bool, sums: &mut Sums) -> Option<Command> {
        let is_left = self.is(LEFT);
        let hopeless = self.hopeless >= MAX_GIVEN_UP_IN_A_ROW;
        let tries = if settings.keeps {
            u32::MAX
        } else if hopeless {
            1
        } else {
            MAX_ATTEMPTS
        };
        let mut id;
        let mut count = 0;
        let over = 'over: {
            for hit in &self.hits {
                id = hit.id;
                count += 1;
                sums.bytes += hit.size;
                match hit.state {
                    State::Delivered => break 'over Command::Delivered { id, transport: hit.transport },
                    State::HandedOver => break 'over Command::HandedOver { id },
                    State::Waiting if hit.tries >= tries => {
                        self.hopeless += 1;
                        break 'over Command::Failed { id };
                    }
                    State::Waiting if is_left && hit.stored => break 'over Command::Buffered { id },
                    State::Waiting => {
                        sums.oldest = sums.oldest.or(Some(id));
                        sums.waiting += 1;
                    }
                    State::Claiming | State::InFlight => {
                        sums.busy += u32::from(hit.holding(now) > 0);
                        if hit.state == State::InFlight && hit.transport == Transport::Keepalive {
                            sums.load.add(hit);
                            if is_left {
                                self.handed = sums.load;
                                break 'over Command::HandedOver { id };
                            }
                        }
                    }
                }
            }
            let many = count > MAX_HITS || sums.bytes > MAX_BYTES || adrift && sums.waiting > settings.limit;
            if !many {
                return None;
            }
            id = sums.oldest?;
            Command::Dropped { id }
        };
        self.remove(id);
        Some(over)
    }

    /// The next move of a hit that is not over.
    fn step(&mut self, now: u32, settings: &Settings, adrift: bool, sums: &Sums) -> Option<Command> {
        let away = self.is(AWAY);
        let shut = self.is(SHUT);
        let blocked = self.is(BLOCKED);
        let unreached = self.is(LEFT) && !self.answered;
        let rest = |hold_ms: u32, since: u32| hold_ms.saturating_sub(now.wrapping_sub(since));
        let throttled = rest(settings.throttle, self.sent).max(rest(NAVIGATION_GRACE_MS, self.leaving));
        let mut wait = if away || throttled == 0 { u32::MAX } else { throttled };
        let mut busy = sums.busy;
        for hit in &mut self.hits {
            let id = hit.id;
            let holding = hit.holding(now);
            if hit.state == State::Waiting {
                let may = if away {
                    !blocked && !adrift && !hit.not_sendable && sums.load.takes(hit)
                } else {
                    throttled == 0 && busy < settings.concurrent
                };
                if may && !shut && holding == 0 {
                    if hit.stored {
                        hit.enter(State::Claiming, now, RESPONSE_TIMEOUT_MS);
                        return Some(Command::Claim { id });
                    }
                    let transport = if away && hit.asked != Transport::Beacon {
                        if settings.keepalive { Transport::Keepalive } else { Transport::Beacon }
                    } else if blocked {
                        Transport::Image
                    } else {
                        hit.asked
                    };
                    hit.transport = transport;
                    hit.enter(State::InFlight, now, RESPONSE_TIMEOUT_MS);
                    self.sending = true;
                    return Some(Command::Send { id, transport });
                }
                if (away || adrift) && !hit.stored && !hit.not_storable {
                    hit.stored = true;
                    return Some(Command::Keep { id });
                }
                busy += u32::from(holding > 0);
            } else if unreached && hit.dies_with_page() && holding > RESPONSE_TIMEOUT_MS - UNSENT_AGE_MS {
                hit.enter(State::Waiting, now, 0);
                return Some(Command::Cancel { id });
            }
            if holding > 0 {
                wait = wait.min(holding);
            }
        }
        let alarm = now.wrapping_add(wait);
        if shut || sums.waiting == 0 || wait == u32::MAX || alarm == self.alarm {
            return None;
        }
        self.alarm = alarm;
        Some(Command::Wake { after: wait })
    }
}
