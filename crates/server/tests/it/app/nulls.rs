//! In a change a field is left out, or it has a value. Null is for the fields whose description allows it.

use serde_json::{Value, json};

use crate::both_databases;
use crate::programs::{published, session_in};
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;

/// The fields of the body that `method` of `path` takes, each with its description.
fn fields(document: &Value, path: &str, method: &str) -> Vec<(String, Value)> {
    let body = &document["paths"][path][method]["requestBody"]["content"]["application/json"]["schema"];
    let name = body["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
    let properties = document["components"]["schemas"][name]["properties"].as_object().unwrap();
    properties.iter().map(|(field, schema)| (field.clone(), schema.clone())).collect()
}

fn may_be_null(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null";
    let by_type = schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(is_null));
    let by_choice = schema["oneOf"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| is_null(&kind["type"])));
    by_type || by_choice
}

both_databases! {
    async fn null_is_refused_where_nothing_cannot_be(house: House) {
        let admin = house.admin().await;
        let ada = house.instructor("Ada").await;
        let program = published(&ada, json!({})).await;
        let session = session_in(&house, &ada, &program, 60).await;
        let document = house.nobody().get("/api/openapi.json").await.expect(200);
        let user = format!("/users/{}", ada.id);
        let mut nullable = Vec::new();
        for (path, described) in
            [("/me", "/me"), (&user, "/users/{id}"), (&program, "/programs/{id}"), (&session, "/sessions/{id}")]
        {
            let who = if path == user { &admin } else { &ada };
            for (field, schema) in fields(&document, &format!("/api/v1{described}"), "patch") {
                let reply = who.patch(path, json!({ &field: null })).await;
                if may_be_null(&schema) {
                    reply.expect(200);
                    nullable.push(format!("{described} {field}"));
                } else {
                    reply.refused_field(&field, "wrong-type");
                }
                who.patch(path, json!({ &field: {"x": []} })).await.refused_field(&field, "wrong-type");
            }
        }
        nullable.sort();
        let empties = ["/me locale", "/me pronouns", "/programs/{id} capacity", "/sessions/{id} icon"];
        assert_eq!(nullable, [&empties[..], &["/sessions/{id} lead_id", "/sessions/{id} tone"]].concat());
    }
}
