//! Cargo runs this program before it compiles the crate.

fn main() {
    pyo3_build_config::add_libpython_rpath_link_args();
}
