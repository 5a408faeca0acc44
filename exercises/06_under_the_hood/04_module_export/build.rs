fn main() {
    // TODO: so far, `src/lib.rs` doesn't learn for which Python it's compiled.
    pyo3_build_config::add_extension_module_link_args();
}
