"""Expands rules with python-dateutil, which nobody here wrote.

Reads one JSON object a line and writes one list of texts a line, in order:
  {"rrule": "FREQ=…", "start": "2026-01-31T09:00:00", "until": "2046-01-31T09:00:00"}
      the local dates up to `until`, MOST at most;
  {"zone": "America/New_York", "local": ["2026-03-08T02:30:00", …]}
      what the clocks of the zone make of each local time, from the tz database of the machine or of the tzdata package: the
      offset before a gap moves it forward by the gap, the first of two counts, and a letter says which: "g", "o" or "".
"""
import json
import sys
import warnings
from datetime import datetime, timezone
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

warnings.simplefilter("ignore", DeprecationWarning)
MOST = 8_000


def expand(case):
    until = datetime.fromisoformat(case["until"])
    try:
        made = rrulestr(case["rrule"], dtstart=datetime.fromisoformat(case["start"]))
        if made._until is None:
            # Else a rule that never occurs is searched up to the year 9999. (With COUNT it warns, and does both.)
            made = made.replace(until=until)
    except ValueError as error:
        # The hours of the rule are never those of BYHOUR.
        if "empty set" in str(error):
            return []
        raise
    return [when.isoformat() for when in islice(takewhile(lambda when: when <= until, made), MOST)]


def resolve(case):
    zone = ZoneInfo(case["zone"])
    out = []
    for text in case["local"]:
        local = datetime.fromisoformat(text)
        first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
        # fold=0 reads a time in a gap with the offset from before it (PEP 495).
        instant = first.astimezone(timezone.utc)
        shown = instant.astimezone(zone)
        changed = first.utcoffset() != second.utcoffset()
        exists = shown.replace(tzinfo=None) == local
        mark = "" if not changed else "o" if exists else "g"
        out.append(f"{shown.isoformat()} {mark}")
    return out


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(expand(case) if "rrule" in case else resolve(case)), flush=True)
