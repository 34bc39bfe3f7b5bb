"""Statements that are planned once per connection give what they would give without."""

import pytest
from django.db import DataError, connection, transaction

from maps import prepared

pytestmark = pytest.mark.django_db
ADD = "SELECT %s::integer + %s::integer"


def test_the_values_go_where_they_belong_however_often_it_is_asked():
    assert [prepared.first_row(ADD, (number, 10)) for number in range(8)] == [(number + 10,) for number in range(8)]


def test_a_statement_is_prepared_once(monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 1000)  # tests of tiles before this one leave theirs on the connection
    for _ in range(2):
        prepared.first_row(ADD, (1, 2))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%$1::integer + $2%%'", [])
        assert cursor.fetchone() == (1,)


def test_beyond_a_number_of_statements_they_are_planned_each_time(monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 0)
    assert prepared.first_row("SELECT %s::integer + 1", (1,)) == (2,)


def test_it_goes_on_after_an_error():
    with pytest.raises(DataError), transaction.atomic():
        prepared.first_row("SELECT 1 / %s::integer", (0,))
    assert prepared.first_row(ADD, (1, 1)) == (2,)


def test_one_plan_serves_all_values_where_that_is_asked(monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 1000)
    used = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
    answers = [prepared.first_row("SELECT %s::integer * 7", (n,), is_planned_once=True) for n in range(3)]
    with connection.cursor() as cursor:
        cursor.execute(used, ["%* 7%"])
        assert cursor.fetchall() == [(3, 0)]
    assert answers == [(0,), (7,), (14,)]
