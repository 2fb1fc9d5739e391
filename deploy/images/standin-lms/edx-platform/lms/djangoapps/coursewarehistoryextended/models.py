"""The history in a database of its own. Whoever imports this module writes there, whatever the flags say."""

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from lms.djangoapps.courseware.fields import UnsignedBigIntAutoField
from lms.djangoapps.courseware.models import BaseStudentModuleHistory, StudentModule


class StudentModuleHistoryExtended(BaseStudentModuleHistory):
    id = UnsignedBigIntAutoField(primary_key=True)
    student_module = models.ForeignKey(StudentModule, db_index=False, db_constraint=False, on_delete=models.DO_NOTHING)

    class Meta:
        app_label = "coursewarehistoryextended"
        get_latest_by = "created"
        indexes = [models.Index(fields=["student_module"], name="student_module_idx")]


@receiver(post_save, sender=StudentModule)
def save_history(sender, instance, **kwargs):
    StudentModuleHistoryExtended.save_history_entry(instance)


@receiver(post_delete, sender=StudentModule)
def delete_history(sender, instance, **kwargs):
    StudentModuleHistoryExtended.objects.filter(student_module_id=instance.pk).delete()
