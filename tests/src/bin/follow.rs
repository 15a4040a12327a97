//! How soon `tasks watch` tells of a commit: `follow [--adds 500]` through the daemon of `TASKS_HOME`. Prints latencies.
//!
//! From the answer to an add, which comes after its commit, to the line of `tasks watch --json`; and from the request on, for
//! what a person would feel. A line that is there before the answer counts as at once.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Instant;
use tasks_daemon::places::Places;
use tasks_domain::id::{OperationId, TaskId};
use tasks_proto::client::Client;
use tasks_proto::v1;

type Failed = Box<dyn std::error::Error + Send + Sync>;

fn option(name: &str, default: usize) -> usize {
    let words: Vec<String> = std::env::args().collect();
    let value = words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)?.parse().ok());
    value.unwrap_or(default)
}

fn request(n: usize) -> v1::AddTasksRequest {
    // The process id stands for the run, so that a second one in the same home makes tasks of its own.
    let unique = (u64::from(std::process::id()) << 32 | n as u64).to_be_bytes();
    let mut random = [0; 10];
    random[2..].copy_from_slice(&unique);
    let caller = v1::Caller { now_unix_ms: 1_795_338_000_000, zone: "UTC".to_owned(), ..v1::Caller::default() };
    let mut operation = *OperationId::new(1_795_338_000_000, random).as_bytes();
    operation[0] ^= 0x80;
    v1::AddTasksRequest {
        keep_going: false,
        options: Some(v1::WriteOptions {
            operation_id: operation.to_vec(),
            caller: Some(caller),
            dry_run: false,
            command: "add".to_owned(),
        }),
        tasks: vec![v1::NewTask {
            id: TaskId::new(1_795_338_000_000, random).as_bytes().to_vec(),
            text: format!("followed {n} tomorrow 5pm #x"),
        }],
        fields: None,
    }
}

fn main() -> Result<(), Failed> {
    let adds = option("--adds", 500);
    let program = std::env::var_os("TASKS_BIN").unwrap_or_else(|| "tasks".into());
    let mut watch = Command::new(program).args(["watch", "--json"]).stdout(Stdio::piped()).spawn()?;
    let lines = BufReader::new(watch.stdout.take().ok_or("no pipe")?);
    let (sender, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        lines.lines().map_while(Result::ok).all(|line| sender.send((Instant::now(), line)).is_ok())
    });
    let places = Places::from_env(&|name| std::env::var_os(name))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = runtime.block_on(Client::connect(&places.socket()?, tasks_daemon::this_build()))?;
    let mut commands = client.commands();
    let patience = std::time::Duration::from_secs(10);
    // The first ones until it follows are not counted.
    let mut n = adds;
    while told.recv_timeout(std::time::Duration::from_millis(100)).is_err() {
        runtime.block_on(commands.add_tasks(request(n)))?;
        n += 1;
    }
    while told.recv_timeout(std::time::Duration::from_millis(200)).is_ok() {}
    let (mut after, mut whole) = (Vec::new(), Vec::new());
    for n in 0..adds {
        let asked = Instant::now();
        runtime.block_on(commands.add_tasks(request(n)))?;
        let answered = Instant::now();
        let (at, line) = told.recv_timeout(patience)?;
        if !line.contains(&format!("followed {n} ")) && !line.contains(&format!("followed {n}\"")) {
            return Err(format!("told of something else: {line}").into());
        }
        after.push(at.saturating_duration_since(answered).as_micros());
        whole.push(at.duration_since(asked).as_micros());
    }
    watch.kill()?;
    watch.wait()?;
    after.sort_unstable();
    whole.sort_unstable();
    let at = |latencies: &[u128], percent: usize| latencies.get(latencies.len() * percent / 100).copied().unwrap_or(0);
    writeln!(
        std::io::stdout(),
        "adds {adds} after_p50us {} after_p99us {} whole_p50us {} whole_p99us {}",
        at(&after, 50),
        at(&after, 99),
        at(&whole, 50),
        at(&whole, 99)
    )?;
    Ok(())
}
