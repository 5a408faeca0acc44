//! Apple's platforms, as the loader distinguishes them.

use std::fmt;

use serde::Serialize;

/// The platform that a Mach-O binary was linked for (`LC_BUILD_VERSION`, or one of the older `LC_VERSION_MIN_…`). A
/// device's binary doesn't load in its simulator, or vice versa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names are Apple's.
pub enum ApplePlatform {
    MacOs,
    MacCatalyst,
    Ios,
    IosSimulator,
    TvOs,
    TvOsSimulator,
    WatchOs,
    WatchOsSimulator,
    VisionOs,
    VisionOsSimulator,
    DriverKit,
    /// One that this crate doesn't know.
    Other,
}

impl ApplePlatform {
    /// Whether it's one of the simulators, which run on a Mac.
    pub fn is_simulator(self) -> bool {
        matches!(
            self,
            Self::IosSimulator
                | Self::TvOsSimulator
                | Self::WatchOsSimulator
                | Self::VisionOsSimulator
        )
    }

    /// Apple's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::MacOs => "macOS",
            Self::MacCatalyst => "Mac Catalyst",
            Self::Ios => "iOS",
            Self::IosSimulator => "iOS simulator",
            Self::TvOs => "tvOS",
            Self::TvOsSimulator => "tvOS simulator",
            Self::WatchOs => "watchOS",
            Self::WatchOsSimulator => "watchOS simulator",
            Self::VisionOs => "visionOS",
            Self::VisionOsSimulator => "visionOS simulator",
            Self::DriverKit => "DriverKit",
            Self::Other => "an unknown Apple platform",
        }
    }
}

impl fmt::Display for ApplePlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
