//! `embedding DIRECTORY` reads parcels such as `home 500` from its input, and prints what each of them costs.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use embedding::{Office, Parcel};
use pyo3::Python;

fn main() -> ExitCode {
    let Some(argument) = std::env::args().nth(1) else {
        eprintln!("usage: embedding DIRECTORY");
        return ExitCode::from(2);
    };
    if argument == "--version" {
        // This works before Python has started.
        println!("{}", Python::version_str());
        return ExitCode::SUCCESS;
    }
    let office = match Office::open(Path::new(&argument)) {
        Ok(office) => office,
        Err(error) => {
            eprintln!("{}{}", error.traceback, error.message);
            return ExitCode::FAILURE;
        }
    };
    for line in io::stdin().lines().map_while(Result::ok) {
        let Some(parcel) = parcel(&line) else {
            println!("{line}: not a parcel");
            continue;
        };
        match office.price(parcel) {
            Ok(price) => println!("{line}: {price}"),
            Err(error) => {
                println!("{line}: {}", error.message);
                eprint!("{}", error.traceback);
            }
        }
    }
    ExitCode::SUCCESS
}

fn parcel(line: &str) -> Option<Parcel> {
    let (zone, grams) = line.split_once(' ')?;
    Some(Parcel {
        zone: zone.to_owned(),
        grams: grams.parse().ok()?,
    })
}
