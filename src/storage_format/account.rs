//! The account as it is kept.

/// The key in `storage.local` of what is no secret: `{v, kind, base, pattern, disk, agentId, agentName}`.
pub const ACCOUNT_KEY: &str = "apiAccount";

/// The key of `{v, base, key}`, in `storage.session`, or in the vault when the person chose the disk. Base and key lie
/// together where no content script can write, so that nobody can send the key elsewhere.
pub const SECRET_KEY: &str = "apiSecret";

/// The version of both; another one is read as nothing stored.
pub const VERSION: u32 = 1;
