import json

from django.core.management.base import BaseCommand
from django.db import transaction

from standin.work import submit


class Command(BaseCommand):
    help = "Submits an answer, as a script or a CronJob of a site might change a learner's state; prints what was written."

    def add_arguments(self, parser):
        for name in ("learner", "problem", "token"):
            parser.add_argument(name)

    def handle(self, learner, problem, token, **options):
        with transaction.atomic():
            answer = submit({"learner": learner, "problem": problem, "token": token})
        self.stdout.write(json.dumps(answer))
