//! A bump arena with two ends: the text being built grows up, finished texts grow down.
//!
//! Both are in one block of memory. When they would meet, the text being built moves to a larger block; finished texts
//! stay where they are. Dropping the arena frees all blocks.

use alloc::alloc::{alloc_zeroed, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::cell::Cell;
use core::ptr::{self, null_mut};

use super::Text;

/// The start of each block.
struct Header {
    /// The block before this one; null for the first.
    previous: *mut Header,
    layout: Layout,
}

const HEADER_BYTES: usize = size_of::<Header>();
/// Most tracking calls never need a second block.
const MIN_BLOCK_BYTES: usize = 4096;

/// A text being built, and the finished texts that were split off it.
pub struct Arena {
    /// The latest block; null before anything is written.
    block: Cell<*mut Header>,
    /// The end of the text being built, as an offset in the block. Nothing from here to `texts` is in use.
    end: Cell<usize>,
    /// The start of the finished texts.
    texts: Cell<usize>,
}

#[allow(unsafe_code)]
impl Arena {
    /// An empty arena, which has not allocated anything.
    pub const fn new() -> Self {
        Self { block: Cell::new(null_mut()), end: Cell::new(HEADER_BYTES), texts: Cell::new(HEADER_BYTES) }
    }

    /// The end of the text being built, for [`Self::split_off`].
    #[inline]
    pub fn end(&self) -> usize {
        self.end.get()
    }

    /// Appends a byte.
    #[inline(never)]
    pub fn push(&self, byte: u8) {
        let end = self.reserve(1);
        // SAFETY: `reserve` has made room for it, and nothing refers to the unused part of a block.
        unsafe { *end = byte }
        self.end.set(self.end.get() + 1);
    }

    /// Appends a text.
    #[inline(never)]
    pub fn extend(&self, text: Text<'_>) {
        let end = self.reserve(text.len());
        // SAFETY: as above; a text is never in the unused part of a block.
        unsafe { ptr::copy_nonoverlapping(text.bytes().as_ptr(), end, text.len()) }
        self.end.set(self.end.get() + text.len());
    }

    /// Removes everything after `start` from the text being built and returns it as a text that lives as long as the
    /// arena.
    #[inline(never)]
    pub fn split_off(&self, start: usize) -> Text<'_> {
        let end = self.end.get();
        let start = start.max(HEADER_BYTES).min(end);
        let len = end - start;
        if len == 0 {
            return Text::empty();
        }
        let texts = self.texts.get() - len;
        self.end.set(start);
        self.texts.set(texts);
        // SAFETY: both offsets are in the block, which exists because `len` is not 0. Nothing refers to the source any
        // more. Only the returned text refers to the copy, and nothing writes to it again: the text being built and the
        // next finished text both end before it.
        unsafe {
            let block = self.block.get().cast::<u8>();
            ptr::copy(block.add(start), block.add(texts), len);
            Text::new(core::slice::from_raw_parts(block.add(texts), len))
        }
    }

    /// Appends what `write` writes into a slice of at least `min_bytes`. It returns how many bytes it needs; if that is
    /// more than the slice has, it is called again with enough.
    pub fn fill(&self, min_bytes: usize, mut write: impl FnMut(&mut [u8]) -> usize) {
        let mut min_bytes = min_bytes;
        loop {
            let free = self.reserve(min_bytes);
            let (block, end, texts) = (self.block.get(), self.end.get(), self.texts.get());
            // If `write` itself appends to the arena, this block has no room for that, so it goes to another one.
            self.texts.set(end);
            // SAFETY: nothing else refers to the bytes between the two ends, nor will before `write` returns. They are
            // initialised, because blocks are allocated zeroed.
            let size = write(unsafe { core::slice::from_raw_parts_mut(free, texts - end) });
            if self.block.get() != block || self.end.get() != end {
                return;
            }
            self.texts.set(texts);
            if size <= texts - end {
                return self.end.set(end + size);
            }
            min_bytes = size;
        }
    }

    /// Makes room after the end and returns a pointer to it. One byte more than `size` is free, so that a block exists
    /// even for 0.
    #[inline]
    fn reserve(&self, size: usize) -> *mut u8 {
        if self.texts.get() - self.end.get() <= size {
            self.grow(size);
        }
        // SAFETY: the end is inside the block.
        unsafe { self.block.get().cast::<u8>().add(self.end.get()) }
    }

    #[inline(never)]
    fn grow(&self, more: usize) {
        let end = self.end.get();
        let size = end.saturating_add(more).checked_next_power_of_two().unwrap_or(usize::MAX).max(MIN_BLOCK_BYTES);
        let Ok(layout) = Layout::from_size_align(size, align_of::<Header>()) else {
            handle_alloc_error(Layout::new::<Header>())
        };
        let previous = self.block.get();
        // SAFETY: the layout is not empty. The new block is larger than what is copied, and does not overlap the old
        // one.
        unsafe {
            let block = alloc_zeroed(layout);
            if block.is_null() {
                handle_alloc_error(layout);
            }
            if !previous.is_null() {
                ptr::copy_nonoverlapping(previous.cast(), block, end);
            }
            *block.cast() = Header { previous, layout };
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
            // SAFETY: `grow` has allocated the block with this layout, and nothing refers to it: texts borrow the
            // arena.
            unsafe {
                let Header { previous, layout } = ptr::read(block);
                dealloc(block.cast(), layout);
                block = previous;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn finished_texts_do_not_move_when_the_arena_grows() {
        let arena = Arena::new();
        let mut texts = Vec::new();
        for number in 0..2000 {
            arena.extend(text("before "));
            let start = arena.end();
            arena.extend(text(&number.to_string()));
            texts.push(arena.split_off(start));
        }
        assert!(texts.iter().enumerate().all(|(number, text)| text.as_str() == number.to_string()));
        assert_eq!(arena.split_off(0).as_str(), "before ".repeat(2000));
        assert!(arena.split_off(arena.end()).is_empty());
    }

    #[test]
    fn a_writer_that_needs_more_room_is_called_again() {
        let arena = Arena::new();
        arena.extend(text("front "));
        let mut sizes = Vec::new();
        arena.fill(1, |room| {
            sizes.push(room.len());
            room.fill(b'x');
            9000
        });
        assert!(sizes[0] < 9000 && sizes[1] >= 9000 && sizes.len() == 2);
        assert_eq!(arena.split_off(0).as_str(), format!("front {}", "x".repeat(9000)));
    }

    #[test]
    fn what_is_appended_while_a_writer_runs_replaces_its_output() {
        let arena = Arena::new();
        let start = arena.end();
        arena.fill(3, |room| {
            arena.extend(text("meanwhile"));
            let taken = arena.split_off(start);
            arena.push(b'!');
            room[..3].copy_from_slice(b"abc");
            assert_eq!(taken, "meanwhile");
            3
        });
        assert_eq!(arena.split_off(start), "!");
    }
}
