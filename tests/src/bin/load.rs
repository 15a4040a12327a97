//! Closed-loop adds through the daemon of `TASKS_HOME`: `load [--clients 8] [--seconds 3]`. Prints adds a second and latencies.
//!
//! The counterpart of the floor's `grpc_load`: each client has a connection and one add in flight.

use std::time::{Duration, Instant};
use tasks_daemon::places::Places;
use tasks_domain::id::{OperationId, TaskId};
use tasks_proto::client::Client;
use tasks_proto::v1;

type Failed = Box<dyn std::error::Error + Send + Sync>;

fn option(name: &str, default: u64) -> u64 {
    let words: Vec<String> = std::env::args().collect();
    let value = words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)?.parse().ok());
    value.unwrap_or(default)
}

fn request(client: u64, n: u64) -> v1::AddTasksRequest {
    // Unique in this run and over runs into the same home: the process id stands for the run.
    // An id that repeats is a command that was done already, and costs no commit.
    let mut random = [0; 10];
    random[..4].copy_from_slice(&std::process::id().to_be_bytes());
    random[4..6].copy_from_slice(&u16::try_from(client).unwrap_or(u16::MAX).to_be_bytes());
    random[6..].copy_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes());
    let caller =
        v1::Caller { now_unix_ms: 1_795_338_000_000, zone: "Europe/Berlin".to_owned(), ..v1::Caller::default() };
    let mut operation = *OperationId::new(1_795_338_000_000, random).as_bytes();
    operation[0] ^= 0x80;
    v1::AddTasksRequest {
        keep_going: false,
        options: Some(v1::WriteOptions {
            operation_id: operation.to_vec(),
            caller: Some(caller),
            dry_run: false,
            command: "add buy milk".to_owned(),
        }),
        tasks: vec![v1::NewTask {
            id: TaskId::new(1_795_338_000_000, random).as_bytes().to_vec(),
            text: "buy milk and bread on the way home tomorrow 5pm @home +errand !high".to_owned(),
        }],
        fields: None,
    }
}

async fn client(number: u64, places: &Places, end: Instant) -> Result<Vec<u64>, Failed> {
    let client = Client::connect(&places.socket()?, tasks_daemon::this_build()).await?;
    let mut commands = client.commands();
    let mut latencies = Vec::new();
    while Instant::now() < end {
        let started = Instant::now();
        commands.add_tasks(request(number, latencies.len() as u64)).await?;
        latencies.push(u64::try_from(started.elapsed().as_micros())?);
    }
    Ok(latencies)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failed> {
    let (clients, seconds) = (option("--clients", 8), option("--seconds", 3));
    let places = std::sync::Arc::new(Places::from_env(&|name| std::env::var_os(name))?);
    let end = Instant::now() + Duration::from_secs(seconds);
    let running: Vec<_> = (0..clients)
        .map(|number| {
            let places = std::sync::Arc::clone(&places);
            tokio::spawn(async move { client(number, &places, end).await })
        })
        .collect();
    let mut latencies = Vec::new();
    for client in running {
        latencies.extend(client.await??);
    }
    latencies.sort_unstable();
    let at = |percent: usize| latencies.get(latencies.len() * percent / 100).copied().unwrap_or(0);
    let rate = latencies.len() as u64 / seconds.max(1);
    let report = format!("clients {clients} rps {rate} p50us {} p99us {}\n", at(50), at(99));
    std::io::Write::write_all(&mut std::io::stdout(), report.as_bytes())?;
    Ok(())
}
