//! A page whose clock, network and storage are the test's.

mod checks;
mod leaving;
mod sending;
mod simulation;
mod waiting;
mod world;

use super::*;

struct Page {
    queue: Queue,
    settings: Settings,
    now: u32,
    /// When the timer goes off.
    alarm: Option<u32>,
}

impl Page {
    fn new() -> Self {
        let settings = Settings { concurrent: 1, keeps: false, limit: 10, throttle: 0, keepalive: true };
        Self { queue: Queue::new(), settings, now: 7, alarm: None }
    }

    /// One of a site with `trackOffline`.
    fn keeping() -> Self {
        let mut page = Self::new();
        page.settings.keeps = true;
        page
    }

    /// All that is done once this has happened; the timer is set aside.
    fn tell(&mut self, event: Event) -> Vec<Command> {
        self.queue.on_event(event, self.now);
        let mut done = Vec::new();
        while let Some(command) = self.queue.poll(self.now, &self.settings) {
            assert!(done.len() < 5000, "there is no end");
            if let Command::Wake { after } = command {
                self.alarm = Some(self.now.wrapping_add(after));
            } else {
                done.push(command);
            }
        }
        done
    }

    /// What is done in so many ms, if nothing happens.
    fn after(&mut self, ms: u32) -> Vec<Command> {
        let end = self.now.wrapping_add(ms);
        let mut done = Vec::new();
        while let Some(alarm) = self.alarm.take_if(|alarm| end.wrapping_sub(*alarm) <= ms) {
            self.now = alarm;
            done.extend(self.tell(Event::Tick));
        }
        self.now = end;
        done
    }

    /// For how many ms nothing will be done.
    fn idle(&self) -> u32 {
        self.alarm.map_or(0, |alarm| alarm.wrapping_sub(self.now))
    }

    fn calls_by(&mut self, transport: Transport, id: u32) -> Vec<Command> {
        self.tell(Event::Called { id, size: 1000, transport, kept: false })
    }

    fn calls(&mut self, id: u32) -> Vec<Command> {
        self.calls_by(Transport::Image, id)
    }

    fn finds(&mut self, id: u32) -> Vec<Command> {
        self.tell(Event::Called { id, size: 1000, transport: Transport::Image, kept: true })
    }

    fn answers(&mut self, id: u32) -> Vec<Command> {
        self.tell(Event::Answered { id })
    }

    /// It fails, with a random number that makes the pause neither shorter nor longer.
    fn fails(&mut self, id: u32) -> Vec<Command> {
        let tries = self.queue.find(id).map_or(0, |hit| hit.tries);
        self.tell(Event::Failed { id, random: (BACKOFF_MS << tries.min(MAX_BACKOFF_DOUBLINGS)) / 4 })
    }

    fn refuses(&mut self, id: u32) -> Vec<Command> {
        self.tell(Event::Refused { id })
    }

    fn claimed(&mut self, id: u32, ok: bool) -> Vec<Command> {
        self.tell(Event::Claimed { id, ok })
    }

    fn begins(&mut self, condition: Condition) -> Vec<Command> {
        self.tell(Event::Begins(condition))
    }

    fn ends(&mut self, condition: Condition) -> Vec<Command> {
        self.tell(Event::Ends(condition))
    }
}

fn image(id: u32) -> Command {
    Command::Send { id, transport: Transport::Image }
}

fn keepalive(id: u32) -> Command {
    Command::Send { id, transport: Transport::Keepalive }
}

fn beacon(id: u32) -> Command {
    Command::Send { id, transport: Transport::Beacon }
}

fn delivered(id: u32) -> Command {
    Command::Delivered { id, transport: Transport::Image }
}

fn handed_over(id: u32) -> Command {
    Command::HandedOver { id }
}

fn keep(id: u32) -> Command {
    Command::Keep { id }
}

fn claim(id: u32) -> Command {
    Command::Claim { id }
}

fn buffered(id: u32) -> Command {
    Command::Buffered { id }
}

const NOTHING: [Command; 0] = [];
