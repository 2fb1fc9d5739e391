"""Runs in a container of the site's own image and tells, as JSON in a file, what its Django settings come to.

Judges nothing: the worker beside it reads the files of all containers. So it ends with 0 whatever it finds; an error is a finding.
"""
import hashlib
import json
import os
import sys

ALIAS = "student_module_history"
APP = "lms.djangoapps.coursewarehistoryextended"
ROUTER = "openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter"
NEW = "coursewarehistoryextended_studentmodulehistoryextended"
FLAGS = ("ENABLE_CSMH_EXTENDED", "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES")
APPS = ("courseware", "coursewarehistoryextended")
READS_AT_MOST = 5
FOLDER = "/openedx-ops/program"


def main():
    answer = {"workload": os.environ["OPENEDX_OPS_WORKLOAD"]}
    try:
        earlier = failed_before()
        if earlier:
            raise RuntimeError("not begun, because of the one before: " + earlier)
        lay_over()
        import django

        django.setup()
        {"look": look, "migrate": migrate}[os.environ["OPENEDX_OPS_DO"]](answer)
    except BaseException as error:  # an exit of the site's own code is a finding, too
        answer["error"] = said(error)
    with open(os.environ["OPENEDX_OPS_ANSWER"], "w", encoding="utf-8") as file:
        json.dump(answer, file)


def failed_before():
    """Migrations come in an order: where one has failed, the next must not begin."""
    if os.environ.get("OPENEDX_OPS_NEEDS_BEFORE") != "true":
        return None
    with open(os.environ["OPENEDX_OPS_BEFORE"], encoding="utf-8") as file:
        return json.load(file).get("error")


def lay_over():
    """The settings become ours, and ours begin with them."""
    if os.environ.get("OPENEDX_OPS_OVERLAY") == "true":
        os.environ["OPENEDX_OPS_BASE_SETTINGS"] = os.environ["DJANGO_SETTINGS_MODULE"]
        os.environ["DJANGO_SETTINGS_MODULE"] = "openedx_ops_settings"
        sys.path.insert(0, FOLDER)


def said(error):
    """Without passwords, and short: it becomes part of a message."""
    known = secrets()
    if known is None:
        return f"{type(error).__name__} while the settings were read; its text may hold a password, so see the workload's own log"
    text = f"{type(error).__name__}: {error}"
    for secret in known:
        text = text.replace(secret, "***")
    return " ".join(text.split())[:500]


def secrets():
    """The passwords of all databases; None where the settings cannot tell which they are."""
    try:
        from django.conf import settings

        found = [str(database.get("PASSWORD") or "") for database in settings.DATABASES.values()]
    except BaseException:
        return None
    found.append(os.environ.get("OPENEDX_OPS_CSMH_PASSWORD", ""))
    return [secret for secret in found if secret]


def look(answer):
    from django.conf import settings

    answer["settings"] = os.environ.get("DJANGO_SETTINGS_MODULE", "")
    answer["variant"] = os.environ.get("SERVICE_VARIANT", "")
    answer["flags"] = {name: flag(settings, name) for name in FLAGS}
    answer["app"] = any(app == APP or app.startswith(APP + ".") for app in settings.INSTALLED_APPS)
    answer["router"] = ROUTER in [str(router) for router in settings.DATABASE_ROUTERS]
    answer["databases"] = {alias: database(alias) for alias in ("default", ALIAS) if alias in settings.DATABASES}
    answer["migrations"] = migrations("default")
    if ALIAS in settings.DATABASES:
        answer["newMigrations"] = migrations(ALIAS)
    sample = int(os.environ.get("OPENEDX_OPS_SAMPLE", "0"))
    if sample:
        answer["histories"] = histories(settings, sample)


def flag(settings, name):
    features = getattr(settings, "FEATURES", {})
    return {"setting": known(getattr(settings, name, None)), "feature": known(features.get(name))}


def known(value):
    return None if value is None else bool(value)


def database(alias):
    """Which server and database it is, as the server says it: a host name proves nothing."""
    from django.db import connections

    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT @@server_uuid, DATABASE()")
            server, name = cursor.fetchone()
        return {"server": server, "database": name}
    except Exception as error:
        return {"error": said(error)}


def migrations(alias):
    """What is recorded and what is pending on a database, by app; an inconsistent history is told, not raised."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.recorder import MigrationRecorder

    try:
        connection = connections[alias]
        recorded = sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations() if app in APPS)
        executor = MigrationExecutor(connection)
        told = {"recorded": recorded}
        try:
            executor.loader.check_consistent_history(connection)
        except Exception as error:
            told["inconsistent"] = said(error)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        pending = sorted((migration.app_label not in APPS, migration.app_label, migration.name) for migration, _ in plan)
        told["pending"] = [f"{app}.{name}" for _, app, name in pending[:20]]
        return told
    except Exception as error:
        return {"error": said(error)}


def histories(settings, count):
    """The histories of some problems, read by the platform's own function: from both tables, and from the new one alone."""
    from django.db import connections
    from lms.djangoapps.courseware.models import StudentModule

    first, last = int(os.environ["OPENEDX_OPS_MIN_ID"]), int(os.environ["OPENEDX_OPS_MAX_ID"])
    ids = set()
    with connections[ALIAS].cursor() as cursor:
        for part in range(count):
            cursor.execute(
                f"SELECT student_module_id FROM {NEW} WHERE id BETWEEN %s AND %s ORDER BY id LIMIT 1",
                [first + part * (last - first + 1) // count, last],
            )
            row = cursor.fetchone()
            if row:
                ids.add(row[0])
    modules = StudentModule.objects.filter(id__in=ids)
    return [history(settings, module) for module in sorted(modules, key=lambda each: each.id)]


def history(settings, module):
    """Read until nobody has written in between; else the last reading, marked as such."""
    for _ in range(READS_AT_MOST):
        before = entries(settings, module, False)
        both = entries(settings, module, True)
        if entries(settings, module, False) == before:
            return {"module": module.id, "both": both, "alone": before}
    return {"module": module.id, "busy": True}


def entries(settings, module, old_too):
    from lms.djangoapps.courseware.models import BaseStudentModuleHistory

    name = FLAGS[1]
    found = settings.FEATURES.get(name)
    setting = getattr(settings, name, None)
    settings.FEATURES[name] = old_too
    if setting is not None:
        setattr(settings, name, old_too)
    try:
        return [[str(entry.id), content(entry)] for entry in BaseStudentModuleHistory.get_history([module])]
    finally:
        settings.FEATURES[name] = found
        if setting is not None:
            setattr(settings, name, setting)


def content(entry):
    row = [entry.version, entry.created.isoformat(), entry.state, entry.grade, entry.max_grade, entry.student_module_id]
    return hashlib.sha256(json.dumps(row).encode()).hexdigest()[:32]


def migrate(answer):
    from django.core.management import call_command

    alias = os.environ["OPENEDX_OPS_DATABASE"]
    call_command("migrate", database=alias, interactive=False, verbosity=1, stdout=sys.stderr)
    answer["migrated"] = alias


main()
