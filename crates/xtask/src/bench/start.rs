//! A cold start on a database that is in use, and the memory of a server with nothing to do.

use std::time::Duration;

use anyhow::Result;

use super::product::{Place, Product};
use super::table::{Row, Table, median};

const TURNS: usize = 7;
/// What a server does after its start is over by then.
const CALM: Duration = Duration::from_secs(5);

pub async fn measure(table: &mut Table) -> Result<()> {
    let place = Place::new("start", None)?;
    fill(&place).await?;
    let mut times = Vec::new();
    for _ in 0..TURNS {
        times.push(Product::open(&place, None).await?.ready_after.as_secs_f64() * 1000.0);
    }
    table.add(Row {
        what: "cold start on an existing database until `/readyz`".into(),
        ours: format!("{:.0} ms", median(times)),
        marks: "≤ 300 ms; ≤ 100 ms",
        ..Row::default()
    });
    let product = Product::open(&place, None).await?;
    tokio::time::sleep(CALM).await;
    table.add(Row {
        what: "resident memory, idle".into(),
        ours: format!("{:.0} MB", product.process.memory()?),
        marks: "≤ 64 MB; ≤ 40 MB",
        ..Row::default()
    });
    Ok(())
}

/// Somebody works here: a program with people in it.
async fn fill(place: &Place) -> Result<()> {
    let product = Product::open(place, None).await?;
    let staff = product.administrator().await?;
    let program = serde_json::json!({"title": "Weekday Together", "kind": "day_program", "time_zone": "Europe/London"});
    let program = staff.post("/programs", program).await?;
    staff.act(&format!("/programs/{}/publish", program["id"].as_str().unwrap_or_default())).await?;
    for number in 0..20 {
        staff.participant(&product, number).await?;
    }
    Ok(())
}
