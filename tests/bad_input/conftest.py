"""The stranger."""

import pytest
from django.test import Client


@pytest.fixture
def visitor(toy_city) -> Client:
    """A browser that shows a server error as the error it is."""
    return Client(raise_request_exception=True)
