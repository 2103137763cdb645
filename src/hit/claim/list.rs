//! Stored lists of texts: the request URLs of hits, and the ids of those that were taken. Items are joined by NUL.

use super::{MAX_TAKEN, TAKEN_KEY};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// Whether every item of a list is the URL of a request. AppMeasurement and the page can write under the same key.
pub fn is_hit_list(list: Text<'_>) -> bool {
    for url in list.split(0) {
        if !url.starts_with(text("http:")) && !url.starts_with(text("https:")) {
            return false;
        }
    }
    true
}

/// What is to be stored: the key, then the items of a list without `removed` and, unless it is empty, with `added` at the end.
pub fn changed<'b>(
    builder: &'b TextBuilder,
    key: Text<'_>,
    list: Text<'_>,
    removed: Text<'_>,
    added: Text<'_>,
) -> Text<'b> {
    let start = builder.mark();
    builder.put(key);
    for item in list.split(0) {
        if item != removed {
            put(builder, item);
        }
    }
    if !added.is_empty() {
        put(builder, added);
    }
    builder.take_from(start)
}

fn put(builder: &TextBuilder, item: Text<'_>) {
    builder.byte(0);
    builder.put(item);
}

/// What is stored after a claim, each list with its key, and whether the claim gets the hit.
pub struct Taken<'b> {
    /// The list of hits.
    pub list: Text<'b>,
    /// The ids of the hits that were taken out of session storage; empty if they stay as they are.
    pub ids: Text<'b>,
    /// Whether the hit was in the list, and no duplicated tab has taken its own copy before.
    pub found: bool,
}

/// Takes a hit out of the list under `key`, of session storage if there are `ids` of hits that were taken out of it before.
pub fn take<'b>(
    builder: &'b TextBuilder,
    key: Text<'_>,
    list: Text<'_>,
    ids: Option<Text<'_>>,
    url: Text<'_>,
) -> Taken<'b> {
    let rest = changed(builder, key, list, url, Text::empty());
    let mut taken = Taken { list: rest, ids: Text::empty(), found: list.contains_item(url, 0) };
    if let Some(ids) = ids
        && taken.found
    {
        let id = hit_id(url);
        taken.found = !ids.contains_item(id, 0);
        taken.ids = changed(builder, text(TAKEN_KEY), latest_ids(ids), id, id);
    }
    taken
}

/// What identifies a hit: its URL up to the query. Its last part is random.
pub fn hit_id(url: Text<'_>) -> Text<'_> {
    url.before(b'?')
}

/// The newest items of the list of taken hits, so many that there is room for one more.
fn latest_ids(ids: Text<'_>) -> Text<'_> {
    let mut count = 1;
    for _ in ids.split(0) {
        count += 1;
    }
    ids.skip_fields(u32::saturating_sub(count, MAX_TAKEN) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(list: &str, removed: &str, added: &str) -> String {
        changed(&TextBuilder::new(), text("key"), text(list), text(removed), text(added)).as_str().to_owned()
    }

    #[test]
    fn a_list_is_one_of_hits_if_every_item_is_an_http_url() {
        for list in ["", "http://a", "https://a\0http://b"] {
            assert!(is_hit_list(text(list)), "{list:?}");
        }
        for list in ["\0", "http", "https://a\0", "https://a\0ftp://b", "javascript:https:", "{}"] {
            assert!(!is_hit_list(text(list)), "{list:?}");
        }
    }

    #[test]
    fn items_are_added_at_the_end_and_removed_wherever_they_are() {
        assert_eq!(change("", "", "a"), "key\0a");
        assert_eq!(change("a\0b", "", "c"), "key\0a\0b\0c");
        assert_eq!(change("a\0b\0a", "a", ""), "key\0b");
        assert_eq!(change("a\0b", "a", "a"), "key\0b\0a");
        assert_eq!(change("a", "a", ""), "key");
        assert_eq!(change("a", "b", ""), "key\0a");
    }

    #[test]
    fn a_hit_is_identified_by_its_url_up_to_the_query() {
        assert_eq!(hit_id(text("https://a/b/ss/s/1/JS/s1?AQB=1&g=x?y")), "https://a/b/ss/s/1/JS/s1");
        assert_eq!(hit_id(text("https://a/b")), "https://a/b");
    }

    fn taken(list: &str, ids: Option<&str>) -> (String, String, bool) {
        let builder = TextBuilder::new();
        let taken = take(&builder, text("key"), text(list), ids.map(text), text("https://a/s1?x"));
        (taken.list.as_str().to_owned(), taken.ids.as_str().to_owned(), taken.found)
    }

    #[test]
    fn a_hit_is_taken_out_of_local_storage_once() {
        assert_eq!(taken("https://a/s1?x\0https://a/s2", None), ("key\0https://a/s2".into(), String::new(), true));
        assert_eq!(taken("https://a/s2", None), ("key\0https://a/s2".into(), String::new(), false));
    }

    #[test]
    fn a_hit_taken_out_of_session_storage_is_remembered_for_duplicated_tabs() {
        let remembered = "afterhit.taken\0https://a/s2\0https://a/s1".to_owned();
        assert_eq!(taken("https://a/s1?x", Some("https://a/s2")), ("key".into(), remembered.clone(), true));
        assert_eq!(taken("https://a/s1?x", Some("https://a/s1\0https://a/s2")), ("key".into(), remembered, false));
        assert_eq!(taken("", Some("https://a/s2")), ("key".into(), String::new(), false));
    }

    #[test]
    fn the_newest_taken_hits_are_remembered() {
        let ids: Vec<String> = (0..250).map(|id| id.to_string()).collect();
        let kept = |count: usize| latest_ids(text(&ids[..count].join("\0"))).as_str().to_owned();
        assert_eq!(kept(0), "");
        assert_eq!(kept(199), ids[..199].join("\0"));
        assert_eq!(kept(200), ids[1..200].join("\0"));
        assert_eq!(kept(250), ids[51..250].join("\0"));
    }
}
