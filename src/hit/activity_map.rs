//! Activity Map: what is sent about a click on a link, and the storage of clicks for the next hit of their report
//! suites ("Activity Map" in Adobe's documentation).

use super::text::{Case, Text, text};
use super::text_builder::TextBuilder;
use super::utf16;
use super::variables::{Pairs, Slot, Variables};

/// The maximum length of the name of a link, in UTF-16 units.
const MAX_LINK_UNITS: usize = 128;
/// The same for a region.
const MAX_REGION_UNITS: usize = 127;
/// The same for an object id of the retired click map.
const MAX_OBJECT_UNITS: usize = 100;
/// The same for the page URL where it stands for the page name.
const MAX_PAGE_UNITS: usize = 255;

/// Form elements that can be buttons.
const BUTTONS: &str = "INPUT,BUTTON";

/// The value of a cookie that stands for an empty text, escaped: `[[B]]`.
pub const EMPTY_COOKIE: &str = "%5B%5BB%5D%5D";

/// The properties of an element that [`Element`] holds, in its order.
pub const ELEMENT_PROPERTIES: &str = "tagName,type,href,onclick,value,src,target";
/// The attributes that name a link by its pictures. With a tag in front, only elements with that tag count.
pub const NAME_ATTRIBUTES: &str = "alt,title,IMG src";
/// The attributes that name a region, unless `regionIDAttribute` is set.
pub const DEFAULT_REGION_ATTRIBUTES: &str = "data-id,id";

/// The properties of an element, separated by NUL.
#[derive(Clone, Copy)]
pub struct Element<'a>(pub Text<'a>);

impl<'a> Element<'a> {
    /// The tag name, in upper case.
    pub fn name(self) -> Text<'a> {
        self.0.field(0)
    }

    /// The property `type`.
    pub fn kind(self) -> Text<'a> {
        self.0.field(1)
    }

    /// The absolute URL, if the property is a string: an SVG link has an object.
    pub fn href(self) -> Text<'a> {
        self.0.field(2)
    }

    /// The source of the property `onclick`.
    pub fn onclick(self) -> Text<'a> {
        self.0.field(3)
    }

    /// The property `value`.
    pub fn value(self) -> Text<'a> {
        self.0.field(4)
    }

    /// The absolute URL of the property `src`.
    pub fn src(self) -> Text<'a> {
        self.0.field(5)
    }

    /// The property `target`: the name of the window that a click opens.
    pub fn target(self) -> Text<'a> {
        self.0.field(6)
    }

    /// Whether it is a link or an area with a URL.
    pub fn has_address(self) -> bool {
        !self.href().is_empty() && text("A,AREA").contains_item(self.name(), b',')
    }

    fn is_submit(self) -> bool {
        self.kind().eq_ignore_case(text("submit")) && text(BUTTONS).contains_item(self.name(), b',')
    }

    /// Whether a click on it counts as a click on a link. `visible_text` matters for buttons only.
    pub fn is_link(self, visible_text: Text<'_>) -> bool {
        let is_root = text("BODY,HTML").contains_item(self.name(), b',');
        self.has_address()
            || !self.onclick().is_empty() && !is_root
            || self.is_submit() && !(self.value().is_empty() && visible_text.is_empty())
            || self.name() == "INPUT" && self.kind().eq_ignore_case(text("image")) && !self.src().is_empty()
    }

    /// Whether its own handler calls `tl`: such a link is not tracked automatically.
    pub fn tracks_itself(self) -> bool {
        self.onclick().contains(text(".tl(")) || self.onclick().contains(text(".trackLink("))
    }

    /// Whether a click opens another window, so that this page stays.
    pub fn opens_elsewhere(self) -> bool {
        !text(",_self,_top,_parent").contains_item(self.target(), b',')
    }

    /// The name that a page sets with `onclick="s_objectID='name'"`.
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

/// A click on a link.
pub struct Click<'a> {
    /// The name of the link.
    pub link: Text<'a>,
    /// The name of the region it is in.
    pub region: Text<'a>,
    /// How far the page was scrolled; empty if that is not tracked.
    pub scroll_reach: Text<'a>,
    /// The element of the link.
    pub element: Element<'a>,
    /// Its visible text; needed for buttons only.
    pub visible_text: Text<'a>,
}

/// Writes the parameters of a click, escaped. Those of Activity Map are left out if the click has no name or region, or
/// if the site excludes one of them; `exclusions` are those for links and those for regions.
pub fn write(out: &TextBuilder, variables: &Variables<'_>, click: &Click<'_>, exclusions: [Text<'_>; 2]) {
    let mut page = variables.get(Slot::pageName);
    let is_named = !page.is_empty();
    if !is_named {
        page = utf16::head(variables.get(Slot::pageURL), MAX_PAGE_UNITS);
    }
    let link = utf16::head(click.link, MAX_LINK_UNITS);
    let region = utf16::head(click.region, MAX_REGION_UNITS);
    let [links, regions] = exclusions;
    if !link.is_empty()
        && !region.is_empty()
        && !link.contains_any(links, Case::Sensitive)
        && !region.contains_any(regions, Case::Sensitive)
    {
        out.str("&c.&a.&activitymap.");
        out.parameter(text("page"), page);
        out.parameter(text("link"), link);
        out.parameter(text("region"), region);
        if !click.scroll_reach.is_empty() {
            out.parameter(text("xy"), click.scroll_reach);
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

/// Writes the parameters of the retired click map, for sites that ask for them.
fn click_map(out: &TextBuilder, page: Text<'_>, is_named: bool, click: &Click<'_>) {
    let element = click.element;
    let start = out.mark();
    let mut kind = "";
    let is_input = text(BUTTONS).contains_item(element.name(), b',');
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
        out.put(if element.value().is_empty() { click.visible_text } else { element.value() });
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
    out.parameter(text("oid"), utf16::head(object, MAX_OBJECT_UNITS));
    if !kind.is_empty() {
        out.parameter(text("oidt"), text(kind));
    }
    out.parameter(text("ot"), name);
}

/// Writes the parameters of the pending click that belongs to one of the report suites.
///
/// `pending` is the stored text without its outermost escapes: entries `SUITES=CLICK` separated by `&`.
pub fn take(out: &TextBuilder, pending: Text<'_>, suites: Text<'_>) {
    for entry in pending.split(b'&') {
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

/// Writes the pending clicks without those of these report suites, and with a new one of theirs in front unless `click`
/// is empty.
pub fn replace(out: &TextBuilder, pending: Text<'_>, suites: Text<'_>, click: Text<'_>) {
    let start = out.mark();
    if !click.is_empty() {
        out.encoded(suites);
        out.byte(b'=');
        out.encoded(click);
    }
    for entry in pending.split(b'&') {
        if entry.is_empty() || owners(out, entry.before(b'=')).intersects(suites, b',') {
            continue;
        }
        if out.mark() > start {
            out.byte(b'&');
        }
        out.put(entry);
    }
}

/// The report suites of a pending click.
fn owners<'p>(builder: &'p TextBuilder, escaped: Text<'_>) -> Text<'p> {
    let start = builder.mark();
    builder.decoded(escaped);
    builder.take_from(start)
}

/// The value of a property of `s.ActivityMap`; empty if it is not set.
pub fn setting<'a>(settings: Text<'a>, name: &str) -> Text<'a> {
    Pairs(settings).value(text(name)).unwrap_or(Text::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_a_url_or_a_handler_or_submits_a_form() {
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
    fn the_object_id_is_the_string_assigned_to_s_object_id() {
        let id = |code: &str| format!("{:?}", Element(text(&format!("A\0\0\0{code}"))).object_id());
        assert_eq!(id("s_objectID='From onclick';"), "From onclick");
        assert_eq!(id("s_objectID = \"x\""), "x");
        assert_eq!(id("s_objectID=42"), "");
        assert_eq!(id("go()"), "");
    }

    #[test]
    fn a_pending_click_is_taken_by_one_of_its_report_suites() {
        let builder = TextBuilder::new();
        replace(&builder, text(""), text("a,b"), text("&c.&x=1&.c"));
        let pending = builder.text();
        assert_eq!(pending, "a%2Cb=%26c.%26x%3D1%26.c");
        for (suites, taken, remaining) in
            [("a,b", "&c.&x=1&.c", ""), ("b", "&u=a%2Cb&c.&x=1&.c&u=0", ""), ("z", "", pending.as_str())]
        {
            take(&builder, pending, text(suites));
            assert_eq!(builder.text(), taken);
            replace(&builder, pending, text(suites), text(""));
            assert_eq!(builder.text(), remaining);
        }
    }

    #[test]
    fn link_exclusions_are_case_sensitive() {
        let variables = Variables::named(text("pageName\0Page\0"));
        let element = Element(text("A"));
        let click = Click {
            link: text("Contact us"),
            region: text("menu"),
            scroll_reach: text(""),
            element,
            visible_text: text(""),
        };
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
