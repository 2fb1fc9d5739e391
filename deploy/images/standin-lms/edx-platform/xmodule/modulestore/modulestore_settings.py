"""Tutor's settings call it; there is no module store here."""


def update_module_store_settings(module_store_setting, **options):
    pass
