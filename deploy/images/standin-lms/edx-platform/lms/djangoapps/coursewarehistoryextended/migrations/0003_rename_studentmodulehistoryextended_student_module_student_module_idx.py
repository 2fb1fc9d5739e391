import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One index with a name instead of the two."""

    dependencies = [("coursewarehistoryextended", "0002_force_studentmodule_index")]
    operations = [
        # both go with the field's index, as they cannot be told apart by their column
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterIndexTogether(name="studentmodulehistoryextended", index_together=set())]
        ),
        migrations.AlterField(
            model_name="studentmodulehistoryextended",
            name="student_module",
            field=models.ForeignKey(
                to="courseware.StudentModule", on_delete=django.db.models.deletion.DO_NOTHING, db_constraint=False, db_index=False
            ),
        ),
        migrations.AddIndex(
            model_name="studentmodulehistoryextended", index=models.Index(fields=["student_module"], name="student_module_idx")
        ),
    ]
