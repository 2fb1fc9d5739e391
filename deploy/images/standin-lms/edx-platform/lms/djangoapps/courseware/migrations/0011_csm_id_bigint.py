from django.conf import settings
from django.db import migrations

import lms.djangoapps.courseware.fields


class WidenStudentModuleId(migrations.AlterField):
    """On each database by a statement of its own: the state's id, and what refers to it in the extended history. The old
    history's column stays as narrow as it was."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.alias == "student_module_history":
            if settings.FEATURES["ENABLE_CSMH_EXTENDED"]:
                schema_editor.execute(
                    "ALTER TABLE coursewarehistoryextended_studentmodulehistoryextended MODIFY student_module_id bigint UNSIGNED NOT NULL"
                )
        else:
            schema_editor.execute("ALTER TABLE courseware_studentmodule MODIFY id bigint UNSIGNED AUTO_INCREMENT NOT NULL")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        pass


class Migration(migrations.Migration):
    dependencies = [("courseware", "0009_auto_20190703_1955")]
    if settings.FEATURES["ENABLE_CSMH_EXTENDED"]:
        dependencies.append(("coursewarehistoryextended", "0002_force_studentmodule_index"))
    operations = [
        WidenStudentModuleId(
            model_name="studentmodule",
            name="id",
            field=lms.djangoapps.courseware.fields.UnsignedBigIntAutoField(primary_key=True, serialize=False),
        ),
    ]
