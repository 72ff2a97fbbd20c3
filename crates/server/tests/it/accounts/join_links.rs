//! Personal join links: they sign in as a participant, and can be taken back.

use serde_json::json;

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn a_link_that_was_never_made_signs_nobody_in(house: House) {
        house.admin().await;
        house.nobody().post("/auth/link", json!({"token": "guessed"})).await.refused(401, "link-not-valid");
    }
}
