//! The queue with a clock, a network and storage that the tests control.

mod checks;
mod coverage;
mod leaving;
mod sending;
mod simulation;
mod waiting;
mod world;

use super::limits::*;
use super::*;

const NO_COMMANDS: [Command; 0] = [];

struct Page {
    queue: Queue,
    settings: Settings,
    now: u32,
    timer_at: Option<u32>,
}

impl Page {
    fn new() -> Self {
        let settings = Settings {
            max_concurrent: 1,
            track_offline: false,
            offline_limit: 10,
            throttle_ms: 0,
            has_keepalive: true,
        };
        Self { queue: Queue::new(), settings, now: 7, timer_at: None }
    }

    /// A page whose host has answered.
    fn warm() -> Self {
        let mut page = Self::new();
        page.call(0);
        page.answer(0);
        page
    }

    fn with_track_offline() -> Self {
        let mut page = Self::new();
        page.settings.track_offline = true;
        page
    }

    /// The commands that follow from an event, except for the timer, which is set.
    fn handle(&mut self, event: Event) -> Vec<Command> {
        self.queue.on_event(event, self.now);
        let mut commands = Vec::new();
        while let Some(command) = self.queue.poll(self.now, &self.settings) {
            assert!(commands.len() < 5000, "poll never returns None");
            if let Command::SetTimer { after_ms } = command {
                self.timer_at = Some(self.now.wrapping_add(after_ms));
            } else {
                commands.push(command);
            }
        }
        commands
    }

    /// The commands of this many milliseconds in which nothing happens but the timer.
    fn pass(&mut self, ms: u32) -> Vec<Command> {
        let end = self.now.wrapping_add(ms);
        let mut commands = Vec::new();
        while let Some(timer_at) = self.timer_at.take_if(|timer_at| end.wrapping_sub(*timer_at) <= ms) {
            self.now = timer_at;
            commands.extend(self.handle(Event::Tick));
        }
        self.now = end;
        commands
    }

    /// 0 if no timer is set.
    fn ms_until_timer(&self) -> u32 {
        self.timer_at.map_or(0, |timer_at| timer_at.wrapping_sub(self.now))
    }

    fn call_by(&mut self, transport: Transport, id: u32) -> Vec<Command> {
        self.handle(Event::Called { id, size: 1000, transport, is_stored: false })
    }

    fn call(&mut self, id: u32) -> Vec<Command> {
        self.call_by(Transport::Image, id)
    }

    fn find_stored(&mut self, id: u32) -> Vec<Command> {
        self.handle(Event::Called { id, size: 1000, transport: Transport::Image, is_stored: true })
    }

    fn answer(&mut self, id: u32) -> Vec<Command> {
        self.handle(Event::Answered { id })
    }

    /// Fails a request, with the random number that makes the backoff neither shorter nor longer.
    fn fail(&mut self, id: u32) -> Vec<Command> {
        let failures = self.queue.find(id).map_or(0, |hit| hit.failed_attempts);
        self.handle(Event::Failed {
            id,
            random: (BACKOFF_MS << failures.saturating_sub(1).min(MAX_BACKOFF_DOUBLINGS)) / 4,
        })
    }

    fn refuse(&mut self, id: u32) -> Vec<Command> {
        self.handle(Event::Refused { id })
    }

    fn claimed(&mut self, id: u32, ok: bool) -> Vec<Command> {
        self.handle(Event::Claimed { id, ok })
    }

    fn begin(&mut self, condition: Condition) -> Vec<Command> {
        self.handle(Event::Begins(condition))
    }

    fn end(&mut self, condition: Condition) -> Vec<Command> {
        self.handle(Event::Ends(condition))
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

fn store(id: u32) -> Command {
    Command::Store { id, goes_on: false }
}

fn store_with_next(id: u32) -> Command {
    Command::Store { id, goes_on: true }
}

fn claim(id: u32) -> Command {
    Command::Claim { id }
}

fn buffered(id: u32) -> Command {
    Command::Buffered { id }
}
