//! The wind, by hand.

use std::ptr;

use pyo3_ffi::*;

// ANCHOR: methods
static mut METHODS: [PyMethodDef; 2] = [
    PyMethodDef {
        ml_name: c"force".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: force },
        ml_flags: METH_O,
        ml_doc: c"The Beaufort number of a wind, in metres per second.".as_ptr(),
    },
    PyMethodDef::zeroed(),
];
// ANCHOR_END: methods

/// `force(speed)`
extern "C" fn force(_module: *mut PyObject, speed: *mut PyObject) -> *mut PyObject {
    const LIMITS: [f64; 12] = [
        0.5, 1.6, 3.4, 5.5, 8.0, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7,
    ];
    // SAFETY: Python passes a valid object, and the thread is attached.
    unsafe {
        let speed = PyFloat_AsDouble(speed);
        if speed == -1.0 && !PyErr_Occurred().is_null() {
            return ptr::null_mut();
        }
        let force = LIMITS.iter().filter(|limit| speed >= **limit).count();
        PyLong_FromSize_t(force)
    }
}

// ANCHOR: init
static mut DEFINITION: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"beaufort".as_ptr(),
    m_doc: c"The wind.".as_ptr(),
    m_size: 0,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: ptr::null_mut(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

#[unsafe(no_mangle)]
pub extern "C" fn PyInit_beaufort() -> *mut PyObject {
    // SAFETY: the definition is complete and lives as long as the process.
    unsafe { PyModuleDef_Init(&raw mut DEFINITION) }
}
// ANCHOR_END: init

// ANCHOR: export
#[cfg(Py_3_15)]
PyABIInfo_VAR!(ABI);

#[cfg(Py_3_15)]
static mut SLOTS: [PySlot; 5] = [
    PySlot_STATIC_DATA(Py_mod_abi, (&raw mut ABI).cast()),
    PySlot_STATIC_DATA(Py_mod_name, c"beaufort".as_ptr().cast_mut().cast()),
    PySlot_STATIC_DATA(Py_mod_doc, c"The wind.".as_ptr().cast_mut().cast()),
    PySlot_STATIC_DATA(Py_mod_methods, (&raw mut METHODS).cast()),
    PySlot_END(),
];

#[cfg(Py_3_15)]
#[unsafe(no_mangle)]
pub extern "C" fn PyModExport_beaufort() -> *mut PySlot {
    (&raw mut SLOTS).cast()
}
// ANCHOR_END: export
