//! An extension module without PyO3: everything that Python needs is written by hand.

use std::ptr;

use pyo3_ffi::*;

/// The number of items, as an example. It returns a new reference, or null if an exception is set.
unsafe extern "C" fn count(_module: *mut PyObject, items: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes valid objects, and the thread is attached. Each reference that this function owns is given away or dropped.
    unsafe {
        let size = PyObject_Size(items);
        if size < 0 {
            // The exception is set already.
            return ptr::null_mut();
        }
        PyLong_FromSsize_t(size)
    }
}

/// The largest item of anything that can be iterated over; the first one, if several are equal.
///
/// If there are no items, it's a `ValueError`: `there are no items`. Exceptions of the iterator and of comparisons pass.
unsafe extern "C" fn largest(_module: *mut PyObject, items: *mut PyObject) -> *mut PyObject {
    // TODO
    let _ = items;
    ptr::null_mut()
}

// TODO: `interpolate(low, high, part)`. It takes three floats and returns the one that is `part` of the way from `low` to `high`.
// With another number of arguments, it's a `TypeError`: `interpolate() takes 3 arguments`. It has a docstring, as those below do.

/// The functions of the module. The last entry is empty, because that's how Python finds the end.
static mut METHODS: [PyMethodDef; 3] = [
    PyMethodDef {
        ml_name: c"count".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: count },
        ml_flags: METH_O,
        ml_doc: c"count(items, /)\n--\n\nThe number of items.".as_ptr(),
    },
    PyMethodDef {
        ml_name: c"largest".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunction: largest,
        },
        ml_flags: METH_O,
        ml_doc: c"largest(items, /)\n--\n\nThe largest item.".as_ptr(),
    },
    PyMethodDef::zeroed(),
];

/// What the module needs beyond its functions: nothing.
static mut SLOTS: [PyModuleDef_Slot; 1] = [PyModuleDef_Slot {
    slot: 0,
    value: ptr::null_mut(),
}];

static mut MODULE: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"by_hand".as_ptr(),
    m_doc: c"Items and numbers, by hand.".as_ptr(),
    m_size: 0,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// Python calls this on `import by_hand`.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_by_hand() -> *mut PyObject {
    // SAFETY: the definition is valid, and only Python touches it.
    unsafe { PyModuleDef_Init(&raw mut MODULE) }
}
