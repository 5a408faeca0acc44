//! What only Rust can see: private functions, errors by their variant, and values before they become Python's.

use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::colour::{Colour, Flaw, mean, parse};
use crate::colours_in;

const ORANGE: Colour = Colour {
    red: 255,
    green: 128,
    blue: 0,
};
const NAVY: Colour = Colour {
    red: 1,
    green: 2,
    blue: 90,
};

#[test]
fn a_colour_has_three_parts() {
    assert_eq!(parse("#ff8000"), Ok(ORANGE));
    assert_eq!(parse("#FF8000"), Ok(ORANGE));
    assert_eq!(parse("#01025a"), Ok(NAVY));
}

#[test]
fn each_flaw_is_recognised() {
    for text in ["", "ff8000", "red", " #ff8000"] {
        assert_eq!(parse(text), Err(Flaw::Hash), "{text:?}");
    }
    for (text, digit) in [
        ("#ff800o", 'o'),
        ("#é", 'é'),
        ("#+12345", '+'),
        ("#ff 80 00", ' '),
    ] {
        assert_eq!(parse(text), Err(Flaw::Digit(digit)), "{text:?}");
    }
    for (text, count) in [("#", 0), ("#f80", 3), ("#ff8000ff", 8)] {
        assert_eq!(parse(text), Err(Flaw::Length(count)), "{text:?}");
    }
}

#[test]
fn the_mean_of_many_colours() {
    assert_eq!(mean(&[]), None);
    assert_eq!(mean(&[ORANGE]), Some(ORANGE));
    assert_eq!(mean(&vec![ORANGE; 1000]), Some(ORANGE));
    let (red, green, blue) = (128, 65, 45);
    assert_eq!(mean(&[ORANGE, NAVY]), Some(Colour { red, green, blue }));
}

#[test]
fn a_flaw_becomes_an_exception() {
    Python::initialize();
    Python::attach(|py| {
        for flaw in [Flaw::Hash, Flaw::Digit('x'), Flaw::Length(3)] {
            let text = flaw.to_string();
            let error = PyErr::from(flaw);
            assert!(error.is_instance_of::<PyValueError>(py), "{error}");
            assert_eq!(error.value(py).to_string(), text);
        }
    });
}

#[test]
fn any_iterable_has_colours() {
    Python::initialize();
    Python::attach(|py| {
        let list = py.eval(c"['#ff8000', '#01025a']", None, None).unwrap();
        assert_eq!(colours_in(&list).unwrap(), [ORANGE, NAVY]);
        let generator = py.eval(c"('#' + text for text in ('01025a',))", None, None);
        assert_eq!(colours_in(&generator.unwrap()).unwrap(), [NAVY]);
        let empty = py.eval(c"()", None, None).unwrap();
        assert_eq!(colours_in(&empty).unwrap(), []);
    });
}

#[test]
fn the_first_error_counts() {
    Python::initialize();
    Python::attach(|py| {
        let colours = |code| colours_in(&py.eval(code, None, None).unwrap()).unwrap_err();
        assert!(colours(c"['#ff8000', 'red', 7]").is_instance_of::<PyValueError>(py));
        assert!(colours(c"['#ff8000', 7, 'red']").is_instance_of::<PyTypeError>(py));
        assert!(colours(c"({}[text] for text in 'ab')").is_instance_of::<PyKeyError>(py));
        assert!(colours(c"17").is_instance_of::<PyTypeError>(py));
    });
}
