"""The platform's settings of CMS; a site's own module begins with all of them."""

import os

from openedx.envs.common import *
from openedx.envs.features import features_of, read_tokens

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
FEATURES = features_of(globals())
ENV_TOKENS = read_tokens(os.environ.get("CMS_CFG", "/openedx/config/cms.env.yml"), globals())
