//! What follows from the SDK's version.

/// Whether a version is 2.x, whose behavior is documented (docs/sdk-reference.md). Newer versions are dates, such as
/// `2026.3.2`.
pub fn is_version_2(version: &str) -> bool {
    version.starts_with("2.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_not_version_2() {
        assert!(is_version_2("2.2.119"));
        for other in ["2026.3.2", "3.0", "2", ""] {
            assert!(!is_version_2(other), "{other}");
        }
    }
}
