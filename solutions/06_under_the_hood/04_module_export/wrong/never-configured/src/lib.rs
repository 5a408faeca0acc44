//! Leap years, by hand.

use std::ffi::{c_int, c_long, c_void};
use std::ptr;

use pyo3_ffi::*;

static mut METHODS: [PyMethodDef; 2] = [
    PyMethodDef {
        ml_name: c"is_leap".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunction: is_leap,
        },
        ml_flags: METH_O,
        ml_doc: c"Whether a year has a 29th of February.".as_ptr(),
    },
    PyMethodDef::zeroed(),
];

/// `is_leap(year)`
extern "C" fn is_leap(_module: *mut PyObject, year: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes a valid object, and the thread is attached.
    unsafe {
        let year = PyLong_AsLong(year);
        if year == -1 && !PyErr_Occurred().is_null() {
            return ptr::null_mut();
        }
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        PyBool_FromLong(c_long::from(is_leap))
    }
}

/// Fills a new module. Python calls it once for each.
extern "C" fn fill(module: *mut PyObject) -> c_int {
    // SAFETY: Python passes the module, and the thread is attached.
    unsafe { PyModule_AddIntConstant(module, c"FIRST".as_ptr(), 1582) }
}

static mut SLOTS: [PyModuleDef_Slot; 2] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: fill as *mut c_void,
    },
    PyModuleDef_Slot {
        slot: 0,
        value: ptr::null_mut(),
    },
];

static mut DEFINITION: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"module_export".as_ptr(),
    m_doc: c"Leap years.".as_ptr(),
    m_size: 0,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// What every Python looks for.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_module_export() -> *mut PyObject {
    // SAFETY: the definition is complete and lives as long as the process.
    unsafe { PyModuleDef_Init(&raw mut DEFINITION) }
}

#[cfg(Py_3_15)]
PyABIInfo_VAR!(ABI);

#[cfg(Py_3_15)]
static mut EXPORTED: [PySlot; 6] = [
    PySlot_STATIC_DATA(Py_mod_abi, (&raw mut ABI).cast()),
    PySlot_STATIC_DATA(Py_mod_name, c"module_export".as_ptr().cast_mut().cast()),
    PySlot_STATIC_DATA(Py_mod_doc, c"Leap years.".as_ptr().cast_mut().cast()),
    PySlot_STATIC_DATA(Py_mod_methods, (&raw mut METHODS).cast()),
    // SAFETY: this is a function, of the type that the slot wants.
    unsafe { PySlot_FUNC(Py_mod_exec, fill as *mut c_void) },
    PySlot_END(),
];

/// What Python 3.15 looks for first.
#[cfg(Py_3_15)]
#[unsafe(no_mangle)]
pub extern "C" fn PyModExport_module_export() -> *mut PySlot {
    (&raw mut EXPORTED).cast()
}
