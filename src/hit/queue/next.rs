//! What is to be done next: the moves of the table, from the state of things.

use super::hit::{Load, State};
use super::{BYTES, Command, Condition, HITS, HOPELESS, Queue, SLOW, Settings, TRIES, Way, YOUNG};

const LEFT: u8 = Condition::Left as u8;
const AWAY: u8 = LEFT | Condition::Hidden as u8;
const OFFLINE: u8 = Condition::Offline as u8 | Condition::Forced as u8;
const SHUT: u8 = OFFLINE | Condition::Buffering as u8;
const BLOCKED: u8 = Condition::Blocked as u8;

impl Queue {
    /// What is to be done now: to be asked after everything that is told, until it says `None`.
    pub fn next(&mut self, now: u32, settings: &Settings) -> Option<Command> {
        // Hits that the site keeps do not leave with a page that gets no answers: storage is safer than a keepalive.
        let adrift = settings.keeps && (self.is(OFFLINE) || self.is(AWAY) && self.failing);
        let mut load = self.handed;
        if let Some((id, command)) = self.over(settings, adrift, &mut load) {
            self.remove(id);
            return Some(command);
        }
        self.step(now, settings, adrift, load)
    }

    /// The first hit that is over, and what is to be said of it. What is open by keepalive is added to the load.
    fn over(&mut self, settings: &Settings, adrift: bool, load: &mut Load) -> Option<(u32, Command)> {
        let left = self.is(LEFT);
        let hopeless = self.hopeless >= HOPELESS;
        let tries = if settings.keeps { u32::MAX } else if hopeless { 1 } else { TRIES };
        let mut waiting = 0;
        let mut bytes = 0;
        let mut oldest = None;
        for hit in &self.hits {
            let id = hit.id;
            bytes += hit.size;
            match hit.state {
                State::Delivered => return Some((id, Command::Delivered { id, way: hit.way })),
                State::Gone => return Some((id, Command::HandedOver { id })),
                State::Open if hit.way == Way::Keepalive => {
                    load.add(hit);
                    if left {
                        self.handed = *load;
                        return Some((id, Command::HandedOver { id }));
                    }
                }
                State::Waiting if hit.tries >= tries => {
                    self.hopeless += 1;
                    return Some((id, Command::Failed { id }));
                }
                State::Waiting if hit.stored && left => return Some((id, Command::Buffered { id })),
                State::Waiting => {
                    waiting += 1;
                    oldest = oldest.or(Some(id));
                }
                _ => {}
            }
        }
        if self.hits.len() <= HITS && bytes <= BYTES && !(adrift && waiting > settings.limit) {
            return None;
        }
        let id = oldest?;
        Some((id, Command::Dropped { id }))
    }

    /// The next move of a hit that is not over.
    fn step(&mut self, now: u32, settings: &Settings, adrift: bool, load: Load) -> Option<Command> {
        let away = self.is(AWAY);
        let shut = self.is(SHUT);
        let blocked = self.is(BLOCKED);
        let unreached = self.is(LEFT) && !self.answered;
        let throttled = settings.throttle.saturating_sub(now.wrapping_sub(self.sent));
        let mut wait = if away || throttled == 0 { u32::MAX } else { throttled };
        let mut waits = false;
        let mut busy = self.busy(now);
        for hit in &mut self.hits {
            let id = hit.id;
            let left = hit.left(now);
            if hit.state == State::Waiting {
                let may = if away {
                    !blocked && !adrift && !hit.refused && load.takes(hit)
                } else {
                    throttled == 0 && busy < settings.concurrent
                };
                if may && !shut && left == 0 {
                    if hit.stored {
                        hit.enter(State::Claiming, now, SLOW);
                        return Some(Command::Claim { id });
                    }
                    let way = if away && hit.asked != Way::Beacon {
                        if settings.keepalive { Way::Keepalive } else { Way::Beacon }
                    } else if blocked {
                        Way::Image
                    } else {
                        hit.asked
                    };
                    hit.way = way;
                    hit.enter(State::Open, now, SLOW);
                    self.sent = now;
                    return Some(Command::Send { id, way });
                }
                if (away || adrift) && !hit.stored && !hit.unkept {
                    hit.stored = true;
                    return Some(Command::Keep { id });
                }
                waits = !shut;
                busy += u32::from(left > 0);
            } else if unreached && hit.dies_with_page() && left > SLOW - YOUNG {
                hit.enter(State::Waiting, now, 0);
                return Some(Command::Cancel { id });
            }
            if left > 0 {
                wait = wait.min(left);
            }
        }
        let alarm = now.wrapping_add(wait);
        if !waits || wait == u32::MAX || alarm == self.alarm {
            return None;
        }
        self.alarm = alarm;
        Some(Command::Wake { after: wait })
    }

    /// So many hits wait for their answer, and hold the others up.
    fn busy(&self, now: u32) -> u32 {
        let mut busy = 0;
        for hit in &self.hits {
            busy += u32::from(hit.state != State::Waiting && hit.left(now) > 0);
        }
        busy
    }
}
