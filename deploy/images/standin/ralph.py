"""Takes xAPI statements as Ralph does (POST, one or a list) and acknowledges them when ClickHouse has them."""

import http.client
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SETTINGS = "RALPH_BACKENDS__LRS__CLICKHOUSE__"


def setting(name):
    return os.environ[SETTINGS + name]


class Statements(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200, b"{}")

    def do_POST(self):
        statements = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if isinstance(statements, dict):
            statements = [statements]
        try:
            insert(statements)
        except OSError as error:
            self.answer(503, str(error).encode())
            return
        self.answer(200, json.dumps([statement["id"] for statement in statements]).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def insert(statements):
    rows = "\n".join(
        json.dumps({"event_id": each["id"], "emission_time": each["timestamp"], "event": json.dumps(each)}) for each in statements
    )
    table = f"{setting('DATABASE')}.{setting('EVENT_TABLE_NAME')}"
    connection = http.client.HTTPConnection(setting("HOST"), int(setting("PORT")), timeout=60)
    connection.request(
        "POST",
        "/?date_time_input_format=best_effort",
        f"INSERT INTO {table} FORMAT JSONEachRow\n{rows}".encode(),
        {"X-ClickHouse-User": setting("USERNAME"), "X-ClickHouse-Key": setting("PASSWORD")},
    )
    response = connection.getresponse()
    said = response.read()
    connection.close()
    if response.status != 200:
        raise OSError(said.decode(errors="replace"))


ThreadingHTTPServer(("0.0.0.0", 8100), Statements).serve_forever()
