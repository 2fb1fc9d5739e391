"""Prints the fault that the ConfigMap standin-faults wants of a part, and nothing where it wants none."""

import json
import ssl
import sys
import urllib.error
import urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/"


def main(part):
    try:
        faults = call("GET").get("data") or {}
    except (OSError, urllib.error.URLError) as error:
        print(f"stand-in: no faults, because they cannot be read: {error}", file=sys.stderr)
        return
    fault = faults.get(part, "")
    if fault == "fail-once":
        call("PATCH", {"data": {part: None}})
    print(fault)


def call(method, body=None):
    with open(ACCOUNT + "token") as token, open(ACCOUNT + "namespace") as namespace:
        url = f"https://kubernetes.default.svc/api/v1/namespaces/{namespace.read()}/configmaps/standin-faults"
        headers = {"Authorization": "Bearer " + token.read(), "Content-Type": "application/merge-patch+json"}
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers, method=method)
    with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=ACCOUNT + "ca.crt"), timeout=10) as answer:
        return json.load(answer)


main(sys.argv[1])
