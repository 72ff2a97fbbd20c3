//! The estimator against a made-up link.
