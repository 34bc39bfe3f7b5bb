"""WSGI entry point: `gunicorn geo_reports.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from geo_reports.pages.envelope import Utf8Only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_reports.settings")

application = Utf8Only(get_wsgi_application())
