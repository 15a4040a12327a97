"""Made-up tasks such as people have, the same for every program that is measured.

Titles of four to ten words; a project for 7 of 10, none to three tags, a due date for 6 of 10, a priority for 4 of 10, a note for
every fourth. The same count gives the same tasks.
"""
import json
import random

VERBS = "buy call write review fix send plan book clean read check order prepare update cancel renew pay visit ask finish".split()
THINGS = (
    "milk and bread|the quarterly report for the board|mom about the weekend|an offer to the new customer|the leaking tap in the kitchen|"
    "train tickets to Vienna|notes of the planning meeting|the pull request about sync|a birthday present for Anna|the invoice of the "
    "electrician|tyres before the first snow|slides for the talk|the backup of the old laptop|insurance papers for the car|the dentist about "
    "an appointment"
).split("|")
MORE = ["", "", " in person", " with Tom", " (see the thread)", " and tell the others", " once the parts are there"]
PROJECTS = ["home", "home/garden", "work", "work/website", "work/clients/acme", "family", "travel", "health", "finance/tax", "reading"]
TAGS = "shop phone errand computer urgent waiting someday office weekend kids car writing".split()
NOTES = [
    "Ask for a discount; last time it was 10 %.",
    "The ticket has the details.",
    "Needs the signed form from the folder on the shelf, and a copy of the passport.",
    "Tom knows the number.",
]
PRIORITIES = {"high": "H", "medium": "M", "low": "L"}


def tasks(count):
    r = random.Random(7)
    for i in range(count):
        yield {
            # "no" keeps the number from being read as an hour.
            "title": f"{r.choice(VERBS)} {r.choice(THINGS)}{r.choice(MORE)} no {i}",
            "project": r.choice(PROJECTS) if r.random() < 0.7 else None,
            "tags": r.sample(TAGS, r.choice([0, 1, 1, 2, 3])),
            "due": f"2027-{r.randint(1, 12):02}-{r.randint(1, 28):02}" if r.random() < 0.6 else None,
            "priority": r.choice(list(PRIORITIES)) if r.random() < 0.4 else None,
            "note": r.choice(NOTES) if r.random() < 0.25 else None,
        }


def lines(count):
    """For `tasks add -`."""
    for t in tasks(count):
        words = [t["title"]]
        words += [f"@{t['project']}"] if t["project"] else []
        words += [f"+{tag}" for tag in t["tags"]]
        words += [t["due"]] if t["due"] else []
        words += [f"!{t['priority']}"] if t["priority"] else []
        words += [f"// {t['note']}"] if t["note"] else []
        yield " ".join(words) + "\n"


def taskwarrior(count):
    """For `task import`."""
    rows = []
    for t in tasks(count):
        row = {"description": t["title"], "status": "pending", "entry": "20261101T000000Z", "tags": t["tags"]}
        if t["project"]:
            row["project"] = t["project"].replace("/", ".")
        if t["due"]:
            row["due"] = t["due"].replace("-", "") + "T000000Z"
        if t["priority"]:
            row["priority"] = PRIORITIES[t["priority"]]
        if t["note"]:
            row["annotations"] = [{"entry": "20261102T000000Z", "description": t["note"]}]
        rows.append(row)
    return json.dumps(rows)
