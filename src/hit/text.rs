//! Text as the tracker handles it: borrowed UTF-8 bytes, copied like a number.
//!
//! On wasm32 a slice is two words, which costs every function a parameter more; packed into one `u64` (address and
//! length) the same code is a quarter smaller. Reading out of range returns nothing instead of panicking.

mod arena;

pub use arena::Arena;

#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy)]
/// A borrowed piece of UTF-8 text.
pub struct Text<'a>(&'a [u8]);

#[cfg(target_arch = "wasm32")]
#[derive(Clone, Copy)]
/// A borrowed piece of UTF-8 text: its address in the upper, its length in the lower half.
pub struct Text<'a>(core::num::NonZeroU64, core::marker::PhantomData<&'a [u8]>);

#[cfg(not(target_arch = "wasm32"))]
impl<'a> Text<'a> {
    /// The text in these bytes.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The bytes of the text.
    pub const fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// Its length in bytes.
    pub const fn len(self) -> usize {
        self.0.len()
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code)]
impl<'a> Text<'a> {
    /// The text in these bytes.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Self {
        let packed = (bytes.as_ptr() as u64) << 32 | bytes.len() as u64;
        // SAFETY: the address of a slice is never null, so the upper half is not 0.
        Self(unsafe { core::num::NonZeroU64::new_unchecked(packed) }, core::marker::PhantomData)
    }

    /// The bytes of the text.
    #[inline]
    pub fn bytes(self) -> &'a [u8] {
        // SAFETY: `new` is the only maker, so address and length are those of a slice that lives for `'a`; on wasm32 an
        // address has 32 bits.
        unsafe { core::slice::from_raw_parts((self.0.get() >> 32) as usize as *const u8, self.len()) }
    }

    /// Its length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        self.0.get() as u32 as usize
    }
}

impl<'a> Text<'a> {
    /// The empty text.
    #[inline]
    pub fn empty() -> Self {
        Self::new(&[])
    }

    /// The text as a `str`; empty if it is not UTF-8.
    pub fn as_str(self) -> &'a str {
        core::str::from_utf8(self.bytes()).unwrap_or("")
    }

    /// Whether it has no bytes.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// This text, or the other one if this is empty.
    #[inline]
    pub fn or(self, other: Self) -> Self {
        if self.is_empty() { other } else { self }
    }

    /// The byte at `index`, 0 after the end.
    #[inline]
    pub fn at(self, index: usize) -> u8 {
        self.bytes().get(index).copied().unwrap_or(0)
    }

    /// The bytes from `from` up to `to`, as far as they exist.
    #[inline(never)]
    pub fn slice(self, from: usize, to: usize) -> Self {
        let to = to.min(self.len());
        Self::new(self.bytes().get(from.min(to)..to).unwrap_or(&[]))
    }

    /// The bytes from `index` on.
    pub fn from(self, index: usize) -> Self {
        self.slice(index, usize::MAX)
    }

    /// The bytes before `index`.
    pub fn to(self, index: usize) -> Self {
        self.slice(0, index)
    }

    /// The index of the first `byte` at or after `start`.
    pub fn find_from(self, byte: u8, start: usize) -> Option<usize> {
        self.checked(self.index_of_byte(byte, start))
    }

    /// The index of the first `byte`.
    pub fn find(self, byte: u8) -> Option<usize> {
        self.find_from(byte, 0)
    }

    /// The index of the first `part`.
    pub fn find_text(self, part: Text<'_>) -> Option<usize> {
        self.checked(self.index_of(part))
    }

    /// An index, if it is before the end.
    fn checked(self, index: usize) -> Option<usize> {
        (index < self.len()).then_some(index)
    }

    /// The index of the first `byte` at or after `start`, or the length if there is none: a sentinel compiles to less
    /// code than `Option<usize>`.
    #[inline(never)]
    fn index_of_byte(self, byte: u8, start: usize) -> usize {
        const ONES: u64 = 0x0101_0101_0101_0101;
        let mut rest = self.from(start).bytes();
        // Eight bytes at a time, until one of them is zero after the XOR, which the subtraction shows by a borrow.
        while let Some((word, after)) = rest.split_first_chunk::<8>() {
            let word = u64::from_le_bytes(*word) ^ (u64::from(byte) * ONES);
            if word.wrapping_sub(ONES) & !word & (ONES << 7) > 0 {
                break;
            }
            rest = after;
        }
        while let Some((first, after)) = rest.split_first() {
            if *first == byte {
                break;
            }
            rest = after;
        }
        self.len() - rest.len()
    }

    /// The index of the first `part`, or the length if there is none.
    #[inline(never)]
    fn index_of(self, part: Text<'_>) -> usize {
        let mut index = 0;
        while index < self.len() && self.slice(index, index + part.len()) != part {
            index += 1;
        }
        index
    }

    /// Whether it contains `part`.
    pub fn contains(self, part: Text<'_>) -> bool {
        self.find_text(part).is_some()
    }

    /// Whether it starts with `part`.
    pub fn starts_with(self, part: Text<'_>) -> bool {
        self.to(part.len()) == part
    }

    /// Whether it ends with `part`.
    pub fn ends_with(self, part: Text<'_>) -> bool {
        self.len() >= part.len() && self.from(self.len() - part.len()) == part
    }

    /// What comes before the first `byte`; everything if there is none.
    #[inline(never)]
    pub fn before(self, byte: u8) -> Self {
        self.to(self.index_of_byte(byte, 0))
    }

    /// What comes after the first `byte`; empty if there is none.
    #[inline(never)]
    pub fn after(self, byte: u8) -> Self {
        self.from(self.index_of_byte(byte, 0) + 1)
    }

    /// What comes after the first `byte`, if there is one.
    #[inline(never)]
    fn rest_after(self, byte: u8) -> Option<Self> {
        let index = self.index_of_byte(byte, 0);
        (index < self.len()).then(|| self.from(index + 1))
    }

    /// What comes before the first `byte`, and what comes after it.
    #[inline(never)]
    pub fn split_once(self, byte: u8) -> (Self, Self) {
        let index = self.index_of_byte(byte, 0);
        (self.to(index), self.from(index + 1))
    }

    /// The parts separated by `byte`; none for an empty text.
    pub fn split(self, byte: u8) -> Split<'a> {
        Split { rest: (!self.is_empty()).then_some(self), byte }
    }

    /// The part at `index` of those separated by NUL.
    #[inline(never)]
    pub fn field(self, index: usize) -> Self {
        self.skip_fields(index).before(0)
    }

    /// What comes after the first `index` parts separated by NUL.
    #[inline(never)]
    pub fn skip_fields(self, index: usize) -> Self {
        let mut rest = self;
        for _ in 0..index {
            rest = rest.after(0);
        }
        rest
    }

    /// Whether one of the parts separated by `byte` is `part`.
    #[inline(never)]
    pub fn contains_item(self, part: Text<'_>, byte: u8) -> bool {
        for item in self.split(byte) {
            if item == part {
                return true;
            }
        }
        false
    }

    /// Whether the two have one of the parts separated by `byte` in common.
    #[inline(never)]
    pub fn intersects(self, other: Text<'_>, byte: u8) -> bool {
        for item in self.split(byte) {
            if other.contains_item(item, byte) {
                return true;
            }
        }
        false
    }

    /// Whether one of the phrases separated by commas occurs in it. Empty phrases do not count.
    #[inline(never)]
    pub fn contains_any(self, phrases: Text<'_>, case: Case) -> bool {
        for phrase in phrases.split(b',') {
            let mut start = 0;
            while !phrase.is_empty() && start + phrase.len() <= self.len() {
                let part = self.slice(start, start + phrase.len());
                if part == phrase || case == Case::Insensitive && part.eq_ignore_case(phrase) {
                    return true;
                }
                start += 1;
            }
        }
        false
    }

    /// Whether it equals `other` except for the case of ASCII letters.
    pub fn eq_ignore_case(self, other: Text<'_>) -> bool {
        self.bytes().eq_ignore_ascii_case(other.bytes())
    }

    /// A hash (FNV-1a). To hash several texts together, pass the hash of one as the `seed` of the next; 0 for the
    /// first.
    #[inline(never)]
    pub fn hash(self, seed: u32) -> u32 {
        let mut hash = seed ^ 0x811C_9DC5;
        for &byte in self.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        hash
    }

    /// The decimal number at its start; 0 if there is none.
    #[inline(never)]
    pub fn number(self) -> u32 {
        let mut number = 0u32;
        for &digit in self.bytes() {
            if !digit.is_ascii_digit() {
                break;
            }
            number = number.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
        }
        number
    }
}

impl PartialEq<Text<'_>> for Text<'_> {
    #[inline(never)]
    fn eq(&self, other: &Text<'_>) -> bool {
        self.bytes() == other.bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == Text::new(other.as_bytes())
    }
}

impl core::fmt::Debug for Text<'_> {
    fn fmt(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        to.write_str(core::str::from_utf8(self.bytes()).unwrap_or("not UTF-8"))
    }
}

/// The text of a `str`.
#[inline(never)]
pub fn text(literal: &str) -> Text<'_> {
    Text::new(literal.as_bytes())
}

/// Whether upper and lower case ASCII letters differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// They differ.
    Sensitive,
    /// They do not.
    Insensitive,
}

/// An iterator over the parts of a text.
pub struct Split<'a> {
    rest: Option<Text<'a>>,
    byte: u8,
}

impl<'a> Iterator for Split<'a> {
    type Item = Text<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Text<'a>> {
        let rest = self.rest?;
        self.rest = rest.rest_after(self.byte);
        Some(rest.before(self.byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_out_of_range_returns_nothing() {
        let t = text("abc");
        assert_eq!(t.at(3), 0);
        assert_eq!(t.slice(2, 99), "c");
        assert_eq!(t.slice(9, 2), "");
        assert_eq!(t.from(4), "");
    }

    #[test]
    fn split_keeps_empty_parts() {
        let parts: Vec<_> = text("a,,b,").split(b',').map(|p| format!("{p:?}")).collect();
        assert_eq!(parts, ["a", "", "b", ""]);
        assert_eq!(text("").split(b',').count(), 0);
        assert!(text("a,bc").contains_item(text("bc"), b','));
        assert!(!text("a,bc").contains_item(text("b"), b','));
    }

    #[test]
    fn any_of_several_phrases_is_found() {
        assert!(text("hello").contains_any(text("x,,LO"), Case::Insensitive));
        assert!(!text("hello").contains_any(text("x,,LO"), Case::Sensitive));
        assert!(text("hello").contains_any(text("x,lo"), Case::Sensitive));
        assert!(!text("lo").contains_any(text("hello,"), Case::Insensitive));
        assert!(!text("").contains_any(text(""), Case::Insensitive));
    }

    #[test]
    fn parts_are_found() {
        assert_eq!(text("a=b=c").split_once(b'='), (text("a"), text("b=c")));
        assert_eq!(text("abc").split_once(b'='), (text("abc"), text("")));
        assert_eq!(text("hello").find_text(text("lo")), Some(3));
        assert_eq!(text("hello").find_text(text("x")), None);
        assert!(text("hello").starts_with(text("he")));
        assert!(text("hello").ends_with(text("llo")));
        assert!(!text("lo").ends_with(text("hello")));
        assert_eq!(text("12ab").number(), 12);
    }
}
