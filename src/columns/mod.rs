//! Where columns come from.
//!
//! An application has the canonical columns of its export. More columns are worked out from the row itself
//! ([`derived`]), later from other applications and from lists; a rule cannot tell the difference. Each source says which
//! columns it adds and which it needs, so that only what an active rule asks for is computed.

pub mod derived;
