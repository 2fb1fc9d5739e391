#!/usr/bin/env python3
"""manage.py lms|cms COMMAND [--settings NAME]: NAME is below lms.envs or cms.envs; without it DJANGO_SETTINGS_MODULE decides."""

import argparse
import os
import sys


def main():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("service", choices=["lms", "cms"])
    parser.add_argument("--settings")
    options, rest = parser.parse_known_args()
    os.environ["SERVICE_VARIANT"] = options.service
    if options.settings:
        os.environ["DJANGO_SETTINGS_MODULE"] = f"{options.service}.envs.{options.settings}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{options.service}.envs.production")

    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], *rest])


if __name__ == "__main__":
    main()
