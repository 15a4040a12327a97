"""Reminders: a million pending ones cost nothing but the head of an index."""
import http.server, json, os, subprocess, tempfile, threading, time

LENGTHS = ["15 minutes", "30 minutes", "1 hour", "2 hours", "3 hours", "1 day", "2 days", "1 week"]
# Changes of one command are bounded: so many tasks with eight reminders each.
TASKS_OF_A_COMMAND = 200


class Receiver:
    """Takes webhooks, and notes when each came."""

    def __init__(self):
        came = self.came = {}

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                now = time.time()
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                came.setdefault(self.path, now)
                self.send_response(204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


def fill(env, tasks, sh, count):
    """Tasks that are due far from now, each with eight reminders."""
    flags = [word for length in LENGTHS for word in ("--remind", f"{length} before")]
    made = 0
    while made < count:
        lines = "".join(f"task {made + at} 2031-{1 + at % 12:02}-{1 + at % 28:02} 17:00\n" for at in range(TASKS_OF_A_COMMAND))
        sh(tasks, "add", "-", "--quiet", *flags, env=env, input=lines)
        made += TASKS_OF_A_COMMAND * len(LENGTHS)
    return made


def memory(pid):
    """MiB of its own: what is mapped from the database's file is the system's cache."""
    fields = dict(line.split(":") for line in open(f"/proc/{pid}/status") if ":" in line)
    return int(fields["RssAnon"].split()[0]) / 1024, int(fields["VmRSS"].split()[0]) / 1024


def ticks(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def switches(pid):
    """How often its threads were woken."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        for line in open(f"/proc/{pid}/task/{thread}/status"):
            if line.startswith("voluntary_ctxt_switches"):
                total += int(line.split()[1])
    return total


def at_rest(pid, seconds):
    time.sleep(12)  # threads that waited for more work have ended by then
    before = ticks(pid), switches(pid)
    time.sleep(seconds)
    return ticks(pid) - before[0], switches(pid) - before[1]


def restarted(home, tasks, sh, pid_of):
    subprocess.run([tasks, "daemon", "stop"], env=home.env, capture_output=True)
    sh(tasks, "list", "--limit", "1", env=home.env)
    return pid_of(home)


def lateness(env, tasks, sh, count, receiver):
    """Milliseconds between the instant and the request at the receiver, sorted; the clock's own share from the ledger too."""
    meant, ids = {}, []
    for at in range(count):
        task = sh(tasks, "add", f"soon {at}", "--quiet", env=env).strip()
        path = f"/{at}"
        answer = sh(tasks, "remind", task, f"in {4 + (at + 1) // 2} seconds", f"--webhook={receiver.url}{path}", "--json", env=env)
        one = json.loads(answer)["tasks"][0]["reminders"][0]
        meant[path] = instant(one["at"])
        ids.append((path, one["id"]))
    while time.time() < max(meant.values()) + 3:
        time.sleep(0.2)
    arrived = sorted((receiver.came[path] - at) * 1000 for path, at in meant.items() if path in receiver.came)
    handed = []
    for path, one in ids:
        rows = json.loads(sh(tasks, "reminders", "why", one, "--json", env=env))["reminders"][0]["ledger"]
        marks = [row["held"] or row["marks"][0] for row in rows if row["held"] or row["marks"]]
        handed += [(instant(mark["at"]) - meant[path]) * 1000 for mark in marks[:1]]
    return arrived, sorted(handed)


def instant(text):
    whole, part = text.rstrip("Z").split(".")
    return time.mktime(time.strptime(whole + " UTC", "%Y-%m-%dT%H:%M:%S %Z")) - time.timezone + int(part) / 1000


def p99(values):
    return values[min(len(values) - 1, int(len(values) * 0.99))] if values else float("nan")


def reminders(home_of, sh, row, tasks, pid_of, quick):
    """`home_of(0)` makes an empty home."""
    none, many = home_of(0), home_of(0)
    try:
        began = time.time()
        made = fill(many.env, tasks, sh, 100_000 if quick else 1_000_000)
        print(f"\n{made} pending reminders made in {time.time() - began:.0f} s")
        sh(tasks, "add", "nothing", env=none.env)
        few, all_of_them = restarted(none, tasks, sh, pid_of), restarted(many, tasks, sh, pid_of)
        (small, small_rss), (large, large_rss) = memory(few), memory(all_of_them)
        print(f"memory of the daemon: {large_rss:.1f} MiB with them, {small_rss:.1f} without (anonymous: {large:.1f}, {small:.1f})")
        row("memory of the daemon with pending reminders, MiB more", max(large_rss - small_rss, 0.01), 10, ("<=", 1.0))
        rest, woken = at_rest(all_of_them, 20)
        base, base_woken = at_rest(few, 20)
        print(f"at rest for 20 s: {rest} ticks and {woken} wake-ups with them, {base} and {base_woken} without")
        row("CPU at rest, ticks in 20 s", rest + 1, base + 1, ("<=", 1.0))
        receiver = Receiver()
        arrived, handed = lateness(many.env, tasks, sh, 20 if quick else 100, receiver)
        if arrived:
            print(f"lateness at a webhook's receiver, ms: median {arrived[len(arrived) // 2]:.1f}, most {arrived[-1]:.1f} ({len(arrived)} came)")
            row("lateness at the receiver of a webhook, p99, ms", p99(arrived), 50, ("<=", 1.0))
        print(f"until it stands in the ledger, ms: median {handed[len(handed) // 2]:.1f}, most {handed[-1]:.1f} ({len(handed)} rows)")
        row("lateness in the ledger, p99, ms", p99(handed), 50, ("<=", 1.0))
    finally:
        none.close()
        many.close()
