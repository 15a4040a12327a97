"""What comes again: finishing an occurrence, which makes the next one, beside finishing a plain task."""
import statistics, subprocess, time

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
