//! Values that must not reach other threads.

use super::{Mistake, each_is_one_finding};

const MISTAKES: [Mistake; 7] = [
    Mistake {
        source: "use std::sync::Mutex;
static HANDLER: Mutex<Option<Bound<'static, PyAny>>> = Mutex::new(None);
",
        place: "3:17",
        help: "keep a `Py`, as in `Py<PyAny>`, made by `.unbind()`",
    },
    Mistake {
        source: "use std::sync::Mutex;
#[pyclass]
struct C { n: Mutex<u32> }
#[pymethods]
impl C {
    fn up(&self, py: Python<'_>) { *py.detach(|| self.n.lock().unwrap()) += 1; }
}
",
        place: "7:40",
        help: "`lock_py_attached(py)` (with `use pyo3::sync::MutexExt;`)",
    },
    Mistake {
        source: "use std::cell::OnceCell;
#[pyclass]
struct C { n: OnceCell<u32> }
",
        place: "4:8",
        help: "`PyOnceLock` of `pyo3::sync`",
    },
    Mistake {
        source: "use std::cell::Cell;
#[pyclass]
struct C { n: Cell<u64> }
",
        place: "4:8",
        help: "take `AtomicU64` in the place of `Cell<u64>`",
    },
    Mistake {
        source: "use std::rc::Rc;
#[pyclass]
struct C { n: Rc<u64> }
",
        place: "4:8",
        help: "take `Arc` in the place of `Rc`",
    },
    Mistake {
        source: "use std::cell::RefCell;
#[pyclass]
struct C { n: RefCell<u64> }
",
        place: "4:8",
        help: "`Mutex` in the place of `RefCell`",
    },
    Mistake {
        source: "use std::cell::OnceCell;
static TABLE: OnceCell<u64> = OnceCell::new();
",
        place: "3:15",
        help: "any thread may use a `static`",
    },
];

#[test]
fn each_mistake_is_one_finding_with_help() {
    each_is_one_finding("compile-errors-of-threads", &MISTAKES);
}
