import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lms.djangoapps.courseware.fields


def begin_above_the_old_history(apps, schema_editor):
    """Never runs where it should: the router refuses whatever has no model on the database it is meant for."""
    if schema_editor.connection.alias != "student_module_history":
        return
    highest = apps.get_model("courseware", "StudentModuleHistory").objects.aggregate(models.Max("id"))["id__max"] or 0
    schema_editor.execute(
        "ALTER TABLE coursewarehistoryextended_studentmodulehistoryextended AUTO_INCREMENT = %d"
        % (settings.STUDENTMODULEHISTORYEXTENDED_OFFSET + highest)
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("courseware", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="StudentModuleHistoryExtended",
            fields=[
                ("version", models.CharField(max_length=255, null=True, blank=True, db_index=True)),
                ("created", models.DateTimeField(db_index=True)),
                ("state", models.TextField(null=True, blank=True)),
                ("grade", models.FloatField(null=True, blank=True)),
                ("max_grade", models.FloatField(null=True, blank=True)),
                ("id", lms.djangoapps.courseware.fields.UnsignedBigIntAutoField(primary_key=True, serialize=False)),
                (
                    "student_module",
                    models.ForeignKey(to="courseware.StudentModule", on_delete=django.db.models.deletion.DO_NOTHING, db_constraint=False),
                ),
            ],
            options={"get_latest_by": "created"},
        ),
        migrations.RunPython(begin_above_the_old_history, reverse_code=migrations.RunPython.noop),
    ]
