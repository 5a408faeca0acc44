//! A bakery that reports what it does.

#[pyo3::pymodule]
mod bakery {
    use std::sync::OnceLock;

    use log::{debug, info, warn};
    use pyo3::prelude::*;
    use pyo3_log::ResetHandle;

    // ANCHOR: printed
    #[pyfunction]
    fn bake_loudly(bread: &str, minutes: u32) -> u32 {
        eprintln!("baking {bread}");
        if minutes > 60 {
            eprintln!("{bread} has burnt");
        }
        minutes
    }
    // ANCHOR_END: printed

    // ANCHOR: init
    /// Lets go of what the bridge has remembered.
    static BRIDGE: OnceLock<ResetHandle> = OnceLock::new();

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        BRIDGE.get_or_init(pyo3_log::init);
        Ok(())
    }
    // ANCHOR_END: init

    // ANCHOR: bake
    #[pyfunction]
    fn bake(bread: &str, minutes: u32) -> u32 {
        info!("baking {bread}");
        for minute in 1..=minutes {
            debug!("minute {minute}");
        }
        if minutes > 60 {
            warn!(target: "bakery.fire", "{bread} has burnt");
        }
        minutes
    }
    // ANCHOR_END: bake

    // ANCHOR: levels_changed
    /// Call this after changing a level in Python.
    #[pyfunction]
    fn levels_changed() {
        if let Some(bridge) = BRIDGE.get() {
            bridge.reset();
        }
    }
    // ANCHOR_END: levels_changed
}
