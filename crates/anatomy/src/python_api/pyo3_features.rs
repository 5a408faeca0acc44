//! The PyO3 features that add support for other crates' types (from PyO3's `Cargo.toml` and `src/conversions`; the
//! versions come from its changelog).

/// A PyO3 feature that adds conversions for another crate's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conversion {
    /// The feature.
    pub feature: &'static str,
    /// The package whose types it converts.
    pub package: &'static str,
    /// The first minor PyO3 version that has it.
    pub since: u32,
    /// The names of the types, as the compiler prints them.
    pub types: &'static [&'static str],
}

impl Conversion {
    /// The package's name in code.
    pub fn crate_name(&self) -> String {
        self.package.replace('-', "_")
    }
}

const fn conversion(
    feature: &'static str,
    package: &'static str,
    since: u32,
    types: &'static [&'static str],
) -> Conversion {
    Conversion {
        feature,
        package,
        since,
        types,
    }
}

/// All of them. If two support the same type, the newer one comes first.
pub const CONVERSIONS: &[Conversion] = &[
    conversion("anyhow", "anyhow", 15, &["Error"]),
    conversion("bigdecimal", "bigdecimal", 25, &["BigDecimal"]),
    conversion("bytes", "bytes", 26, &["Bytes"]),
    // `DateTime<Local>`, which used to be part of `chrono`.
    conversion("chrono-local", "chrono", 25, &["Local"]),
    conversion(
        "chrono",
        "chrono",
        17,
        &[
            "DateTime",
            "Duration",
            "FixedOffset",
            "Local",
            "NaiveDate",
            "NaiveDateTime",
            "NaiveTime",
            "TimeDelta",
            "Utc",
        ],
    ),
    conversion("chrono-tz", "chrono-tz", 21, &["Tz"]),
    conversion("either", "either", 20, &["Either"]),
    conversion("eyre", "eyre", 15, &["ErrReport", "Report"]),
    conversion("hashbrown", "hashbrown", 12, &["HashMap", "HashSet"]),
    conversion("indexmap", "indexmap", 14, &["IndexMap"]),
    conversion(
        "jiff-02",
        "jiff",
        24,
        &[
            "Date",
            "DateTime",
            "ISOWeekDate",
            "Offset",
            "SignedDuration",
            "Time",
            "TimeZone",
            "Timestamp",
            "Zoned",
        ],
    ),
    conversion("num-bigint", "num-bigint", 9, &["BigInt", "BigUint"]),
    conversion("num-complex", "num-complex", 9, &["Complex"]),
    conversion("num-rational", "num-rational", 22, &["Ratio"]),
    conversion(
        "ordered-float",
        "ordered-float",
        25,
        &["NotNan", "OrderedFloat"],
    ),
    conversion("rust_decimal", "rust_decimal", 19, &["Decimal"]),
    conversion("smallvec", "smallvec", 20, &["SmallVec"]),
    conversion(
        "time",
        "time",
        25,
        &[
            "Date",
            "Duration",
            "OffsetDateTime",
            "PrimitiveDateTime",
            "Time",
            "UtcDateTime",
            "UtcOffset",
        ],
    ),
    conversion("uuid", "uuid", 24, &["NonNilUuid", "Uuid"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_of_two_features_for_a_type_comes_first() {
        for (index, one) in CONVERSIONS.iter().enumerate() {
            assert!(!one.types.is_empty(), "{one:?}");
            for other in &CONVERSIONS[index + 1..] {
                assert!(one.feature != other.feature);
                let is_shared = one.types.iter().any(|name| other.types.contains(name));
                assert!(
                    !(is_shared && one.package == other.package) || one.since > other.since,
                    "{other:?}"
                );
            }
        }
    }
}
