#!/opt/venv/bin/python3
"""Stands for Vector: as agent it follows the logs of Open edX' containers and forwards their lines, as aggregator it takes the xAPI
statements out of them and inserts them into ClickHouse. Which of both, whose logs and where to, its configuration says, the one that
the plugin renders.

usage: vector --config FILE

An agent notes how far it has come only when the aggregator has taken the lines, and that one only says so when ClickHouse has them.
"""

import glob
import http.client
import json
import os
import re
import sys
import time
import tomllib
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATEMENT = re.compile(r"^.* \[xapi_tracking\] [^{}]* (?P<statement>\{.*\})$")
BATCH = 500


def main(arguments):
    with open(arguments[arguments.index("--config") + 1], "rb") as file:
        configuration = tomllib.load(file)
    if "kubernetes_logs" in configuration["sources"]:
        Agent(configuration).run()
    else:
        Aggregator.sink = configuration["sinks"]["clickhouse_xapi"]
        port = int(configuration["sources"]["openedx_containers"]["address"].rpartition(":")[2])
        ThreadingHTTPServer(("0.0.0.0", port), Aggregator).serve_forever()


class Agent:
    def __init__(self, configuration):
        selector = configuration["sources"]["kubernetes_logs"]["extra_namespace_label_selector"]
        containers = json.loads(re.search(r"\[.*\]", configuration["transforms"]["openedx_containers"]["condition"])[0])
        namespace = selector.partition("=")[2]
        self.patterns = [f"/var/log/pods/{namespace}_*/{container}/*.log" for container in containers]
        self.aggregator = configuration["sinks"]["to_aggregator"]["address"]
        # The node's folder is one for all sites.
        self.file = os.path.join(configuration["data_dir"], f"standin-{namespace}.json")
        try:
            with open(self.file) as noted:
                self.read = json.load(noted)
        except FileNotFoundError:
            self.read = {}

    def run(self):
        while True:
            if not any([self.forward(path) for pattern in self.patterns for path in glob.glob(pattern)]):
                time.sleep(0.5)

    def forward(self, path):
        try:
            with open(path, "rb") as log:
                log.seek(self.read.get(path, 0))
                lines = [line for line in (log.readline() for _ in range(BATCH)) if line.endswith(b"\n")]
        except FileNotFoundError:
            return False
        if not lines:
            return False
        # TIME STREAM FLAG MESSAGE, as the kubelet has it
        messages = [line.decode(errors="replace").rstrip("\n").split(" ", 3)[3] for line in lines]
        if not self.post(messages):
            return False
        self.read[path] = self.read.get(path, 0) + sum(map(len, lines))
        with open(self.file + ".part", "w") as noted:
            json.dump(self.read, noted)
        os.replace(self.file + ".part", self.file)
        return True

    def post(self, messages):
        try:
            connection = http.client.HTTPConnection(self.aggregator, timeout=60)
            connection.request("POST", "/", json.dumps(messages))
            return connection.getresponse().status == 200
        except OSError:
            return False


class Aggregator(BaseHTTPRequestHandler):
    sink = {}

    def do_POST(self):
        found = [STATEMENT.match(line) for line in json.loads(self.rfile.read(int(self.headers["Content-Length"])))]
        statements = [json.loads(each["statement"]) for each in found if each]
        try:
            if statements:
                insert(self.sink, statements)
            self.send_response(200)
        except OSError as error:
            print(error, file=sys.stderr, flush=True)
            self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *args):
        pass


def insert(sink, statements):
    rows = "\n".join(
        json.dumps({"event_id": each["id"], "emission_time": each["timestamp"], "event": json.dumps(each)}) for each in statements
    )
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(sink["endpoint"]).netloc, timeout=60)
    connection.request(
        "POST",
        "/?date_time_input_format=best_effort",
        f"INSERT INTO {sink['database']}.{sink['table']} FORMAT JSONEachRow\n{rows}".encode(),
        {"X-ClickHouse-User": sink["auth"]["user"], "X-ClickHouse-Key": sink["auth"]["password"]},
    )
    response = connection.getresponse()
    said = response.read()
    connection.close()
    if response.status != 200:
        raise OSError(said.decode(errors="replace"))


main(sys.argv[1:])
