"""What comes again: finishing an occurrence, which makes the next one, beside finishing a plain task."""
import os, re, statistics, subprocess, time

ROUNDS = 60


def completing(env, tasks, sh):
    """Milliseconds of `tasks done` for a plain task and for an occurrence, in turns: medians of the wall clock."""
    plain = sh(tasks, "add", "-", "--quiet", env=env, input="plain tomorrow 5pm #home\n" * ROUNDS).split()
    again = sh(tasks, "add", "-", "--quiet", env=env, input="again every day at 5pm #home\n" * ROUNDS).split()
    took = {"plain": [], "again": []}
    for one, other in zip(plain, again):
        for name, number in (("plain", one), ("again", other)):
            begin = time.perf_counter()
            subprocess.run([tasks, "done", number], env=env, check=True, capture_output=True)
            took[name].append((time.perf_counter() - begin) * 1_000)
    return statistics.median(took["again"]), statistics.median(took["plain"])


UNITS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1.0}


def next_occurrence(root, sh, row):
    """The next occurrence after a date, of rules that began six years ago: ours and the rrule crate's, rule by rule."""
    words = ["cargo", "bench", "--quiet", "--manifest-path", os.path.join(root, "Cargo.toml"), "-p", "tasks-domain", "--bench", "recurrence"]
    medians = read_divan(sh(*words, env=dict(os.environ, DIVAN_MAX_TIME="0.5", DIVAN_COLOR="never")))
    for rule, ours in medians["ours"].items():
        closed = rule.startswith(("FREQ=DAILY", "FREQ=WEEKLY"))
        # In microseconds. A closed form, not a walk from the start; nothing may be slower.
        row(f"next occurrence of {rule}, to rrule", ours * 1e6, medians["rrule_crate"][rule] * 1e6, (">=", 20 if closed else 1))


def read_divan(table):
    """function -> argument -> median in seconds."""
    medians, function = {}, None
    for line in table.splitlines():
        if found := re.search(r"[├╰]─ (FREQ=\S+)\s+[\d.]+ \S+\s+│\s*[\d.]+ \S+\s+│\s*([\d.]+) (\S+)", line):
            medians[function][found[1]] = float(found[2]) * UNITS[found[3]]
        elif found := re.match(r"[├╰]─ (\w+)", line):
            function = found[1]
            medians[function] = {}
    return medians
