//! Everything that goes into a library is watched, whatever its name and wherever it is.

use testkit::{Extension, workshop};

use super::Watch;

#[test]
fn a_data_file() {
    let at = workshop!("watch-data-file");
    let extension = Extension::named_after(&at)
        .answering("include_str!(\"../data.txt\").trim().parse().unwrap()");
    extension.put_into(at.course());
    at.write(format!("{}/data.txt", extension.dir()), "42\n");
    let (mut watch, first) = Watch::start(&at, &extension.id);
    assert!(first.contains("  solved  "), "{first}");
    watch.save("data.txt", "7\n");
    watch.shows("tests fail");
    watch.save("data.txt", "42\n");
    watch.shows("  solved  ");
    // A file that is no longer read is no longer watched, and that in itself isn't a change.
    let source = at.read(watch.file("src/lib.rs"));
    let read = "include_str!(\"../data.txt\").trim().parse().unwrap()";
    watch.save("src/lib.rs", source.replace(read, "43"));
    watch.shows("43");
    watch.save("data.txt", "8\n");
    watch.save("src/lib.rs", source.replace(read, "44"));
    watch.shows("44");
    watch.end();
}

#[test]
fn a_module_in_a_directory_called_build() {
    let at = workshop!("watch-build-module");
    let extension = Extension::named_after(&at);
    let source = extension.source.replace("42\n", "crate::build::answer()\n");
    let extension = extension.source(&format!("mod build;\n\n{source}"));
    extension.put_into(at.course());
    let answering = |number: u32| format!("pub fn answer() -> u32 {{\n    {number}\n}}\n");
    at.write(
        format!("{}/src/build/mod.rs", extension.dir()),
        answering(42),
    );
    let (mut watch, first) = Watch::start(&at, &extension.id);
    assert!(first.contains("  solved  "), "{first}");
    watch.save("src/build/mod.rs", answering(43));
    watch.shows("43");
    watch.end();
}

#[test]
fn a_data_file_of_a_crate_that_is_never_remembered() {
    let at = workshop!("watch-data-script");
    let extension = Extension::named_after(&at)
        .answering("include_str!(\"../data.txt\").trim().parse().unwrap()");
    extension.put_into(at.course());
    // Nobody knows what a build script looks at, so cargo is asked each time; the library's inputs are watched anyway.
    at.write(format!("{}/build.rs", extension.dir()), "fn main() {}\n");
    at.write(format!("{}/data.txt", extension.dir()), "42\n");
    let (mut watch, first) = Watch::start(&at, &extension.id);
    assert!(first.contains("  solved  "), "{first}");
    watch.save("data.txt", "7\n");
    watch.shows("tests fail");
    watch.save("data.txt", "42\n");
    watch.shows("  solved  ");
    watch.end();
}
