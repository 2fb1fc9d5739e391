"""Where each release of the platform looks for the flags."""

from django.conf import settings


def writes_extended():
    if settings.RELEASE == "teak":
        return settings.FEATURES.get("ENABLE_CSMH_EXTENDED")
    return settings.ENABLE_CSMH_EXTENDED


def reads_both():
    return settings.FEATURES.get("ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES")
