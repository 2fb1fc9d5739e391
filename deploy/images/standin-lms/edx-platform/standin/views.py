"""The stand-in's own pages. What changes something is a POST of JSON; who calls is not asked."""

import json

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from lms.djangoapps.courseware.models import BaseStudentModuleHistory

from . import work
from .models import Task


def doing(what):
    """A page that does it at once."""

    @require_POST
    def page(request):
        return JsonResponse({"answer": what(json.loads(request.body))})

    return page


def queueing(queue, kind):
    """A page that has a worker do it."""

    @require_POST
    def page(request):
        task = Task.objects.create(queue=queue, kind=kind, order=request.body.decode())
        return JsonResponse({"task": task.pk})

    return page


@require_GET
def task(request):
    found = Task.objects.get(pk=request.GET["id"])
    return JsonResponse({"state": found.state, "answer": json.loads(found.answer)})


@require_GET
def history(request):
    """The submission history of one problem, as staff see it. Each entry asks for its state, so one without is an error."""
    entries = BaseStudentModuleHistory.get_history(list(work.modules_of(request.GET)))
    return JsonResponse({"entries": [shown(entry) for entry in entries]})


def shown(entry):
    return {
        "module": entry.csm.pk,
        "created": entry.created.strftime("%Y-%m-%d %H:%M:%S.%f"),
        "state": entry.state,
        "grade": entry.grade,
        "max_grade": entry.max_grade,
    }


@require_GET
def heartbeat(request):
    return HttpResponse("ok")
