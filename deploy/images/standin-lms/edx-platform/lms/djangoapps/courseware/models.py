"""A learner's state of a problem, and its history. Which tables the history is written to and read from is the platform's rule."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save

from openedx.core.flags import reads_both, writes_extended
from openedx.core.lib.request_cache import remembered

from .fields import UnsignedBigIntAutoField


class StudentModule(models.Model):
    id = UnsignedBigIntAutoField(primary_key=True)
    module_type = models.CharField(max_length=32, default="problem", db_index=True)
    module_state_key = models.CharField(max_length=255, db_column="module_id")
    student = models.ForeignKey(User, on_delete=models.CASCADE, db_constraint=False)
    course_id = models.CharField(max_length=255, db_index=True)
    state = models.TextField(null=True, blank=True)
    grade = models.FloatField(null=True, blank=True, db_index=True)
    max_grade = models.FloatField(null=True, blank=True)
    done = models.CharField(max_length=8, default="na")
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    modified = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        app_label = "courseware"
        unique_together = (("student", "module_state_key", "course_id"),)


class BaseStudentModuleHistory(models.Model):
    HISTORY_SAVING_TYPES = {"problem"}

    version = models.CharField(max_length=255, null=True, blank=True, db_index=True)
    created = models.DateTimeField(db_index=True)
    state = models.TextField(null=True, blank=True)
    grade = models.FloatField(null=True, blank=True)
    max_grade = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def csm(self):
        """The state it belongs to, asked for by itself: through the relation Django would look for it in the history's database."""
        return StudentModule.objects.get(pk=self.student_module_id)

    @classmethod
    def save_history_entry(cls, student_module):
        """One row a request: a later save in the same request changes the row of the first."""
        if student_module.module_type not in cls.HISTORY_SAVING_TYPES:
            return
        key = (cls.__name__, student_module.pk)
        entry = cls(
            pk=remembered().get(key),
            student_module=student_module,
            version=None,
            created=student_module.modified,
            state=student_module.state,
            grade=student_module.grade,
            max_grade=student_module.max_grade,
        )
        entry.save()
        remembered()[key] = entry.pk

    @staticmethod
    def get_history(student_modules):
        """The newest first within each table; the extended table before the old one; nothing is merged."""
        entries = []
        if writes_extended():
            from lms.djangoapps.coursewarehistoryextended.models import StudentModuleHistoryExtended

            entries += newest_first(StudentModuleHistoryExtended, student_modules)
        if reads_both():
            entries += newest_first(StudentModuleHistory, student_modules)
        return entries


class StudentModuleHistory(BaseStudentModuleHistory):
    student_module = models.ForeignKey(StudentModule, on_delete=models.CASCADE, db_constraint=False)

    class Meta:
        app_label = "courseware"
        get_latest_by = "created"


def newest_first(model, student_modules):
    return model.objects.filter(student_module_id__in=[module.pk for module in student_modules]).order_by("-id")


def save_history(sender, instance, **kwargs):
    StudentModuleHistory.save_history_entry(instance)


if not writes_extended():
    post_save.connect(save_history, sender=StudentModule)
