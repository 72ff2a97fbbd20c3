//! Drivers for benchmarks; nothing here ships.

mod bench;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["bench", ref rows @ ..] => bench::run(rows).await,
        ["bare-chat"] => bench::bare::chat().await,
        ["bare", file] => bench::bare::serve(file.as_ref()).await,
        _ => Err(anyhow::anyhow!("say “bench”, or “bench” and the rows you want: {}", bench::ROWS.join(", "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
