//! The base URL of the API: the vendor's cloud, or an on-premise server.

use crate::host::{is_host, is_near, split_port};
use serde::{Deserialize, Serialize};

/// The two APIs, which differ in paths and in the header of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deployment {
    Cloud,
    OnPremise,
}

/// The cloud's base URL, with the documented version.
pub const CLOUD: &str = "https://api.upscope.io/v1.3";

/// Maximum length of a URL, in bytes.
const MAX: usize = 300;

/// A valid base URL without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    kind: Deployment,
    /// `https` or `http`.
    scheme: &'static str,
    host: String,
    /// Port and path as typed, `/api` added for on-premise.
    rest: String,
}

/// Why a URL can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUrlError {
    Empty,
    /// Not `https://host[:port][/path]`: another scheme, user info, a query, white space.
    NotAnAddress,
    /// `http` to a host outside this machine and private networks: others could read the key.
    NotEncrypted,
    /// The cloud's base URL must end in its version, `/v1.3`.
    NoVersion,
}

impl Deployment {
    pub const ALL: [Self; 2] = [Self::Cloud, Self::OnPremise];

    /// A stable name for messages, storage and attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::OnPremise => "on-premise",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The header that carries the key.
    pub fn key_header(self) -> &'static str {
        match self {
            Self::Cloud => "X-Api-Key",
            Self::OnPremise => "Authorization",
        }
    }
}

impl BaseUrl {
    /// Reads typed text.
    pub fn parse(kind: Deployment, text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim().trim_end_matches('/');
        let (scheme, after) = match text.split_once("://") {
            _ if text.is_empty() => return Err(BaseUrlError::Empty),
            Some((scheme, after)) if scheme.eq_ignore_ascii_case("https") => ("https", after),
            Some((scheme, after)) if scheme.eq_ignore_ascii_case("http") => ("http", after),
            _ => return Err(BaseUrlError::NotAnAddress),
        };
        let (authority, path) = after.find('/').map_or((after, ""), |slash| after.split_at(slash));
        let (host, port) = split_port(authority).ok_or(BaseUrlError::NotAnAddress)?;
        if text.len() > MAX || !is_host(host) || !is_path(path) {
            return Err(BaseUrlError::NotAnAddress);
        }
        let host = host.to_ascii_lowercase();
        if scheme == "http" && !is_near(&host) {
            return Err(BaseUrlError::NotEncrypted);
        }
        let path = match kind {
            Deployment::OnPremise if path != "/api" && !path.ends_with("/api") => format!("{path}/api"),
            Deployment::Cloud if version(path).is_none() => return Err(BaseUrlError::NoVersion),
            _ => path.to_owned(),
        };
        Ok(Self { kind, scheme, host, rest: format!("{port}{path}") })
    }

    pub fn kind(&self) -> Deployment {
        self.kind
    }

    /// The whole URL; [`BaseUrl::parse`] reads it.
    pub fn address(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host, self.rest)
    }

    /// The match pattern of this host. Patterns have no port.
    pub fn pattern(&self) -> String {
        format!("{}://{}/*", self.scheme, self.host)
    }

    /// Whether the connection is unencrypted.
    pub fn is_plain(&self) -> bool {
        self.scheme == "http"
    }

    /// Whether the path of a visitor ends in `.json`, as before v1.3.
    pub fn names_json(&self) -> bool {
        self.kind == Deployment::Cloud && version(&self.rest).is_some_and(|version| version < (1, 3))
    }
}

fn is_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    path.bytes().all(plain) && !path.contains("//") && path.split('/').all(|part| part != "." && part != "..")
}

/// The version at the end of a path, `/v1.3`.
fn version(path: &str) -> Option<(u32, u32)> {
    let (_, last) = path.rsplit_once('/')?;
    let (major, minor) = last.strip_prefix('v')?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud(text: &str) -> Result<String, BaseUrlError> {
        BaseUrl::parse(Deployment::Cloud, text).map(|base| base.address())
    }

    fn own(text: &str) -> Result<String, BaseUrlError> {
        BaseUrl::parse(Deployment::OnPremise, text).map(|base| base.address())
    }

    #[test]
    fn the_cloud_has_a_version_and_on_premise_an_api() {
        assert_eq!(cloud(CLOUD).as_deref(), Ok(CLOUD));
        assert_eq!(cloud(" HTTPS://API.upscope.io/v1.1/ ").as_deref(), Ok("https://api.upscope.io/v1.1"));
        assert_eq!(cloud("https://api.upscope.io"), Err(BaseUrlError::NoVersion));
        assert_eq!(own("https://upscope.acme.com/").as_deref(), Ok("https://upscope.acme.com/api"));
        assert_eq!(own("https://acme.com:8443/upscope/api").as_deref(), Ok("https://acme.com:8443/upscope/api"));
        assert_eq!(own(" "), Err(BaseUrlError::Empty));
    }

    #[test]
    fn unsafe_urls_are_rejected() {
        for bad in [
            "acme.com",
            "ftp://acme.com",
            "https://",
            "https://me:secret@acme.com",
            "https://acme.com?x=1",
            "https://acme.com/#a",
            "https://acme.com/a/../b",
            "https://acme.com\\@evil.org",
            "https://ac me.com",
            "https://acme.com:port",
            "https://[zz]/",
            "https://*.acme.com",
            "javascript://alert(1)",
        ] {
            assert_eq!(own(bad), Err(BaseUrlError::NotAnAddress), "{bad}");
        }
        assert_eq!(own(&format!("https://acme.com/{}", "a".repeat(400))), Err(BaseUrlError::NotAnAddress));
    }

    #[test]
    fn http_is_limited_to_private_networks() {
        for near in
            ["127.0.0.1:81", "localhost", "a.localhost", "10.1.2.3", "172.16.0.1", "192.168.1.1", "[::1]:8", "box"]
        {
            let base = BaseUrl::parse(Deployment::OnPremise, &format!("http://{near}")).expect(near);
            assert!(base.is_plain());
        }
        for far in [
            "acme.com",
            "172.32.0.1",
            "11.0.0.1",
            "127.0.0.1.evil.org",
            "[2001:db8::1]",
            "10.evil.org",
            "134744072",
            "010.1.2.3",
        ] {
            assert_eq!(own(&format!("http://{far}")), Err(BaseUrlError::NotEncrypted), "{far}");
        }
    }

    #[test]
    fn the_pattern_matches_one_host() {
        let pattern = |text| BaseUrl::parse(Deployment::OnPremise, text).unwrap().pattern();
        assert_eq!(pattern("http://127.0.0.1:8080/x"), "http://127.0.0.1/*");
        assert_eq!(pattern("https://[::1]:8080"), "https://[::1]/*");
    }

    #[test]
    fn versions_before_1_3_name_json() {
        let names = |text| BaseUrl::parse(Deployment::Cloud, text).unwrap().names_json();
        assert!(names("https://api.upscope.io/v1.1") && names("https://api.upscope.io/v1.2"));
        assert!(!names(CLOUD) && !names("https://api.upscope.io/v2.0"));
    }
}
