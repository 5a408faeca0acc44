//! Tasks that run one after the other, and everything that can happen to them.

use pyo3::exceptions::PyException;

pyo3::create_exception!(
    task_queue,
    QueueError,
    PyException,
    "Something about a queue."
);
pyo3::create_exception!(
    task_queue,
    Closed,
    QueueError,
    "The queue accepts nothing any more."
);
pyo3::create_exception!(
    task_queue,
    TaskFailed,
    QueueError,
    "The task of this name raised an exception, which is the cause of this one."
);

#[pyo3::pymodule]
mod task_queue {
    use std::collections::VecDeque;

    use pyo3::prelude::*;

    #[pymodule_export]
    use super::{Closed, QueueError, TaskFailed};

    /// Sends a warning to the logger `task_queue`. Its handlers are Python code.
    // TODO: `run` will need it. Then you can remove this line.
    #[allow(dead_code)]
    fn warn(py: Python<'_>, message: String) -> PyResult<()> {
        let logging = py.import("logging")?;
        let logger = logging.call_method1("getLogger", ("task_queue",))?;
        logger.call_method1("warning", ("%s", message)).map(drop)
    }

    /// Tasks that run in the order in which they were put. A task is a Python object that is called without arguments.
    ///
    /// Tasks, log handlers and finalizers are Python code, and all of them may use the queue.
    #[pyclass]
    #[derive(Default)]
    struct Queue {
        tasks: VecDeque<(String, Py<PyAny>)>,
        is_running: bool,
        is_closed: bool,
    }

    #[pymethods]
    impl Queue {
        #[new]
        fn new() -> Self {
            Queue::default()
        }

        /// How many tasks wait.
        fn __len__(&self) -> usize {
            self.tasks.len()
        }

        /// Adds a task at the end. If the queue is closed, that's `Closed`.
        fn put(&mut self, name: String, task: Py<PyAny>) -> PyResult<()> {
            todo!("add {name:?} and {task:?}")
        }

        /// Runs tasks until none is left, with those that are put meanwhile, and returns their results in order.
        ///
        /// - A closed queue is `Closed`. A queue that is running already is a `QueueError`.
        /// - If a task raises an `Exception`, "NAME failed" is logged as a warning, and the run ends with a `TaskFailed` for
        ///   the name, with that exception as the cause.
        /// - All other exceptions, such as a `KeyboardInterrupt`, reach the caller as they are.
        /// - Before each task, Python may handle signals. So Ctrl-C ends the run between two tasks.
        ///
        /// However a run ends, the tasks that haven't begun stay in the queue, and the next run continues with them.
        // TODO: may the queue be borrowed while a task runs?
        fn run(&mut self, py: Python<'_>) -> PyResult<Vec<Py<PyAny>>> {
            todo!("run {:?} on Python {}", self.tasks, py.version())
        }

        fn __enter__(slf: Py<Self>) -> Py<Self> {
            slf
        }

        /// A block that ends normally runs the tasks. After an exception they don't run, and the exception goes on. In both
        /// cases, and even if a task fails, the queue is closed and empty afterwards.
        fn __exit__(
            slf: &Bound<'_, Self>,
            _kind: &Bound<'_, PyAny>,
            error: Option<&Bound<'_, PyAny>>,
            _traceback: &Bound<'_, PyAny>,
        ) -> PyResult<bool> {
            todo!("close {slf} after {error:?}")
        }

        // TODO: a task may refer to the queue that holds it. Who frees the two?
    }
}
