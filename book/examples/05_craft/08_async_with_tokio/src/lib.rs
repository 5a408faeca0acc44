//! A teapot that boils in a tokio runtime, for an asyncio program.

#[pyo3::pymodule]
mod teapot {
    use std::time::Duration;

    use pyo3::prelude::*;
    use pyo3_async_runtimes::tokio::{
        future_into_py, get_current_locals, get_runtime, into_future, scope,
    };
    use tokio::runtime::Builder;
    use tokio::time::sleep;

    // ANCHOR: settle
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        // With one thread for it, results reach Python one after the other.
        let mut runtime = Builder::new_multi_thread();
        runtime.enable_all().max_blocking_threads(1);
        pyo3_async_runtimes::tokio::init(runtime);

        let atexit = module.py().import("atexit")?;
        let settle = wrap_pyfunction!(settle, module)?;
        atexit.call_method1("register", (settle,)).map(drop)
    }

    /// Waits until the results that are on their way have arrived.
    #[pyfunction]
    fn settle(py: Python<'_>) {
        let last = get_runtime().spawn_blocking(|| {});
        py.detach(|| get_runtime().block_on(last))
            .expect("nothing panics");
    }
    // ANCHOR_END: settle

    // ANCHOR: blocking
    #[pyfunction]
    fn boil_blocking(millis: u64) -> String {
        get_runtime().block_on(async {
            sleep(Duration::from_millis(millis)).await;
            format!("hot after {millis} ms")
        })
    }
    // ANCHOR_END: blocking

    // ANCHOR: boil
    #[pyfunction]
    fn boil(py: Python<'_>, millis: u64) -> PyResult<Bound<'_, PyAny>> {
        future_into_py(py, async move {
            sleep(Duration::from_millis(millis)).await;
            Ok(format!("hot after {millis} ms"))
        })
    }
    // ANCHOR_END: boil

    // ANCHOR: serve
    /// Boils water, and then awaits `pour(cup)` for each cup.
    #[pyfunction]
    fn serve(py: Python<'_>, pour: Py<PyAny>, cups: Vec<u32>) -> PyResult<Bound<'_, PyAny>> {
        future_into_py(py, async move {
            sleep(Duration::from_millis(5)).await;
            let mut poured = Vec::new();
            for cup in cups {
                let pouring = Python::attach(|py| into_future(pour.bind(py).call1((cup,))?))?;
                poured.push(pouring.await?);
            }
            Ok(poured)
        })
    }
    // ANCHOR_END: serve

    // ANCHOR: spawned
    #[pyfunction]
    fn serve_aside(py: Python<'_>, pour: Py<PyAny>, cup: u32) -> PyResult<Bound<'_, PyAny>> {
        let locals = get_current_locals(py)?;
        future_into_py(py, async move {
            let served = tokio::spawn(scope(locals, async move {
                Python::attach(|py| into_future(pour.bind(py).call1((cup,))?))?.await
            }));
            served.await.expect("serving doesn't panic")
        })
    }
    // ANCHOR_END: spawned

    // ANCHOR: broken
    #[pyfunction]
    fn boil_dry(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        future_into_py::<_, ()>(py, async { panic!("no water") })
    }
    // ANCHOR_END: broken
}
