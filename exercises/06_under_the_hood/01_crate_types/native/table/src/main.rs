//! Prints a table of the tide. This program is in Rust, so it uses the Rust interface of the library.

use tides::Harbour;

fn main() {
    let harbour = Harbour {
        mean: 3.0,
        range: 4.0,
    };
    for hours in [0.0, 3.105, 6.21] {
        println!("{hours:.1} h: {:.1} m", harbour.height(hours));
    }
}
