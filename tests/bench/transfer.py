"""Export and import of 10,000 tasks, beside `sqlite3 -json`, raw SQLite and Taskwarrior; used by `run`."""
import json, os, re, shutil, sqlite3, subprocess, tempfile, time


def used(words, env):
    """Wall and CPU milliseconds of one program."""
    begin = time.perf_counter()
    pid = os.posix_spawn(shutil.which(words[0]) or words[0], words, env, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    wall = (time.perf_counter() - begin) * 1000
    if status:
        raise SystemExit(f"{' '.join(words)} failed")
    return wall, (usage.ru_utime + usage.ru_stime) * 1000


def ticks(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def median(values):
    return sorted(values)[len(values) // 2]


def fresh(home, folder):
    env = dict(home.env, TASKS_HOME=os.path.join(folder, "t"), TASKDATA=os.path.join(folder, "tw"))
    os.mkdir(env["TASKDATA"])
    return env


def transfer(home, sh, prun, row, tasks, floor, pid_of):
    folder = tempfile.mkdtemp(prefix="tasks-transfer-")
    try:
        exports(home, folder, sh, prun, row, tasks, pid_of)
        imports(home, folder, sh, row, tasks, floor)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def exports(home, folder, sh, prun, row, tasks, pid_of):
    if not shutil.which("sqlite3"):
        print("left out: sqlite3 is not installed (Debian's sqlite3)")
        return
    document = json.loads(sh(tasks, "export", env=home.env))["tasks"]
    with sqlite3.connect(os.path.join(folder, "equal.db")) as db:
        keys = list(document[0])
        db.execute(f"create table tasks ({', '.join(chr(34) + key + chr(34) for key in keys)})")
        flat = lambda value: json.dumps(value) if isinstance(value, (list, dict)) else value
        db.executemany(f"insert into tasks values ({', '.join('?' * len(keys))})", [[flat(task[key]) for key in keys] for task in document])
    commands = [("export", f"sh:{tasks} export >/dev/null"),
                ("sqlite3", f"sh:sqlite3 -json {folder}/equal.db 'select * from tasks' >/dev/null")]
    if home.taskwarrior(10_000):
        commands.append(("task", "sh:task export >/dev/null 2>&1"))
    pid = pid_of(home)
    before = ticks(pid)
    got = prun(home.env, commands, runs="7")
    daemon = (ticks(pid) - before) / 9
    row(f"export of {len(document)}, wall, to sqlite3 -json of an equal table", got["export"][0], got["sqlite3"][0], ("<=", 2.5))
    if "task" in got:
        row(f"export of {len(document)}, client CPU, to Taskwarrior", got["export"][1], got["task"][1], (">=", 12))
        print(f"{'the same with the daemon, CPU':<64} ours {got['export'][1] + daemon:9.2f}  other {got['task'][1]:9.2f}", flush=True)


def imports(home, folder, sh, row, tasks, floor):
    name = os.path.join(folder, "tasks.json")
    sh(tasks, "export", "-o", name, env=home.env)
    count = len(json.load(open(name))["tasks"])
    warrior = os.path.join(folder, "task.json")
    if shutil.which("task"):
        with open(warrior, "w") as out:
            out.write(sh("task", "export", env=home.env))
    walls, cpus, daemons, theirs = [], [], [], []
    for _ in range(3):
        with tempfile.TemporaryDirectory(prefix="tasks-import-") as place:
            env = fresh(home, place)
            sh(tasks, "list", env=env)
            pid = int(re.search(r'"pid":\s*(\d+)', sh(tasks, "daemon", "status", "--json", env=env))[1])
            before = ticks(pid)
            wall, cpu = used([tasks, "import", name], env)
            walls.append(wall)
            cpus.append(cpu)
            daemons.append(ticks(pid) - before)
            if shutil.which("task"):
                theirs.append(used(["task", "import", warrior], env)[1])
            subprocess.run([tasks, "daemon", "stop"], env=env, capture_output=True)
    with tempfile.TemporaryDirectory(prefix="tasks-floor-") as place:
        rates = sh(os.path.join(floor, "write_floor"), place, "--secs", "1")
    rate = float(re.search(r"sqlite full task\+event 512/tx.*?rows/s +([\d.]+)", rates)[1])
    row(f"import of {count}, wall, to raw SQLite at 512 rows a transaction", median(walls), count / rate * 1000, ("<=", 2.5))
    if theirs:
        row(f"import of {count}, client CPU, to Taskwarrior", median(cpus), median(theirs), (">=", 3))
        print(f"{'the same with the daemon, CPU':<64} ours {median(cpus) + median(daemons):9.2f}  other {median(theirs):9.2f}", flush=True)
