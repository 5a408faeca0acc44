//! Modules that runs were seen to load late, kept for the next harness.

use std::path::PathBuf;

use super::ZygoteSpec;
use crate::system::System;

/// More modules than this are not one course's own.
const MOST: usize = 500;

/// The modules to load before the first run, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Preloads {
    pub(super) modules: Vec<String>,
}

impl Preloads {
    /// What was noted for an interpreter.
    pub(super) fn read(system: &dyn System, spec: &ZygoteSpec) -> Self {
        let modules = system
            .read(&file(spec))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        Self { modules }
    }

    /// Notes further ones.
    pub(super) fn add(mut self, system: &dyn System, spec: &ZygoteSpec, modules: &[String]) {
        self.modules.extend_from_slice(modules);
        self.modules.sort();
        self.modules.dedup();
        self.modules.truncate(MOST);
        if let Ok(text) = serde_json::to_vec(&self.modules) {
            // Without it the next harness starts a little later.
            let _ = system.write(&file(spec), &text);
        }
    }
}

fn file(spec: &ZygoteSpec) -> PathBuf {
    let digest = blake3::hash(spec.python.as_os_str().as_encoded_bytes()).to_hex();
    spec.dir.join(format!("preload-{}.json", &digest[..12]))
}
