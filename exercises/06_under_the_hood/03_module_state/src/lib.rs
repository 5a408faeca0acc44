//! The guest book of a museum: how many guests there were, and who came last.

use std::ffi::c_int;
use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

use pyo3_ffi::*;

// TODO: these two exist once per process. Let each module object have its own.

/// How many guests there were.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The last guest, any Python object; or null.
static LAST: AtomicPtr<PyObject> = AtomicPtr::new(ptr::null_mut());

/// `enter(guest)` remembers the guest and returns how many there were.
unsafe extern "C" fn enter(_module: *mut PyObject, guest: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes valid objects, and the thread is attached.
    unsafe {
        let count = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
        let before = LAST.swap(Py_NewRef(guest), Ordering::Relaxed);
        // This may call a destructor, which may call `enter`. By now everything is in order.
        Py_XDECREF(before);
        PyLong_FromUnsignedLongLong(count)
    }
}

/// `last()` is the last guest, or `None`.
unsafe extern "C" fn last(_module: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: as above.
    unsafe {
        let last = LAST.load(Ordering::Relaxed);
        Py_NewRef(if last.is_null() { Py_None() } else { last })
    }
}

/// Python calls this for each new module object, and leaves an exception if it returns -1.
unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: as above.
    unsafe { PyModule_AddStringConstant(module, c"museum".as_ptr(), c"Museum of Tides".as_ptr()) }
}

static mut METHODS: [PyMethodDef; 3] = [
    PyMethodDef {
        ml_name: c"enter".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: enter },
        ml_flags: METH_O,
        ml_doc: c"enter(guest, /)\n--\n\nRemembers a guest.".as_ptr(),
    },
    PyMethodDef {
        ml_name: c"last".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: last },
        ml_flags: METH_NOARGS,
        ml_doc: c"last()\n--\n\nThe last guest.".as_ptr(),
    },
    PyMethodDef::zeroed(),
];

/// The number of slots, the one that ends the list included.
const SLOT_COUNT: usize = 2;

// TODO: from 3.12 on, say that every interpreter may load the module. `#[cfg(Py_3_12)]` works in front of an element, too.
static mut SLOTS: [PyModuleDef_Slot; SLOT_COUNT] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: exec as *mut _,
    },
    PyModuleDef_Slot {
        slot: 0,
        value: ptr::null_mut(),
    },
];

static mut MODULE: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"module_state".as_ptr(),
    m_doc: c"A guest book.".as_ptr(),
    m_size: 0,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

#[unsafe(no_mangle)]
pub extern "C" fn PyInit_module_state() -> *mut PyObject {
    // SAFETY: the definition is valid, and only Python touches it.
    unsafe { PyModuleDef_Init(&raw mut MODULE) }
}
