//! Mail providers as far as addresses are concerned.

use crate::text::lexicon::{WordMap, WordSet};

/// A provider where anybody can open a mailbox.
#[derive(Debug)]
pub(super) struct Provider {
    /// Its domains; for some the first one is the name of all.
    domains: &'static [&'static str],
    /// Whether all domains lead to the same mailbox.
    one_mailbox: bool,
    /// The sign after which the provider ignores the rest.
    pub(super) tag: Option<char>,
    /// Whether it ignores full stops.
    pub(super) ignores_dots: bool,
}

impl Provider {
    /// The domain to compare by.
    pub(super) fn canonical<'d>(&self, domain: &'d str) -> &'d str
    where
        'static: 'd,
    {
        if self.one_mailbox { self.domains.first().copied().unwrap_or(domain) } else { domain }
    }
}

const PROVIDERS: &[Provider] = &[
    Provider { domains: &["gmail.com", "googlemail.com"], one_mailbox: true, tag: Some('+'), ignores_dots: true },
    Provider {
        domains: &["yahoo.com", "yahoo.co.id", "yahoo.com.sg", "yahoo.com.my", "ymail.com", "rocketmail.com"],
        one_mailbox: false,
        tag: Some('-'),
        ignores_dots: false,
    },
    Provider {
        domains: &["outlook.com", "outlook.co.id", "hotmail.com", "hotmail.co.id", "live.com", "msn.com"],
        one_mailbox: false,
        tag: Some('+'),
        ignores_dots: false,
    },
    Provider {
        domains: &[
            "icloud.com",
            "me.com",
            "aol.com",
            "gmx.com",
            "mail.com",
            "mail.ru",
            "proton.me",
            "protonmail.com",
            "qq.com",
        ],
        one_mailbox: false,
        tag: None,
        ignores_dots: false,
    },
];

/// The provider of a domain.
pub(super) fn provider(domain: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.domains.contains(&domain))
}

/// Misspellings that cannot be another real provider.
static MISSPELT: WordMap<&str> = WordMap::new(&[
    ("gamil.com", "gmail.com"),
    ("gmai.com", "gmail.com"),
    ("gmail.cm", "gmail.com"),
    ("gmail.co", "gmail.com"),
    ("gmail.co.id", "gmail.com"),
    ("gmail.com.id", "gmail.com"),
    ("gmail.con", "gmail.com"),
    ("gmaill.com", "gmail.com"),
    ("gmal.com", "gmail.com"),
    ("gmial.com", "gmail.com"),
    ("gnail.com", "gmail.com"),
    ("hotmail.con", "hotmail.com"),
    ("hotmial.com", "hotmail.com"),
    ("outlok.com", "outlook.com"),
    ("outlook.con", "outlook.com"),
    ("yaho.co.id", "yahoo.co.id"),
    ("yaho.com", "yahoo.com"),
    ("yahoo.co", "yahoo.com"),
    ("yahoo.con", "yahoo.com"),
    ("yahooo.com", "yahoo.com"),
    ("yhoo.com", "yahoo.com"),
]);

/// The domain meant by a misspelt one.
pub(super) fn mend(domain: &str) -> Option<&'static str> {
    MISSPELT.get(domain)
}

/// Domains of mailboxes that live for minutes.
static DISPOSABLE: WordSet = WordSet::new(&[
    "10minutemail.com",
    "discard.email",
    "dispostable.com",
    "fakeinbox.com",
    "getnada.com",
    "guerrillamail.com",
    "maildrop.cc",
    "mailinator.com",
    "mailnesia.com",
    "mintemail.com",
    "mohmal.com",
    "sharklasers.com",
    "temp-mail.org",
    "tempmail.com",
    "throwawaymail.com",
    "trashmail.com",
    "yopmail.com",
]);

/// Whether mailboxes of a domain live for minutes.
pub(super) fn is_disposable(domain: &str) -> bool {
    DISPOSABLE.has(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_misspellings_lead_to_providers() {
        assert!(DISPOSABLE.words().is_sorted() && MISSPELT.entries().is_sorted());
        for (wrong, right) in MISSPELT.entries() {
            assert!(provider(wrong).is_none() && provider(right).is_some(), "{wrong}");
        }
    }
}
