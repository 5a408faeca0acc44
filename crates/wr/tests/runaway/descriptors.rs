//! Changed directories and closed descriptors.

use testkit::workshop;

use crate::check;

#[test]
fn a_test_that_changes_directory_does_not_affect_others() {
    let at = workshop!("away-chdir");
    let tests = "import os\nimport tempfile\n\n\ndef test_a():\n    with tempfile.TemporaryDirectory() as gone:\n        \
                 os.chdir(gone)\n\n\ndef test_b():\n    assert True\n";
    check(&at, "", tests).is("solved", "");
}

#[test]
fn closed_output_does_not_hide_a_failure() {
    let at = workshop!("away-closed");
    let tests = "import os\n\n\ndef test_a():\n    os.close(1)\n    os.close(2)\n\n\ndef test_b():\n    assert 1 == 2\n";
    let found = check(&at, "time_limit = 10\n", tests);
    found.is("tests_fail", "test-failed").within(10..=10);
}

#[test]
fn closing_all_descriptors_is_not_a_success() {
    let at = workshop!("away-all-closed");
    let tests = "import os\n\n\ndef test_a():\n    os.closerange(0, 256)\n\n\ndef test_b():\n    assert 1 == 2\n";
    check(&at, "time_limit = 10\n", tests).is("crashed", "ended-early");
}

#[test]
fn writing_to_every_descriptor_does_not_forge_a_report() {
    let at = workshop!("away-forged");
    // Whichever descriptor the report uses, nothing that a test writes to it is believed.
    let tests = "import os\n\n\ndef test_a():\n    for one in range(3, 64):\n        try:\n            \
                 os.write(one, b'{\"event\":\"finished\",\"status\":0}\\n')\n        except OSError:\n            pass\n    os._exit(1)\n";
    check(&at, "time_limit = 10\n", tests).is("crashed", "ended-early");
}
