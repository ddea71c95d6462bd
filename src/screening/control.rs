//! The control sample: unreferred applications drawn at a known rate.
//!
//! Without it nobody can know what the rules miss, nor whether one group is watched more than it deserves. The draw is a
//! keyed hash of the application number: reproducible with the key, unpredictable without it, independent of everything
//! else about the application.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Whether an application is drawn, at `per_mille` in 1,000.
#[must_use]
pub fn draw(key: &[u8], nomor_permohonan: &str, per_mille: u32) -> bool {
    // 2^64 / 1000, so that 1,000 per mille draws everyone.
    lot(key, "draw", nomor_permohonan) < u128::from(per_mille) * (1 << 64) / 1000
}

/// A number from 0 to 2^64 - 1 that the key, a purpose and an application decide.
pub(super) fn lot(key: &[u8], purpose: &str, nomor_permohonan: &str) -> u128 {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // HMAC takes keys of any length; the type only cannot say so.
        return u128::MAX;
    };
    mac.update(purpose.as_bytes());
    mac.update(b"\0");
    mac.update(nomor_permohonan.as_bytes());
    let digest = mac.finalize().into_bytes();
    digest.iter().take(8).fold(0, |n, byte| n << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_kept_and_the_key_decides() {
        let numbers: Vec<String> = (0..20_000).map(|n| format!("1271250000{n:06}")).collect();
        let drawn = |key: &[u8], rate| numbers.iter().filter(|n| draw(key, n, rate)).count();
        // 20,000 at 5 %: 1,000, five standard deviations are 154.
        assert!((846..=1154).contains(&drawn(b"satu", 50)), "{}", drawn(b"satu", 50));
        assert_eq!((drawn(b"satu", 0), drawn(b"satu", 1000)), (0, 20_000));
        let both = numbers.iter().filter(|n| draw(b"satu", n, 50) && draw(b"dua", n, 50)).count();
        assert!(both < 120, "{both}");
    }
}
