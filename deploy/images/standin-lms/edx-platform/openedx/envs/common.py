"""What LMS and CMS have in common: the settings of the stand-in, and those that Tutor's text changes in place."""

import os

RELEASE = os.environ.get("STANDIN_RELEASE", "ulmo")

CSMH_FLAGS = {"ENABLE_CSMH_EXTENDED": True, "ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES": True}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "lms.djangoapps.courseware",
    "lms.djangoapps.coursewarehistoryextended",
    "standin",
]
MIDDLEWARE = ["openedx.core.lib.request_cache.RequestCacheMiddleware"]
DATABASE_ROUTERS = ["openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STUDENTMODULEHISTORYEXTENDED_OFFSET = 10000
TIME_ZONE = "UTC"
USE_TZ = True

LOG_DIR = "/openedx/data/logs"
STATIC_ROOT = "/openedx/staticfiles"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"standard": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "standard"}},
    "loggers": {"tracking": {"handlers": ["console"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

MODULESTORE = {"default": {"OPTIONS": {"stores": []}}}
VIDEO_IMAGE_SETTINGS = {"STORAGE_KWARGS": {}}
VIDEO_TRANSCRIPTS_SETTINGS = {"STORAGE_KWARGS": {}}
PROFILE_IMAGE_BACKEND = {"options": {}}
REGISTRATION_EXTRA_FIELDS = {}
JWT_AUTH = {}
IDA_LOGOUT_URI_LIST = []
CSRF_TRUSTED_ORIGINS = []
