//! What it costs to send a parcel, without PyO3.

use std::ffi::c_long;
use std::ptr;

use pyo3_ffi::*;

// ANCHOR: postage
/// `postage(grams)`, in cents.
unsafe extern "C" fn postage(_module: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    let mut grams: c_long = 0;
    // SAFETY: Python passes a tuple, and `l` stands for a C `long`.
    if unsafe { PyArg_ParseTuple(args, c"l:postage".as_ptr(), &raw mut grams) } == 0 {
        return ptr::null_mut(); // It has set the exception.
    }
    if grams <= 0 {
        // SAFETY: the thread is attached, as in every function that Python calls.
        unsafe { PyErr_SetString(PyExc_ValueError, c"a parcel has a weight".as_ptr()) };
        return ptr::null_mut();
    }
    // SAFETY: as above.
    unsafe { PyLong_FromLong(85 + grams / 100 * 15) }
}
// ANCHOR_END: postage

// ANCHOR: broken
/// Forgets to say what is wrong.
unsafe extern "C" fn insure(_module: *mut PyObject, _parcel: *mut PyObject) -> *mut PyObject {
    ptr::null_mut()
}

/// Says that something is wrong, but returns a result anyway.
unsafe extern "C" fn track(_module: *mut PyObject, parcel: *mut PyObject) -> *mut PyObject {
    // SAFETY: the parcel is a valid object, and the thread is attached.
    unsafe {
        PyErr_SetString(PyExc_ValueError, c"it's on its way".as_ptr());
        Py_NewRef(parcel)
    }
}

/// The name of the parcel's type. It keeps a reference that it doesn't need.
unsafe extern "C" fn kind(_module: *mut PyObject, parcel: *mut PyObject) -> *mut PyObject {
    // SAFETY: as above.
    unsafe {
        Py_INCREF(parcel);
        PyType_GetName(Py_TYPE(parcel))
    }
}
// ANCHOR_END: broken

// ANCHOR: table
static mut METHODS: [PyMethodDef; 5] = [
    PyMethodDef {
        ml_name: c"postage".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunction: postage,
        },
        ml_flags: METH_VARARGS,
        ml_doc: c"postage(grams, /)\n--\n\nWhat it costs to send a parcel, in cents.".as_ptr(),
    },
    with_one_argument(c"insure", insure),
    with_one_argument(c"track", track),
    with_one_argument(c"kind", kind),
    PyMethodDef::zeroed(), // the end
];
// ANCHOR_END: table

const fn with_one_argument(name: &std::ffi::CStr, function: PyCFunction) -> PyMethodDef {
    PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunction: function,
        },
        ml_flags: METH_O,
        ml_doc: ptr::null(),
    }
}

// ANCHOR: module
static mut SLOTS: [PyModuleDef_Slot; 1] = [PyModuleDef_Slot {
    slot: 0, // the end
    value: ptr::null_mut(),
}];

static mut MODULE: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"post_office".as_ptr(),
    m_doc: c"Parcels and what they cost.".as_ptr(),
    m_size: 0,
    m_methods: (&raw mut METHODS).cast(),
    m_slots: (&raw mut SLOTS).cast(),
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

#[unsafe(no_mangle)]
pub extern "C" fn PyInit_post_office() -> *mut PyObject {
    // SAFETY: the definition is valid, and only Python touches it.
    unsafe { PyModuleDef_Init(&raw mut MODULE) }
}
// ANCHOR_END: module
