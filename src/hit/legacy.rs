//! What pages made for older trackers set on `s`, and what to do instead.

use super::text::{Text, text};

/// The line for the console about a property that does nothing here; empty if there is nothing to say.
pub fn advice(name: Text<'_>) -> Text<'static> {
    if name == "dynamicAccountList" {
        return text("afterhit: s.dynamicAccountList does nothing, give s_gi the report suites");
    }
    if name.starts_with(text("m_")) && name.ends_with(text("_c")) {
        return text("afterhit: s.m_..._c does nothing, load AppMeasurement_Module_....js");
    }
    Text::empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_nothing_gets_a_line() {
        assert!(advice(text("dynamicAccountList")).contains(text("s_gi")));
        assert!(advice(text("m_Media_c")).contains(text("AppMeasurement_Module_")));
        for name in ["dynamicAccountSelection", "m_", "m_i", "_c", "c_w", "prop1", ""] {
            assert!(advice(text(name)).is_empty(), "{name}");
        }
    }
}
