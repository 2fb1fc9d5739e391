#!/usr/bin/env python3
"""The stand-in's pages, as a browser behind a patient proxy sees them.

usage: site_pages.py SERVICE ADDRESS: whether the service answers
"""

import http.client
import json
import sys
import time
import urllib.parse

SECONDS_FOR_A_CONNECTION = 60
SECONDS_FOR_AN_ANSWER = 60


class Failed(Exception):
    """The site has answered that it could not; what it was asked may have been done in part."""


class InDoubt(Exception):
    """No answer came; what was asked may have been done or not."""


class Service:
    def __init__(self, name, address):
        self.name = name
        self.host = urllib.parse.urlsplit(address).netloc
        self.refused = 0

    def get(self, page, **query):
        return self.ask("GET", f"/{page}?{urllib.parse.urlencode(query)}", None)

    def post(self, page, **order):
        return self.ask("POST", f"/{page}", json.dumps(order))

    def ask(self, method, path, body):
        connection = self.connection()
        try:
            connection.request(method, path, body, {"Host": self.name})
            response = connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise InDoubt(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()
        if response.status != 200:
            raise Failed(f"{method} {path}: {response.status}")
        return json.loads(text) if text != b"ok" else "ok"

    def connection(self):
        """Nobody has heard what is said on a connection that is refused, so it is tried again."""
        end = time.monotonic() + SECONDS_FOR_A_CONNECTION
        while True:
            connection = http.client.HTTPConnection(self.host, timeout=SECONDS_FOR_AN_ANSWER)
            try:
                connection.connect()
                return connection
            except OSError as error:
                if time.monotonic() > end:
                    raise Failed(f"no connection to {self.name} for {SECONDS_FOR_A_CONNECTION} s: {error}") from error
                self.refused += 1
                time.sleep(0.2)


if __name__ == "__main__":
    try:
        Service(sys.argv[1], sys.argv[2]).get("heartbeat")
    except (Failed, InDoubt) as error:
        sys.exit(str(error))
