import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="StudentModule",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("module_type", models.CharField(max_length=32, default="problem", db_index=True)),
                ("module_state_key", models.CharField(max_length=255, db_column="module_id")),
                ("student", models.ForeignKey(to=settings.AUTH_USER_MODEL, on_delete=django.db.models.deletion.CASCADE, db_constraint=False)),
                ("course_id", models.CharField(max_length=255, db_index=True)),
                ("state", models.TextField(null=True, blank=True)),
                ("grade", models.FloatField(null=True, blank=True, db_index=True)),
                ("max_grade", models.FloatField(null=True, blank=True)),
                ("done", models.CharField(max_length=8, default="na")),
                ("created", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("modified", models.DateTimeField(auto_now=True, db_index=True)),
            ],
            options={"unique_together": {("student", "module_state_key", "course_id")}},
        ),
        migrations.CreateModel(
            name="StudentModuleHistory",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=255, null=True, blank=True, db_index=True)),
                ("created", models.DateTimeField(db_index=True)),
                ("state", models.TextField(null=True, blank=True)),
                ("grade", models.FloatField(null=True, blank=True)),
                ("max_grade", models.FloatField(null=True, blank=True)),
                ("student_module", models.ForeignKey(to="courseware.StudentModule", on_delete=django.db.models.deletion.CASCADE)),
            ],
            options={"get_latest_by": "created"},
        ),
    ]
