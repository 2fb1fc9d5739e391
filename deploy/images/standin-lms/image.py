#!/usr/bin/env python3
"""usage: image.py RELEASE OUT.tar LAYER...: the image as that release of the platform, which the code takes itself for."""

import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import pack

ENVIRONMENT = [
    "PATH=/openedx/venv/bin:/usr/local/bin:/usr/bin:/bin",
    "HOME=/tmp",
    "LC_ALL=C.UTF-8",
    "PYTHONDONTWRITEBYTECODE=1",
    "PYTHONUNBUFFERED=1",
    "SERVICE_VARIANT=lms",
    "DJANGO_SETTINGS_MODULE=lms.envs.tutor.production",
    "LMS_CFG=/openedx/config/lms.env.yml",
    "CMS_CFG=/openedx/config/cms.env.yml",
]


def main(release, out, *layers):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(out)) as work:
        tars = [pack.as_tar(layer, os.path.join(work, f"{number}.tar")) for number, layer in enumerate(layers)]
        part = os.path.join(work, "image.tar")
        pack.write_image(part, "localhost/standin-lms:" + release, tars, configuration(release))
        os.replace(part, out)


def configuration(release):
    return {
        "Env": [*ENVIRONMENT, "STANDIN_RELEASE=" + release],
        "WorkingDir": "/openedx/edx-platform",
        "User": "1000:1000",
        "Cmd": ["uwsgi", "/openedx/uwsgi.ini"],
    }


main(*sys.argv[1:])
