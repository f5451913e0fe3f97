//! The stored account.

/// The key in `storage.local` of the account without its API key: `{v, kind, base, pattern, disk, agentId, agentName}`.
pub const ACCOUNT_KEY: &str = "apiAccount";

/// The key of `{v, base, key}`, in `storage.session`, or in IndexedDB if the person chose to store it on disk. The API
/// key and its base URL are one value in a storage that content scripts can't write, so that nobody can send the key to
/// another server.
pub const SECRET_KEY: &str = "apiSecret";

/// The version of both. Any other version is read as nothing stored.
pub const VERSION: u32 = 1;
