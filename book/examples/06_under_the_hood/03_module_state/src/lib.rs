//! The gate of a ferry, which counts pushes twice: once in a static, and once in the module's state.

use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3_ffi::*;

// ANCHOR: static
static EVERYWHERE: AtomicU64 = AtomicU64::new(0);
// ANCHOR_END: static

// ANCHOR: state
struct State {
    here: u64,
    on_push: *mut PyObject,
}

unsafe fn state_of(module: *mut PyObject) -> *mut State {
    // SAFETY: the caller passes a module object of this extension.
    unsafe { PyModule_GetState(module).cast() }
}
// ANCHOR_END: state

// ANCHOR: push
/// `push()` returns both counts, after it has called the callback, if there is one.
unsafe extern "C" fn push(module: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the thread is attached, and Python passes the module object.
    unsafe {
        let state = state_of(module);
        (*state).here += 1;
        let here = (*state).here;
        let everywhere = EVERYWHERE.fetch_add(1, Ordering::Relaxed) + 1;
        if !(*state).on_push.is_null() {
            // The callback may replace itself while it's running.
            let callback = Py_NewRef((*state).on_push);
            let result = PyObject_CallNoArgs(callback);
            Py_DECREF(callback);
            if result.is_null() {
                return ptr::null_mut();
            }
            Py_DECREF(result);
        }
        Py_BuildValue(c"(KK)".as_ptr(), here, everywhere)
    }
}
// ANCHOR_END: push

/// `on_push(callback)` has the callback called on each push from now on.
unsafe extern "C" fn on_push(module: *mut PyObject, callback: *mut PyObject) -> *mut PyObject {
    // SAFETY: as above.
    unsafe {
        let state = state_of(module);
        let before = ptr::replace(&raw mut (*state).on_push, Py_NewRef(callback));
        Py_XDECREF(before);
        Py_NewRef(Py_None())
    }
}

// ANCHOR: collected
unsafe extern "C" fn traverse(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the collector passes a module object of this extension.
    let callback = unsafe { (*state_of(module)).on_push };
    if callback.is_null() {
        return 0;
    }
    // SAFETY: the collector passes the function together with its argument.
    unsafe { visit(callback, arg) }
}

unsafe extern "C" fn clear(module: *mut PyObject) -> c_int {
    // SAFETY: as above.
    unsafe { Py_CLEAR(&raw mut (*state_of(module)).on_push) };
    0
}

unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: as above.
    unsafe { clear(module.cast()) };
}
// ANCHOR_END: collected

static mut METHODS: [PyMethodDef; 3] = [
    PyMethodDef {
        ml_name: c"push".as_ptr(),
        ml_meth: PyMethodDefPointer { PyCFunction: push },
        ml_flags: METH_NOARGS,
        ml_doc: c"push()\n--\n\nLets one person in.".as_ptr(),
    },
    PyMethodDef {
        ml_name: c"on_push".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunction: on_push,
        },
        ml_flags: METH_O,
        ml_doc: c"on_push(callback, /)\n--\n\nCalls something on each push.".as_ptr(),
    },
    PyMethodDef::zeroed(),
];

// ANCHOR: slots
/// Called for each new module object.
unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: the thread is attached, and Python passes the module object.
    unsafe { PyModule_AddIntConstant(module, c"ARMS".as_ptr(), 3) }
}

static mut SLOTS: [PyModuleDef_Slot; 2 + cfg!(Py_3_12) as usize] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: exec as *mut c_void,
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
// ANCHOR_END: slots

// ANCHOR: module
static mut MODULE: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"ferry_gate".as_ptr(),
    m_doc: c"Counts people.".as_ptr(),
    m_size: size_of::<State>() as Py_ssize_t,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: Some(traverse),
    m_clear: Some(clear),
    m_free: Some(free),
};
// ANCHOR_END: module

#[unsafe(no_mangle)]
pub extern "C" fn PyInit_ferry_gate() -> *mut PyObject {
    // SAFETY: the definition is valid, and only Python touches it.
    unsafe { PyModuleDef_Init(&raw mut MODULE) }
}
