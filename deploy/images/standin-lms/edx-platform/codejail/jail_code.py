"""Tutor's settings configure it; nothing is run in a jail here."""


def configure(command, bin_path, user=None):
    pass
