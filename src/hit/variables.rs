//! The table of all variables: name, request parameter, kind and limit. Everything that depends on a variable's name
//! reads it here.
//!
//! The order is that of the parameters in a request. An empty parameter is the same as the name, `-` stands for none. A
//! limit is in bytes, from "Page variables" in Adobe's documentation; 0 means that none is documented. The collector
//! cuts values there, the tracker does not.

use alloc::boxed::Box;

use super::text::{Text, text};

/// How a variable is treated, a letter in the table:
///
/// | Letter | In a page view  | In a link             | Besides                                             |
/// |--------|-----------------|-----------------------|-----------------------------------------------------|
/// | `a`    | sent            | sent                  |                                                     |
/// | `o`    | sent            | sent                  | unset after the tracking call                       |
/// | `b`    | sent            | sent                  | set by the tracker: browser, visitor service        |
/// | `f`    | sent            | if in `linkTrackVars` |                                                     |
/// | `c`    | sent            | if in `linkTrackVars` | unset by `clearVars`                                |
/// | `v`    | sent            | if in `linkTrackVars` | set by the tracker: visitor service                 |
/// | `i`    | sent            | sent                  | internal: set for one hit, never read from `s`      |
/// | `s`    | not sent        | not sent              | a setting                                           |
/// | `r`    | not sent        | not sent              | a setting, unset after the tracking call            |
/// | `d`    | its entries     | by their names        | an object: context data                             |
/// | `h`    | its entries     | by their names        | an object, set by the tracker: client hints         |
/// | `t`    | not sent        | not sent              | set by the tracker: that the visitor has opted out  |
/// | `x`    | not sent        | not sent              | a function                                          |
///
/// If `linkTrackVars` is not set, a link sends everything. A capital letter means the same, and that hits of a light
/// profile (`trackLight`) send the variable too.
pub type Kind = u8;

macro_rules! variables {
    ($($name:ident $parameter:literal $kind:literal $limit:literal;)*) => {
        /// The index of each variable in [`TABLE`]; those of a [`Family`] have the slots after these.
        #[allow(missing_docs, non_camel_case_types)]
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Slot { $($name,)* Numbered }

        /// A line for each variable: kind, name, space, parameter. As text it is half the size of a table of
        /// structures.
        pub const TABLE: &str = concat!($($kind, stringify!($name), " ", $parameter, "\n",)*).trim_ascii_end();

        /// Documented limits in bytes, by slot.
        #[cfg(any(feature = "inspect", test, not(target_arch = "wasm32")))]
        const LIMITS: &[u16] = &[$($limit,)*];
    };
}

variables! {
    supplementalDataID "sdid" "o" 0;
    timestamp "ts" "O" 0;
    dynamicVariablePrefix "D" "a" 0;
    visitorID "vid" "a" 100;
    marketingCloudVisitorID "mid" "b" 0;
    analyticsVisitorID "aid" "b" 0;
    audienceManagerLocationHint "aamlh" "b" 0;
    authState "as" "a" 0;
    fid "" "b" 0;
    visitorMigrationKey "vmt" "a" 0;
    visitorMigrationServer "vmf" "a" 0;
    charSet "ce" "A" 0;
    visitorNamespace "ns" "A" 0;
    cookieDomainPeriods "cdp" "A" 0;
    fpCookieDomainPeriods "" "a" 0;
    cookieLifetime "cl" "A" 0;
    pageName "" "a" 100;
    pageURL "g" "a" 0;
    customerPerspective "cp" "a" 0;
    referrer "r" "o" 255;
    contextData "-" "D" 0;
    currencyCode "cc" "a" 3;
    lightProfileID "mtp" "O" 0;
    lightStoreForSeconds "mtss" "A" 0;
    lightIncrementBy "mti" "A" 0;
    retrieveLightProfiles "mtsr" "a" 0;
    deleteLightProfiles "mtsd" "a" 0;
    purchaseID "" "c" 20;
    variableProvider "vvp" "f" 0;
    channel "ch" "c" 100;
    server "" "f" 100;
    pageType "" "f" 20;
    transactionID "xact" "c" 20;
    campaign "v0" "c" 255;
    state "" "c" 50;
    zip "" "c" 50;
    events "" "c" 0;
    products "" "c" 0;
    audienceManagerBlob "aamb" "v" 0;
    tnt "" "f" 0;
    pe "" "o" 0;
    pev1 "" "o" 255;
    pev2 "" "o" 100;
    pev3 "" "o" 0;
    latitude "lat" "a" 0;
    longitude "lon" "a" 0;
    resolution "s" "b" 0;
    colorDepth "c" "b" 0;
    javascriptVersion "j" "b" 0;
    javaEnabled "v" "b" 0;
    cookiesEnabled "k" "b" 0;
    browserWidth "bw" "b" 0;
    browserHeight "bh" "b" 0;
    connectionType "ct" "b" 0;
    homepage "hp" "b" 0;
    pageURLRest "-g" "o" 0;
    marketingCloudOrgID "mcorgid" "a" 0;
    ms_a "" "a" 0;
    lrt "" "i" 0;
    account "-" "s" 0;
    clientHints "-" "h" 0;
    trackingServer "-" "s" 0;
    trackingServerSecure "-" "s" 0;
    dc "-" "s" 0;
    mobile "-" "s" 0;
    tagContainerMarker "-" "s" 0;
    visitorMigrationServerSecure "-" "s" 0;
    vmk "-" "s" 0;
    events2 "-" "s" 0;
    linkTrackVars "-" "s" 0;
    linkTrackEvents "-" "s" 0;
    linkURL "-" "r" 0;
    linkName "-" "r" 0;
    linkType "-" "r" 0;
    linkObject "-" "r" 0;
    clickObject "-" "r" 0;
    abort "-" "r" 0;
    useBeacon "-" "r" 0;
    usePlugins "-" "s" 0;
    doPlugins "-" "x" 0;
    linkLeaveQueryString "-" "s" 0;
    decodeLinkParameters "-" "s" 0;
    linkDownloadFileTypes "-" "s" 0;
    linkInternalFilters "-" "s" 0;
    linkExternalFilters "-" "s" 0;
    trackDownloadLinks "-" "s" 0;
    trackExternalLinks "-" "s" 0;
    trackClickMap "-" "s" 0;
    trackInlineStats "-" "s" 0;
    useLinkTrackSessionStorage "-" "s" 0;
    lightTrackVars "-" "s" 0;
    writeSecureCookies "-" "s" 0;
    visitorSampling "-" "s" 0;
    visitorSamplingGroup "-" "s" 0;
    trackOffline "-" "s" 0;
    offlineLimit "-" "s" 0;
    offlineHitLimit "-" "s" 0;
    offlineThrottleDelay "-" "s" 0;
    maxConcurrentHits "-" "s" 0;
    useForcedLinkTracking "-" "s" 0;
    forcedLinkTrackingTimeout "-" "s" 0;
    maxDelay "-" "s" 0;
    debugTracking "-" "s" 0;
    expectSupplementalData "-" "s" 0;
    collectHighEntropyUserAgentHints "-" "s" 0;
    storageFilename "-" "s" 0;
    ssl "-" "s" 0;
    maxHitsPer10Seconds "-" "s" 0;
    usePostbacks "-" "s" 0;
    visitorOptedOut "-" "t" 0;
    version "-" "s" 0;
    tagContainerName "-" "s" 0;
}

/// The numbered variables. In a request number 0 of each family comes first, in this order, then number 1, and so on.
pub const FAMILIES: [Family; 4] = {
    let prop = Family { name: "prop", parameter: b'c', last: 75, first_slot: FIRST };
    let evar = Family { name: "eVar", parameter: b'v', last: 250, first_slot: prop.end() };
    let hier = Family { name: "hier", parameter: b'h', last: 5, first_slot: evar.end() };
    let list = Family { name: "list", parameter: b'l', last: 3, first_slot: hier.end() };
    [prop, evar, hier, list]
};

const FIRST: usize = Slot::Numbered as usize;
/// The number of slots.
pub const SLOTS: usize = {
    let [.., list] = FAMILIES;
    list.end()
};
/// The highest number of any family.
pub const LAST_NUMBER: usize = {
    let [_, evar, ..] = FAMILIES;
    evar.last
};

/// Variables such as `prop0`, `prop1` …
pub struct Family {
    /// The name, without the number.
    pub name: &'static str,
    /// The parameter, without the number.
    pub parameter: u8,
    /// The highest number that is sent.
    pub last: usize,
    /// The slot of number 0.
    pub first_slot: usize,
}

impl Family {
    /// The slot after the last one.
    const fn end(&self) -> usize {
        self.first_slot + self.last + 1
    }
}

/// A line of the table. It is split only when needed, because most variables are not set in a hit.
#[derive(Clone, Copy)]
pub struct Row {
    /// The slot of the variable.
    pub slot: usize,
    line: Text<'static>,
}

impl Row {
    /// How the variable is treated.
    pub fn kind(&self) -> Kind {
        self.line.at(0).to_ascii_lowercase()
    }

    /// Whether a link sends it only if `linkTrackVars` names it.
    pub fn is_filtered(&self) -> bool {
        matches!(self.kind(), b'f' | b'c' | b'v')
    }

    /// Whether hits of a light profile send it too.
    pub fn is_in_light_hits(&self) -> bool {
        self.line.at(0).is_ascii_uppercase()
    }

    /// The name on `s`.
    pub fn name(&self) -> Text<'static> {
        self.line.from(1).before(b' ')
    }

    /// The name in the request; `-` for a variable that is not sent.
    pub fn parameter(&self) -> Text<'static> {
        let parameter = self.line.after(b' ');
        if parameter.is_empty() { self.name() } else { parameter }
    }
}

/// All variables without a number, in the order of their slots.
pub fn rows() -> impl Iterator<Item = Row> {
    text(TABLE).split(b'\n').enumerate().map(|(slot, line)| Row { slot, line })
}

/// The slot of the variable with this name.
pub fn slot_of(name: Text<'_>) -> Option<usize> {
    let slot = slot_or_end(name);
    (slot < SLOTS).then_some(slot)
}

/// The slot of the variable with this name, or [`SLOTS`] if there is none: a sentinel compiles to less code than
/// `Option<usize>`.
#[inline(never)]
fn slot_or_end(name: Text<'_>) -> usize {
    for family in &FAMILIES {
        let number = name.from(4);
        if name.to(4) == family.name && is_number_up_to(number, family.last) {
            return family.first_slot + number.number() as usize;
        }
    }
    for row in rows() {
        if row.name() == name && row.kind() != b'i' {
            return row.slot;
        }
    }
    SLOTS
}

fn is_number_up_to(digits: Text<'_>, last: usize) -> bool {
    let number = digits.number() as usize;
    let length = 1 + usize::from(number > 9) + usize::from(number > 99);
    digits.at(0).is_ascii_digit() && digits.len() == length && number <= last
}

/// The name of the variable in a slot; empty for numbered ones.
pub fn name_at(slot: usize) -> Text<'static> {
    rows().nth(slot).map_or(Text::empty(), |row| row.name())
}

/// How the variable in a slot is treated. `clearVars` unsets the numbered ones.
pub fn kind_at(slot: usize) -> Kind {
    rows().nth(slot).map_or(b'c', |row| row.kind())
}

/// The kinds that the tracker itself sets, from browser and visitor service.
pub const KINDS_SET_BY_TRACKER: &str = "bvht";

/// What is unset when a tracking call ends, separated by NUL: a kind before its overrides are undone; kinds that a parked call may
/// have set, as [`KINDS_CLEARED`]; a kind afterwards; the global variable in which the page names the link that is clicked next.
pub const CLEARED_AFTER_CALL: &str = "o\0 c\0r\0s_objectID";

/// The kinds that `clearVars` unsets, and the numbered variables.
pub const KINDS_CLEARED: &str = " c";

/// Whether `clearVars` unsets the variable in a slot ("clearVars" in Adobe's documentation).
pub fn is_cleared(slot: usize) -> bool {
    kind_at(slot) == b'c'
}

/// A snapshot of a tracker's variables.
pub struct Variables<'a>(Box<[Option<Text<'a>>; SLOTS]>);

impl<'a> Variables<'a> {
    /// A snapshot in which no variable is set.
    #[inline(never)]
    pub(super) fn new() -> Self {
        Self(Box::new([None; SLOTS]))
    }

    /// Reads slots and values, each followed by NUL. In a value NUL is `\x01` `0`, and `\x01` is `\x01` `1`.
    #[inline(never)]
    pub fn read(pairs: Text<'a>) -> Self {
        let mut variables = Self::new();
        let mut rest = pairs;
        while !rest.is_empty() {
            let (slot, after) = rest.split_once(0);
            let (value, after) = after.split_once(0);
            variables.put(slot.number() as usize, value);
            rest = after;
        }
        variables
    }

    /// Reads names and values, each followed by NUL. Other names than those of variables are ignored.
    pub fn named(pairs: Text<'a>) -> Self {
        let mut variables = Self::new();
        variables.add(pairs);
        variables
    }

    /// Sets the variables with these names, or unsets them where the value is empty.
    pub fn add(&mut self, pairs: Text<'a>) {
        for pair in Pairs(pairs) {
            if let Some(slot) = slot_of(pair.name()) {
                self.replace_at(slot, pair.value());
            }
        }
    }

    /// The value in a slot, if it is set.
    #[inline(never)]
    pub fn value(&self, slot: usize) -> Option<Text<'a>> {
        self.0.get(slot).copied().flatten()
    }

    /// The value of a variable; empty if it is not set.
    #[inline(never)]
    pub fn get(&self, slot: Slot) -> Text<'a> {
        self.value(slot as usize).unwrap_or(Text::empty())
    }

    /// Whether a variable is set. JavaScript passes only truthy values, so a flag that is `false` is not set.
    pub fn is_set(&self, slot: Slot) -> bool {
        self.value(slot as usize).is_some()
    }

    /// Sets the value in a slot.
    #[inline(never)]
    pub fn put(&mut self, slot: usize, value: Text<'a>) {
        if let Some(current) = self.0.get_mut(slot) {
            *current = Some(value);
        }
    }

    /// Sets a variable, or unsets it if `value` is empty.
    pub fn replace(&mut self, slot: Slot, value: Text<'a>) {
        self.replace_at(slot as usize, value);
    }

    #[inline(never)]
    fn replace_at(&mut self, slot: usize, value: Text<'a>) {
        if let Some(current) = self.0.get_mut(slot) {
            *current = Some(value).filter(|value| !value.is_empty());
        }
    }

    /// Sets a variable unless `value` is empty.
    pub fn set(&mut self, slot: Slot, value: Text<'a>) {
        if !value.is_empty() {
            self.put(slot as usize, value);
        }
    }
}

/// Names and values, each followed by NUL, as host functions return them.
#[derive(Clone, Copy)]
pub struct Pairs<'a>(pub Text<'a>);

impl<'a> Pairs<'a> {
    /// The value of the first pair with this name.
    #[inline(never)]
    pub fn value(self, name: Text<'_>) -> Option<Text<'a>> {
        for pair in self {
            if pair.name() == name {
                return Some(pair.value());
            }
        }
        None
    }
}

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Pair<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let pair = Pair(self.0);
        self.0 = self.0.skip_fields(2);
        Some(pair)
    }
}

/// A name and its value. The text also holds the pairs that follow.
#[derive(Clone, Copy)]
pub struct Pair<'a>(Text<'a>);

impl<'a> Pair<'a> {
    /// The name.
    pub fn name(self) -> Text<'a> {
        self.0.before(0)
    }

    /// The value.
    pub fn value(self) -> Text<'a> {
        self.0.field(1)
    }
}

/// The documented limit of a variable in bytes; 0 if there is none.
#[cfg(any(feature = "inspect", test, not(target_arch = "wasm32")))]
pub fn limit(slot: usize) -> usize {
    match slot.checked_sub(FIRST) {
        None => LIMITS.get(slot).copied().unwrap_or(0).into(),
        Some(numbered) if FIRST + numbered < FAMILIES[0].end() => 100,
        Some(_) => 255,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::activity_map::OBJECT_ID_GLOBAL;

    #[test]
    fn rows_and_limits_are_in_the_order_of_the_slots() {
        assert_eq!(rows().count(), FIRST);
        assert_eq!(LIMITS.len(), FIRST);
        assert_eq!(slot_of(text("pageName")), Some(Slot::pageName as usize));
        assert_eq!(slot_of(text("debugTracking")), Some(Slot::debugTracking as usize));
    }

    #[test]
    fn a_number_has_no_leading_zeros_and_is_in_range() {
        for name in ["prop0", "prop75", "eVar250", "list3", "hier5"] {
            assert!(slot_of(text(name)).is_some(), "{name}");
        }
        for name in
            ["prop76", "eVar251", "list4", "hier6", "prop01", "propA", "prop", "prop1a", "eVar1000000001", "lrt"]
        {
            assert!(slot_of(text(name)).is_none(), "{name}");
        }
    }

    #[test]
    fn slots_do_not_overlap() {
        let mut seen = [false; SLOTS];
        for family in &FAMILIES {
            for number in 0..=family.last {
                let name = format!("{}{number}", family.name);
                let slot = slot_of(text(&name)).expect("a slot");
                assert!(!std::mem::replace(&mut seen[slot], true));
            }
        }
        assert!(seen[FIRST..].iter().all(|s| *s));
    }

    #[test]
    fn clear_vars_unsets_the_variables_that_adobe_documents() {
        for name in [
            "prop1",
            "eVar250",
            "hier1",
            "list2",
            "events",
            "products",
            "channel",
            "purchaseID",
            "transactionID",
            "state",
            "zip",
            "campaign",
        ] {
            assert!(slot_of(text(name)).is_some_and(is_cleared), "{name}");
        }
        for name in ["pageName", "server", "pageType", "referrer", "events2", "tnt", "account", "contextData"] {
            assert!(!slot_of(text(name)).is_some_and(is_cleared), "{name}");
        }
    }

    #[test]
    fn what_is_cleared_is_the_same_everywhere() {
        for row in rows() {
            assert_eq!(is_cleared(row.slot), KINDS_CLEARED.contains(row.kind() as char), "{:?}", row.name());
        }
        let [_, parked, _, global] = CLEARED_AFTER_CALL.split('\0').collect::<Vec<_>>()[..] else {
            panic!("four fields")
        };
        assert_eq!((parked, global), (KINDS_CLEARED, OBJECT_ID_GLOBAL));
    }

    #[test]
    fn every_variable_is_declared_in_the_type_definitions() {
        let types = text(include_str!("../entry/afterhit.d.ts"));
        for row in rows().filter(|row| row.kind() != b'i') {
            let declared = format!("  {:?}?:", row.name());
            assert!(types.contains(text(&declared)), "{declared}");
        }
    }

    #[test]
    fn names_that_are_no_variables_are_ignored() {
        let variables = Variables::named(text("pageName\0Home\0foo\0bar\0eVar1\0\0"));
        assert_eq!(variables.get(Slot::pageName), "Home");
        assert!(variables.value(slot_of(text("eVar1")).expect("a slot")).is_none());
        assert!(!variables.is_set(Slot::channel));
    }

    #[test]
    fn setting_an_empty_value_keeps_the_old_one() {
        let mut variables = Variables::named(text("pageName\0Home\0"));
        variables.set(Slot::pageName, text(""));
        assert_eq!(variables.get(Slot::pageName), "Home");
    }
}
