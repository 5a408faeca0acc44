//! Directories left and descriptors closed.

use testkit::workshop;

use crate::check;

#[test]
fn a_test_that_goes_elsewhere_takes_no_other_with_it() {
    let at = workshop!("away-chdir");
    let tests = "import os\nimport tempfile\n\n\ndef test_a():\n    with tempfile.TemporaryDirectory() as gone:\n        \
                 os.chdir(gone)\n\n\ndef test_b():\n    assert True\n";
    check(&at, "", tests).is("solved", "");
}

#[test]
fn closed_output_hides_no_failure() {
    let at = workshop!("away-closed");
    let tests = "import os\n\n\ndef test_a():\n    os.close(1)\n    os.close(2)\n\n\ndef test_b():\n    assert 1 == 2\n";
    let found = check(&at, "time_limit = 10\n", tests);
    found.is("tests_fail", "test-failed").within(10..=10);
}

#[test]
fn all_descriptors_closed_is_no_success() {
    let at = workshop!("away-all-closed");
    let tests = "import os\n\n\ndef test_a():\n    os.closerange(0, 256)\n\n\ndef test_b():\n    assert 1 == 2\n";
    check(&at, "time_limit = 10\n", tests).is("crashed", "ended-early");
}

#[test]
fn words_on_every_descriptor_are_no_report() {
    let at = workshop!("away-forged");
    // Whatever descriptor the report goes by, a test that writes to it says nothing that would be believed.
    let tests = "import os\n\n\ndef test_a():\n    for one in range(3, 64):\n        try:\n            \
                 os.write(one, b'{\"event\":\"finished\",\"status\":0}\\n')\n        except OSError:\n            pass\n    os._exit(1)\n";
    check(&at, "time_limit = 10\n", tests).is("crashed", "ended-early");
}
