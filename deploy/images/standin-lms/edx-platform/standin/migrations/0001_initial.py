from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("queue", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=32)),
                ("order", models.TextField()),
                ("state", models.CharField(max_length=8, default="queued")),
                ("answer", models.TextField(default="null")),
            ],
            options={"indexes": [models.Index(fields=["queue", "state"], name="task_queue_state")]},
        ),
    ]
