//! Replaces the standard library in the smallest script: an allocator and a panic handler.
//!
//! Block sizes are powers of two, and each size has a list of free blocks. Freed memory is always reused, nothing is
//! searched, and the code is a tenth of a general allocator's.

#![allow(unsafe_code)]
#![allow(clippy::cast_ptr_alignment, reason = "every block is aligned to its size, 16 bytes at least")]

use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const PAGE_BYTES: usize = 65_536;
/// The smallest block has 16 bytes: enough for the address of the next free block, and for the alignment of everything
/// that the tracker stores.
const MIN_CLASS: u32 = 4;

struct Blocks {
    /// By class, the first free block; each free block starts with the address of the next.
    free: UnsafeCell<[*mut u8; 32]>,
    /// The start of the memory that was never used; 0 before the first allocation.
    unused: UnsafeCell<usize>,
}

// SAFETY: without the threads proposal a wasm32 module has one thread. With it, this does not compile.
#[cfg(not(target_feature = "atomics"))]
unsafe impl Sync for Blocks {}

unsafe extern "C" {
    /// The end of the data that the linker has placed.
    static __heap_base: u8;
}

#[global_allocator]
static BLOCKS: Blocks = Blocks { free: UnsafeCell::new([null_mut(); 32]), unused: UnsafeCell::new(0) };

/// The class of a block that fits a layout: its size is 2 to the power of this.
fn class(layout: Layout) -> u32 {
    let size = layout.size().max(layout.align()).max(1 << MIN_CLASS);
    usize::BITS - (size - 1).leading_zeros()
}

// SAFETY: a block is allocated once before it is freed again. Blocks are aligned to 16 bytes, and a layout that needs
// more is refused.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout);
        if class > 30 || layout.align() > 1 << MIN_CLASS {
            return null_mut();
        }
        // SAFETY: there is one thread, and nothing else runs while the references live. A free block starts with the
        // address of the next.
        unsafe {
            let free = (*self.free.get()).as_mut_ptr().add(class as usize);
            if !(*free).is_null() {
                let block = *free;
                *free = *block.cast::<*mut u8>();
                return block;
            }
            let unused = &mut *self.unused.get();
            if *unused == 0 {
                // The linker leaves a part of the first pages.
                *unused = ((&raw const __heap_base) as usize).next_multiple_of(1 << MIN_CLASS);
            }
            let block = *unused as *mut u8;
            *unused = unused.saturating_add(1 << class);
            let missing = unused.saturating_sub(core::arch::wasm32::memory_size(0) * PAGE_BYTES);
            if missing > 0 && core::arch::wasm32::memory_grow(0, missing.div_ceil(PAGE_BYTES)) == usize::MAX {
                *unused = block as usize;
                return null_mut();
            }
            block
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above, and the block is no longer in use.
        unsafe {
            let free = (*self.free.get()).as_mut_ptr().add(class(layout) as usize);
            *block.cast::<*mut u8>() = *free;
            *free = block;
        }
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
