"""WSGI entry point: `gunicorn geo_reports.wsgi:application`."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from geo_reports.pages.envelope import Utf8Only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_reports.settings")

application = Utf8Only(get_wsgi_application())
# The views and all that they need come with the process, not with somebody's first request; and the garbage
# collector leaves them alone: looking through them stopped a request for 0.2 s every now and then.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
