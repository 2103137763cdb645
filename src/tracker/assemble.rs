//! Makes the hit of a tracking call, from the page's variables to the request URL. On the way it runs `doPlugins` and the
//! hooks of modules, writes cookies and pending clicks, and sets on `s` what AppMeasurement sets there too.

use super::activity_map::{self, Link};
use super::state::Tracker;
use super::{cookies, delivery, host, referrer, services, snapshot};
use crate::hit::hit_facts::{BROWSER_NUMBERS, BROWSER_VARIABLES, HAS_JAVA, HIT_FACTS, HitFacts, UNKNOWN_OF_BROWSER};
use crate::hit::outcome::Outcome;
use crate::hit::queue::{Settings, Transport};
use crate::hit::request::{self, Parts};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;
use crate::hit::variables::{Slot, Variables};
use crate::hit::visitor::{NO_SECURE_COOKIES, NO_SHARING};
use crate::hit::{derive, link, storage_key, transport, visitor};

/// A hit that is ready to be sent.
pub struct BuiltHit<'b> {
    pub url: Text<'b>,
    pub transport: Transport,
    /// It comes from a click that replaces the page.
    pub unloads_page: bool,
    /// Where in the URL the body of a POST starts; 0 for other transports.
    pub body_start: usize,
    /// The response will be a script, for audience management.
    pub has_script_response: bool,
    pub is_debugged: bool,
    /// How long the action behind its link waits for a response ("tl" in Adobe's documentation).
    pub action_timeout_ms: u32,
    /// The page's delivery settings.
    pub settings: Settings,
    /// The key under which hits for these report suites are stored.
    pub storage_key: Text<'b>,
}

impl BuiltHit<'_> {
    /// What the queue counts: the bytes of the URL, or of the body of a POST.
    pub fn size(&self) -> usize {
        self.url.len() - self.body_start
    }
}

/// Makes a hit, or says why there is none.
#[allow(clippy::inline_always, reason = "saves 200 bytes: a result this large is passed in memory")]
#[inline(always)]
pub fn build<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Result<BuiltHit<'b>, Outcome> {
    let mut variables = snapshot::read(builder, tracker);
    if !cookies::draw_sample(builder, tracker, &variables) {
        return Err(Outcome::NotInSample);
    }
    if variables.is_set(Slot::visitorOptedOut) {
        return Err(Outcome::OptedOut);
    }
    let mut jar = cookies::fill_visitor_id(builder, tracker, &mut variables);
    // A click that is no call of the page is a hit only if its link is tracked.
    let is_click = variables.is_set(Slot::clickObject) && !variables.is_set(Slot::linkObject);
    let link = activity_map::resolve(builder, tracker, &mut variables);
    if variables.is_set(Slot::usePlugins) {
        // Plug-ins write cookies and set variables.
        jar = None;
        if host::run_plugins(tracker) {
            return Err(Outcome::PluginsThrew);
        }
        services::detect(tracker);
        variables = snapshot::read(builder, tracker);
    }
    if !variables.is_set(Slot::account) {
        return Err(Outcome::NoReportSuite);
    }
    let link = link.as_ref();
    if variables.is_set(Slot::abort) {
        referrer::keep(builder, tracker, variables.get(Slot::referrer));
        activity_map::store_click(builder, tracker, &variables, Text::empty(), link);
        return Err(Outcome::Aborted);
    }
    let is_hit = !is_click || !link::parameter(&variables).is_empty();
    fill_page_variables(builder, tracker, &mut variables, is_hit.then_some(&mut jar));
    referrer::fill(builder, tracker, &mut variables);
    let own = activity_map::describe_click(builder, tracker, &variables);
    if services::run_before_hit_hooks(tracker) {
        variables = snapshot::read(builder, tracker);
    }
    if !is_hit {
        referrer::keep(builder, tracker, variables.get(Slot::referrer));
        activity_map::store_click(builder, tracker, &variables, own, link);
        return Err(Outcome::UntrackedClick);
    }
    Ok(assemble(builder, tracker, &mut variables, jar, own, link, is_click))
}

/// Sets what the page can read on `s` from the first hit on: its URL and, for a hit, what the browser is.
///
/// Reading `document.cookie` after a write is a cross-process call, so cookies that had to be read are kept for the hit.
fn fill_page_variables<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &mut Variables<'b>,
    jar: Option<&mut Option<Text<'b>>>,
) {
    let start = builder.mark();
    if !variables.is_set(Slot::pageURL) {
        builder.pair(text("pageURL"), host::page_url(builder));
    }
    let mut has_read = false;
    if let Some(jar) = jar
        && !tracker.has_read_browser.raise()
    {
        has_read = true;
        builder.put(host::window_template(builder, text(BROWSER_VARIABLES)));
        let has_java = host::window_template(builder, text(HAS_JAVA)) == "true";
        builder.pair(text("javaEnabled"), text(if has_java { "Y" } else { "N" }));
        activity_map::watch_scrolling(builder, tracker);
        let accepted = cookies::are_accepted(builder, tracker, variables, jar);
        builder.pair(text("cookiesEnabled"), text(if accepted { "Y" } else { "N" }));
    }
    snapshot::assign(tracker, variables, builder.take_from(start));
    if has_read {
        host::make_numbers(tracker, text(BROWSER_NUMBERS));
        snapshot::blank(tracker, variables, UNKNOWN_OF_BROWSER, &[Slot::connectionType, Slot::homepage]);
    }
}

fn assemble<'b>(
    builder: &'b TextBuilder,
    tracker: &Tracker,
    variables: &mut Variables<'b>,
    jar: Option<Text<'b>>,
    own: Text<'b>,
    link: Option<&Link<'b>>,
    is_click: bool,
) -> BuiltHit<'b> {
    let has_audience_consent = services::has_consent(tracker, "AAM");
    if !has_audience_consent {
        services::mark_context(builder, tracker, NO_SHARING, "1");
    }
    let lacks_https = variables.is_set(Slot::writeSecureCookies) && !variables.is_set(Slot::ssl);
    if lacks_https {
        services::mark_context(builder, tracker, NO_SECURE_COOKIES, "1");
    }
    let facts = HitFacts(if jar.is_some() {
        host::hit_facts(builder, tracker, text(HIT_FACTS))
    } else {
        host::hit_facts_and_cookies(builder, tracker, text(HIT_FACTS))
    });
    let jar = jar.unwrap_or_else(|| facts.cookies());
    if lacks_https {
        // It counts for one hit, and keeps its place.
        services::mark_context(builder, tracker, NO_SECURE_COOKIES, "");
    }
    let start = builder.mark();

    derive::split_page_url(builder, variables);
    derive::fill_migration_server(variables);
    let kind = link::parameter(variables);
    if !kind.is_empty() {
        let (url, name) = activity_map::address_and_name(builder, variables);
        derive::fill_link(builder, variables, kind, url, name);
    }
    derive::fill_timestamp(variables, facts.seconds());
    derive::fill_last_request_ms(builder, variables, tracker.last_request_ms.replace(0));

    let answers = services::ask(builder, tracker, variables);
    let has_script_response = answers.audience.is_some();
    let (mut context, click) = activity_map::settle(builder, tracker, variables, facts.context(), own, link, Some(jar));
    if !tracker.has_sent.raise() {
        cookies::write_cookies_enabled(builder, tracker, variables);
    }
    if !has_audience_consent {
        context = visitor::marked_context(builder, context, NO_SHARING);
    }
    let parts = Parts {
        secure: variables.is_set(Slot::ssl),
        random: facts.random(),
        time: facts.time(),
        context,
        customers: answers.customers,
        hints: facts.client_hints(),
        audience: answers.audience,
        index: if has_script_response { host::instance_index(tracker) } else { 0 },
        click,
    };
    derive::write_one_shot(builder, variables);
    let shown = builder.take_from(start);
    if !shown.is_empty() {
        host::assign(tracker, shown);
    }
    let query = request::write(builder, variables, &parts);
    let url = builder.take_from(start);
    let transport = transport::choose(variables, url.len());
    BuiltHit {
        url,
        transport,
        unloads_page: is_click && link.is_some_and(|link| !link.element.opens_elsewhere()),
        body_start: if transport == Transport::Post { query } else { 0 },
        has_script_response,
        is_debugged: variables.is_set(Slot::debugTracking),
        action_timeout_ms: link::action_timeout_ms(variables),
        settings: delivery::settings_of(variables),
        storage_key: storage_key::key(builder, variables),
    }
}
