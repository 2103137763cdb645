//! Stored lists of texts: the request URLs of hits, and the ids of those that were taken. Items are joined by NUL.

use super::{MAX_TAKEN, TAKEN_KEY};
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// How the path of every hit begins.
const PATH: &str = "/b/ss/";

/// What the request URLs of a tracker have in common: the host and the beginning of the path.
pub fn collector_of(url: Text<'_>) -> Text<'_> {
    let rest = without_scheme(url);
    rest.to(rest.find_text(text(PATH)).map_or(0, |index| index + PATH.len()))
}

/// Whether a stored item is a hit for this collector. AppMeasurement, the page and others can write under the same key.
pub fn is_hit_for(collector: Text<'_>, item: Text<'_>) -> bool {
    let is_url = item.starts_with(text("http:")) || item.starts_with(text("https:"));
    is_url && !collector.is_empty() && without_scheme(item).starts_with(collector)
}

fn without_scheme(url: Text<'_>) -> Text<'_> {
    url.after(b'/').after(b'/')
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

/// What is stored after a claim, each list with its key, and the hits that the claim gets.
pub struct Taken<'b> {
    /// The list of hits.
    pub list: Text<'b>,
    /// The ids of the hits that were taken out of session storage; empty if they stay as they are.
    pub ids: Text<'b>,
    /// The hits of the batch that were in the list, and that no duplicated tab has taken its own copy of before.
    pub found: Text<'b>,
}

/// Takes hits out of the list under `key`, of session storage if there are `ids` of hits that were taken out of it before.
/// `batch`: a number, a space and a URL for each hit.
pub fn take<'b>(
    builder: &'b TextBuilder,
    key: Text<'_>,
    list: Text<'_>,
    ids: Option<Text<'_>>,
    batch: Text<'_>,
) -> Taken<'b> {
    let is_wanted = |url| batch.split(0).any(|hit| hit.after(b' ') == url);
    let start = builder.mark();
    let mut count = 0;
    for url in list.split(0) {
        let is_new = !ids.is_some_and(|ids| ids.contains_item(hit_id(url), 0));
        count += u32::from(is_wanted(url));
        if is_new && is_wanted(url) {
            put(builder, url);
        }
    }
    let found = builder.take_from(start).after(0);
    builder.put(key);
    for url in list.split(0) {
        if !is_wanted(url) {
            put(builder, url);
        }
    }
    let rest = builder.take_from(start);
    let mut taken = Taken { list: rest, ids: Text::empty(), found };
    if let Some(ids) = ids
        && count > 0
    {
        builder.str(TAKEN_KEY);
        for id in latest_ids(ids, count).split(0) {
            if !batch.split(0).any(|hit| hit_id(hit.after(b' ')) == id) {
                put(builder, id);
            }
        }
        for url in list.split(0) {
            if is_wanted(url) {
                put(builder, hit_id(url));
            }
        }
        taken.ids = builder.take_from(start);
    }
    taken
}

/// What identifies a hit: its URL up to the query. Its last part is random.
pub fn hit_id(url: Text<'_>) -> Text<'_> {
    url.before(b'?')
}

/// The newest items of the list of taken hits, so many that there is room for more.
fn latest_ids(ids: Text<'_>, more: u32) -> Text<'_> {
    let mut count = more;
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
    fn a_stored_item_is_a_hit_for_a_collector_if_it_leads_there() {
        let collector = collector_of(text("https://data.example.com/b/ss/suite/1/JS-2.27.0/s1?AQB=1"));
        assert_eq!(collector, "data.example.com/b/ss/");
        for hit in ["https://data.example.com/b/ss/a/1/s2", "http://data.example.com/b/ss/b/1/s3?x"] {
            assert!(is_hit_for(collector, text(hit)), "{hit:?}");
        }
        for other in [
            "",
            "{}",
            "https://data.example.com",
            "https://data.example.com.evil.example/b/ss/a",
            "https://evil.example/b/ss/a",
            "javascript://data.example.com/b/ss/a",
            "ftp://data.example.com/b/ss/a",
        ] {
            assert!(!is_hit_for(collector, text(other)), "{other:?}");
        }
        assert!(!is_hit_for(collector_of(text("no URL")), text("https://a/b/ss/x")));
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
        let taken = take(&builder, text("key"), text(list), ids.map(text), text("7 https://a/s1?x"));
        let found = !taken.found.is_empty();
        (taken.list.as_str().to_owned(), taken.ids.as_str().to_owned(), found)
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
    fn a_batch_is_taken_at_once() {
        let builder = TextBuilder::new();
        let list = text("https://a/1\0https://a/2?x\0https://a/3\0https://a/4");
        let batch = text("8 https://a/2?x\x009 https://a/3\x0010 https://a/5");
        let taken = take(&builder, text("key"), list, Some(text("https://a/0\0https://a/3")), batch);
        assert_eq!(taken.list, "key\0https://a/1\0https://a/4");
        assert_eq!(taken.found, "https://a/2?x");
        assert_eq!(taken.ids, "afterhit.taken\0https://a/0\0https://a/2\0https://a/3");
    }

    #[test]
    fn the_newest_taken_hits_are_remembered() {
        let ids: Vec<String> = (0..250).map(|id| id.to_string()).collect();
        let kept = |count: usize| latest_ids(text(&ids[..count].join("\0")), 1).as_str().to_owned();
        assert_eq!(kept(0), "");
        assert_eq!(kept(199), ids[..199].join("\0"));
        assert_eq!(kept(200), ids[1..200].join("\0"));
        assert_eq!(kept(250), ids[51..250].join("\0"));
    }
}
