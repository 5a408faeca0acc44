//! Asks the harness for a child.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::protocol::{Native, Request};
use super::{Run, ZygoteSpec};

/// The request for a child, as a line.
pub(super) fn request(id: u64, run: &Run, spec: &ZygoteSpec) -> String {
    let mut env: BTreeMap<String, Native> = run
        .env
        .iter()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.clone().into()))
        .collect();
    let site = spec.dir.join("site");
    // What a test starts as a program of its own has to find the same modules.
    let mut path: Vec<PathBuf> = run.path.clone();
    if run.uses_site {
        path.insert(0, site.clone());
    }
    if let Some(present) = spec.env.get(std::ffi::OsStr::new("PYTHONPATH")) {
        path.extend(std::env::split_paths(present));
    }
    // A directory with a colon in its name cannot be passed on; the run's own `sys.path` has it all the same.
    if let Ok(joined) = std::env::join_paths(&path) {
        env.insert("PYTHONPATH".to_owned(), joined.into());
    }
    let request = Request::Prepare {
        id,
        cwd: Native::from(&*run.cwd),
        args: run.args.iter().cloned().map(Native::from).collect(),
        path: run.path.iter().map(|dir| Native::from(&**dir)).collect(),
        env,
        site: run
            .uses_site
            .then(|| Native::from(&*site.join("sitecustomize.py"))),
        own: run.own.iter().map(|dir| Native::from(&**dir)).collect(),
        trace: Native::from(&*run.trace),
        early: run.early,
        limit: run.limit.as_secs_f64(),
    };
    serde_json::to_string(&request).unwrap_or_default()
}
