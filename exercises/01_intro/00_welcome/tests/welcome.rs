//! The tests of this exercise. Don't change them; read them if something is unclear.

use welcome::salutation;

#[test]
fn greets_by_name() {
    assert_eq!(salutation("Ada"), "Dear Ada,");
    assert_eq!(salutation("Grace Hopper"), "Dear Grace Hopper,");
}

#[test]
fn greets_when_there_is_no_name() {
    assert_eq!(salutation(""), "Hello,");
    assert_eq!(salutation("   "), "Hello,");
}

#[test]
fn trims_the_spaces_around_a_name() {
    assert_eq!(salutation("  Ada "), "Dear Ada,");
    assert_eq!(salutation("Grace Hopper\n"), "Dear Grace Hopper,");
}
