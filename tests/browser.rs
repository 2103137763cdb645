//! `s` in a real browser: the JavaScript of `src/page` over the exports of this crate.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]
#![allow(clippy::disallowed_macros, clippy::needless_raw_string_hashes, reason = "tests are not shipped")]

// Links the crate, whose exports are under test.
use afterhit as _;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/src/page/api.js")]
extern "C" {
    fn install(core: &Object) -> Object;
}

/// The exports of this module as JavaScript sees them.
fn core() -> Object {
    wasm_bindgen::exports().unchecked_into()
}

// Images load at once, their URLs are recorded, and so are errors on the console.
const PAGE: &str = r#"
    window.requested = [];
    window.complaints = [];
    Object.defineProperty(HTMLImageElement.prototype, "src", {
        set(url) {
            requested.push(url);
            queueMicrotask(() => this.dispatchEvent(new Event("load")));
        },
    });
    const { error } = console;
    console.error = (...list) => {
        complaints.push(list.join(" "));
        error(...list);
    };
"#;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = window)]
    fn eval(script: &str) -> Result<JsValue, JsValue>;
}

/// Runs statements as a script of the page, and returns their result.
fn run(script: &str) -> JsValue {
    let page = js_sys::global();
    if !Reflect::has(&page, &"s_gi".into()).unwrap() {
        Object::assign(&page, &install(&core()));
        run(PAGE);
    }
    let mut body = String::from("(() => {\n");
    body.push_str(script);
    body.push_str("\n})()");
    eval(&body).expect("nothing is thrown into the page")
}

/// Evaluates an expression to JSON, and asserts that no error is on the console.
fn json(expression: &str) -> String {
    let value = run(&format!("return JSON.stringify({expression})")).as_string().unwrap_or_default();
    assert_eq!(run("return complaints.splice(0).join()").as_string().unwrap(), "");
    value
}

/// The same for a promise.
async fn json_of(promise: &str) -> String {
    let promise = run(&format!("return (async () => JSON.stringify(await {promise}))()"));
    let value = JsFuture::from(promise.unchecked_into::<Promise>()).await.expect("the promise is never rejected");
    assert_eq!(run("return complaints.splice(0).join()").as_string().unwrap(), "");
    value.as_string().unwrap_or_default()
}

#[wasm_bindgen_test]
fn s_gi_returns_the_same_tracker_for_the_same_suites() {
    assert_eq!(json(r#"s_gi("identity") === s_gi("identity")"#), "true");
    assert_eq!(json(r#"s_gi("identity") === s_gi("another")"#), "false");
    assert_eq!(json(r#"AppMeasurement.getInstance("identity") === s_gi("identity")"#), "true");
    assert_eq!(json(r#"s_gi("identity").account"#), r#""identity""#);
}

#[wasm_bindgen_test]
fn a_tracker_is_an_extensible_object_listed_in_s_c_il() {
    run(r#"window.s = new AppMeasurement("plain"); s.getMore = () => "more""#);
    assert_eq!(json("s instanceof AppMeasurement"), "true");
    assert_eq!(json("s_c_il[s._in] === s && s._il === s_c_il && s._c"), r#""s_c""#);
    assert_eq!(json("[s.getMore(), Object.isExtensible(s), s.contextData]"), r#"["more",true,{}]"#);
}

#[wasm_bindgen_test]
fn methods_are_own_and_enumerable_properties() {
    run(
        r#"window.s = s_gi("methods"); window.seen = []; for (const name in s) if (typeof s[name] == "function") seen.push(name)"#,
    );
    let methods = "t track tl trackLink clearVars sa setAccount outcome registerPreTrackCallback \
        registerPostTrackCallback registerTrackFailureCallback";
    for name in methods.split_whitespace() {
        assert_eq!(json(&format!("[s.hasOwnProperty({name:?}), seen.includes({name:?})]")), "[true,true]", "{name}");
    }
}

#[wasm_bindgen_test]
fn methods_work_when_detached_from_s() {
    run(r#"
        window.s = s_gi("detached");
        const { t, tl, clearVars, registerPreTrackCallback, sa } = s;
        requested.length = 0;
        window.told = 0;
        registerPreTrackCallback(() => told++);
        s.prop1 = "sent";
        t();
        clearVars();
        sa("attached");
        tl(true, "o", "link");
    "#);
    assert_eq!(json("[told, s.prop1, s.account]"), r#"[2,null,"attached"]"#);
    assert_eq!(json(r#"/\/detached\/.*&c1=sent&/.test(requested[0])"#), "true");
}

#[wasm_bindgen_test]
fn clear_vars_clears_the_documented_variables_and_no_others() {
    run(r#"
        window.s = s_gi("clearing");
        window.cleared = "prop1 prop75 eVar1 eVar250 hier1 hier5 list1 list3 events products channel purchaseID transactionID state zip campaign".split(" ");
        window.kept = "pageName pageURL server pageType referrer currencyCode linkTrackVars visitorID trackingServer account".split(" ");
        for (const name of [...cleared, ...kept]) s[name] = "value";
        s.contextData.level = "value";
        s.clearVars();
    "#);
    assert_eq!(json(r#"cleared.filter((name) => s[name] !== undefined)"#), "[]");
    assert_eq!(json(r#"kept.filter((name) => s[name] !== "value")"#), "[]");
    assert_eq!(json("s.contextData"), r#"{"level":"value"}"#);
}

#[wasm_bindgen_test]
fn registrations_return_a_function() {
    run(r#"window.s = s_gi("registering")"#);
    for name in ["registerPreTrackCallback", "registerPostTrackCallback", "registerTrackFailureCallback"] {
        assert_eq!(json(&format!("typeof s.{name}(() => {{}})")), r#""function""#, "{name}");
        assert_eq!(json(&format!("typeof s.{name}('no function')")), r#""function""#, "{name}");
        assert_eq!(json(&format!("typeof s.{name}(() => {{}}, 'param1')()")), r#""undefined""#, "{name}");
    }
}

#[wasm_bindgen_test]
fn tracking_calls_return_undefined() {
    run(r#"window.s = s_gi("returning")"#);
    for call in ["s.t()", "s.track({ pageName: 'page' })", "s.tl(true, 'o', 'link')", "s.trackLink()", "s.clearVars()"]
    {
        assert_eq!(json(&format!("typeof {call}")), r#""undefined""#, "{call}");
    }
}

#[wasm_bindgen_test]
async fn the_load_event_runs_callbacks_and_settles_the_outcome() {
    run(r#"
        window.s = s_gi("calling");
        window.calls = [];
        requested.length = 0;
        s.registerPostTrackCallback((...list) => calls.push(list), "param1", 2);
        s.t();
    "#);
    assert_eq!(json("calls"), "[]");
    let outcome = r#"[{"status":"delivered","requestUrl":0,"attempts":1,"reason":""}]"#;
    let promise = "s.outcome().then((one) => [{ ...one, requestUrl: requested.indexOf(one.requestUrl) }])";
    assert_eq!(json_of(promise).await, outcome);
    assert_eq!(json("calls.map(([url, ...list]) => [requested.indexOf(url), ...list])"), r#"[[0,"param1",2]]"#);
}

#[wasm_bindgen_test]
fn unusual_values_throw_nothing_into_the_page() {
    run(r#"
        window.s = s_gi("odd");
        window.requested.length = 0;
        s.prop1 = Symbol("s");
        s.prop2 = Object.create(null);
        s.prop3 = { toString() { throw new Error("broken") } };
        Object.defineProperty(s, "prop4", { enumerable: true, get() { throw new Error("broken") } });
        s.eVar1 = "half a pair \ud83d";
        s.eVar2 = "\0";
        s.events = ["event1", null];
        s.contextData = { loop: null, list: [1], deep: { er: Symbol("s") } };
        s.pageName = "sent";
    "#);
    for call in [
        "s.t()",
        "s.t(null)",
        "s.t('text')",
        "s.t(Symbol('s'))",
        "s.tl()",
        "s.tl(Symbol('s'), {}, [], 7)",
        "s.sa()",
        "s_gi()",
        "s_gi(null)",
        "s_gi({})",
        "new AppMeasurement()",
        "s.registerPostTrackCallback()",
        "s.clearVars.call(null)",
    ] {
        assert_eq!(json(&format!("({call}, 'done')")), r#""done""#, "{call}");
    }
    assert_eq!(json("/&pageName=sent&/.test(requested[0])"), "true");
}
