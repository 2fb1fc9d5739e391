from django.db import migrations


class Migration(migrations.Migration):
    """A second index on the column that has one already."""

    dependencies = [("coursewarehistoryextended", "0001_initial"), ("courseware", "0001_initial")]
    operations = [
        migrations.AlterIndexTogether(name="studentmodulehistoryextended", index_together={("student_module",)}),
    ]
