"""WSGI entry point: `gunicorn geo_reports.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geo_reports.settings")

application = get_wsgi_application()
