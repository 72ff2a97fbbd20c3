//! `GET /programs`, 20 of 1,000, signed in, on both databases, beside bare axum that answers the same bytes.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures::{StreamExt, TryStreamExt, stream};
use serde_json::json;

use super::process::{Running, answers, folder, free_port};
use super::product::{Person, Place, Product};
use super::table::{Row, Table};

const PROGRAMS: usize = 1000;
const LIST: &str = "/programs?limit=20";
/// Requests under way at once.
const AT_ONCE: usize = 8;

pub async fn measure(table: &mut Table) -> Result<()> {
    let postgres = std::env::var("VDP_TEST_POSTGRES_URL").ok();
    let mut bare = None;
    for (engine, url) in [("SQLite", None), ("PostgreSQL", postgres.clone())] {
        let what = format!("`GET /programs` (20 of {PROGRAMS}), signed in, {engine}: CPU ms per request");
        let marks = "≤ 10 ×; ≤ 3 ×";
        if engine == "PostgreSQL" && url.is_none() {
            let ours = "not measured: run it through scripts/with-postgres".into();
            table.add(Row { what, ours, marks, ..Row::default() });
            continue;
        }
        let place = Place::new(&format!("list-{}", engine.to_lowercase()), url)?;
        let product = Product::open(&place, None).await?;
        let staff = product.administrator().await?;
        fill(&staff).await?;
        let reader = staff.participant(&product, 1).await?;
        let page = reader.get(LIST).await?;
        ensure!(page["items"].as_array().is_some_and(|items| items.len() == 20), "not a page of twenty: {page}");
        let least = match bare {
            Some(cost) => cost,
            None => *bare.insert(cost_of_bare(&page.to_string()).await?),
        };
        let url = format!("http://{}/api/v1{LIST}", product.address);
        let cost = cost(&product.process, &url, &reader.token, 6_000).await?;
        let (reference, ratio) = (format!("bare axum: {least:.3}"), format!("{:.1} ×", cost / least));
        table.add(Row { what, reference, ours: format!("{cost:.3}"), ratio, marks });
    }
    Ok(())
}

async fn fill(staff: &Person) -> Result<()> {
    let make = |number: usize| async move {
        let program = json!({
            "title": format!("Program {number}: a morning together"), "kind": "day_program",
            "summary": "Gentle movement, music, cooking and company, every weekday from home.",
            "time_zone": "Europe/London", "capacity": 40,
        });
        let made = staff.post("/programs", program).await?;
        let id = made["id"].as_str().context("a program has an id")?;
        staff.act(&format!("/programs/{id}/publish")).await.map(drop)
    };
    stream::iter(0..PROGRAMS).map(make).buffer_unordered(4).try_collect::<Vec<()>>().await.map(drop)
}

async fn cost_of_bare(bytes: &str) -> Result<f64> {
    let folder = folder("bare")?;
    let (file, port) = (folder.join("page.json"), free_port()?);
    std::fs::write(&file, bytes)?;
    let mut command = Command::new(std::env::current_exe()?);
    let bare = Running::start(command.arg("bare").arg(&file).env("PORT", port.to_string()), &folder.join("log"))?;
    let url = format!("http://127.0.0.1:{port}/");
    answers(&url, Duration::from_secs(10)).await?;
    cost(&bare, &url, "", 40_000).await
}

/// CPU milliseconds that one answer costs the process.
async fn cost(process: &Running, url: &str, token: &str, requests: usize) -> Result<f64> {
    ask(url, token, requests / 10).await?;
    let before = process.cpu()?;
    ask(url, token, requests).await?;
    Ok((process.cpu()? - before) * 1000.0 / requests as f64)
}

async fn ask(url: &str, token: &str, requests: usize) -> Result<()> {
    let client = reqwest::Client::new();
    let one = |_| {
        let request = client.get(url).bearer_auth(token);
        async move {
            let answer = request.send().await?.error_for_status()?;
            answer.bytes().await.map(drop)
        }
    };
    stream::iter(0..requests).map(one).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    Ok(())
}
