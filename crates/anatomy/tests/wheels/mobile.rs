//! Wheels for Android and iOS, checked against the versions and systems in their tags.

use super::retagged::{android, findings};
use super::*;

/// A file for another system has just one finding: its version, or the policy it breaks, adds nothing.
#[test]
fn wr0602_comes_alone() {
    let bytes = android(24)
        .import("PyList_New")
        .export("PyInit_fast")
        .needs("libm.so")
        .build();
    let file = "fast.cpython-313-aarch64-linux-android.so";
    let found = findings("cp313-cp313", "manylinux_2_17_aarch64", &[(file, &bytes)]);
    assert!(found.contains(&"WR0602".to_owned()), "{found:?}");
    assert!(!found.contains(&"WR0603".to_owned()), "{found:?}");
    let plain = macho(
        Architecture::Aarch64,
        &["PyInit_fast"],
        "/usr/lib/libSystem.B.dylib",
    );
    let bytes = for_apple(&plain, 7, 14, 0);
    let file = "fast.cpython-313-iphoneos.so";
    let found = findings("cp313-cp313", "ios_13_0_arm64_iphoneos", &[(file, &bytes)]);
    assert_eq!(found, ["WR0602"]);
}

#[test]
fn wr0616_a_newer_android_or_ios_than_the_tag_says() {
    let file = "fast.cpython-313-aarch64-linux-android.so";
    let android = |api: u32, tag: &str| {
        let bytes = android(api)
            .import("PyList_New")
            .export("PyInit_fast")
            .build();
        findings("cp313-cp313", tag, &[(file, &bytes)])
    };
    assert_eq!(android(24, "android_21_arm64_v8a"), ["WR0616"]);
    assert_eq!(android(21, "android_21_arm64_v8a"), [""; 0]);
    assert_eq!(android(21, "android_24_arm64_v8a"), [""; 0]);
    let ios = |minor: u8, tag: &str| {
        let plain = macho(
            Architecture::Aarch64,
            &["PyInit_fast"],
            "/usr/lib/libSystem.B.dylib",
        );
        let bytes = for_apple(&plain, 2, 13, minor);
        findings(
            "cp313-cp313",
            tag,
            &[("fast.cpython-313-iphoneos.so", &bytes)],
        )
    };
    assert_eq!(ios(4, "ios_13_0_arm64_iphoneos"), ["WR0616"]);
    assert_eq!(ios(0, "ios_13_0_arm64_iphoneos"), [""; 0]);
    assert_eq!(ios(4, "ios_14_0_arm64_iphoneos"), [""; 0]);
    let simulator = |major: u16| {
        let plain = macho(
            Architecture::Aarch64,
            &["PyInit_fast"],
            "/usr/lib/libSystem.B.dylib",
        );
        let bytes = for_apple(&plain, 7, major, 0);
        let file = "fast.cpython-313-iphonesimulator.so";
        findings(
            "cp313-cp313",
            "ios_13_0_arm64_iphonesimulator",
            &[(file, &bytes)],
        )
    };
    // This processor has no version before 14.0.
    assert_eq!(simulator(14), [""; 0]);
    assert_eq!(simulator(15), ["WR0616"]);
}
