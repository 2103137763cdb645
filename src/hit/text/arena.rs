//! A draft that anybody may write at the end of, and the texts that have been made of it.
//!
//! Both stand in one block of memory: the draft grows from its start, the texts from its end. Where the two would meet, a
//! larger block takes the draft over; the texts stay where they are. All blocks go when the draft goes.

use alloc::alloc::{alloc_zeroed, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::{self, null_mut};

use super::Text;

/// What stands at the start of a block.
struct Head {
    /// The block that was full before this one.
    older: *mut Head,
    layout: Layout,
}

const HEAD: usize = size_of::<Head>();
/// Most calls never need a second block.
const SMALLEST: usize = 4096;

/// A draft, and the texts made of it.
pub struct Arena {
    /// The latest block; null before anything is written.
    block: Cell<*mut Head>,
    /// Where the draft ends in it …
    end: Cell<usize>,
    /// … and where the texts begin: nothing between the two is in use.
    texts: Cell<usize>,
}

#[allow(unsafe_code)]
impl Arena {
    /// An empty one.
    pub const fn new() -> Self {
        Self { block: Cell::new(null_mut()), end: Cell::new(HEAD), texts: Cell::new(HEAD) }
    }

    /// Where the draft ends.
    #[inline]
    pub fn end(&self) -> usize {
        self.end.get()
    }

    /// Writes a byte.
    #[inline(never)]
    pub fn push(&self, byte: u8) {
        let end = self.reserve(1);
        // SAFETY: `reserve` has made room for it; nothing refers to what is not in use.
        unsafe { *end = byte }
        self.end.set(self.end.get() + 1);
    }

    /// Writes a text.
    #[inline(never)]
    pub fn extend(&self, text: Text<'_>) {
        let end = self.reserve(text.len());
        // SAFETY: as above; a text is never in the part of a block that is not in use.
        unsafe { ptr::copy_nonoverlapping(text.bytes().as_ptr(), end, text.len()) }
        self.end.set(self.end.get() + text.len());
    }

    /// Takes what stands behind `start` off the draft, as a text that lives as long as the draft.
    #[inline(never)]
    pub fn split_off(&self, start: usize) -> Text<'_> {
        let end = self.end.get();
        let start = start.max(HEAD).min(end);
        let len = end - start;
        if len == 0 {
            return Text::empty();
        }
        let texts = self.texts.get() - len;
        self.end.set(start);
        self.texts.set(texts);
        // SAFETY: both places are in the block, which is there because something was written. What was the end of the draft
        // is not in use any more, and nobody may refer to it but by this text, whose bytes are not written again: the
        // draft ends before them, and the next text does.
        unsafe {
            let block = self.block.get().cast::<u8>();
            ptr::copy(block.add(start), block.add(texts), len);
            Text::new(core::slice::from_raw_parts(block.add(texts), len))
        }
    }

    /// Has bytes written behind the end, into as much room as there is, `least` bytes or more. `write` says how many it
    /// takes; where that is more than there is, it is asked again with enough.
    pub fn fill(&self, least: usize, mut write: impl FnMut(&mut [u8]) -> usize) {
        let mut least = least;
        loop {
            let place = self.reserve(least);
            let (block, end, texts) = (self.block.get(), self.end.get(), self.texts.get());
            // Should `write` itself write to the draft, there is no room in this block for it meanwhile.
            self.texts.set(end);
            // SAFETY: nothing else refers to what is between the two ends, and nothing else will until `write` returns; it is
            // initialised, because blocks are zero when they come.
            let size = write(unsafe { core::slice::from_raw_parts_mut(place, texts - end) });
            if self.block.get() != block || self.end.get() != end {
                return;
            }
            self.texts.set(texts);
            if size <= texts - end {
                return self.end.set(end + size);
            }
            least = size;
        }
    }

    /// Makes room behind the end, for one byte more than is asked for, so that there always is a block; where that is.
    #[inline]
    fn reserve(&self, size: usize) -> *mut u8 {
        if self.texts.get() - self.end.get() <= size {
            self.grow(size);
        }
        // SAFETY: the end is in the block.
        unsafe { self.block.get().cast::<u8>().add(self.end.get()) }
    }

    #[inline(never)]
    fn grow(&self, more: usize) {
        let end = self.end.get();
        let size = end.saturating_add(more).checked_next_power_of_two().unwrap_or(usize::MAX).max(SMALLEST);
        let Ok(layout) = Layout::from_size_align(size, align_of::<Head>()) else {
            handle_alloc_error(Layout::new::<Head>())
        };
        let older = self.block.get();
        // SAFETY: the layout is not empty. The new block is larger than what is copied, and it is no part of the old one.
        unsafe {
            let block = alloc_zeroed(layout);
            if block.is_null() {
                handle_alloc_error(layout);
            }
            if !older.is_null() {
                ptr::copy_nonoverlapping(older.cast(), block, end);
            }
            *block.cast() = Head { older, layout };
            self.block.set(block.cast());
        }
        self.texts.set(size);
    }
}

impl Default for Arena {
    fn default() -> Self {
        Self::new()
    }
}

#[allow(unsafe_code)]
impl Drop for Arena {
    #[inline(never)]
    fn drop(&mut self) {
        let mut block = self.block.get();
        while !block.is_null() {
            // SAFETY: `grow` has made the block with this layout, and nobody refers to it: texts borrow the draft.
            unsafe {
                let Head { older, layout } = ptr::read(block);
                dealloc(block.cast(), layout);
                block = older;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn texts_stay_where_they_are_when_the_draft_grows() {
        let draft = Arena::new();
        let mut texts = Vec::new();
        for number in 0..2000 {
            draft.extend(text("before "));
            let start = draft.end();
            draft.extend(text(&number.to_string()));
            texts.push(draft.split_off(start));
        }
        assert!(texts.iter().enumerate().all(|(number, text)| text.as_str() == number.to_string()));
        assert_eq!(draft.split_off(0).as_str(), "before ".repeat(2000));
        assert!(draft.split_off(draft.end()).is_empty());
    }

    #[test]
    fn who_needs_more_room_is_asked_again() {
        let draft = Arena::new();
        draft.extend(text("front "));
        let mut rooms = Vec::new();
        draft.fill(1, |room| {
            rooms.push(room.len());
            for place in room.iter_mut() {
                *place = b'x';
            }
            9000
        });
        assert!(rooms[0] < 9000 && rooms[1] >= 9000 && rooms.len() == 2);
        assert_eq!(draft.split_off(0).as_str(), format!("front {}", "x".repeat(9000)));
    }

    #[test]
    fn what_is_written_meanwhile_counts_and_the_room_does_not() {
        let draft = Arena::new();
        let start = draft.end();
        draft.fill(3, |room| {
            draft.extend(text("meanwhile"));
            let taken = draft.split_off(start);
            draft.push(b'!');
            room[..3].copy_from_slice(b"abc");
            assert_eq!(taken, "meanwhile");
            3
        });
        assert_eq!(draft.split_off(start), "!");
    }
}
