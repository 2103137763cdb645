//! Stored lists of texts: the request URLs of hits, and the ids of those that were taken. Items are joined by NUL.

use super::{MAX_TAKEN, TAKEN_KEY};
use crate::hit::request::HIT_PATH;
use crate::hit::text::{Text, text};
use crate::hit::text_builder::TextBuilder;

/// What the request URLs of a tracker have in common: the host and the beginning of the path.
pub fn collector_of(url: Text<'_>) -> Text<'_> {
    let rest = without_scheme(url);
    rest.to(rest.find_text(text(HIT_PATH)).map_or(0, |index| index + HIT_PATH.len()))
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
    put_others(builder, list, removed);
    if !added.is_empty() {
        put(builder, added);
    }
    builder.take_from(start)
}

fn put(builder: &TextBuilder, item: Text<'_>) {
    builder.byte(0);
    builder.put(item);
}

/// Appends the items of a list that are not in another.
fn put_others(builder: &TextBuilder, list: Text<'_>, other: Text<'_>) {
    for item in list.split(0) {
        if !other.contains_item(item, 0) {
            put(builder, item);
        }
    }
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
    let start = builder.mark();
    // Hits of the batch that this tab has taken before are not in the list any more.
    for hit in batch.split(0) {
        let url = hit.after(b' ');
        if list.contains_item(url, 0) {
            put(builder, url);
        }
    }
    let listed = builder.take_from(start).after(0);
    for url in listed.split(0) {
        if !ids.is_some_and(|ids| ids.contains_item(hit_id(url), 0)) {
            put(builder, url);
        }
    }
    let found = builder.take_from(start).after(0);
    builder.put(key);
    put_others(builder, list, listed);
    let mut taken = Taken { list: builder.take_from(start), ids: Text::empty(), found };
    if let Some(ids) = ids
        && !listed.is_empty()
    {
        taken.ids = remembered(builder, ids, listed);
    }
    taken
}

/// The ids of taken hits, with its key, after these have been taken too.
fn remembered<'b>(builder: &'b TextBuilder, ids: Text<'_>, hits: Text<'_>) -> Text<'b> {
    let start = builder.mark();
    for url in hits.split(0) {
        put(builder, hit_id(url));
    }
    let latest = builder.take_from(start);
    builder.str(TAKEN_KEY);
    put_others(builder, latest_ids(ids, hits), latest.after(0));
    builder.put(latest);
    builder.take_from(start)
}

/// What identifies a hit: its URL up to the query. Its last part is random.
pub fn hit_id(url: Text<'_>) -> Text<'_> {
    url.before(b'?')
}

/// The newest items of the list of taken hits, so many that there is room for `more`.
fn latest_ids<'a>(ids: Text<'a>, more: Text<'_>) -> Text<'a> {
    let count = (ids.split(0).count() + more.split(0).count()) as u32;
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
    fn a_hit_of_the_batch_that_was_taken_before_stays_remembered() {
        let builder = TextBuilder::new();
        let batch = text("8 https://a/1\x009 https://a/2");
        let taken = take(&builder, text("key"), text("https://a/2"), Some(text("https://a/1")), batch);
        assert_eq!(taken.found, "https://a/2");
        assert_eq!(taken.ids, "afterhit.taken\0https://a/1\0https://a/2");
    }

    #[test]
    fn the_newest_taken_hits_are_remembered() {
        let ids: Vec<String> = (0..250).map(|id| id.to_string()).collect();
        let kept = |count: usize| latest_ids(text(&ids[..count].join("\0")), text("x")).as_str().to_owned();
        assert_eq!(kept(0), "");
        assert_eq!(kept(199), ids[..199].join("\0"));
        assert_eq!(kept(200), ids[1..200].join("\0"));
        assert_eq!(kept(250), ids[51..250].join("\0"));
    }
}
