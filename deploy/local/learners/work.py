#!/usr/bin/env python3
"""usage: work.py FOLDER LMS CMS RATE SECONDS: learners at work on the stand-in at these addresses, until told to end or for that time.

Each is one person who does one thing after the other, so that what must be in the history afterwards is known. FOLDER/record.jsonl
says what was asked and what was answered.
"""

import os
import random
import signal
import sys
import threading
import time

import record
from site_pages import Failed, InDoubt, Service

LEARNERS = 20
PROBLEMS = 5
SECONDS_FOR_A_TASK = 90

# what a learner does, out of a hundred things
HABITS = {"submit": 58, "history": 22, "rescore": 12, "delete-state": 5, "reset-course": 2, "delete-student": 1}


class Learner(threading.Thread):
    def __init__(self, number, lms, cms, written, pause, ending):
        super().__init__()
        self.learner = f"learner-{number}"
        self.services = {"lms": Service("lms", lms), "cms": Service("cms", cms)}
        self.record, self.pause, self.ending = written, pause, ending
        self.choice = random.Random(number)
        self.known = {}  # problem -> tokens that its history must show
        self.unsure = {}  # problem -> tokens that it may show

    def run(self):
        self.ending.wait(self.choice.uniform(0, self.pause))
        while not self.ending.is_set():
            what = self.choice.choices(list(HABITS), HABITS.values())[0]
            self.do(what, f"problem-{self.choice.randrange(PROBLEMS)}")
            self.ending.wait(self.choice.uniform(0.5, 1.5) * self.pause)

    def do(self, what, problem):
        token = self.record.token()
        self.record.write(token=token, what=what, learner=self.learner, problem=problem, at=time.time())
        refused = self.refused()
        begin = time.monotonic()
        result = {}
        try:
            result["answer"] = getattr(self, what.replace("-", "_"))(problem, token)
            outcome = "done"
        except Failed as error:
            outcome, result["error"] = "failed", str(error)
        except InDoubt as error:
            outcome, result["error"] = "doubt", str(error)
        milliseconds = round((time.monotonic() - begin) * 1000, 1)
        self.record.write(token=token, outcome=outcome, ms=milliseconds, refused=self.refused() - refused, **result)
        self.learn(what, problem, token, outcome, result.get("answer"))

    def refused(self):
        return sum(service.refused for service in self.services.values())

    def submit(self, problem, token):
        return self.post("lms", "submit", problem=problem, token=token)["answer"]

    def history(self, problem, token):
        """How it differs from what this learner has seen done."""
        entries = self.services["lms"].get("history", learner=self.learner, problem=problem)["entries"]
        tokens = (record.token_of(entry["state"]) for entry in entries)
        shown = {token for token in tokens if token and token.startswith(self.record.run)}
        known = self.known.get(problem, set())
        return {"hidden": sorted(known - shown), "alien": sorted(shown - known - self.unsure.get(problem, set()))}

    def rescore(self, problem, token):
        return self.task("lms", "rescore", problem=problem, token=token)

    def delete_state(self, problem, token):
        return self.post("lms", "delete-state", problem=problem)["answer"]

    def reset_course(self, problem, token):
        return self.task("cms", "reset-course")

    def delete_student(self, problem, token):
        return self.post("cms", "delete-student")["answer"]

    def post(self, service, page, **order):
        return self.services[service].post(page, learner=self.learner, **order)

    def task(self, service, page, **order):
        """The answer of a worker, waited for: else a later deletion might come before it."""
        number = self.post(service, page, **order)["task"]
        end = time.monotonic() + SECONDS_FOR_A_TASK
        while time.monotonic() < end:
            time.sleep(0.3)
            try:
                task = self.services[service].get("task", id=number)
            except (Failed, InDoubt):
                continue
            if task["state"] == "done":
                return task["answer"]
            if task["state"] == "failed":
                raise Failed(f"task {number} of {service}-worker")
        raise InDoubt(f"task {number} of {service}-worker")

    def learn(self, what, problem, token, outcome, answer):
        if what in ("submit", "rescore"):
            if outcome != "done":
                self.unsure.setdefault(problem, set()).add(token)
            elif answer:
                self.known.setdefault(problem, set()).add(token)
        elif what == "delete-state":
            self.forget(problem, outcome)
        elif what != "history":
            for other in list(self.known):
                self.forget(other, outcome)

    def forget(self, problem, outcome):
        gone = self.known.pop(problem, set())
        if outcome != "done":
            self.unsure.setdefault(problem, set()).update(gone)


def main(folder, lms, cms, rate, seconds):
    written = record.Record(os.path.join(folder, "record.jsonl"))
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    pause = LEARNERS / float(rate)
    learners = [Learner(number, lms, cms, written, pause, ending) for number in range(LEARNERS)]
    for learner in learners:
        learner.start()
    ending.wait(float(seconds))
    ending.set()
    for learner in learners:
        learner.join()


main(*sys.argv[1:])
