//! Health, the API's description, headers.

use crate::both_databases;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

both_databases! {
    async fn the_house_says_that_it_is_well(house: House) {
        let nobody = house.nobody();
        assert_eq!(nobody.get("/healthz").await.status, 200);
        assert_eq!(nobody.get("/readyz").await.status, 200);
        let document = nobody.get("/api/openapi.json").await.expect(200);
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        assert!(document["paths"]["/api/v1/auth/login"]["post"].is_object());
        assert_eq!(nobody.get("/api/docs").await.status, 200);
    }

    async fn every_answer_has_a_request_id_and_security_headers(house: House) {
        let reply = house.nobody().get("/me").await;
        assert!(reply.headers.contains_key("x-request-id"));
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
        assert_eq!(reply.headers["cache-control"], "no-store");
    }
}
