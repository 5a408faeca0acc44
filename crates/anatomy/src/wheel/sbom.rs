//! `CycloneDX` bills of materials in a wheel (PEP 770): which crates are in it.

use serde::Deserialize;

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

/// The crates among the components, sorted; nothing when the text is no such document.
pub(super) fn crates(text: &[u8]) -> Vec<CrateVersion> {
    let Ok(document) = serde_json::from_slice::<Document>(text) else {
        return Vec::new();
    };
    let mut crates: Vec<CrateVersion> = document
        .components
        .into_iter()
        .filter(|component| {
            component
                .purl
                .as_deref()
                .is_some_and(|purl| purl.starts_with("pkg:cargo/"))
        })
        .map(|component| CrateVersion {
            name: component.name,
            version: component.version.unwrap_or_default(),
        })
        .collect();
    crates.sort();
    crates.dedup();
    crates
}
