//! What an Android binary says about the NDK it was built with.

use serde::Serialize;

/// The note `.note.android.ident`, which the NDK's startup code puts into every binary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Android {
    /// The API level that it was built for: no older Android has to load it.
    pub api: u32,
    /// The release of the NDK, such as `r27c`; NDKs before r14 left it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndk: Option<String>,
    /// The NDK's build number, such as `12479018`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndk_build: Option<String>,
}
