//! Decodes a request into a hit, parameter by parameter. The name of a parameter and the levels around it decide where its
//! value goes.

use alloc::string::String;

use super::hit::{Click, Hit, Kind, Pair, Parameter, Variable};
use super::level_stack::LevelStack;
use super::names::{Name, numbered, single};
use super::{Error, Problem, address, percent};

/// The prefix of the context data that Activity Map adds.
const ACTIVITY_MAP: &str = "a.activitymap.";

/// Decodes a request: its URL, and the body of a POST (empty for other requests).
///
/// Parameters may come in any order. A truncated request is decoded as far as it goes.
///
/// # Errors
///
/// If the URL is not a collection request, `AQB` is missing, the percent-encoding is invalid, or the names of levels are too
/// long. [`Error::parameter`] names the parameter, if there is one.
pub fn decode(url: &str, body: &str) -> Result<Hit, Error> {
    let address = address::split(url)?;
    let mut reader = Reader {
        hit: Hit {
            collector: String::from(address.collector),
            secure: address.secure,
            suites: address.suites,
            path: address.path,
            version: address.version,
            marker: address.marker,
            ..Hit::default()
        },
        ..Reader::default()
    };
    let parameters = address.query.split('&').chain(body.split('&'));
    let mut parameters = parameters.filter(|parameter| !parameter.is_empty()).peekable();
    while let Some(parameter) = parameters.next() {
        reader.is_truncated = parameters.peek().is_none() && !reader.hit.complete;
        reader.read_parameter(parameter)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    hit: Hit,
    levels: LevelStack,
    /// The report suite of the clicks between `u=SUITE` and `u=0`; empty outside.
    click_suite: String,
    has_aqb: bool,
    /// Whether the current parameter is the last one of a truncated request.
    is_truncated: bool,
}

impl Reader {
    fn read_parameter(&mut self, parameter: &str) -> Result<(), Error> {
        match parameter.split_once('=') {
            Some((name, value)) => {
                let (name, value) = (self.decode_part(name, name)?, self.decode_part(name, value)?);
                self.put(name, value);
                Ok(())
            }
            None => self.read_level(parameter),
        }
    }

    /// Decodes a part of the parameter `name`.
    fn decode_part(&self, name: &str, raw: &str) -> Result<String, Error> {
        let decoded = if self.is_truncated { percent::decode_truncated(raw) } else { percent::decode(raw) };
        decoded.map_err(|problem| self.error(problem, name))
    }

    fn error(&self, problem: Problem, name: &str) -> Error {
        Error { problem, parameter: self.levels.full_name(name) }
    }

    /// `name.` opens a level, `.name` closes it; anything else without `=` is unknown.
    fn read_level(&mut self, raw: &str) -> Result<(), Error> {
        if let Some(name) = raw.strip_prefix('.').filter(|name| !name.is_empty()) {
            let name = self.decode_part(raw, name)?;
            if self.levels.close(&name) {
                return Ok(());
            }
        } else if let Some(name) = raw.strip_suffix('.').filter(|name| !name.is_empty()) {
            let name = self.decode_part(raw, name)?;
            return self.levels.open(name).map_err(Error::from);
        }
        let parameter = self.decode_part(raw, raw)?;
        self.hit.unknown.push(Parameter { parameter, value: String::new() });
        Ok(())
    }

    fn put(&mut self, name: String, value: String) {
        let pair = Pair { name: self.levels.inner_name(&name), value };
        match self.levels.outermost() {
            None => self.put_parameter(name, pair.value),
            Some("c") => match pair.name.strip_prefix(ACTIVITY_MAP) {
                Some(name) => self.put_click(String::from(name), pair.value),
                None => self.hit.context_data.push(pair),
            },
            Some("h") => self.hit.hints.push(pair),
            Some("cid") => self.hit.customer_ids.push(pair),
            Some("d") => self.hit.audience.push(pair),
            Some(_) => self.hit.unknown.push(Parameter { parameter: self.levels.full_name(&name), value: pair.value }),
        }
    }

    fn put_click(&mut self, name: String, value: String) {
        self.hit.activity_map.push(Click { name, value, suite: self.click_suite.clone() });
    }

    fn put_parameter(&mut self, parameter: String, value: String) {
        match parameter.as_str() {
            "AQB" => self.has_aqb = true,
            "AQE" => self.hit.complete = true,
            "t" if self.hit.time.is_empty() => self.hit.time = value,
            "ndh" | "pf" | "callback" | "et" => self.hit.envelope.push(Parameter { parameter, value }),
            "u" => self.click_suite = if value == "0" { String::new() } else { value },
            "pid" | "pidt" | "oid" | "oidt" | "ot" | "oi" => self.put_click(parameter, value),
            _ => match self.name(&parameter) {
                Some(name) => self.hit.variables.push(variable(name, value)),
                None => self.hit.unknown.push(Parameter { parameter, value }),
            },
        }
    }

    /// The variable of a parameter. The first `v0` is `campaign`, a second one is `eVar0`.
    fn name(&self, parameter: &str) -> Option<Name> {
        let Some(single) = single(parameter) else { return numbered(parameter) };
        if self.hit.variables.iter().all(|known| known.name != single.name) {
            return Some(single);
        }
        numbered(parameter).or(Some(single))
    }

    fn finish(mut self) -> Result<Hit, Error> {
        if !self.has_aqb {
            return Err(Problem::NoBeginning.into());
        }
        self.join_page_url();
        self.hit.kind = self.kind();
        Ok(self.hit)
    }

    /// A long page URL is sent in two parts.
    fn join_page_url(&mut self) {
        let variables = &mut self.hit.variables;
        let index_of = |name| variables.iter().position(|variable| variable.name == name);
        let (Some(_), Some(rest)) = (index_of("pageURL"), index_of("pageURLRest")) else { return };
        let rest = variables.remove(rest).value;
        if let Some(url) = variables.iter_mut().find(|variable| variable.name == "pageURL") {
            url.value.push_str(&rest);
            url.over = is_over(&url.value, url.limit);
        }
    }

    fn kind(&self) -> Kind {
        let value = |name| self.hit.variables.iter().find(|variable| variable.name == name).map(|v| v.value.as_str());
        match value("pe") {
            _ if value("lightProfileID").is_some() => Kind::Light,
            None => Kind::PageView,
            Some("lnk_o") => Kind::CustomLink,
            Some("lnk_d") => Kind::DownloadLink,
            Some("lnk_e") => Kind::ExitLink,
            Some(_) => Kind::Other,
        }
    }
}

fn variable(name: Name, value: String) -> Variable {
    let Name { name, parameter, limit, .. } = name;
    Variable { over: is_over(&value, limit), name, parameter, value, limit }
}

fn is_over(value: &str, limit: usize) -> bool {
    limit > 0 && value.len() > limit
}
