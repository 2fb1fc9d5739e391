"""The options of `clickhouse client` that the plugin's scripts use, on top of our own client."""

import argparse
import http.client
import importlib.machinery
import importlib.util
import re
import sys

ACCOUNTS = re.compile(r"\s*(CREATE|ALTER|DROP)\s+(USER|ROLE|QUOTA|ROW POLICY)\b|\s*(GRANT|REVOKE)\b", re.IGNORECASE)
COMMENTS = re.compile(r"\s*(--[^\n]*\n\s*|/\*.*?\*/\s*)+", re.DOTALL)
EXIT = re.compile(r"\s*(exit|quit)\s*;?\s*", re.IGNORECASE)


def main():
    loader = importlib.machinery.SourceFileLoader("client", "/standin/clickhouse-client")
    client = importlib.util.module_from_spec(importlib.util.spec_from_loader("client", loader))
    loader.exec_module(client)
    options = arguments()
    text = sys.stdin.read() if options.query is None else options.query
    connection = http.client.HTTPConnection(options.host, 8123)
    if EXIT.fullmatch(text):
        text = "SELECT 1 FORMAT Null"
    skipped = 0
    for statement in client.statements(text):
        statement = COMMENTS.sub("", statement, count=1) if COMMENTS.match(statement) else statement
        if ACCOUNTS.match(statement):
            skipped += 1
            continue
        status, answer = client.run(connection, options.database, statement, options.user, options.password)
        if status != 200:
            sys.exit(answer.decode(errors="replace").strip())
        sys.stdout.buffer.write(answer)
    if skipped:
        print(f"stand-in: {skipped} statements about users and grants skipped, the engine has no accounts", flush=True)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("client", nargs="?")
    parser.add_argument("--user", "-u", default="default")
    parser.add_argument("--password", default="")
    parser.add_argument("--host", "-h_", default="localhost")
    parser.add_argument("--port")
    parser.add_argument("--database", "-d", default="default")
    parser.add_argument("--query", "-q")
    parser.add_argument("--multiquery", "-n", action="store_true")
    parser.add_argument("--secure", action="store_true")
    return parser.parse_args()


try:
    main()
except OSError as error:
    sys.exit(f"cannot reach the server: {error}")
