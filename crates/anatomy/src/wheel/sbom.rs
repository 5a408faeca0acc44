//! `CycloneDX` bills of materials in a wheel (PEP 770): the crates it contains, and components from elsewhere.

use serde::{Deserialize, Serialize};

use crate::facts::CrateVersion;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    components: Vec<Component>,
}

#[derive(Deserialize)]
struct Component {
    name: String,
    version: Option<String>,
    purl: Option<String>,
}

/// A component in a wheel that isn't a crate, such as a library from a system package on the build machine.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BundledComponent {
    /// Its name.
    pub name: String,
    /// Its version; empty if the bill doesn't give one.
    pub version: String,
    /// Where it comes from, as a package URL, such as `pkg:rpm/almalinux/libgomp@8.5.0-22.el8_10`.
    pub purl: String,
}

/// A bill's components, sorted; `None` if the text isn't such a document.
pub(super) fn components(text: &[u8]) -> (Vec<CrateVersion>, Vec<BundledComponent>) {
    let (mut crates, mut others) = (Vec::new(), Vec::new());
    let document = serde_json::from_slice::<Document>(text);
    for component in document.map(|found| found.components).unwrap_or_default() {
        let Some(purl) = component.purl else { continue };
        let version = component.version.unwrap_or_default();
        if purl.starts_with("pkg:cargo/") {
            crates.push(CrateVersion {
                name: component.name,
                version,
            });
        } else {
            others.push(BundledComponent {
                name: component.name,
                version,
                purl,
            });
        }
    }
    crates.sort();
    crates.dedup();
    others.sort();
    others.dedup();
    (crates, others)
}
