import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The history loses its foreign key and keeps the index."""

    dependencies = [("courseware", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="studentmodulehistory",
            name="student_module",
            field=models.ForeignKey(to="courseware.StudentModule", on_delete=django.db.models.deletion.CASCADE, db_constraint=False),
        ),
    ]
