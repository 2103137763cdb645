//! Other scripts of the page that a hit depends on: visitor ids, consent, audience management, modules of the tracker.

use super::host::{self, Service};
use super::state::Tracker;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Pairs, Slot, Variables};
use crate::hit::visitor;

/// Finds out what the page has for a tracker now.
pub fn detect(tracker: &Tracker) {
    tracker.services.set(host::detect_services(tracker));
}

/// Whether the page had a service when `detect` last ran.
pub fn has(tracker: &Tracker, service: Service) -> bool {
    tracker.services.get() >> service as u32 & 1 > 0
}

/// Whether the page had any.
pub fn has_any(tracker: &Tracker) -> bool {
    tracker.services.get() > 0
}

/// Lets the modules change the hit before it is built; returns whether there are any.
pub fn run_before_hit_hooks(tracker: &Tracker) -> bool {
    call_hook(tracker, "_g");
    has(tracker, Service::modules)
}

/// Tells the modules that the hit is in the delivery queue.
pub fn run_after_hit_hooks(tracker: &Tracker) {
    call_hook(tracker, "_t");
}

/// Asks the modules whether one of them wants hits to wait.
pub fn poll_delay_hooks(tracker: &Tracker) -> bool {
    call_hook(tracker, "_d")
}

fn call_hook(tracker: &Tracker, name: &str) -> bool {
    has(tracker, Service::modules) && host::call_hook(tracker, text(name))
}

/// Whether the page's opt-in service, if there is one, approves a category.
pub fn has_consent(tracker: &Tracker, category: &str) -> bool {
    !has(tracker, Service::opt_in) || host::has_consent(text(category))
}

/// What the services say for a hit.
pub struct Answers<'b> {
    /// Customer ids.
    pub customers: Text<'b>,
    /// Parameters of the audience management object; `None` if it takes no part in the hit.
    pub audience: Option<Text<'b>>,
}

/// Sets or unsets a mark in the page's context data, where it stays.
pub fn mark_context(builder: &TextBuilder, tracker: &Tracker, mark: &str, value: &str) {
    let start = builder.mark();
    builder.pair(text("contextData"), text(mark));
    builder.str(value);
    host::assign_in(tracker, builder.take_from(start));
}

/// Asks the services for a hit; the visitor service also sets variables.
pub fn ask<'b>(builder: &'b TextBuilder, tracker: &Tracker, variables: &mut Variables<'b>) -> Answers<'b> {
    let start = builder.mark();
    if has(tracker, Service::visitor) {
        visitor::write_customer_ids(builder, Pairs(host::customer_ids(builder, tracker)));
        if !variables.is_set(Slot::marketingCloudOrgID) && has_consent(tracker, "ECID") {
            variables.set(Slot::marketingCloudOrgID, host::organization_id(builder, tracker));
        }
        if !variables.is_set(Slot::supplementalDataID) && has_consent(tracker, "TARGET") {
            let source = text(if variables.is_set(Slot::expectSupplementalData) {
                "AppMeasurement:\0"
            } else {
                "AppMeasurement:\x001"
            });
            variables.set(Slot::supplementalDataID, host::supplemental_data_id(builder, tracker, source));
        }
    }
    let customers = builder.take_from(start);
    Answers {
        customers,
        audience: if has(tracker, Service::audience) && host::is_audience_ready(tracker) {
            Some(host::audience_parameters(builder, tracker))
        } else {
            let wanted = variables.get(Slot::usePostbacks);
            (!wanted.is_empty() && wanted != "0").then_some(Text::empty())
        },
    }
}
