//! The control sample: unreferred applications drawn at a known rate.
//!
//! Without it nobody can know what the rules miss, nor whether one group is watched more than it deserves. The draw is a
//! keyed hash of the application number: reproducible with the key, unpredictable without it, independent of everything
//! else about the application.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The draw with its key.
pub(super) struct Draw {
    /// Hashes nothing but the key so far; `None` cannot be, since HMAC takes keys of any length.
    keyed: Option<Hmac<Sha256>>,
}

impl Draw {
    /// The draw of a key.
    pub(super) fn new(key: &[u8]) -> Self {
        Self { keyed: Hmac::new_from_slice(key).ok() }
    }

    /// Whether an application is drawn, at `per_mille` in 1,000.
    pub(super) fn draws(&self, nomor_permohonan: &str, per_mille: u32) -> bool {
        // 2^64 / 1000, so that 1,000 per mille draws everyone.
        per_mille > 0 && self.lot("draw", nomor_permohonan) < u128::from(per_mille) * (1 << 64) / 1000
    }

    /// A number from 0 to 2^64 - 1 that the key, a purpose and an application decide.
    pub(super) fn lot(&self, purpose: &str, nomor_permohonan: &str) -> u128 {
        let Some(mut mac) = self.keyed.clone() else { return u128::MAX };
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(nomor_permohonan.as_bytes());
        let digest = mac.finalize().into_bytes();
        digest.iter().take(8).fold(0, |n, byte| n << 8 | u128::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_kept_and_the_key_decides() {
        let numbers: Vec<String> = (0..20_000).map(|n| format!("1271250000{n:06}")).collect();
        let drawn = |key: &[u8], rate| numbers.iter().filter(|n| Draw::new(key).draws(n, rate)).count();
        // 20,000 at 5 %: 1,000, five standard deviations are 154.
        assert!((846..=1154).contains(&drawn(b"satu", 50)), "{}", drawn(b"satu", 50));
        assert_eq!((drawn(b"satu", 0), drawn(b"satu", 1000)), (0, 20_000));
        let both = numbers
            .iter()
            .filter(|n| [b"satu".as_slice(), b"dua"].iter().all(|key| Draw::new(key).draws(n, 50)))
            .count();
        assert!(both < 120, "{both}");
    }
}
