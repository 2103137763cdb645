//! What a simulation has covered: how often each event was reported and each command returned.

use super::*;

const EVENTS: [&str; 14] = [
    "Called",
    "Called from storage",
    "Answered",
    "Failed",
    "Refused",
    "Claimed",
    "Claimed by another page",
    "Tick",
    "Offline",
    "Forced",
    "Buffering",
    "Blocked",
    "Hidden, Unloaded",
    "Navigating",
];
const COMMANDS: [&str; 14] = [
    "Send image",
    "Send POST",
    "Send beacon",
    "Send keepalive",
    "Cancel",
    "Store",
    "Claim",
    "Delivered",
    "Delivered by beacon",
    "HandedOver",
    "Buffered",
    "Failed",
    "Dropped",
    "SetTimer",
];

/// Counts, in the order of the names above.
#[derive(Default)]
pub struct Coverage {
    events: [u32; EVENTS.len()],
    commands: [u32; COMMANDS.len()],
}

impl Coverage {
    pub fn add(&mut self, other: &Self) {
        for (sum, count) in self.events.iter_mut().zip(other.events) {
            *sum += count;
        }
        for (sum, count) in self.commands.iter_mut().zip(other.commands) {
            *sum += count;
        }
    }

    pub fn count_event(&mut self, event: &Event) {
        self.events[match event {
            Event::Called { is_stored: false, .. } => 0,
            Event::Called { is_stored: true, .. } => 1,
            Event::Answered { .. } => 2,
            Event::Failed { .. } => 3,
            Event::Refused { .. } => 4,
            Event::Claimed { ok: true, .. } => 5,
            Event::Claimed { ok: false, .. } => 6,
            Event::Tick => 7,
            Event::Begins(condition) | Event::Ends(condition) => match condition {
                Condition::Offline => 8,
                Condition::Forced => 9,
                Condition::Buffering => 10,
                Condition::Blocked => 11,
                Condition::Hidden | Condition::Unloaded => 12,
                Condition::Navigating => 13,
            },
        }] += 1;
    }

    pub fn count_command(&mut self, command: Command) {
        self.commands[match command {
            Command::Send { transport, .. } => match transport {
                Transport::Image => 0,
                Transport::Post => 1,
                Transport::Beacon => 2,
                Transport::Keepalive => 3,
            },
            Command::Cancel { .. } => 4,
            Command::Store { .. } => 5,
            Command::Claim { .. } => 6,
            Command::Delivered { transport: Transport::Beacon, .. } => 8,
            Command::Delivered { .. } => 7,
            Command::HandedOver { .. } => 9,
            Command::Buffered { .. } => 10,
            Command::Failed { .. } => 11,
            Command::Dropped { .. } => 12,
            Command::SetTimer { .. } => 13,
        }] += 1;
    }

    pub fn check(&self, min_count: u32) {
        let events = EVENTS.iter().zip(self.events).map(|(name, count)| ("event", name, count));
        let commands = COMMANDS.iter().zip(self.commands).map(|(name, count)| ("command", name, count));
        for (kind, name, count) in events.chain(commands) {
            println!("{count:>8} {kind} {name}");
            assert!(count >= min_count, "{kind} {name}: occurs {count} times, expected at least {min_count}");
        }
    }
}
