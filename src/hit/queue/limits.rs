//! The limits of the delivery queue: times, attempts, memory, and what browsers accept.

/// An unanswered hit blocks later ones for at most this long.
pub const RESPONSE_TIMEOUT_MS: u32 = 5000;
/// How often a hit is sent, unless the site keeps hits: those are sent until they get through.
pub const MAX_ATTEMPTS: u32 = 10;
/// The pause of a hit after its first failure and after its second, varied by up to a quarter; each further failure doubles it.
pub const BACKOFF_MS: u32 = 250;
/// After so many failures of a hit, later ones wait for its next attempt if the host may be down.
pub const BLOCKING_FAILURES: u32 = 2;
/// How often the backoff is doubled at most.
pub const MAX_BACKOFF_DOUBLINGS: u32 = 6;
/// The longest pause while other hits are answered, before a hit has failed more than [`MAX_BACKOFF_DOUBLINGS`] times.
pub const MAX_PAUSE_BESIDE_ANSWERS_MS: u32 = 1000;
/// A request that fails sooner was refused at once: by a blocker, if its host has never answered.
pub const REFUSED_AT_ONCE_MS: u32 = 250;
/// How often the first hit of a page is sent to a host that has never answered and refuses at once; later ones are sent once.
pub const MAX_REFUSED_ATTEMPTS: u32 = 3;
/// How long a hit that was refused then waits for a sign of life, before it fails.
pub const REST_MS: u32 = 60_000;
/// An image of this age is taken to have left, even if its host has not answered anything yet.
pub const ASSUMED_SENT_MS: u32 = 2000;
/// How long a page that has been requested may take to replace this one. After that, this one stays.
pub const NAVIGATION_GRACE_MS: u32 = 2000;
/// The maximum number of hits in memory.
pub const MAX_HITS: usize = 1000;
/// The maximum size of all hits in memory.
pub const MAX_BYTES: u32 = 2_000_000;
/// The maximum size of one hit: a larger one is not accepted, so that it costs no other.
pub const MAX_HIT_BYTES: u32 = 500_000;
/// The maximum number of keepalive requests in flight. Each takes a browser about half a millisecond, and a page that is left must
/// not hold its visitor up; Chromium accepts 256.
pub const MAX_KEEPALIVES: u32 = 32;
/// The maximum length of their URLs; Chromium accepts 512 KB.
pub const MAX_KEEPALIVE_URL_BYTES: u32 = 400_000;
/// The maximum length of their bodies; Chromium accepts 64 KB.
pub const MAX_KEEPALIVE_BODY_BYTES: u32 = 60_000;
