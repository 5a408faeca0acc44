//! Lighthouses and what they flash, for every language that can call C.

use std::ffi::{CStr, CString, c_char};
use std::panic;

// ANCHOR: first
/// How far a light at this height can be seen, in nautical miles.
#[unsafe(no_mangle)]
pub extern "C" fn lighthouse_range(metres: f64) -> f64 {
    2.08 * metres.sqrt()
}

/// The oldest lighthouse that is still in use.
#[unsafe(no_mangle)]
pub extern "C" fn lighthouse_oldest() -> *const c_char {
    c"Tower of Hercules".as_ptr()
}
// ANCHOR_END: first

// ANCHOR: light
/// In C: `struct Light { uint8_t flashes; double seconds; };`
#[repr(C)]
pub struct Light {
    pub flashes: u8,
    pub seconds: f64,
}

#[unsafe(no_mangle)]
pub extern "C" fn lighthouse_per_minute(light: Light) -> f64 {
    f64::from(light.flashes) * 60.0 / light.seconds
}
// ANCHOR_END: light

// ANCHOR: chart
/// What a chart says about the light, such as `Fl(3)10s`. Give the string back with `lighthouse_free_string`.
#[unsafe(no_mangle)]
pub extern "C" fn lighthouse_on_chart(light: Light) -> *mut c_char {
    let text = format!("Fl({}){}s", light.flashes, light.seconds);
    CString::new(text).map_or(std::ptr::null_mut(), CString::into_raw)
}

/// # Safety
///
/// The string comes from `lighthouse_on_chart` and isn't used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lighthouse_free_string(string: *mut c_char) {
    if !string.is_null() {
        // SAFETY: `CString::into_raw` made it.
        drop(unsafe { CString::from_raw(string) });
    }
}
// ANCHOR_END: chart

// ANCHOR: parse
/// Reads the number of flashes from a chart. Panics if the text is wrong, as in `Fl(x)10s`.
///
/// # Safety
///
/// The text is valid and ends with a zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lighthouse_flashes_hopefully(text: *const c_char) -> u8 {
    // SAFETY: the caller promises that.
    let text = unsafe { CStr::from_ptr(text) };
    flashes(&text.to_string_lossy())
}

fn flashes(text: &str) -> u8 {
    let (_, rest) = text.split_once('(').expect("there is no bracket");
    let (number, _) = rest.split_once(')').expect("the bracket isn't closed");
    number.parse().expect("that isn't a number")
}
// ANCHOR_END: parse

// ANCHOR: caught
/// Writes the number of flashes to `found` and returns 0, or returns another number if the text is wrong.
///
/// # Safety
///
/// Both pointers are valid, and the text ends with a zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lighthouse_flashes(text: *const c_char, found: *mut u8) -> i32 {
    // SAFETY: the caller promises that.
    let text = unsafe { CStr::from_ptr(text) };
    let Ok(text) = text.to_str() else {
        return 1; // not UTF-8
    };
    match panic::catch_unwind(|| flashes(text)) {
        Ok(number) => {
            // SAFETY: as above.
            unsafe { found.write(number) };
            0
        }
        Err(_) => 2,
    }
}
// ANCHOR_END: caught

// ANCHOR: callback
/// Calls `lamp` once for each second of a minute, and tells it whether the light is on.
#[unsafe(no_mangle)]
pub extern "C" fn lighthouse_run(light: Light, lamp: extern "C" fn(u32, bool)) {
    for second in 0..60 {
        lamp(
            second,
            f64::from(second) % light.seconds < f64::from(light.flashes),
        );
    }
}
// ANCHOR_END: callback
