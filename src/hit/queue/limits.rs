//! The limits of the delivery queue: times, attempts, memory, and what browsers accept.

/// An unanswered hit blocks later ones for at most this long.
pub const RESPONSE_TIMEOUT_MS: u32 = 5000;
/// How often a hit is sent, unless the site keeps hits: those are sent until they get through.
pub const MAX_ATTEMPTS: u32 = 10;
/// After this many consecutive hits without any attempts left, later hits get a single attempt until one succeeds.
pub const MAX_GIVEN_UP_IN_A_ROW: u32 = 2;
/// The backoff after the first failure, varied by up to a quarter; each further failure doubles it.
pub const BACKOFF_MS: u32 = 500;
/// How often the backoff is doubled at most.
pub const MAX_BACKOFF_DOUBLINGS: u32 = 5;
/// An image of this age is taken to have left, even if its host has not answered anything yet.
pub const ASSUMED_SENT_MS: u32 = 1000;
/// How long a page that has been requested may take to replace this one. After that, this one stays.
pub const NAVIGATION_GRACE_MS: u32 = 2000;
/// The maximum number of hits in memory.
pub const MAX_HITS: usize = 1000;
/// The maximum size of all hits in memory.
pub const MAX_BYTES: u32 = 2_000_000;
/// The maximum number of keepalive requests in flight; Chromium accepts 256 of a page.
pub const MAX_KEEPALIVES: u32 = 200;
/// The maximum length of their URLs; Chromium accepts 512 KB.
pub const MAX_KEEPALIVE_URL_BYTES: u32 = 400_000;
/// The maximum length of their bodies; Chromium accepts 64 KB.
pub const MAX_KEEPALIVE_BODY_BYTES: u32 = 60_000;
