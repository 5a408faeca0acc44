// ANCHOR: all
use pyo3::Python;

fn main() {
    Python::initialize();
    for expression in std::env::args().skip(1) {
        match expressions::evaluate(&expression) {
            Ok(result) => println!("{result}"),
            Err(message) => println!("failed: {message}"),
        }
    }
}
// ANCHOR_END: all
