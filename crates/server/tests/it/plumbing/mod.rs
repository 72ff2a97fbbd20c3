//! Plumbing, where its doors are others' servers.

mod mails;
mod sendgrid;
