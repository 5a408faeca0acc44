//! What a WebAssembly module says beyond what every binary does.

use serde::Serialize;

/// Facts specific to WebAssembly modules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wasm {
    /// How many bytes of memory its data takes (`dylink.0`); `None` if it isn't a side module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_size: Option<u64>,
    /// How many entries it adds to the table of functions (`dylink.0`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_size: Option<u64>,
    /// The WebAssembly features that its code uses, such as `simd128` (`target_features`).
    pub features: Vec<String>,
}
