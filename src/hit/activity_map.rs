//! Activity Map: which link was clicked, kept for the next hit of the report suite ("Activity Map" in the documentation).

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::utf16;
use super::variables::{Pairs, Slot, Variables};

/// A link's name is cut behind so many UTF-16 units …
const LINK: usize = 128;
/// … and a region's.
const REGION: usize = 127;
/// The old click map's object ids are cut here.
const OBJECT: usize = 100;

/// Elements of forms that can be buttons.
const FIELDS: &str = "INPUT,BUTTON";

/// A cookie that holds nothing, escaped as cookies are.
pub const EMPTY_COOKIE: &str = "%5B%5BB%5D%5D";

/// What a hand says of an element: its properties, joined by NUL.
#[derive(Clone, Copy)]
pub struct Element<'a>(pub Text<'a>);

impl<'a> Element<'a> {
    /// Upper-case name.
    pub fn name(self) -> Text<'a> {
        self.0.field(0)
    }

    /// The property `type`.
    pub fn kind(self) -> Text<'a> {
        self.0.field(1)
    }

    /// The resolved address, for what has one as text.
    pub fn href(self) -> Text<'a> {
        self.0.field(2)
    }

    /// The text of its own `onclick`.
    pub fn onclick(self) -> Text<'a> {
        self.0.field(3)
    }

    /// The property `value`.
    pub fn value(self) -> Text<'a> {
        self.0.field(4)
    }

    /// The resolved source.
    pub fn src(self) -> Text<'a> {
        self.0.field(5)
    }

    /// Where a click on it opens: a window's name.
    pub fn target(self) -> Text<'a> {
        self.0.field(6)
    }

    /// Whether its address counts: that of links and areas does.
    pub fn has_address(self) -> bool {
        !self.href().is_empty() && (text("A,AREA").contains_item(self.name(), b','))
    }

    fn is_submit(self) -> bool {
        self.kind().eq_ignore_case(text("submit")) && (text(FIELDS).contains_item(self.name(), b','))
    }

    /// Whether a click on it is a click on a link; for a button its `words` count.
    pub fn is_link(self, words: Text<'_>) -> bool {
        let is_end = text("BODY,HTML").contains_item(self.name(), b',');
        self.has_address()
            || !self.onclick().is_empty() && !is_end
            || self.is_submit() && !(self.value().is_empty() && words.is_empty())
            || self.name() == "INPUT" && self.kind().eq_ignore_case(text("image")) && !self.src().is_empty()
    }

    /// Whether its own handler calls `tl`: the automatic tracking leaves it alone then.
    pub fn tracks_itself(self) -> bool {
        self.onclick().contains(text(".tl(")) || self.onclick().contains(text(".trackLink("))
    }

    /// Whether a click leaves the page where it is.
    pub fn opens_elsewhere(self) -> bool {
        !text(",_self,_top,_parent").contains_item(self.target(), b',')
    }

    /// The name that the page sets in `onclick="s_objectID='name'"`.
    pub fn object_id(self) -> Text<'a> {
        let marker = text("s_objectID");
        let Some(at) = self.onclick().find_text(marker) else { return Text::empty() };
        let mut index = at + marker.len();
        while matches!(self.onclick().at(index), b' ' | b'=') {
            index += 1;
        }
        let quote = self.onclick().at(index);
        if quote != b'\'' && quote != b'"' {
            return Text::empty();
        }
        self.onclick().from(index + 1).before(quote)
    }
}

/// What a click was on.
pub struct Click<'a> {
    /// The name of the link.
    pub link: Text<'a>,
    /// The region it is in.
    pub region: Text<'a>,
    /// How far the page was scrolled, empty where that is not tracked.
    pub reach: Text<'a>,
    /// The element.
    pub element: Element<'a>,
    /// Its words.
    pub words: Text<'a>,
}

/// Writes a click as it is sent; nothing where the page does not want it.
pub fn write(out: &TextBuilder, variables: &Variables<'_>, click: &Click<'_>, exclusions: [Text<'_>; 2]) {
    let mut page = variables.get(Slot::pageName);
    let is_named = !page.is_empty();
    if !is_named {
        page = utf16::head(variables.get(Slot::pageURL), 255);
    }
    let link = utf16::head(click.link, LINK);
    let region = utf16::head(click.region, REGION);
    let [links, regions] = exclusions;
    if !link.is_empty() && !region.is_empty() && !contains_one(link, links) && !contains_one(region, regions) {
        out.str("&c.&a.&activitymap.");
        out.parameter(text("page"), page);
        out.parameter(text("link"), link);
        out.parameter(text("region"), region);
        if !click.reach.is_empty() {
            out.parameter(text("xy"), click.reach);
        }
        if is_named {
            out.str("&pageIDType=1");
        }
        out.str("&.activitymap&.a&.c");
    }
    if variables.is_set(Slot::trackClickMap) || variables.is_set(Slot::trackInlineStats) {
        click_map(out, page, is_named, click);
    }
}

/// The parameters of the retired click map.
fn click_map(out: &TextBuilder, page: Text<'_>, is_named: bool, click: &Click<'_>) {
    let element = click.element;
    let start = out.mark();
    let mut kind = "";
    let is_input = text(FIELDS).contains_item(element.name(), b',');
    let is_script = element.href().to(11).eq_ignore_case(text("javascript:"));
    if element.has_address() && (!is_script || element.onclick().is_empty()) {
        out.put(element.href());
    } else if !element.onclick().is_empty() {
        kind = "2";
        for &byte in element.onclick().bytes() {
            if !byte.is_ascii_whitespace() {
                out.byte(byte);
            }
        }
    } else if element.is_submit() {
        kind = "3";
        out.put(if element.value().is_empty() { click.words } else { element.value() });
    } else {
        out.put(element.src());
    }
    let object = out.take_from(start);
    for byte in if is_input { element.kind() } else { element.name() }.bytes() {
        out.byte(byte.to_ascii_uppercase());
    }
    let name = out.take_from(start);
    out.parameter(text("pid"), page);
    if is_named {
        out.str("&pidt=1");
    }
    out.parameter(text("oid"), utf16::head(object, OBJECT));
    if !kind.is_empty() {
        out.parameter(text("oidt"), text(kind));
    }
    out.parameter(text("ot"), name);
}

fn contains_one(value: Text<'_>, phrases: Text<'_>) -> bool {
    for phrase in phrases.split(b',') {
        if !phrase.is_empty() && value.contains(phrase) {
            return true;
        }
    }
    false
}

/// Writes the click that waits for one of the report suites.
///
/// `kept` is the stored text with its outermost escapes undone: `SUITES=CLICK` joined by `&`.
pub fn take(out: &TextBuilder, kept: Text<'_>, suites: Text<'_>) {
    for entry in kept.split(b'&') {
        let click = entry.after(b'=');
        let owners = owners(out, entry.before(b'='));
        if !owners.intersects(suites, b',') {
            continue;
        }
        if owners == suites {
            out.decoded(click);
        } else {
            out.parameter(text("u"), owners);
            out.decoded(click);
            out.str("&u=0");
        }
    }
}

/// Writes what stays of the kept clicks when those of these report suites are taken, with a new one of theirs in front.
pub fn put_by(out: &TextBuilder, kept: Text<'_>, suites: Text<'_>, click: Text<'_>) {
    let start = out.mark();
    if !click.is_empty() {
        out.encoded(suites);
        out.byte(b'=');
        out.encoded(click);
    }
    for entry in kept.split(b'&') {
        if entry.is_empty() || owners(out, entry.before(b'=')).intersects(suites, b',') {
            continue;
        }
        if out.mark() > start {
            out.byte(b'&');
        }
        out.put(entry);
    }
}

/// The report suites that a kept click waits for.
fn owners<'p>(builder: &'p TextBuilder, escaped: Text<'_>) -> Text<'p> {
    let start = builder.mark();
    builder.decoded(escaped);
    builder.take_from(start)
}

/// The phrases of an Activity Map setting.
pub fn setting<'a>(settings: Text<'a>, name: &str) -> Text<'a> {
    Pairs(settings).value(text(name)).unwrap_or(Text::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_what_has_an_address_a_handler_or_submits() {
        let is_link = |facts: &str| Element(text(facts)).is_link(text(""));
        assert!(is_link("A\0\0https://e/\0"));
        assert!(!is_link("DIV\0\0https://e/\0"));
        assert!(is_link("SPAN\0\0\0function onclick(){}"));
        assert!(!is_link("BODY\0\0\0function onclick(){}"));
        assert!(is_link("INPUT\0submit\0\0\0Send"));
        assert!(!is_link("INPUT\0submit\0\0\0"));
        assert!(!is_link("BUTTON\0button\0\0\0Send"));
        assert!(is_link("INPUT\0image\0\0\0\0https://e/x.gif"));
    }

    #[test]
    fn the_object_id_is_the_first_text_assigned() {
        let id = |code: &str| format!("{:?}", Element(text(&format!("A\0\0\0{code}"))).object_id());
        assert_eq!(id("s_objectID='From onclick';"), "From onclick");
        assert_eq!(id("s_objectID = \"x\""), "x");
        assert_eq!(id("s_objectID=42"), "");
        assert_eq!(id("go()"), "");
    }

    #[test]
    fn a_click_waits_for_its_report_suites() {
        let builder = TextBuilder::new();
        put_by(&builder, text(""), text("a,b"), text("&c.&x=1&.c"));
        let kept = builder.text();
        assert_eq!(kept, "a%2Cb=%26c.%26x%3D1%26.c");
        for (suites, taken, left) in
            [("a,b", "&c.&x=1&.c", ""), ("b", "&u=a%2Cb&c.&x=1&.c&u=0", ""), ("z", "", kept.as_str())]
        {
            take(&builder, kept, text(suites));
            assert_eq!(builder.text(), taken);
            put_by(&builder, kept, text(suites), text(""));
            assert_eq!(builder.text(), left);
        }
    }

    #[test]
    fn exclusions_drop_the_click() {
        let variables = Variables::named(text("pageName\0Page\0"));
        let element = Element(text("A"));
        let click = Click { link: text("Contact us"), region: text("menu"), reach: text(""), element, words: text("") };
        let out = TextBuilder::new();
        write(&out, &variables, &click, [text("x,,Contact"), text("")]);
        assert_eq!(out.text().as_str(), "");
        write(&out, &variables, &click, [text("contact"), text("")]);
        assert_eq!(
            out.text().as_str(),
            "&c.&a.&activitymap.&page=Page&link=Contact%20us&region=menu&pageIDType=1&.activitymap&.a&.c"
        );
    }
}
