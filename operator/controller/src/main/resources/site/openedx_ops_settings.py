"""The site's own Django settings, and above them those of a database of its own for the history.

Everything that differs from place to place comes from the environment. Each flag is set twice: what reads it asks either the
settings or FEATURES, and the two drift apart where only one is set.
"""
import importlib
import os

_base = importlib.import_module(os.environ["OPENEDX_OPS_BASE_SETTINGS"])
globals().update({name: value for name, value in vars(_base).items() if name.isupper()})

_APP = "lms.djangoapps.coursewarehistoryextended"
_ROUTER = "openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter"


def _flag(name, variable):
    value = os.environ[variable] == "true"
    globals()[name] = value
    FEATURES[name] = value  # noqa: F821


DATABASES = dict(DATABASES)  # noqa: F821
DATABASES["student_module_history"] = {
    **{key: DATABASES["default"][key] for key in ("ENGINE", "OPTIONS", "CONN_MAX_AGE") if key in DATABASES["default"]},
    "HOST": os.environ["OPENEDX_OPS_CSMH_HOST"],
    "PORT": os.environ["OPENEDX_OPS_CSMH_PORT"],
    "NAME": os.environ["OPENEDX_OPS_CSMH_DATABASE"],
    "USER": os.environ["OPENEDX_OPS_CSMH_USERNAME"],
    "PASSWORD": os.environ["OPENEDX_OPS_CSMH_PASSWORD"],
}
INSTALLED_APPS = list(INSTALLED_APPS)  # noqa: F821
if not any(app == _APP or app.startswith(_APP + ".") for app in INSTALLED_APPS):
    INSTALLED_APPS.append(_APP)
DATABASE_ROUTERS = list(globals().get("DATABASE_ROUTERS", []))
if _ROUTER not in DATABASE_ROUTERS:
    DATABASE_ROUTERS.append(_ROUTER)
_flag("ENABLE_CSMH_EXTENDED", "OPENEDX_OPS_CSMH_EXTENDED")
_flag("ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES", "OPENEDX_OPS_CSMH_READ_OLD")
