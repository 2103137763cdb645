//! As much JSON as the recorded scenarios need, for tests.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// A JSON value; numbers and the like are kept as they stand.
#[derive(Debug)]
pub enum Json {
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
    Plain(String),
}

impl Json {
    pub fn parse(text: &str) -> Self {
        let mut rest = text.chars().peekable();
        let value = value(&mut rest);
        blanks(&mut rest);
        assert_eq!(rest.next(), None, "nothing may follow the value");
        value
    }

    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(name),
            _ => None,
        }
    }

    pub fn list(&self, name: &str) -> &[Self] {
        match self.get(name) {
            Some(Self::List(items)) => items,
            _ => &[],
        }
    }

    /// The text of a member, empty where it is not there.
    pub fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Self::Text(text)) => text,
            _ => "",
        }
    }
}

type Rest<'a> = Peekable<Chars<'a>>;

fn blanks(rest: &mut Rest<'_>) {
    while rest.next_if(char::is_ascii_whitespace).is_some() {}
}

fn eat(rest: &mut Rest<'_>, sign: char) -> bool {
    blanks(rest);
    rest.next_if_eq(&sign).is_some()
}

fn value(rest: &mut Rest<'_>) -> Json {
    blanks(rest);
    match rest.peek() {
        Some('"') => Json::Text(string(rest)),
        Some('[') => Json::List(items(rest, ']', value)),
        Some('{') => Json::Object(items(rest, '}', member).into_iter().collect()),
        _ => Json::Plain(
            std::iter::from_fn(|| rest.next_if(|c| c.is_ascii_alphanumeric() || "+-.".contains(*c))).collect(),
        ),
    }
}

fn items<T>(rest: &mut Rest<'_>, end: char, item: fn(&mut Rest<'_>) -> T) -> Vec<T> {
    rest.next();
    let mut items = Vec::new();
    while !eat(rest, end) {
        items.push(item(rest));
        assert!(eat(rest, ',') || rest.peek() == Some(&end), "a comma or {end}");
    }
    items
}

fn member(rest: &mut Rest<'_>) -> (String, Json) {
    blanks(rest);
    let name = string(rest);
    assert!(eat(rest, ':'), "a colon");
    (name, value(rest))
}

fn string(rest: &mut Rest<'_>) -> String {
    assert_eq!(rest.next(), Some('"'), "a string");
    let mut units = Vec::new();
    loop {
        match rest.next().expect("the end of the string") {
            '"' => return String::from_utf16_lossy(&units),
            '\\' => units.push(escape(rest)),
            c => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
        }
    }
}

fn escape(rest: &mut Rest<'_>) -> u16 {
    match rest.next().expect("an escaped character") {
        'b' => 8,
        'f' => 12,
        'n' => 10,
        'r' => 13,
        't' => 9,
        'u' => {
            let digits: String = rest.take(4).collect();
            u16::from_str_radix(&digits, 16).expect("four hexadecimal digits")
        }
        c => u16::try_from(c).expect("a sign"),
    }
}

#[test]
fn values() {
    let json = Json::parse(r#" {"a": [1, true, "x\n\u00e5\ud83d\ude00"], "b": {"c": "d"}, "e": []} "#);
    assert!(
        matches!(json.list("a"), [Json::Plain(one), Json::Plain(_), Json::Text(text)] if one == "1" && text == "x\nå😀")
    );
    assert_eq!(json.get("b").map(|b| b.text("c")), Some("d"));
    assert!(json.list("e").is_empty());
}
