//! The sockets' contract: what it describes is what the server takes, and what docs/REALTIME.md tells.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use server::app::sockets;

use crate::both_databases;
use crate::live::Class;
#[allow(unused_imports, reason = "the macro names it")]
use crate::util::House;
use crate::util::Socket;

const DOC: &str = include_str!("../../../../../docs/REALTIME.md");

/// Each list of messages, and the head of the table that tells them.
const LISTS: [(&str, &str); 4] = [
    ("NoticeServerEvents", "| server says | payload |"),
    ("NoticeClientEvents", "| client says | acknowledged with |"),
    ("LiveServerEvents", "| event | payload | |"),
    ("LiveClientEvents", "| event | payload | acknowledged with |"),
];

fn schemas() -> Value {
    serde_json::from_str::<Value>(&sockets::describe()).unwrap()["components"]["schemas"].take()
}

/// The messages of a list, each with its schema.
fn messages(schemas: &Value, list: &str) -> Vec<(String, Value)> {
    let properties = schemas[list]["properties"].as_object().unwrap_or_else(|| panic!("{list} is described"));
    properties.iter().map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

/// Every field that a schema has, however deep. What a problem document holds is told elsewhere.
fn fields(schemas: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(|name| name.as_str()?.rsplit('/').next()) {
                if name != "Problem" {
                    fields(schemas, &schemas[name], found);
                }
                return;
            }
            for (name, inside) in object.get("properties").and_then(Value::as_object).into_iter().flatten() {
                found.insert(name.clone());
                fields(schemas, inside, found);
            }
            object
                .iter()
                .filter(|(name, _)| *name != "properties")
                .for_each(|(_, inside)| fields(schemas, inside, found));
        }
        Value::Array(all) => all.iter().for_each(|inside| fields(schemas, inside, found)),
        _ => {}
    }
}

/// The words in the document's code spans.
fn told() -> BTreeSet<String> {
    let spans = DOC.split('`').skip(1).step_by(2);
    let words = spans.flat_map(|span| span.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'));
    words.filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// The messages that the first column of a table names.
fn rows(head: &str) -> BTreeSet<String> {
    let table = DOC.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let cells = table.take_while(|line| line.starts_with('|')).map(|line| line.split('|').nth(1).unwrap());
    let is_name = |span: &&str| span.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).filter(is_name)).map(str::to_string).collect()
}

#[test]
fn the_document_tells_every_message_and_no_other() {
    let schemas = schemas();
    for (list, head) in LISTS {
        let described: BTreeSet<String> = messages(&schemas, list).into_iter().map(|(name, _)| name).collect();
        assert_eq!(rows(head), described, "the table “{head}” of docs/REALTIME.md, and {list}");
    }
    let told = told();
    for (event, _) in messages(&schemas, "PushEvents") {
        assert!(told.contains(&event), "docs/REALTIME.md does not tell the push `{event}`");
    }
}

#[test]
fn the_document_tells_every_field() {
    let (schemas, told) = (schemas(), told());
    for list in LISTS.map(|(list, _)| list).iter().chain(&["PushEvents"]) {
        for (message, schema) in messages(&schemas, list) {
            let mut found = BTreeSet::new();
            fields(&schemas, &schema, &mut found);
            // The frame of a client's message is the description's own.
            found.retain(|field| !["ask", "answer"].contains(&field.as_str()));
            let missing: Vec<_> = found.difference(&told).collect();
            assert!(missing.is_empty(), "docs/REALTIME.md does not tell {missing:?} of `{message}`");
        }
    }
}

both_databases! {
    async fn the_server_takes_every_message_that_is_described(house: House) {
        let class = Class::live(&house).await;
        let (seat, token) = class.join(&class.ada).await;
        let mut live = class.connect(&token).await;
        let mut notices = Socket::connect(&house, "/", class.ada.token.as_deref().unwrap()).await.unwrap();
        let schemas = schemas();
        for (socket, list) in [(&mut notices, "NoticeClientEvents"), (&mut live, "LiveClientEvents")] {
            for (message, schema) in messages(&schemas, list) {
                // They are more than a page may say at once.
                house.parts.clock.advance_seconds(1);
                // Something that no message has: it is refused by the message itself, and nothing is done.
                let answer = socket.ask(&message, json!({"no_such_field": 1})).await;
                Socket::refused(&answer, 422, "invalid-fields");
                assert_eq!(answer["problem"]["errors"][0]["field"], "no_such_field", "{message}: {answer}");
                assert!(schema["properties"]["ask"].is_object() && schema["properties"]["answer"].is_object());
            }
        }
        assert!(live.ask("shout", json!({})).await["problem"]["type"] == "no-such-message");
        let answer = live.ask("state", json!({"microphone": true, "camera": false, "screen": false})).await;
        assert_eq!(answer, json!({}), "{seat}");
    }
}
