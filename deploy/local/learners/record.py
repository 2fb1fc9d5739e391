"""What learners know, one line of JSON each: a line before something is asked, one after its answer."""

import itertools
import json
import threading
import time


class Record:
    """Written by many learners at once. What was begun and never ended is in doubt."""

    def __init__(self, path):
        self.file = open(path, "a", encoding="utf-8")
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.run = format(time.time_ns(), "x")

    def token(self):
        """A text that no other operation has."""
        return f"{self.run}-{next(self.numbers)}"

    def write(self, **line):
        with self.lock:
            self.file.write(json.dumps(line) + "\n")
            self.file.flush()


def read(path):
    """The operations in the order in which they began, each with what came of it; 'doubt' where nothing is known."""
    operations = {}
    try:
        with open(path, encoding="utf-8") as file:
            for line in map(json.loads, file):
                operations.setdefault(line["token"], {"outcome": "doubt"}).update(line)
    except FileNotFoundError:
        pass
    return list(operations.values())


def read_marks(path):
    try:
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except FileNotFoundError:
        return []


def token_of(state):
    """The token at the beginning of a state; None in states that are not of the learners' making."""
    return json.loads(state)["token"] if state and state.startswith('{"token": "') else None
