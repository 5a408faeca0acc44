//! What an Android binary records about the NDK it was built with.

use serde::Serialize;

/// The note `.note.android.ident`, which the NDK's startup code puts into every binary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Android {
    /// The API level it was built for: an older Android may not load it.
    pub api: u32,
    /// The NDK release, such as `r27c`; NDKs before r14 left it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndk: Option<String>,
    /// The NDK's build number, such as `12479018`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndk_build: Option<String>,
}
