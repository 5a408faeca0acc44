//! Cargo runs this program before it compiles the crate.

fn main() {
    pyo3_build_config::add_libpython_rpath_link_args();

    // For the tests: that Python, and where its library is.
    let config = pyo3_build_config::get();
    let python = config.executable().unwrap_or_default();
    let libraries = config.lib_dir().unwrap_or_default();
    println!("cargo::rustc-env=TEST_PYTHON={python}");
    println!("cargo::rustc-env=TEST_LIBRARIES={libraries}");
}
