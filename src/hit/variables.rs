//! The one table of variables: name, parameter, what happens to it in links, by `clearVars` and after a hit, byte limit.
//!
//! The order is that of the parameters in a request. Limits are those of the pages below "Page variables" in Adobe's
//! documentation; the collector cuts there, the tracker does not (0: no limit is documented).

use alloc::boxed::Box;

use super::text::{Text, text};

/// How a variable is treated; the letters of the table.
///
/// - `a` sent with every hit
/// - `o` the same, and reset after the hit
/// - `f` in links only when `linkTrackVars` names it
/// - `c` the same, and cleared by `clearVars`
/// - `b` sent with every hit, and set by the tracker from what browser and visitor service say
/// - `v` the same, in links only when `linkTrackVars` names it
/// - `s` a setting: never sent under its own name
/// - `r` a setting that is reset after the hit
/// - `h` a setting that is looked at before a hit is made
/// - `i` internal: made by the tracker, never read off `s`
///
/// A capital letter: the same, and part of a light profile's hits ("trackLight").
pub type Kind = u8;

macro_rules! variables {
    ($($name:ident $parameter:literal $kind:literal $limit:literal;)*) => {
        /// The place of each variable that has no number.
        #[allow(missing_docs, non_camel_case_types)]
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Slot { $($name,)* Numbered }

        /// One line each, the kind in front: as text it is half the size of a table of structures.
        pub const TABLE: &str = concat!($($kind, stringify!($name), " ", $parameter, "\n",)*).trim_ascii_end();

        /// Documented limits in bytes, in the order of the slots.
        #[cfg(any(feature = "inspect", test, not(target_arch = "wasm32")))]
        const LIMITS: &[u16] = &[$($limit,)*];
    };
}

variables! {
    supplementalDataID "sdid" "O" 0;
    timestamp "ts" "O" 0;
    dynamicVariablePrefix "D" "a" 0;
    visitorID "vid" "a" 100;
    marketingCloudVisitorID "mid" "b" 0;
    analyticsVisitorID "aid" "b" 0;
    audienceManagerLocationHint "aamlh" "b" 0;
    authState "as" "a" 0;
    fid "" "i" 0;
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
    contextData "-" "s" 0;
    currencyCode "cc" "a" 3;
    lightProfileID "mtp" "O" 0;
    lightStoreForSeconds "mtss" "A" 0;
    lightIncrementBy "mti" "A" 0;
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
    pe "" "i" 0;
    pev1 "" "i" 255;
    pev2 "" "i" 100;
    latitude "lat" "a" 0;
    longitude "lon" "a" 0;
    resolution "s" "b" 0;
    colorDepth "c" "b" 0;
    javascriptVersion "j" "b" 0;
    javaEnabled "v" "b" 0;
    cookiesEnabled "k" "b" 0;
    browserWidth "bw" "b" 0;
    browserHeight "bh" "b" 0;
    pageURLRest "-g" "i" 0;
    mcorgid "" "i" 0;
    ms_a "" "a" 0;
    lrt "" "i" 0;
    account "-" "s" 0;
    trackingServer "-" "s" 0;
    trackingServerSecure "-" "s" 0;
    dc "-" "s" 0;
    mobile "-" "s" 0;
    tagContainerMarker "-" "s" 0;
    visitorMigrationServerSecure "-" "s" 0;
    events2 "-" "s" 0;
    linkTrackVars "-" "s" 0;
    linkTrackEvents "-" "s" 0;
    linkURL "-" "r" 0;
    linkName "-" "r" 0;
    linkType "-" "r" 0;
    linkObject "-" "r" 0;
    abort "-" "r" 0;
    useBeacon "-" "r" 0;
    usePlugins "-" "s" 0;
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
    forcedLinkTrackingTimeout "-" "s" 0;
    maxDelay "-" "s" 0;
    debugTracking "-" "s" 0;
    expectSupplementalData "-" "s" 0;
    collectHighEntropyUserAgentHints "-" "h" 0;
    storageFilename "-" "s" 0;
    ssl "-" "s" 0;
    maxHitsPer10Seconds "-" "s" 0;
    usePostbacks "-" "s" 0;
}

/// The variables that have a number, in the order in which they follow one another at each number.
pub const FAMILIES: [Family; 4] = [
    Family { name: "prop", parameter: b'c', last: 75, first_slot: FIRST },
    Family { name: "eVar", parameter: b'v', last: 250, first_slot: FIRST + 76 },
    Family { name: "hier", parameter: b'h', last: 5, first_slot: FIRST + 76 + 251 },
    Family { name: "list", parameter: b'l', last: 3, first_slot: FIRST + 76 + 251 + 6 },
];

const FIRST: usize = Slot::Numbered as usize;
/// How many places a set of variables has.
pub const SLOTS: usize = FIRST + 76 + 251 + 6 + 4;
/// The highest number there is.
pub const LAST_NUMBER: usize = 250;

/// `propN` and its like, N from 0.
pub struct Family {
    /// The name before the number.
    pub name: &'static str,
    /// The parameter before the number.
    pub parameter: u8,
    /// The highest number that is sent.
    pub last: usize,
    /// The place of number 0.
    pub first_slot: usize,
}

/// A line of the table. It is taken apart where that is needed: most variables of a hit are not set.
#[derive(Clone, Copy)]
pub struct Row {
    /// The place of the variable.
    pub slot: usize,
    line: Text<'static>,
}

impl Row {
    /// How it is treated.
    pub fn kind(&self) -> Kind {
        self.line.at(0).to_ascii_lowercase()
    }

    /// Whether a light profile's hits have it too.
    pub fn is_in_light_hits(&self) -> bool {
        self.line.at(0).is_ascii_uppercase()
    }

    /// The name on `s`.
    pub fn name(&self) -> Text<'static> {
        self.line.from(1).before(b' ')
    }

    /// The name in the request; `-` for what is not sent.
    pub fn parameter(&self) -> Text<'static> {
        let parameter = self.line.after(b' ');
        if parameter.is_empty() { self.name() } else { parameter }
    }
}

/// All variables that have no number, in their order.
pub fn rows() -> impl Iterator<Item = Row> {
    text(TABLE).split(b'\n').enumerate().map(|(slot, line)| Row { slot, line })
}

/// The place of the variable of this name.
pub fn slot_of(name: Text<'_>) -> Option<usize> {
    let slot = slot_or_none(name);
    (slot < SLOTS).then_some(slot)
}

/// The same, and a place behind all others for what is no variable: a number alone takes less code than one that may be
/// missing.
#[inline(never)]
fn slot_or_none(name: Text<'_>) -> usize {
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

/// How the variable at a place is treated; those with a number are cleared by `clearVars`.
pub fn kind_at(slot: usize) -> Kind {
    rows().nth(slot).map_or(b'c', |row| row.kind())
}

/// Whether `clearVars` clears the variable at a place ("clearVars" in the documentation).
pub fn is_cleared(slot: usize) -> bool {
    kind_at(slot) == b'c'
}

/// The values of a tracker's variables at one moment.
pub struct Variables<'a>(Box<[Option<Text<'a>>; SLOTS]>);

impl<'a> Variables<'a> {
    /// None of them is set.
    #[inline(never)]
    pub(super) fn new() -> Self {
        Self(Box::new([None; SLOTS]))
    }

    /// The variables in `pairs`: the numbers of their places and their values, each followed by NUL; NUL within a value is
    /// written `\x01` `0` and `\x01` itself `\x01` `1`.
    #[inline(never)]
    pub fn read(pairs: Text<'a>) -> Self {
        let mut variables = Self::new();
        let mut rest = pairs;
        while !rest.is_empty() {
            let (slot, behind) = rest.split_once(0);
            let (value, behind) = behind.split_once(0);
            variables.put(slot.number() as usize, value);
            rest = behind;
        }
        variables
    }

    /// The same with the names of the variables. What is no variable is passed over.
    pub fn named(pairs: Text<'a>) -> Self {
        let mut variables = Self::new();
        variables.add(pairs);
        variables
    }

    /// Sets the variables of these names.
    pub fn add(&mut self, pairs: Text<'a>) {
        for pair in Pairs(pairs) {
            if let Some(slot) = slot_of(pair.name()) {
                self.put(slot, pair.value());
            }
        }
    }

    /// The value at a place, if it is set.
    #[inline(never)]
    pub fn value(&self, slot: usize) -> Option<Text<'a>> {
        self.0.get(slot).copied().flatten()
    }

    /// The value of a variable, empty if it is not set.
    #[inline(never)]
    pub fn get(&self, slot: Slot) -> Text<'a> {
        self.value(slot as usize).unwrap_or(Text::empty())
    }

    /// Whether a variable is set: the hands pass nothing over that JavaScript calls falsy.
    pub fn is_set(&self, slot: Slot) -> bool {
        self.value(slot as usize).is_some()
    }

    /// Sets the value at a place.
    #[inline(never)]
    pub fn put(&mut self, slot: usize, value: Text<'a>) {
        if let Some(place) = self.0.get_mut(slot) {
            *place = Some(value);
        }
    }

    /// Sets a variable, or unsets it where there is no value.
    pub fn set(&mut self, slot: Slot, value: Text<'a>) {
        if !value.is_empty() {
            self.put(slot as usize, value);
        }
    }
}

/// Names and values as the hands pass them over: each followed by NUL.
#[derive(Clone, Copy)]
pub struct Pairs<'a>(pub Text<'a>);

impl<'a> Pairs<'a> {
    /// The value of a name, if it is there.
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

/// A name and its value, with all that follows them.
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

/// The documented limit of a variable in bytes, 0 where there is none.
#[cfg(any(feature = "inspect", test, not(target_arch = "wasm32")))]
pub fn limit(slot: usize) -> usize {
    match slot.checked_sub(FIRST) {
        None => LIMITS.get(slot).copied().unwrap_or(0).into(),
        Some(numbered) if numbered < 76 => 100,
        Some(_) => 255,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_at_its_slot() {
        assert_eq!(rows().count(), FIRST);
        assert_eq!(LIMITS.len(), FIRST);
        assert_eq!(slot_of(text("pageName")), Some(Slot::pageName as usize));
        assert_eq!(slot_of(text("debugTracking")), Some(Slot::debugTracking as usize));
    }

    #[test]
    fn numbers_are_canonical_and_in_range() {
        for name in ["prop0", "prop75", "eVar250", "list3", "hier5"] {
            assert!(slot_of(text(name)).is_some(), "{name}");
        }
        for name in
            ["prop76", "eVar251", "list4", "hier6", "prop01", "propA", "prop", "prop1a", "eVar1000000001", "fid"]
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
    fn clear_vars_clears_what_the_documentation_says() {
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
    fn every_variable_has_its_type() {
        let types = text(include_str!("../entry/afterhit.d.ts"));
        for row in rows().filter(|row| row.kind() != b'i') {
            let declared = format!("  {:?}?:", row.name());
            assert!(types.contains(text(&declared)), "{declared}");
        }
    }

    #[test]
    fn values_are_read_off_pairs() {
        let variables = Variables::named(text("pageName\0Home\0foo\0bar\0eVar1\0\0"));
        assert_eq!(variables.get(Slot::pageName), "Home");
        assert!(variables.value(slot_of(text("eVar1")).expect("a slot")).is_some());
        assert!(!variables.is_set(Slot::channel));
    }
}
