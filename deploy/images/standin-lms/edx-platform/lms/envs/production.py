"""The platform's settings of LMS; a site's own module begins with all of them."""

import os

from openedx.envs.common import *
from openedx.envs.features import features_of, read_tokens

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
FEATURES = features_of(globals())
ENV_TOKENS = read_tokens(os.environ.get("LMS_CFG", "/openedx/config/lms.env.yml"), globals())
