//! Counts words, for every language that can call C.
//!
//! In C, its functions would be declared like this:
//!
//! ```c
//! struct Frequent { char *word; uint32_t count; double share; };
//!
//! Counts *counts_new(void);
//! void counts_free(Counts *counts);
//! int32_t counts_add(Counts *counts, const char *text);
//! bool counts_most_frequent(const Counts *counts, struct Frequent *found);
//! void counts_free_string(char *string);
//! size_t counts_in_use(void);
//! ```

mod counting;
mod heap;

use std::ffi::{CStr, CString, c_char};
use std::panic::{self, AssertUnwindSafe};

use counting::Counts;

/// A frequent word.
#[repr(C)]
pub struct Frequent {
    /// The word, which belongs to the caller. It has to be given back with `counts_free_string`.
    pub word: *mut c_char,
    /// How often it was seen.
    pub count: u32,
    /// Its share of all words, from 0 to 1.
    pub share: f64,
}

/// Nothing counted yet. It belongs to the caller, who has to give it back with `counts_free`.
#[unsafe(no_mangle)]
pub extern "C" fn counts_new() -> *mut Counts {
    Box::into_raw(Box::default())
}

/// Takes back what `counts_new` returned. A null pointer is ignored.
///
/// # Safety
///
/// The pointer comes from `counts_new` and isn't used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn counts_free(counts: *mut Counts) {
    if !counts.is_null() {
        // SAFETY: it comes from `Box::into_raw` in `counts_new`.
        drop(unsafe { Box::from_raw(counts) });
    }
}

/// Counts the words of a text. Returns 0 if all is well, 1 if the text isn't UTF-8, and 2 if counting panicked.
///
/// # Safety
///
/// Both pointers are valid, and the text ends with a zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn counts_add(counts: *mut Counts, text: *const c_char) -> i32 {
    // SAFETY: the caller promises that both are valid.
    let (counts, text) = unsafe { (&mut *counts, CStr::from_ptr(text)) };
    let Ok(text) = text.to_str() else {
        return 1;
    };
    // `Counts::add` changes nothing if it panics.
    let result = panic::catch_unwind(AssertUnwindSafe(|| counts.add(text)));
    if result.is_ok() { 0 } else { 2 }
}

/// Writes the most frequent word to `found`. Returns `false`, and writes nothing, if nothing has been counted.
///
/// # Safety
///
/// Both pointers are valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn counts_most_frequent(counts: *const Counts, found: *mut Frequent) -> bool {
    // SAFETY: the caller promises that it's valid.
    let counts = unsafe { &*counts };
    let Some((word, count)) = counts.most_frequent() else {
        return false;
    };
    let word = CString::new(word).expect("text from C has no zero in it");
    let frequent = Frequent {
        word: word.into_raw(),
        count,
        share: f64::from(count) / f64::from(counts.total()),
    };
    // SAFETY: as above. What was there before isn't dropped.
    unsafe { found.write(frequent) };
    true
}

/// Takes back a word from `counts_most_frequent`. A null pointer is ignored.
///
/// # Safety
///
/// The pointer comes from there and isn't used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn counts_free_string(string: *mut c_char) {
    if !string.is_null() {
        // SAFETY: it comes from `CString::into_raw` in `counts_most_frequent`.
        drop(unsafe { CString::from_raw(string) });
    }
}
