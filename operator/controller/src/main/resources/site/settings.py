# For sites without Tutor: the end of the settings of both LMS and CMS. Fill in the user and the password of
# spec.target.applicationSecretRef the way the site keeps its passwords, then replace all LMS and CMS processes.
# When the run asks for it (step DisableOldReads): set READ_OLD to False and replace them once more.
READ_OLD = True

DATABASES["student_module_history"] = {
    **{key: DATABASES["default"][key] for key in ("ENGINE", "OPTIONS", "CONN_MAX_AGE") if key in DATABASES["default"]},
    "HOST": "@HOST@",
    "PORT": @PORT@,
    "NAME": "@DATABASE@",
    "USER": ...,
    "PASSWORD": ...,
}
if "lms.djangoapps.coursewarehistoryextended" not in INSTALLED_APPS:
    INSTALLED_APPS.append("lms.djangoapps.coursewarehistoryextended")
if "openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter" not in DATABASE_ROUTERS:
    DATABASE_ROUTERS.append("openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter")
# Twice each: what reads a flag asks either the settings or FEATURES.
ENABLE_CSMH_EXTENDED = True
FEATURES["ENABLE_CSMH_EXTENDED"] = True
ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES = READ_OLD
FEATURES["ENABLE_READING_FROM_MULTIPLE_HISTORY_TABLES"] = READ_OLD
