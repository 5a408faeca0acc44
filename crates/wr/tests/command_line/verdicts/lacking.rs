//! Extensions that lack something Python requires: real messages of Python and PyO3, and what `wr` makes of them.

use testkit::{Extension, workshop};

use super::check_extension;

const LACKING: &str = r"
use pyo3::prelude::*;

#[pymodule]
mod MODULE {
    use pyo3::prelude::*;

    const VAT: u64 = 20;

    use super::gross as with_vat;

    #[pyclass(eq)]
    #[derive(PartialEq)]
    struct Cart {
        #[pyo3(get)]
        size: u32,
    }

    #[pymethods]
    impl Cart {
        #[new]
        fn new(size: u32) -> Self {
            Self { size }
        }

        fn mean(&self) -> u32 {
            with_vat(self.size)
        }

        fn parse(&self, _text: &str) {}
    }

    #[pyclass]
    struct Closed;

    #[pyfunction]
    fn joined(parts: Vec<String>) -> String {
        let _ = VAT;
        parts.concat()
    }

    #[pyfunction]
    fn total(parts: Vec<u32>) -> u32 {
        parts.into_iter().sum()
    }

    #[pyfunction]
    fn doubled(of: u32) -> u32 {
        2 * of
    }

    #[pyfunction]
    fn item(parts: Vec<u32>, at: usize) -> u32 {
        parts[at]
    }
}

#[pyfunction]
fn gross(net: u32) -> u32 {
    net
}
";

/// Each line is a separate test, with the expected explanation.
const ASKED: [(&str, &str); 20] = [
    (
        "type('Own', (m.Cart,), {})",
        "`#[pyclass(subclass)]` above `Cart`",
    ),
    ("setattr(m.Cart(1), 'size', 2)", "`#[setter]`"),
    ("{m.Cart(1)}", "`#[pyclass(eq, hash, frozen)]`"),
    ("m.Cart(1) < m.Cart(2)", "`#[pyclass(eq, ord)]`"),
    ("m.Cart(1) >= 2", "give `Cart` a `__ge__` that"),
    ("len(m.Cart(1))", "give `Cart` a `__len__`"),
    ("list(m.Cart(1))", "give `Cart` an `__iter__`"),
    (
        "m.Cart.parse('a')",
        "is `#[staticmethod]` or `#[classmethod]` missing",
    ),
    (
        "assert m.Cart(1).mean == 1",
        "is `#[getter]` missing above it?",
    ),
    (
        "m.joined(3)",
        "the argument `parts` doesn't fit: got `int`, expected `Sequence`",
    ),
    (
        "m.joined(p for p in 'ab')",
        "got `generator`, expected `Sequence`",
    ),
    ("m.joined([True])", "got `bool`, expected `str`"),
    (
        "m.doubled(-1)",
        "the argument `of` doesn't fit its Rust integer type",
    ),
    (
        "m.total([2**32 - 1, 1])",
        "panicked inside the standard library, called at sample/tests/test_sample.py",
    ),
    ("m.doubled(2**31)", "`checked_mul`"),
    ("m.item([], 0)", "use `.get(..)`"),
    ("m.VAT", "write `#[pymodule_export]` above `const VAT`"),
    (
        "m.with_vat(1)",
        "`as` renames only for Rust: write `#[pymodule_export]` above `use super::gross as with_vat;`",
    ),
    ("m.Closed()", "the class `Closed` has no constructor"),
    ("m.Closed(1)", "also sample/tests/test_sample.py::test_19"),
];

#[test]
fn pythons_complaint_leads_to_what_to_write() {
    let at = workshop!("ext-lacking");
    let tests = ASKED.iter().enumerate().fold(
        "import MODULE as m\n".to_owned(),
        |tests, (number, (line, _))| format!("{tests}\n\ndef test_{number}():\n    {line}\n"),
    );
    let extension = Extension::named_after(&at).source(LACKING).tests(&tests);
    let gist = check_extension(&at, &extension);
    assert_eq!(gist.status, "tests_fail", "{gist:?}");
    for (_, expect) in ASKED {
        gist.mentions(expect);
    }
    gist.mentions("while processing 'of'");
}
