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
    // SAFETY: Python passes valid objects, and the thread is attached. Each reference that this function owns is given away or dropped.
    unsafe {
        let iterator = PyObject_GetIter(items);
        if iterator.is_null() {
            return ptr::null_mut();
        }
        let best = largest_of(iterator);
        Py_DECREF(iterator);
        best
    }
}

unsafe fn largest_of(iterator: *mut PyObject) -> *mut PyObject {
    // SAFETY: as in `largest`. `best` is null or a reference that this function owns.
    unsafe {
        let mut best: *mut PyObject = ptr::null_mut();
        loop {
            let item = PyIter_Next(iterator);
            if item.is_null() {
                break;
            }
            let is_larger = if best.is_null() {
                1
            } else {
                PyObject_RichCompareBool(item, best, Py_GT)
            };
            match is_larger {
                1 => {
                    Py_XDECREF(best);
                    best = item;
                }
                0 => Py_DECREF(item),
                _ => {
                    Py_DECREF(item);
                    Py_XDECREF(best);
                    return ptr::null_mut();
                }
            }
        }
        // Null is the end of the items, or an exception.
        if !PyErr_Occurred().is_null() {
            Py_XDECREF(best);
            return ptr::null_mut();
        }
        best
    }
}

/// A number between two others.
unsafe extern "C" fn interpolate(
    _module: *mut PyObject,
    args: *mut *mut PyObject,
    count: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: Python passes as many arguments as it says, and they are valid objects.
    unsafe {
        if count != 3 {
            let message = c"interpolate() takes 3 arguments";
            PyErr_SetString(PyExc_TypeError, message.as_ptr());
            return ptr::null_mut();
        }
        let mut numbers = [0.0; 3];
        for (index, number) in numbers.iter_mut().enumerate() {
            *number = PyFloat_AsDouble(*args.add(index));
            // -1.0 is what it returns on failure, and a number like any other.
            if *number == -1.0 && !PyErr_Occurred().is_null() {
                return ptr::null_mut();
            }
        }
        let [low, high, part] = numbers;
        PyFloat_FromDouble(low + (high - low) * part)
    }
}

/// The functions of the module. The last entry is empty, because that's how Python finds the end.
static mut METHODS: [PyMethodDef; 4] = [
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
    PyMethodDef {
        ml_name: c"interpolate".as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunctionFast: interpolate,
        },
        ml_flags: METH_FASTCALL,
        ml_doc: c"interpolate(low, high, part, /)\n--\n\nA number between two others.".as_ptr(),
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
