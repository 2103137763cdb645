//! The door itself: two imported functions through which all texts and numbers pass, and the macro that gives each host function
//! its typed Rust function.
//!
//! Every further import costs as much as three lines of JavaScript, so all host functions share `query`, which answers with a
//! text, and `op`, which has an effect and answers with a number. Texts cross as UTF-8.

#![allow(clippy::inline_always, reason = "a typed function is one call of the door, and costs no byte")]

use wasm_bindgen::prelude::*;

use crate::hit::text::Text;
use crate::hit::text_builder::TextBuilder;
use crate::tracker::state::Number;

#[wasm_bindgen(module = "/src/page/host.js")]
extern "C" {
    /// Writes the answer to `room` if it fits; returns its length in bytes.
    #[wasm_bindgen(js_name = query)]
    fn raw_query(query: u32, number: u32, text: *const u8, length: usize, room: *mut u8, size: usize) -> usize;
    #[wasm_bindgen(js_name = op)]
    fn raw_op(op: u32, number: u32, further: u32, text: *const u8, length: usize) -> u32;
}

/// What an operation's answer means.
pub trait Answer {
    /// The answer as the typed function returns it.
    fn from_number(number: u32) -> Self;
}

impl Answer for () {
    #[inline(always)]
    fn from_number(_: u32) {}
}

impl Answer for u32 {
    #[inline(always)]
    fn from_number(number: u32) -> Self {
        number
    }
}

impl Answer for bool {
    #[inline(always)]
    fn from_number(number: u32) -> Self {
        number > 0
    }
}

/// The query that returns the answer that did not fit: the first of the list.
pub const LAST_ANSWER: u32 = 0;

#[inline(never)]
pub fn query<'b>(builder: &'b TextBuilder, query: u32, number: u32, text: Text<'_>) -> Text<'b> {
    /// Bytes of the longest answer so far: an answer that does not fit has to be written twice.
    static ROOM: Number = Number::new(100);
    /// The next answer may be a little longer.
    const SPARE_BYTES: u32 = 500;
    let mut query = query;
    builder.write_with(ROOM.get() as usize, |room| {
        let (bytes, length) = (text.bytes().as_ptr(), text.len());
        let length = raw_query(query, number, bytes, length, room.as_mut_ptr(), room.len());
        if length > room.len() {
            ROOM.set(length as u32 + SPARE_BYTES);
        }
        query = LAST_ANSWER;
        length
    })
}

#[inline(never)]
pub fn query_number(builder: &TextBuilder, name: u32, number: u32) -> Text<'_> {
    query(builder, name, number, Text::empty())
}

#[inline(never)]
pub fn op(op: u32, number: u32, text: Text<'_>, further: u32) -> u32 {
    raw_op(op, number, further, text.bytes().as_ptr(), text.len())
}

pub fn op_numbers(name: u32, number: u32, further: u32) -> u32 {
    op(name, number, Text::empty(), further)
}

#[inline(never)]
pub fn op_text(name: u32, number: u32, text: Text<'_>) -> u32 {
    op(name, number, text, 0)
}

#[inline(never)]
pub fn op_number(name: u32, number: u32) -> u32 {
    op_numbers(name, number, 0)
}

/// Declares the host functions: enums in the order of the JavaScript arrays of the same names, and a typed function for each.
///
/// `tracker` stands for a `&Tracker`, `call` for a tracking call's id, `number` and `flag` for a `u32` and a `bool`, `text` for a
/// `Text`; queries take the builder that owns their answer first.
macro_rules! host_functions {
    (
        queries { $($(#[$query_doc:meta])* $query:ident ($($query_arg:ident),*) => $query_module:ident.$query_export:ident;)* }
        ops { $($(#[$op_doc:meta])* $op:ident ($($op_arg:ident),*) $(-> $answer:ty)? => $op_module:ident.$op_export:ident;)* }
        services { $($(#[$service_doc:meta])* $service:ident => $service_module:ident.$service_export:ident;)* }
    ) => {
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        enum Query { $($query,)* }
        const _: () = assert!(Query::last_answer as u32 == door::LAST_ANSWER);

        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        enum Op { $($op,)* }

        /// Something a tracking call may find on the page: the index of a bit of what [`detect_services`] returns.
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        pub enum Service { $($(#[$service_doc])* $service,)* }

        $(host_functions! { @query $(#[$query_doc])* $query ($($query_arg),*) })*
        $(host_functions! { @op $(#[$op_doc])* $op ($($op_arg),*) ($($answer)?) })*
    };

    (@query $(#[$doc:meta])* $name:ident ()) => {
        $(#[$doc])*
        #[allow(dead_code, reason = "only the door asks for last_answer")]
        #[inline(always)]
        pub fn $name(builder: &TextBuilder) -> Text<'_> { door::query_number(builder, Query::$name as u32, 0) }
    };
    (@query $(#[$doc:meta])* $name:ident (tracker)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name<'b>(builder: &'b TextBuilder, tracker: &Tracker) -> Text<'b> { door::query_number(builder, Query::$name as u32, tracker.id) }
    };
    (@query $(#[$doc:meta])* $name:ident (number)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(builder: &TextBuilder, number: u32) -> Text<'_> { door::query_number(builder, Query::$name as u32, number) }
    };
    (@query $(#[$doc:meta])* $name:ident (text)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name<'b>(builder: &'b TextBuilder, text: Text<'_>) -> Text<'b> { door::query(builder, Query::$name as u32, 0, text) }
    };
    (@query $(#[$doc:meta])* $name:ident (tracker, text)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name<'b>(builder: &'b TextBuilder, tracker: &Tracker, text: Text<'_>) -> Text<'b> {
            door::query(builder, Query::$name as u32, tracker.id, text)
        }
    };
    (@query $(#[$doc:meta])* $name:ident (flag, text)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name<'b>(builder: &'b TextBuilder, flag: bool, text: Text<'_>) -> Text<'b> {
            door::query(builder, Query::$name as u32, flag.into(), text)
        }
    };

    (@op $(#[$doc:meta])* $name:ident $arguments:tt ()) => { host_functions! { @op $(#[$doc])* $name $arguments (()) } };
    (@op $(#[$doc:meta])* $name:ident () ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name() -> $answer { <$answer>::from_number(door::op_number(Op::$name as u32, 0)) }
    };
    (@op $(#[$doc:meta])* $name:ident (tracker) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(tracker: &Tracker) -> $answer { <$answer>::from_number(door::op_number(Op::$name as u32, tracker.id)) }
    };
    (@op $(#[$doc:meta])* $name:ident ($number:ident) ($answer:ty)) => {
        host_functions! { @number $(#[$doc])* $name $number ($answer) }
    };
    (@number $(#[$doc:meta])* $name:ident text ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(text: Text<'_>) -> $answer { <$answer>::from_number(door::op_text(Op::$name as u32, 0, text)) }
    };
    (@number $(#[$doc:meta])* $name:ident $number:ident ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name($number: u32) -> $answer { <$answer>::from_number(door::op_number(Op::$name as u32, $number)) }
    };
    (@op $(#[$doc:meta])* $name:ident (tracker, text) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(tracker: &Tracker, text: Text<'_>) -> $answer { <$answer>::from_number(door::op_text(Op::$name as u32, tracker.id, text)) }
    };
    (@op $(#[$doc:meta])* $name:ident ($number:ident, text) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name($number: u32, text: Text<'_>) -> $answer { <$answer>::from_number(door::op_text(Op::$name as u32, $number, text)) }
    };
    (@op $(#[$doc:meta])* $name:ident (tracker, $further:ident) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(tracker: &Tracker, $further: u32) -> $answer {
            <$answer>::from_number(door::op_numbers(Op::$name as u32, tracker.id, $further))
        }
    };
    (@op $(#[$doc:meta])* $name:ident (call, flag) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(call: u32, flag: bool) -> $answer { <$answer>::from_number(door::op_numbers(Op::$name as u32, call, flag.into())) }
    };
    (@op $(#[$doc:meta])* $name:ident (call, $further:ident) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(call: u32, $further: u32) -> $answer { <$answer>::from_number(door::op_numbers(Op::$name as u32, call, $further)) }
    };
    (@op $(#[$doc:meta])* $name:ident (tracker, text, $further:ident) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(tracker: &Tracker, text: Text<'_>, $further: u32) -> $answer {
            <$answer>::from_number(door::op(Op::$name as u32, tracker.id, text, $further))
        }
    };
    (@op $(#[$doc:meta])* $name:ident (call, text, flag) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(call: u32, text: Text<'_>, flag: bool) -> $answer {
            <$answer>::from_number(door::op(Op::$name as u32, call, text, flag.into()))
        }
    };
    (@op $(#[$doc:meta])* $name:ident (call, text, $further:ident) ($answer:ty)) => {
        $(#[$doc])*
        #[inline(always)]
        pub fn $name(call: u32, text: Text<'_>, $further: u32) -> $answer {
            <$answer>::from_number(door::op(Op::$name as u32, call, text, $further))
        }
    };
}
