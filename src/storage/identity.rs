//! New ids for new nodes. Random, so that two people adding nodes at once never clash.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::plan::Id;

/// An id that no other node has.
pub fn new_id() -> Id {
    getrandom::u64().map_or_else(|_| without_system_randomness(), Id::from_bits)
}

/// Where the system refuses randomness, the hasher's own seed and the clock have to do.
fn without_system_randomness() -> Id {
    let mut hasher = RandomState::new().build_hasher();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    hasher.write_u128(now.map_or(0, |since| since.as_nanos()));
    Id::from_bits(hasher.finish())
}
