from django.db import models


class Task(models.Model):
    """What a worker shall do. It is taken before it is done, so one that dies with its worker is never done twice."""

    queue = models.CharField(max_length=8)
    kind = models.CharField(max_length=32)
    order = models.TextField()
    state = models.CharField(max_length=8, default="queued")
    answer = models.TextField(default="null")

    class Meta:
        indexes = [models.Index(fields=["queue", "state"], name="task_queue_state")]
