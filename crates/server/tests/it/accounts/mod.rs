//! Accounts, through the API.

mod bad_input;
mod join_links;
mod mails;
mod passwords;
mod people;
mod sign_in;
mod tokens;
