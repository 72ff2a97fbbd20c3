//! Boards and notes: everybody has the same, nothing that was acknowledged is lost, and nobody writes with another's hand.

use std::collections::BTreeSet;
use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use server::events::Fact;
use server::live::documents::model::{update, writer};
use server::plumbing::clock::Clock;
use uuid::Uuid;
use yrs::types::ToJson;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{Array, Doc, Map, MapPrelim, ReadTxn, StateVector, Transact, Update};

use super::Class;
use super::media::publish;
use super::recording::{path_of, ready, record, written};
use crate::both_databases;
use crate::programs::enroll;
use crate::util::{House, Person, Socket};
use sea_orm::EntityTrait;

/// A page that has a board open.
struct Page {
    socket: Socket,
    document: Value,
    doc: Doc,
    seq: u64,
}

impl Page {
    /// Opens a board; a page has a Yjs client id of its own.
    async fn open(mut socket: Socket, document: &Value, client: u64) -> Page {
        let doc = Doc::with_client_id(client);
        let opened = open(&mut socket, document, &doc).await;
        Page { socket, document: document.clone(), doc, seq: opened["seq"].as_u64().unwrap() }
    }

    /// Draws something; answers the update, which is not sent yet.
    fn draw(&self, id: &str, points: usize) -> Vec<u8> {
        let elements = self.doc.get_or_insert_map("elements");
        let mut change = self.doc.transact_mut();
        let element = elements.insert(&mut change, id, MapPrelim::from([("type", "freedraw"), ("x", "12")]));
        let array = element.insert(&mut change, "points", yrs::ArrayPrelim::default());
        for point in 0..points {
            array.push_back(&mut change, point as i64);
        }
        change.encode_update_v1()
    }

    async fn send(&mut self, update: &[u8]) -> Value {
        write(&mut self.socket, &self.document, update).await
    }

    async fn stroke(&mut self, id: &str) -> Value {
        let update = self.draw(id, 20);
        self.send(&update).await
    }

    /// Takes over what it is told until the board has what is looked for.
    async fn until(&mut self, what: &str) {
        while !self.has(what) {
            let told = self.socket.hear("written").await;
            self.seq += 1;
            assert_eq!(told["seq"], self.seq, "no number is left out");
            apply(&self.doc, &STANDARD.decode(told["update"].as_str().unwrap()).unwrap());
        }
    }

    fn has(&self, id: &str) -> bool {
        let elements = self.doc.get_or_insert_map("elements");
        elements.get(&self.doc.transact(), id).is_some()
    }

    fn whole(&self) -> String {
        let elements = self.doc.get_or_insert_map("elements");
        serde_json::to_value(elements.to_json(&self.doc.transact())).unwrap().to_string()
    }
}

fn apply(doc: &Doc, update: &[u8]) {
    doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
}

async fn open(socket: &mut Socket, document: &Value, doc: &Doc) -> Value {
    let state = STANDARD.encode(doc.transact().state_vector().encode_v1());
    let opened = socket.ask("open_document", json!({"document_id": document["id"], "state": state})).await;
    apply(doc, &unpacked(&opened));
    opened
}

fn unpacked(opened: &Value) -> Vec<u8> {
    let bytes = STANDARD.decode(opened["update"].as_str().unwrap_or_else(|| panic!("{opened}"))).unwrap();
    if opened["deflated"] == json!(false) {
        return bytes;
    }
    let mut whole = Vec::new();
    flate2::read::DeflateDecoder::new(bytes.as_slice()).read_to_end(&mut whole).unwrap();
    whole
}

async fn write(socket: &mut Socket, document: &Value, update: &[u8]) -> Value {
    let said = json!({"document_id": document["id"], "update": STANDARD.encode(update)});
    socket.ask("write_document", said).await
}

async fn make(socket: &mut Socket, kind: &str) -> Value {
    let made = socket.ask("make_document", json!({"id": Uuid::now_v7(), "kind": kind, "title": "Harbour"})).await;
    assert_eq!(made["title"], "Harbour", "{made}");
    made
}

/// A class with a board on it, open on the pages of Ada, who leads, and of Bob.
async fn board(house: &House) -> (Class, Page, Page) {
    let class = Class::live(house).await;
    let (mut ada, ..) = class.sit(&class.ada).await;
    let (mut bob, ..) = class.sit(&class.bob).await;
    let board = make(&mut ada, "board").await;
    assert_eq!(bob.hear("documents").await["documents"], json!([board]));
    let ada = Page::open(ada, &board, 1).await;
    let bob = Page::open(bob, &board, 2).await;
    (class, ada, bob)
}

async fn wrote(house: &House) -> i64 {
    let hands = super::facts(house).await.into_iter().filter_map(|fact| match fact {
        Fact::DocumentWritten { hands, .. } => Some(hands.iter().map(|hand| hand.objects).sum::<i64>()),
        _ => None,
    });
    hands.sum()
}

async fn rows(house: &House) -> Vec<update::Model> {
    update::Entity::find().all(house.parts.db.read()).await.unwrap()
}

async fn cleo(class: &Class) -> Person {
    let cleo = class.house.participant("Cleo Sands").await;
    enroll(&cleo, &class.program).await;
    cleo
}

both_databases! {
    async fn everybody_has_the_same_board_and_who_comes_late_has_it_in_one_message(house: House) {
        let (class, mut ada, mut bob) = board(&house).await;
        assert_eq!(ada.stroke("sun").await, json!({"seq": 1}));
        let (sea, boat) = (bob.draw("sea", 300), bob.draw("boat", 5));
        bob.send(&sea).await;
        bob.send(&boat).await;
        ada.until("boat").await;
        bob.until("sun").await;
        assert_eq!(ada.whole(), bob.whole());

        let (socket, ..) = class.sit(&cleo(&class).await).await;
        let late = Page::open(socket, &ada.document, 3).await;
        assert_eq!(late.whole(), ada.whole());
        assert!(!late.socket_has_written(), "one message is all of it");
        // Who was away is told what is missing, and no more.
        let mut bob_again = Page { doc: Doc::with_client_id(9), ..bob };
        let opened = open(&mut bob_again.socket, &ada.document, &ada.doc).await;
        assert_eq!(unpacked(&opened), [0, 0], "{opened}");
        let names: BTreeSet<&str> =
            opened["writers"].as_array().unwrap().iter().map(|hand| hand["name"].as_str().unwrap()).collect();
        assert_eq!(names, BTreeSet::from(["Ada Njeri", "Bob Marsh"]));
        class.end().await;
        crate::util::until("what was drawn is announced", async || wrote(&house).await == 3).await;
        assert_eq!(rows(&house).await.len(), 1, "it was made one row");
        let kept = class.ada.get(&format!("{}/documents/{}", class.session, ada.document["id"].as_str().unwrap())).await;
        let read = Doc::new();
        apply(&read, &unpacked(&kept.expect(200)));
        let elements = read.get_or_insert_map("elements");
        assert_eq!(serde_json::to_value(elements.to_json(&read.transact())).unwrap().to_string(), ada.whole());
    }

    async fn what_was_acknowledged_outlives_a_crash(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, _, ada_token) = class.sit(&class.ada).await;
        let (bob, _, bob_token) = class.sit(&class.bob).await;
        let board = make(&mut ada, "board").await;
        let (mut ada, mut bob) = (Page::open(ada, &board, 1).await, Page::open(bob, &board, 2).await);
        for number in 0..20 {
            assert!(bob.stroke(&format!("stroke {number}")).await["seq"].is_u64());
        }
        ada.until("stroke 19").await;
        ada.stroke("sun").await;
        bob.until("sun").await;
        house.crash().await;

        let again = House::open_at(house.place.clone(), Clock::default()).await;
        let class = Class { house: again.clone(), ..class };
        let mut socket = class.connect(&ada_token).await;
        assert_eq!(socket.hear("room").await["documents"], json!([ada.document]));
        let late = Page::open(socket, &ada.document, 7).await;
        assert_eq!(late.whole(), ada.whole());
        // Bob's page goes on where it was, with the same hand, and with what it drew meanwhile.
        let meanwhile = bob.draw("meanwhile", 3);
        let mut socket = class.connect(&bob_token).await;
        socket.hear("room").await;
        Socket::refused(&write(&mut socket, &ada.document, &ada.draw("another's", 2)).await, 422, "invalid-fields");
        assert_eq!(write(&mut socket, &bob.document, &meanwhile).await, json!({"seq": 1}));
        again.crash().await;
    }

    async fn thirty_people_who_draw_at_once_have_the_same(house: House) {
        let class = Class::live(&house).await;
        let (mut ada, ..) = class.sit(&class.ada).await;
        let board = make(&mut ada, "board").await;
        let mut pages = vec![Page::open(ada, &board, 1).await];
        for number in 0..29 {
            let person = house.participant(&format!("Person {number}")).await;
            enroll(&person, &class.program).await;
            let (socket, ..) = class.sit(&person).await;
            pages.push(Page::open(socket, &board, 100 + number).await);
        }
        let drawn = pages.iter_mut().enumerate().map(async |(hand, page)| {
            for number in 0..5 {
                page.stroke(&format!("{hand}/{number}")).await;
            }
            // The same thing is changed by everybody.
            page.stroke("common").await;
        });
        futures::future::join_all(drawn).await;
        let state = |page: &Page| page.doc.transact().state_vector();
        let mut all = StateVector::default();
        pages.iter().for_each(|page| all.merge(state(page)));
        for page in &mut pages {
            while state(page) != all {
                let told = page.socket.hear("written").await;
                page.seq += 1;
                assert_eq!(told["seq"], page.seq);
                apply(&page.doc, &STANDARD.decode(told["update"].as_str().unwrap()).unwrap());
            }
        }
        let first = pages[0].whole();
        assert_eq!(first.matches("freedraw").count(), 30 * 5 + 1);
        assert!(pages.iter().all(|page| page.whole() == first));
    }

    async fn nobody_writes_with_anothers_hand_or_what_a_board_does_not_have(house: House) {
        let (class, mut ada, mut bob) = board(&house).await;
        ada.stroke("sun").await;
        bob.until("sun").await;
        let field = |answer: &Value, code: &str| {
            Socket::refused(answer, 422, "invalid-fields");
            assert_eq!(answer["problem"]["errors"][0]["type"], code, "{answer}");
        };
        let forged = ada.draw("forged", 2);
        field(&bob.send(&forged).await, "not-yours");
        assert_eq!(ada.send(&forged).await, json!({"seq": 2}));
        field(&bob.send(b"nonsense").await, "unreadable");
        field(&bob.send(&[]).await, "unreadable");
        field(&bob.send(&vec![0; 256 * 1024 + 1]).await, "too-large");
        // A name that a board does not have.
        let other = Doc::with_client_id(2);
        let map = other.get_or_insert_map("scripts");
        let mut change = other.transact_mut();
        map.insert(&mut change, "x", 1);
        field(&bob.send(&change.encode_update_v1()).await, "foreign");
        // Something that builds on what was never written here.
        let far = Doc::with_client_id(4);
        let elements = far.get_or_insert_map("elements");
        elements.insert(&mut far.transact_mut(), "first", 1);
        let mut change = far.transact_mut();
        elements.insert(&mut change, "second", 1);
        Socket::refused(&bob.send(&change.encode_update_v1()).await, 409, "out-of-step");
        // Few bytes that say they are very much: a gap of a billion, an array of a billion, a map in a map in a map.
        let few: [&[u8]; 4] = [
            &[1, 1, 2, 5, 10, 0x80, 0x94, 0xeb, 0xdc, 3, 0],
            &[1, 1, 2, 0, 8, 1, 8, b'e', b'l', b'e', b'm', b'e', b'n', b't', b's', 0x80, 0x94, 0xeb, 0xdc, 3, 0],
            &[0xff, 0xff, 0xff, 0xff, 15, 1],
            &[0, 0xff, 0xff, 0xff, 0xff, 15],
        ];
        for bytes in few {
            let answer = bob.send(bytes).await;
            Socket::refused(&answer, 422, "invalid-fields");
        }
        bob.stroke("still well").await;
        ada.until("still well").await;
        // Somebody who is not in the program, and something that is not there.
        let eve = house.participant("Eve Moss").await;
        let path = format!("{}/documents", class.session);
        eve.get(&path).await.refused(403, "not-enrolled");
        eve.get(&format!("{path}/{}", ada.document["id"].as_str().unwrap())).await.refused(403, "not-enrolled");
        house.nobody().get(&path).await.refused(401, "sign-in-first");
        let unknown = json!({"document_id": Uuid::now_v7()});
        Socket::refused(&bob.socket.ask("open_document", unknown).await, 404, "not-found");
        class.bob.get(&format!("{path}/{}", Uuid::now_v7())).await.refused(404, "not-found");
    }

    async fn hosts_say_who_draws_and_what_is_on_the_stage(house: House) {
        let (class, mut ada, mut bob) = board(&house).await;
        ada.socket.ask("set_rules", json!({"draw": false})).await;
        let update = bob.draw("late", 3);
        Socket::refused(&bob.send(&update).await, 403, "may-not-draw");
        let made = json!({"id": Uuid::now_v7(), "kind": "board", "title": "Mine"});
        Socket::refused(&bob.socket.ask("make_document", made.clone()).await, 403, "may-not-draw");
        ada.socket.ask("allow", json!({"user_id": class.bob.id, "draw": true})).await;
        assert_eq!(bob.send(&update).await, json!({"seq": 1}));
        let mine = bob.socket.ask("make_document", made.clone()).await;
        assert_eq!(bob.socket.ask("make_document", made).await, mine, "said twice, it is made once");
        for (event, said) in [("show_document", json!({"document_id": mine["id"]})), ("remove_document", json!({"document_id": mine["id"]}))] {
            Socket::refused(&bob.socket.ask(event, said).await, 403, "may-not");
        }
        let named = bob.socket.ask("name_document", json!({"document_id": mine["id"], "title": "Boats"})).await;
        assert_eq!((&named["title"], &named["made_by"]), (&json!("Boats"), &json!("Bob Marsh")));
        Socket::refused(&bob.socket.ask("name_document", json!({"document_id": ada.document["id"], "title": "Mine"})).await, 403, "may-not");
        ada.socket.ask("show_document", json!({"document_id": mine["id"]})).await;
        bob.socket.hear_where("desk", |desk| desk["shown"] == mine["id"]).await;
        ada.socket.ask("remove_document", json!({"document_id": mine["id"]})).await;
        bob.socket.hear_where("desk", |desk| desk["shown"].is_null()).await;
        bob.socket.hear_where("documents", |list| list["documents"].as_array().unwrap().len() == 1).await;
        Socket::refused(&bob.socket.ask("open_document", json!({"document_id": mine["id"]})).await, 404, "not-found");
        // The first of its kind is made once, and the notes always are.
        let first = |kind: &str| json!({"id": Uuid::now_v7(), "kind": kind, "title": "Again", "first": kind == "board"});
        assert_eq!(bob.socket.ask("make_document", first("board")).await, ada.document);
        let notes = bob.socket.ask("make_document", first("notes")).await;
        assert_eq!(ada.socket.ask("make_document", first("notes")).await, notes);
        // What is of one kind is refused by the other.
        let update = bob.draw("not a note", 3);
        Socket::refused(&write(&mut bob.socket, &notes, &update).await, 422, "invalid-fields");
        let empty = bob.socket.ask("make_document", json!({"id": Uuid::now_v7(), "kind": "board", "title": " "})).await;
        Socket::refused(&empty, 422, "invalid-fields");
    }

    async fn a_breakout_room_has_its_own(house: House) {
        let (class, mut ada, mut bob) = board(&house).await;
        ada.socket.ask("plan_breakouts", json!({"count": 1, "how": "by_hand"})).await;
        let desk = ada.socket.hear_where("desk", |desk| desk["breakouts"]["rooms"].is_array()).await;
        let room = desk["breakouts"]["rooms"][0]["id"].clone();
        ada.socket.ask("move_to", json!({"user_id": class.bob.id, "breakout_id": room})).await;
        ada.socket.ask("open_breakouts", json!({})).await;
        let moved = bob.socket.hear_where("room", |view| view["you"]["breakout_id"] == room).await;
        assert_eq!(moved["documents"], json!([]));
        Socket::refused(&bob.stroke("left behind").await, 404, "not-found");
        let own = make(&mut bob.socket, "board").await;
        assert_eq!(own["breakout_id"], room);
        Socket::refused(&ada.socket.ask("open_document", json!({"document_id": own["id"]})).await, 404, "not-found");
        let path = format!("{}/documents", class.session);
        assert_eq!(class.ada.get(&path).await.expect(200)["documents"].as_array().unwrap().len(), 2, "staff see all");
        assert_eq!(class.bob.get(&path).await.expect(200)["documents"], json!([ada.document]));
    }

    async fn pictures_are_kept_beside_the_board_and_are_pictures(house: House) {
        let (class, mut ada, mut bob) = board(&house).await;
        let png = |width: u32| {
            let mut bytes = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R'];
            bytes.extend(width.to_be_bytes());
            bytes.extend(9u32.to_be_bytes());
            bytes.extend([8, 6, 0, 0, 0, 1, 2, 3, 4]);
            format!("data:image/png;base64,{}", STANDARD.encode(bytes))
        };
        let id = Uuid::now_v7();
        let board = ada.document["id"].clone();
        let add = |id: Uuid, image: String| json!({"document_id": board, "id": id, "image": image});
        assert_eq!(bob.socket.ask("add_image", add(id, png(40))).await, json!({}));
        assert_eq!(bob.socket.ask("add_image", add(id, png(40))).await, json!({}), "said twice, it is kept once");
        let seen = ada.socket.ask("document_image", json!({"document_id": board, "id": id})).await;
        assert_eq!(seen["image"], png(40));
        let path = format!("{}/documents/{}/images/{id}", class.session, board.as_str().unwrap());
        assert_eq!(class.bob.get(&path).await.expect(200)["image"], png(40));
        for (wrong, code) in [
            (png(50_000), "too-large"),
            (format!("data:image/svg+xml;base64,{}", STANDARD.encode("<svg onload=alert(1)>")), "not-a-picture"),
            ("https://example.org/x.png".into(), "unreadable"),
        ] {
            let answer = bob.socket.ask("add_image", add(Uuid::now_v7(), wrong)).await;
            assert_eq!(answer["problem"]["errors"][0]["type"], code, "{answer}");
        }
        let taken = ada.socket.ask("add_image", add(id, png(7))).await;
        assert_eq!(taken["problem"]["errors"][0]["type"], "taken", "{taken}");
    }

    async fn the_replay_has_the_board_as_it_changed_without_those_who_said_no(house: House) {
        let (class, mut ada, mut bob) = board(&house).await;
        ada.stroke("before the yes").await;
        bob.until("before the yes").await;
        house.parts.clock.advance_seconds(1);
        ada.socket.ask("consent", json!({"yes": true})).await;
        ada.stroke("before").await;
        bob.until("before").await;
        bob.stroke("of who did not say yes").await;
        ada.until("of who did not say yes").await;
        let _sends = publish(&mut ada.socket).await;
        house.parts.clock.advance_seconds(2);
        record(&mut ada.socket).await;
        house.parts.clock.advance_seconds(3);
        ada.stroke("sun").await;
        bob.until("sun").await;
        bob.stroke("nor this").await;
        ada.until("nor this").await;
        house.parts.clock.advance_seconds(1);
        let gone = {
            let elements = ada.doc.get_or_insert_map("elements");
            let mut change = ada.doc.transact_mut();
            elements.remove(&mut change, "before");
            change.encode_update_v1()
        };
        ada.send(&gone).await;
        let second = make(&mut ada.socket, "board").await;
        written(&house, 30_000).await;
        class.end().await;
        let recording = &ready(&class, &class.bob, 1).await[0];
        let path = path_of(recording);
        let replay = class.bob.get(&path).await.expect(200);
        assert_eq!(replay["boards"], json!([ada.document, second]));
        let chapter = &replay["chapters"][1];
        assert_eq!((&chapter["kind"], &chapter["label"]), (&json!("board"), &json!("Harbour")), "{chapter}");
        let of_board = format!("{path}/boards/{}", ada.document["id"].as_str().unwrap());
        let film = class.bob.get(&of_board).await.expect(200);
        let doc = Doc::new();
        let elements = doc.get_or_insert_map("elements");
        let seen: Vec<(i64, Vec<String>)> = film["frames"].as_array().unwrap().iter().map(|frame| {
            apply(&doc, &STANDARD.decode(frame["update"].as_str().unwrap()).unwrap());
            let mut ids: Vec<String> = elements.keys(&doc.transact()).map(str::to_string).collect();
            ids.sort();
            (frame["at_ms"].as_i64().unwrap(), ids)
        }).collect();
        let ids: Vec<Vec<&str>> = seen.iter().map(|(_, ids)| ids.iter().map(String::as_str).collect()).collect();
        assert_eq!(ids, [vec!["before"], vec!["before", "sun"], vec!["sun"]], "{seen:?}");
        assert!(seen[0].0 == 0 && seen[1].0 >= 3000 && seen[2].0 >= 4000, "{seen:?}");
        assert_eq!(film["makers"], json!({"before": "Ada Njeri", "sun": "Ada Njeri"}));
        house.participant("Eve Moss").await.get(&of_board).await.refused(404, "not-found");
        class.bob.get(&format!("{path}/boards/{}", Uuid::now_v7())).await.refused(404, "not-found");
    }

    async fn where_the_others_are_is_told_and_not_kept(house: House) {
        let (_class, mut ada, mut bob) = board(&house).await;
        let point = |state: Value| json!({"document_id": ada.document["id"], "state": state});
        assert_eq!(bob.socket.ask("point_at", point(json!("{\"x\":1}"))).await, json!({}));
        let told = ada.socket.hear("pointing").await;
        assert_eq!(told["pointers"][0]["state"], "{\"x\":1}");
        bob.socket.ask("close_document", json!({"document_id": ada.document["id"]})).await;
        assert_eq!(ada.socket.hear("pointing").await["pointers"][0]["state"], json!(null));
        Socket::refused(&bob.socket.ask("point_at", point(json!("x".repeat(501)))).await, 422, "invalid-fields");
        let hands = writer::Entity::find().all(ada_db(&_class)).await.unwrap();
        assert_eq!(hands, []);
    }
}

fn ada_db(class: &Class) -> &sea_orm::DatabaseConnection {
    class.house.parts.db.read()
}

impl Page {
    /// Whether something was told that it has not taken over.
    fn socket_has_written(mut self) -> bool {
        self.socket.has_heard(&["written"])
    }
}
