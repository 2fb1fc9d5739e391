#!/usr/bin/env python3
"""usage: check.py FOLDER MODULES SEED OLD NEW LMS: what has become of all that the learners have done, as JSON.

FOLDER is that of work.py; MODULES names the modules from before; SEED, OLD and NEW are rows (deploy/local/sql/history-rows.sql):
from before, and now of both tables; LMS is the address at which histories are read.
"""

import itertools
import json
import os
import random
import sys
from collections import defaultdict
from hashlib import sha256

import record
from expectation import WRITES, Expectation
from site_pages import Failed, InDoubt, Service
from verdict import Verdict, read_rows

EXAMPLES = 5
HISTORIES_FROM_BEFORE = 20
MEASURED = ("submit", "history", "delete-state", "delete-student")


def main(folder, modules, seed, old, new, lms):
    operations = record.read(os.path.join(folder, "record.jsonl"))
    marks = record.read_marks(os.path.join(folder, "marks.jsonl"))
    places = read_places(modules)
    seeds = {row.id: row for row in read_rows(seed)}
    old, new = list(read_rows(old)), list(read_rows(new))
    site = Service("lms", lms)
    expectation = Expectation(places)
    for operation in operations:
        if "task" in operation:
            operation.update(ended(site, operation["task"]))
        expectation.follow(operation)
    verdict = Verdict()
    verdict.judge(expectation, seeds, old, new)
    differing = histories_that_differ(site, asked(operations, places), expectation, old, new)
    answer = {
        "operations": len(operations),
        "submissions": sum(o["what"] in WRITES and o["outcome"] == "done" and bool(o["answer"]) for o in operations),
        "deletions": sum(o["what"] not in (*WRITES, "history") and o["outcome"] == "done" for o in operations),
        "failedRequests": sum(o["outcome"] == "failed" for o in operations),
        "inDoubt": sum(o["outcome"] == "doubt" for o in operations),
        "rowsFromBefore": len(seeds),
        "rowsOld": len(old),
        "rowsNew": len(new),
        "inBothTables": verdict.in_both_tables,
        **{kind: len(found) for kind, found in verdict.found.items()},
        "historiesThatDiffer": len(differing),
        "phases": phases(operations, marks),
        "examples": {kind: found[:EXAMPLES] for kind, found in {**verdict.found, "historiesThatDiffer": differing}.items() if found},
        "errors": sorted({o["error"] for o in operations if "error" in o})[:EXAMPLES],
    }
    json.dump(answer, sys.stdout, indent=2)
    print()


def ended(lms, number):
    """What has come of a task for which nobody has waited."""
    task = lms.get("task", id=number)
    return {"outcome": "done", "answer": task["answer"]} if task["state"] == "done" else {}


def read_places(path):
    with open(path, encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file)
        return {(learner, problem): int(module) for module, learner, problem in rows}


def asked(operations, places):
    """Whose histories are read: all that learners have touched, and some that they have not."""
    touched = {(o["learner"], o["problem"]) for o in operations}
    rest = sorted(set(places) - touched)
    return sorted(touched) + random.Random(0).sample(rest, min(len(rest), HISTORIES_FROM_BEFORE))


def histories_that_differ(lms, places, expectation, old, new):
    """A history must show the rows of its module, the new table's before the old one's, the newest first; one that is in both tables
    is shown once or twice."""
    rows = defaultdict(list)
    for row in itertools.chain(sorted(new, reverse=True), sorted(old, reverse=True)):
        rows[row.module].append((row.created, as_number(row.grade), as_number(row.max_grade), row.state))
    differing = []
    for learner, problem in places:
        try:
            entries = lms.get("history", learner=learner, problem=problem)["entries"]
        except (Failed, InDoubt) as error:
            differing.append(f"{learner} {problem}: {error}")
            continue
        shown = once((e["created"], e["grade"], e["max_grade"], digest(e["state"])) for e in entries)
        modules = {e["module"] for e in entries} | {expectation.module_at((learner, problem))} - {None}
        there = [entry for module in modules for entry in once(rows[module])]
        if shown != there:
            differing.append(f"{learner} {problem}, module {sorted(modules)}: {len(shown)} shown, {len(there)} there")
    return differing


def once(entries):
    return list(dict.fromkeys(entries))


def as_number(text):
    return None if text == "-" else float(text)


def digest(state):
    return "-" if state is None else sha256(state.encode()).hexdigest()


def phases(operations, marks):
    """By the mark that was set last when an operation began."""
    groups = defaultdict(list)
    for operation in operations:
        passed = [mark["phase"] for mark in marks if mark["at"] <= operation["at"]]
        groups[passed[-1] if passed else "unmarked"].append(operation)
    return {phase: measured(group) for phase, group in groups.items()}


def measured(operations):
    times = sorted(o["ms"] for o in operations if o["what"] in MEASURED and o["outcome"] == "done" and "ms" in o)
    read = [o["answer"] for o in operations if o["what"] == "history" and o["outcome"] == "done"]
    return {
        "operations": len(operations),
        "failed": sum(o["outcome"] == "failed" for o in operations),
        "inDoubt": sum(o["outcome"] == "doubt" for o in operations),
        "refusedConnections": sum(o.get("refused", 0) for o in operations),
        "historiesWithHidden": sum(bool(answer["hidden"]) for answer in read),
        "historiesWithDeleted": sum(bool(answer["alien"]) for answer in read),
        "p50Ms": quantile(times, 0.50),
        "p99Ms": quantile(times, 0.99),
    }


def quantile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))] if times else None


main(*sys.argv[1:])
