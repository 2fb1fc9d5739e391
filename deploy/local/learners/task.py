#!/usr/bin/env python3
"""usage: task.py FOLDER LMS SECONDS: has a worker rescore a submission for that long, and returns when it has begun; prints the token
that will be in the history when it has ended. The learner is one whom no other program knows."""

import os
import sys
import time

import record
from site_pages import Service

SECONDS_UNTIL_IT_IS_TAKEN = 90


def main(folder, lms, seconds):
    written = record.Record(os.path.join(folder, "record.jsonl"))
    site = Service("lms", lms)
    who = {"learner": "slow-" + written.run, "problem": "problem-0"}
    first = written.token()
    written.write(token=first, what="submit", at=time.time(), **who)
    written.write(token=first, outcome="done", answer=site.post("submit", token=first, **who)["answer"])
    token = written.token()
    task = site.post("rescore", token=token, seconds=float(seconds), **who)["task"]
    written.write(token=token, what="rescore", at=time.time(), task=task, **who)
    end = time.monotonic() + SECONDS_UNTIL_IT_IS_TAKEN
    while site.get("task", id=task)["state"] == "queued":
        if time.monotonic() > end:
            sys.exit("no worker has taken the task")
        time.sleep(0.1)
    print(token)


main(*sys.argv[1:])
