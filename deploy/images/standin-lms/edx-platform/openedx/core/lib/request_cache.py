"""What is remembered during one request, or one task of a worker."""

import threading

_local = threading.local()


def remembered():
    if not hasattr(_local, "names"):
        _local.names = {}
    return _local.names


def forget():
    _local.names = {}


class RequestCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        forget()
        return self.get_response(request)
