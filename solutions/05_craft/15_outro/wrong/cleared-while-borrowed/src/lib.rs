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
    use std::mem;

    use pyo3::exceptions::PyException;
    use pyo3::gc::{PyTraverseError, PyVisit};
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::{Closed, QueueError, TaskFailed};

    /// Sends a warning to the logger `task_queue`. Its handlers are Python code.
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
            self.check_open()?;
            self.tasks.push_back((name, task));
            Ok(())
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
        fn run(slf: &Bound<'_, Self>) -> PyResult<Vec<Py<PyAny>>> {
            {
                let mut queue = slf.borrow_mut();
                queue.check_open()?;
                if mem::replace(&mut queue.is_running, true) {
                    return Err(QueueError::new_err("the queue is running already"));
                }
            }
            let results = run_all(slf);
            slf.borrow_mut().is_running = false;
            results
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
            let result = match error {
                None => Queue::run(slf).map(drop),
                Some(_) => Ok(()),
            };
            let mut queue = slf.borrow_mut();
            queue.is_closed = true;
            queue.tasks.clear();
            result.map(|()| false)
        }

        fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
            self.tasks.iter().try_for_each(|(_, task)| visit.call(task))
        }

        fn __clear__(&mut self) {
            self.tasks.clear();
        }
    }

    impl Queue {
        fn check_open(&self) -> PyResult<()> {
            if self.is_closed {
                return Err(Closed::new_err("the queue is closed"));
            }
            Ok(())
        }
    }

    fn run_all(queue: &Bound<'_, Queue>) -> PyResult<Vec<Py<PyAny>>> {
        let py = queue.py();
        let mut results = Vec::new();
        loop {
            py.check_signals()?;
            let next = queue.borrow_mut().tasks.pop_front();
            let Some((name, task)) = next else {
                return Ok(results);
            };
            match task.call0(py) {
                Ok(result) => results.push(result),
                Err(error) if error.is_instance_of::<PyException>(py) => {
                    warn(py, format!("{name} failed"))?;
                    let failed = TaskFailed::new_err(name);
                    failed.set_cause(py, Some(error));
                    return Err(failed);
                }
                Err(error) => return Err(error),
            }
        }
    }
}
