"""Logs xAPI statements as the LMS does and posts them to Ralph, for as long as it lives, and says how many were acknowledged.

usage: load.py NAME BATCHES_PER_SECOND [quiet]

With `quiet` it posts nothing, as the LMS does when its router is switched off, and counts what it has logged. A batch that is not acknowledged is sent again with the same ids, as the event routing backends do: so every statement that was
ever made arrives, and every acknowledged one must be in the tables. The last line of the log that begins with `acknowledged` is
the count.
"""

import http.client
import json
import socket
import sys
import time
import uuid
from datetime import datetime, timezone

BATCH = 10


def main(name, batches_per_second, quiet):
    acknowledged = number = 0
    while True:
        batch = [statement(name, number + offset) for offset in range(BATCH)]
        for each in batch:
            print(f"{each['timestamp']} INFO 8 [xapi_tracking] [user None] [ip None] load.py:1 - {json.dumps(each)}")
        while not quiet and not post(batch):
            time.sleep(0.5)
        number += BATCH
        acknowledged += BATCH
        print(f"acknowledged {acknowledged}", flush=True)
        time.sleep(1 / batches_per_second)


def statement(name, number):
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{socket.gethostname()}/{number}")),
        "timestamp": datetime.now(timezone.utc).isoformat(),
        "actor": {"account": {"name": f"learner-{number % 1000}"}},
        "verb": {"id": f"http://example.org/verbs/{name}"},
        "object": {"id": f"course-v1:demo+{number % 20}"},
    }


def post(batch):
    try:
        connection = http.client.HTTPConnection("ralph", 8100, timeout=30)
        connection.request("POST", "/xAPI/statements/", json.dumps(batch), {"Content-Type": "application/json"})
        return connection.getresponse().status == 200
    except OSError:
        return False


main(sys.argv[1], float(sys.argv[2]), sys.argv[3:] == ["quiet"])
