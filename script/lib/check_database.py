#!/usr/bin/env python3
"""Says in one sentence why the database at DATABASE_URL cannot serve; silent when it can."""

import os
import sys

import dj_database_url
import psycopg2

MINIMUM = 150000
KEYWORDS = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}


def complaint(url: str) -> str:
    """Return what is wrong with the server behind the address, or nothing."""
    try:
        config = dj_database_url.parse(url, engine="django.contrib.gis.db.backends.postgis")
    except ValueError:
        return "DATABASE_URL cannot be read; write it like postgis://user:password@host:5432/name."
    words = {keyword: config[key] for key, keyword in KEYWORDS.items() if config.get(key)}
    try:
        connection = psycopg2.connect(connect_timeout=10, **words, **config.get("OPTIONS", {}))
    except psycopg2.Error as error:
        reason = " ".join(str(error).split())
        return (
            f"the database at {config['HOST']}:{config['PORT'] or 5432} cannot be opened; check DATABASE_URL: {reason}"
        )
    with connection, connection.cursor() as cursor:
        if connection.server_version < MINIMUM:
            return f"PostgreSQL 15 or newer is needed, this server is {connection.server_version // 10000}."
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")
        if cursor.fetchone() is None:
            return "this PostgreSQL server has no PostGIS; install its postgresql-NN-postgis-3 package."
    return ""


if __name__ == "__main__":
    sys.exit(complaint(os.environ["DATABASE_URL"]) or 0)
