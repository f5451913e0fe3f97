//! The stored account.

/// The key in `storage.local` of the account without its API key: `{v, kind, base, pattern, disk, secret, agentId,
/// agentName}`. `secret` names the key of [`SECRET_KEYS`]; without it, the first.
pub const ACCOUNT_KEY: &str = "apiAccount";

/// The keys of `{v, kind, base, key}`, in `storage.session`, or in IndexedDB if the person chose to store it on disk. A
/// new API key is written beside the current one, until the account names it. The API key and its base URL are one
/// value in a storage that content scripts can't write, so that nobody can send the key to another server.
pub const SECRET_KEYS: [&str; 2] = ["apiSecret", "apiSecret2"];

/// The key in `storage.local` of a change of the account that isn't complete: the match patterns whose permission may
/// not be needed any more.
pub const CHANGE_KEY: &str = "apiAccountChange";

/// The version of account and secret. Any other version is read as nothing stored.
pub const VERSION: u32 = 1;
