//! Activity Map: what is sent about a click on a link, and the storage of clicks for the next hit of their report
//! suites ("Activity Map" in Adobe's documentation).

use super::text::{Text, text};
use super::text_builder::TextBuilder;
use super::utf16;
use super::variables::{Pairs, Slot, Variables};

/// The maximum length of the name of a link, in UTF-16 units.
const MAX_LINK_UNITS: usize = 128;
/// The same for a region.
const MAX_REGION_UNITS: usize = 127;
/// The same for an object id of the retired click map.
const MAX_OBJECT_UNITS: usize = 100;
/// The same for the page, by its name or URL.
const MAX_PAGE_UNITS: usize = 255;
/// How many clicks the cookie keeps.
const MAX_PENDING: usize = 2;

/// What the names of context data about a click start with.
pub const CONTEXT_PREFIX: &str = "a.activitymap.";

/// Form elements that can be buttons.
const BUTTONS: &str = "INPUT,BUTTON";

/// The value of a cookie that stands for an empty text, escaped: `[[B]]`.
pub const EMPTY_COOKIE: &str = "%5B%5BB%5D%5D";

/// The properties of an element that [`Element`] holds, in its order.
pub const ELEMENT_PROPERTIES: &str = "tagName,type,href,onclick,value,src,target";
/// The attributes that name a link by its pictures. With a tag in front, only elements with that tag count.
pub const NAME_ATTRIBUTES: &str = "alt,title,IMG src";
/// The attribute that names a region, with or without `data-` in front, unless `regionIDAttribute` is set.
pub const DEFAULT_REGION_ATTRIBUTE: &str = "id";
/// The same for a link.
pub const LINK_ATTRIBUTE: &str = "s-object-id";
/// The global that names the link of the next click.
pub const OBJECT_ID_GLOBAL: &str = "s_objectID";
/// The same as a template for the host.
pub const OBJECT_ID: &str = "{s_objectID|}";

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

    /// Whether it submits a form.
    pub fn is_submit(self) -> bool {
        self.kind().eq_ignore_case(text("submit")) && text(BUTTONS).contains_item(self.name(), b',')
    }

    /// Whether a click on it counts as a click on a link. `has_text`, even if that is white space, matters for buttons only.
    pub fn is_link(self, has_text: bool) -> bool {
        let is_root = text("BODY,HTML").contains_item(self.name(), b',');
        self.has_address()
            || !self.onclick().is_empty() && !is_root
            || self.is_submit() && (has_text || !self.value().is_empty())
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

    /// Writes the name that a page sets with `onclick="s_objectID='name'"`: the first quoted text after that word.
    pub fn write_object_id(self, out: &TextBuilder) {
        let marker = text(OBJECT_ID_GLOBAL);
        let Some(at) = self.onclick().find_text(marker) else { return };
        let mut quote = 0;
        let mut is_escaped = false;
        for &byte in self.onclick().from(at + marker.len()).bytes() {
            if quote == 0 {
                if matches!(byte, b'\'' | b'"') {
                    quote = byte;
                }
            } else if byte == b'\\' {
                is_escaped = true;
            } else if byte == quote && !is_escaped {
                return;
            } else {
                out.byte(byte);
                is_escaped = false;
            }
        }
    }
}

/// A click on a link.
pub struct Click<'a> {
    /// The name of the link.
    pub link: Text<'a>,
    /// The name of the region it is in.
    pub region: Text<'a>,
    /// How far the page was scrolled; empty if that is not known.
    pub scroll_reach: Text<'a>,
}

/// The name of the page, its URL if it has none, and whether it has one.
fn page<'a>(variables: &Variables<'a>) -> (Text<'a>, bool) {
    let name = variables.get(Slot::pageName);
    (utf16::head(name.or(variables.get(Slot::pageURL)), MAX_PAGE_UNITS), !name.is_empty())
}

/// Writes a click as context data, names and values.
pub fn write(out: &TextBuilder, variables: &Variables<'_>, click: &Click<'_>) {
    let (page, is_named) = page(variables);
    let put = |name: &str, value: Text<'_>| {
        if !value.is_empty() {
            out.str(CONTEXT_PREFIX);
            out.pair(text(name), value);
        }
    };
    put("page", page);
    put("link", utf16::head(click.link, MAX_LINK_UNITS));
    put("region", utf16::head(click.region, MAX_REGION_UNITS));
    put("xy", click.scroll_reach);
    put("pageIDType", text(if is_named { "1" } else { "" }));
}

/// Whether the site excludes a link or a region by one of the words in its name. An empty word ends the list.
pub fn is_excluded(name: Text<'_>, words: Text<'_>) -> bool {
    for word in words.split(b',') {
        if word.is_empty() {
            break;
        }
        if name.contains(word) {
            return true;
        }
    }
    false
}

/// Writes the pairs of context data that describe a click, or with `wanted` false the others.
pub fn pick(out: &TextBuilder, context: Text<'_>, wanted: bool) {
    for pair in Pairs(context) {
        if pair.name().starts_with(text(CONTEXT_PREFIX)) == wanted {
            out.pair(pair.name(), pair.value());
        }
    }
}

/// Writes two lists of pairs as one: a name of both has its place in the first and its value of the second.
pub fn merge(out: &TextBuilder, first: Text<'_>, second: Text<'_>) {
    for pair in Pairs(first) {
        out.pair(pair.name(), Pairs(second).value(pair.name()).unwrap_or_else(|| pair.value()));
    }
    for pair in Pairs(second) {
        if Pairs(first).value(pair.name()).is_none() {
            out.pair(pair.name(), pair.value());
        }
    }
}

/// Writes the names of pairs without values, and the name that stands for a page without a name.
pub fn write_blank(out: &TextBuilder, pairs: Text<'_>) {
    for pair in Pairs(pairs) {
        out.pair(pair.name(), Text::empty());
    }
    out.str("a.activitymap.pageIDType\0\0");
}

/// Whether the site asks for the retired click map.
pub fn wants_click_map(variables: &Variables<'_>) -> bool {
    variables.is_set(Slot::trackClickMap) || variables.is_set(Slot::trackInlineStats)
}

/// Writes the parameters of the retired click map. `object_id` is the name that the page has given to the click.
pub fn write_click_map(
    out: &TextBuilder,
    variables: &Variables<'_>,
    element: Element<'_>,
    visible_text: Text<'_>,
    object_id: Text<'_>,
) {
    let (page, is_named) = page(variables);
    if page.is_empty() {
        return;
    }
    let start = out.mark();
    let mut kind = "";
    let is_input = text(BUTTONS).contains_item(element.name(), b',');
    let is_script = element.href().to(11).eq_ignore_case(text("javascript:"));
    if element.has_address() && (!is_script || element.onclick().is_empty()) {
        out.put(element.href());
    } else if !element.onclick().is_empty() {
        kind = "2";
        for &byte in element.onclick().bytes() {
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                out.byte(byte);
            }
        }
    } else if element.is_submit() {
        kind = "3";
        out.put(element.value().or(visible_text));
    } else {
        out.put(element.src());
    }
    let mut object = out.take_from(start);
    for byte in if is_input { element.kind() } else { element.name() }.bytes() {
        out.byte(byte.to_ascii_uppercase());
    }
    let name = out.take_from(start);
    if !object_id.is_empty() {
        object = object_id;
        kind = "1";
    }
    out.parameter(text("pid"), page);
    if is_named {
        out.str("&pidt=1");
    }
    out.parameter(text("oid"), utf16::head(object, MAX_OBJECT_UNITS));
    if !kind.is_empty() {
        out.parameter(text("oidt"), text(kind));
    }
    out.parameter(text("ot"), name);
    if !object_id.is_empty() {
        out.str("&oi=1");
    }
}

/// Writes the parameters of the pending clicks that belong to one of the report suites.
///
/// `pending` is the stored text without its outermost escapes: entries `SUITES=CLICK` separated by `&`.
pub fn take(out: &TextBuilder, pending: Text<'_>, suites: Text<'_>) {
    for entry in pending.split(b'&') {
        let owners = decoded(out, entry.before(b'='));
        let click = click_of(out, entry);
        let separator = if click.at(0) == b'&' { "" } else { "&" };
        if owners == suites && !owners.is_empty() {
            out.str(separator);
            out.put(click);
            continue;
        }
        for suite in suites.split(b',') {
            if owners.contains_item(suite, b',') {
                out.parameter(text("u"), suite);
                out.str(separator);
                out.put(click);
                out.str("&u=0");
            }
        }
    }
}

/// Writes the pending clicks as far as they belong to other report suites, and with a new one of these in front unless
/// `click` is empty.
pub fn replace(out: &TextBuilder, pending: Text<'_>, suites: Text<'_>, click: Text<'_>) {
    let mut kept = 0;
    if !click.is_empty() {
        out.encoded(suites);
        out.byte(b'=');
        out.encoded(click);
        kept += 1;
    }
    for entry in pending.split(b'&') {
        let owners = decoded(out, entry.before(b'='));
        let click = click_of(out, entry);
        let start = out.mark();
        for owner in owners.split(b',') {
            if !owner.is_empty() && !suites.contains_item(owner, b',') {
                if out.mark() > start {
                    out.byte(b',');
                }
                out.put(owner);
            }
        }
        let others = out.take_from(start);
        if others.is_empty() || kept == MAX_PENDING {
            continue;
        }
        if kept > 0 {
            out.byte(b'&');
        }
        out.encoded(others);
        out.byte(b'=');
        out.encoded(click);
        kept += 1;
    }
}

/// What is sent of a pending click. An entry without a click stands for the text "undefined".
fn click_of<'p>(builder: &'p TextBuilder, entry: Text<'_>) -> Text<'p> {
    if entry.find(b'=').is_none() { text("undefined") } else { decoded(builder, entry.after(b'=').before(b'=')) }
}

fn decoded<'p>(builder: &'p TextBuilder, escaped: Text<'_>) -> Text<'p> {
    let start = builder.mark();
    builder.decoded(escaped);
    builder.take_from(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_a_url_or_a_handler_or_submits_a_form() {
        let is_link = |facts: &str| Element(text(facts)).is_link(false);
        assert!(is_link("A\0\0https://e/\0"));
        assert!(!is_link("DIV\0\0https://e/\0"));
        assert!(is_link("SPAN\0\0\0function onclick(){}"));
        assert!(!is_link("BODY\0\0\0function onclick(){}"));
        assert!(is_link("INPUT\0submit\0\0\0Send"));
        assert!(!is_link("INPUT\0submit\0\0\0"));
        assert!(Element(text("BUTTON\0submit\0\0\0")).is_link(true));
        assert!(!is_link("BUTTON\0button\0\0\0Send"));
        assert!(is_link("INPUT\0image\0\0\0\0https://e/x.gif"));
    }

    #[test]
    fn the_object_id_is_the_text_quoted_after_s_object_id() {
        let id = |code: &str| {
            let out = TextBuilder::new();
            Element(text(&format!("A\0\0\0{code}"))).write_object_id(&out);
            out.text().as_str().to_owned()
        };
        assert_eq!(id("s_objectID='From onclick';"), "From onclick");
        assert_eq!(id("s_objectID = \"it's\""), "it's");
        assert_eq!(id("s_objectID='a\\'b'"), "a'b");
        assert_eq!(id("s_objectID=42"), "");
        assert_eq!(id("go('x')"), "");
    }

    #[test]
    fn a_pending_click_is_taken_by_one_of_its_report_suites() {
        let builder = TextBuilder::new();
        replace(&builder, text(""), text("a,b"), text("&c.&x=1&.c"));
        let pending = builder.text();
        assert_eq!(pending, "a%2Cb=%26c.%26x%3D1%26.c");
        for (suites, taken, remaining) in [
            ("a,b", "&c.&x=1&.c", ""),
            ("b", "&u=b&c.&x=1&.c&u=0", "a=%26c.%26x%3D1%26.c"),
            ("b,c,a", "&u=b&c.&x=1&.c&u=0&u=a&c.&x=1&.c&u=0", ""),
            ("z", "", pending.as_str()),
        ] {
            take(&builder, pending, text(suites));
            assert_eq!(builder.text(), taken);
            replace(&builder, pending, text(suites), text(""));
            assert_eq!(builder.text(), remaining);
        }
    }

    #[test]
    fn two_clicks_are_kept_and_what_is_none_is_undefined() {
        let builder = TextBuilder::new();
        let pending = text("a=%26x&garbage&b=%26y");
        replace(&builder, pending, text("own"), text("&z"));
        assert_eq!(builder.text(), "own=%26z&a=%26x");
        replace(&builder, pending, text("own"), text(""));
        assert_eq!(builder.text(), "a=%26x&garbage=undefined");
        take(&builder, pending, text("garbage"));
        assert_eq!(builder.text(), "&undefined");
    }

    #[test]
    fn exclusions_are_case_sensitive_and_end_with_an_empty_word() {
        let excluded = |words: &str| is_excluded(text("Contact us"), text(words));
        assert!(excluded("x,Contact"));
        assert!(!excluded("contact"));
        assert!(!excluded("x,,Contact"));
        assert!(!excluded(""));
    }

    #[test]
    fn a_click_is_context_data() {
        let out = TextBuilder::new();
        let click = Click { link: text("Contact us"), region: text("menu"), scroll_reach: text("") };
        write(&out, &Variables::named(text("pageName\0Page\0")), &click);
        let context = out.text();
        let pairs = "a.activitymap.page\0Page\0a.activitymap.link\0Contact us\0\
            a.activitymap.region\0menu\0a.activitymap.pageIDType\x001\0";
        assert_eq!(context, pairs);
        merge(&out, text("a\x001\0b\x002\0"), text("c\x003\0a\x004\0"));
        assert_eq!(out.text(), "a\x004\0b\x002\0c\x003\0");
        pick(&out, text("a\x001\0a.activitymap.link\0x\0b\x002\0"), true);
        assert_eq!(out.text(), "a.activitymap.link\0x\0");
        pick(&out, text("a\x001\0a.activitymap.link\0x\0b\x002\0"), false);
        assert_eq!(out.text(), "a\x001\0b\x002\0");
    }

    #[test]
    fn the_click_map_says_what_was_clicked() {
        let map = |element: &str, object_id: &str| {
            let out = TextBuilder::new();
            let variables = Variables::named(text("pageURL\0https://e/\0"));
            write_click_map(&out, &variables, Element(text(element)), text("Send"), text(object_id));
            out.text().as_str().to_owned()
        };
        assert_eq!(map("A\0\0https://e/x\0", ""), "&pid=https%3A%2F%2Fe%2F&oid=https%3A%2F%2Fe%2Fx&ot=A");
        assert_eq!(map("A\0\0javascript:x\0f( 1 )", ""), "&pid=https%3A%2F%2Fe%2F&oid=f%281%29&oidt=2&ot=A");
        assert_eq!(map("BUTTON\0submit", ""), "&pid=https%3A%2F%2Fe%2F&oid=Send&oidt=3&ot=SUBMIT");
        assert_eq!(map("A\0\0https://e/x\0", "own"), "&pid=https%3A%2F%2Fe%2F&oid=own&oidt=1&ot=A&oi=1");
    }
}
