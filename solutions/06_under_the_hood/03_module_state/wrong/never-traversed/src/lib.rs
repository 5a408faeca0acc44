//! The guest book of a museum: how many guests there were, and who came last.

use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3_ffi::*;

/// What each module object has for itself. Python fills it with zeros.
struct State {
    /// How many guests there were.
    count: u64,
    /// The last guest, any Python object; or null.
    last: *mut PyObject,
}

/// The state of a module object of this extension.
unsafe fn state_of(module: *mut PyObject) -> *mut State {
    // SAFETY: the caller passes such a module object. Its state has the size of `State`.
    unsafe { PyModule_GetState(module).cast() }
}

/// `enter(guest)` remembers the guest and returns how many there were.
unsafe extern "C" fn enter(module: *mut PyObject, guest: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python passes valid objects, and the thread is attached.
    unsafe {
        let state = state_of(module);
        (*state).count += 1;
        let count = (*state).count;
        let before = ptr::replace(&raw mut (*state).last, Py_NewRef(guest));
        // This may call a destructor, which may call `enter`. By now everything is in order.
        Py_XDECREF(before);
        PyLong_FromUnsignedLongLong(count)
    }
}

/// `last()` is the last guest, or `None`.
unsafe extern "C" fn last(module: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: as above.
    unsafe {
        let last = (*state_of(module)).last;
        Py_NewRef(if last.is_null() { Py_None() } else { last })
    }
}

/// Python calls this for each new module object, and leaves an exception if it returns -1.
unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: as above.
    unsafe { PyModule_AddStringConstant(module, c"museum".as_ptr(), c"Museum of Tides".as_ptr()) }
}

/// Lets go of everything, because the garbage collector breaks a cycle.
unsafe extern "C" fn clear(module: *mut PyObject) -> c_int {
    // SAFETY: as above.
    unsafe {
        Py_CLEAR(&raw mut (*state_of(module)).last);
    }
    0
}

/// The module object goes away, and with it its state.
unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: as above.
    unsafe {
        clear(module.cast());
    }
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
const SLOT_COUNT: usize = if cfg!(Py_3_12) { 3 } else { 2 };

static mut SLOTS: [PyModuleDef_Slot; SLOT_COUNT] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: exec as *mut _,
    },
    #[cfg(Py_3_12)]
    PyModuleDef_Slot {
        slot: Py_mod_multiple_interpreters,
        value: Py_MOD_PER_INTERPRETER_GIL_SUPPORTED,
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
    m_size: size_of::<State>() as Py_ssize_t,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: Some(clear),
    m_free: Some(free),
};

#[unsafe(no_mangle)]
pub extern "C" fn PyInit_module_state() -> *mut PyObject {
    // SAFETY: the definition is valid, and only Python touches it.
    unsafe { PyModuleDef_Init(&raw mut MODULE) }
}
