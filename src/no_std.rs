//! What the smallest script has instead of the standard library: an allocator, and an end for what cannot happen.
//!
//! Memory is handed out in blocks of powers of two, each size with a list of its free blocks: no block is ever lost,
//! nothing has to be searched, and the code is a tenth of a general allocator's.

#![allow(unsafe_code)]
#![allow(clippy::cast_ptr_alignment, reason = "every block is aligned to its size, 16 bytes at least")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const PAGE: usize = 65_536;
/// The smallest block holds the address of the next free one, and 16 bytes align whatever the tracker stores.
const SMALLEST: u32 = 4;

struct Blocks {
    free: UnsafeCell<[*mut u8; 32]>,
    /// Where the memory begins that no block has had yet; 0 at first.
    rest: UnsafeCell<usize>,
}

// SAFETY: a wasm32 module without the threads proposal has one thread; with it, this file must not be built.
#[cfg(not(target_feature = "atomics"))]
unsafe impl Sync for Blocks {}

unsafe extern "C" {
    /// Where the linker's data end.
    static __heap_base: u8;
}

#[global_allocator]
static BLOCKS: Blocks = Blocks { free: UnsafeCell::new([null_mut(); 32]), rest: UnsafeCell::new(0) };

/// The power of two that holds so many bytes.
fn class(layout: Layout) -> u32 {
    let size = layout.size().max(layout.align()).max(1 << SMALLEST);
    usize::BITS - (size - 1).leading_zeros()
}

// SAFETY: blocks of one size are handed out once until they are given back; they are aligned to 16 bytes, and a layout
// that asks for more is refused.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout);
        if class > 30 || layout.align() > 1 << SMALLEST {
            return null_mut();
        }
        // SAFETY: one thread, and nothing else is called while the references live; a free block holds the next one's
        // address in its first bytes.
        unsafe {
            let free = (*self.free.get()).as_mut_ptr().add(class as usize);
            if !(*free).is_null() {
                let block = *free;
                *free = *block.cast::<*mut u8>();
                return block;
            }
            let rest = &mut *self.rest.get();
            if *rest == 0 {
                // What the linker has left of the first pages.
                *rest = ((&raw const __heap_base) as usize).next_multiple_of(1 << SMALLEST);
            }
            let block = *rest as *mut u8;
            *rest = rest.saturating_add(1 << class);
            let missing = rest.saturating_sub(core::arch::wasm32::memory_size(0) * PAGE);
            if missing > 0 && core::arch::wasm32::memory_grow(0, missing.div_ceil(PAGE)) == usize::MAX {
                *rest = block as usize;
                return null_mut();
            }
            block
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above; the block is no longer in use.
        unsafe {
            let free = (*self.free.get()).as_mut_ptr().add(class(layout) as usize);
            *block.cast::<*mut u8>() = *free;
            *free = block;
        }
    }
}

#[panic_handler]
fn end(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
