//! Builds the request for a child of the harness.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::protocol::{Child, Native, Request, Wanted};
use super::{Run, ZygoteSpec, files};

/// The request for a child, as a line of JSON.
pub(super) fn request(id: u64, run: &Run, spec: &ZygoteSpec) -> String {
    let mut env: BTreeMap<String, Native> = run
        .env
        .iter()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.clone().into()))
        .collect();
    let site = files::site(&spec.dir);
    // Python processes that a test starts have to find the same modules. A directory with a colon in its name can't be passed on,
    // but the run's own `sys.path` still has it.
    for (name, dirs) in [("WR_PATH", &run.path), ("WR_LATE_PATH", &run.late_path)] {
        if let Ok(joined) = std::env::join_paths(dirs) {
            env.insert(name.to_owned(), joined.into());
        }
    }
    let natives =
        |dirs: &[PathBuf]| -> Vec<Native> { dirs.iter().map(|dir| Native::from(&**dir)).collect() };
    let mut path: Vec<PathBuf> = vec![site.clone()];
    if let Some(present) = spec.env.get(std::ffi::OsStr::new("PYTHONPATH")) {
        path.extend(std::env::split_paths(present));
    }
    if let Ok(joined) = std::env::join_paths(&path) {
        env.insert("PYTHONPATH".to_owned(), joined.into());
    }
    let child = Child {
        id,
        cwd: Native::from(&*run.cwd),
        args: run.args.iter().cloned().map(Native::from).collect(),
        path: natives(&run.path),
        late_path: natives(&run.late_path),
        env,
        site: Native::from(&*files::sitecustomize(&spec.dir)),
        module: run.module.as_ref().map(|(module, home)| Wanted {
            module: module.clone(),
            home: Native::from(&**home),
            packages: [natives(&run.path), natives(&run.late_path)].concat(),
        }),
        own: natives(&run.own),
        trace: Native::from(&*run.trace),
        early: run.early,
        limit: run.limit.as_secs_f64(),
    };
    serde_json::to_string(&Request::Prepare(Box::new(child))).unwrap_or_default()
}
