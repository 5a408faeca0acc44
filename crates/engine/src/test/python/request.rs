//! Builds the request for a child of the harness.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use super::protocol::{Child, Native, Request, Wanted};
use super::{Run, ZygoteSpec, files};

/// The variables of a run in addition to the harness's own. Python processes that a test starts have to find the same modules.
pub(crate) fn variables(run: &Run, spec: &ZygoteSpec) -> BTreeMap<OsString, OsString> {
    let mut env = run.env.clone();
    // A directory with a colon in its name can't be passed on, but the run's own `sys.path` still has it.
    for (name, dirs) in [("WR_PATH", &run.path), ("WR_LATE_PATH", &run.late_path)] {
        if let Ok(joined) = std::env::join_paths(dirs) {
            env.insert(name.into(), joined);
        }
    }
    let mut path: Vec<PathBuf> = vec![files::site(&spec.dir)];
    if let Some(present) = spec.env.get(OsStr::new("PYTHONPATH")) {
        path.extend(std::env::split_paths(present));
    }
    if let Ok(joined) = std::env::join_paths(&path) {
        env.insert("PYTHONPATH".into(), joined);
    }
    env
}

/// The request for a child, as a line of JSON.
pub(super) fn request(id: u64, run: &Run, spec: &ZygoteSpec) -> String {
    let env: BTreeMap<String, Native> = variables(run, spec)
        .into_iter()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.into()))
        .collect();
    let natives =
        |dirs: &[PathBuf]| -> Vec<Native> { dirs.iter().map(|dir| Native::from(&**dir)).collect() };
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
