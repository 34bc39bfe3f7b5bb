"""The words of the monthly report in one language, handed over from outside: the sheets know no Django.

Those with `%` are filled in by whoever prints them.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Numerals:
    """How numbers are written."""

    decimal: str
    group: str

    def said(self, value: float, places: int = 0) -> str:
        """1234.5 as "1.234,5"; a typographic minus for what is below zero."""
        plain = f"{abs(value):,.{places}f}"
        text = plain.translate({ord(","): self.group, ord("."): self.decimal})
        return f"\N{MINUS SIGN}{text}" if value < 0 and plain.strip("0.,") else text


@dataclass(frozen=True)
class Phrases:
    """How measured values are said, and why there is none."""

    numerals: Numerals
    days: str
    points: str
    percent: str
    range: str
    at_least: str
    at_most: str
    between: str
    no_range: str
    confidence: str
    nothing: str
    few: str
    few_of: str
    unreached: str
    undecided: str
    undecided_of: str
    running: str
    n: str


@dataclass(frozen=True)
class Measures:
    """Names of the key numbers, and the heads of their table."""

    measure: str
    difference: str
    twelve_months: str
    came: str
    left: str
    backlog: str
    in_time: str
    response: str
    completion: str
    note: str


@dataclass(frozen=True)
class Chart:
    """Title of a drawing, and the sentence below it that says how to read it."""

    title: str
    note: str


@dataclass(frozen=True)
class Charts:
    """The drawings and their axes."""

    flow: Chart
    response_curve: Chart
    completion_curve: Chart
    response_medians: Chart
    completion_medians: Chart
    ageing: Chart
    day_axis: str
    age_open: str
    nothing_open: str
    nothing_came: str
    too_few: str


@dataclass(frozen=True)
class Tables:
    """Titles and heads of the tables of groups; `note` belongs to the first, `agency_note` to that of the SKPD."""

    by_category: str
    by_kecamatan: str
    by_agency: str
    category: str
    kecamatan: str
    agency: str
    reports: str
    open: str
    followed: str
    response: str
    completion: str
    judged: str
    in_time: str
    note: str
    agency_note: str


@dataclass(frozen=True)
class Words:
    """Everything the paper says by itself; `running` is empty for a month that is over."""

    language: str
    month_names: tuple[str, ...]
    title: str
    month: str
    made: str
    page: str
    scope: str
    found_at: str
    running: str
    headline: str
    phrases: Phrases
    measures: Measures
    charts: Charts
    tables: Tables
    definitions_title: str
    definitions: tuple[tuple[str, str], ...]

    def short_month(self, month: date) -> str:
        """The month in three letters with its year, as charts and heads of columns name it."""
        return f"{self.month_names[month.month - 1]} {month.year}"
