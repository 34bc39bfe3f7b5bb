"""Runs the benchmarks and writes their figures, with machine and versions, to docs/benchmarks.md."""

import argparse
import os
import platform
import resource
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import bench_analytics
import bench_desk
import bench_load
import bench_map
import bench_routing
import django
from bench_copies import multiply
from bench_figures import Figure
from django.core.management import call_command
from django.db import connection

LOADING = "Loading"  # only when it is asked for: it leaves a million reports more
TARGET = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[int], Iterable[Figure]]] = {
    "The map": bench_map.measure,
    "Analytics": bench_analytics.measure,
    LOADING: bench_load.measure,
    "The desk": bench_desk.measure,
    "Routing": bench_routing.measure,  # last: it empties the histories
}

HEAD = """# Benchmarks

Made by `./script/bench`; each section says when and with what. Every path is measured beside the bare statement
in the same run, on the same tables; what counts is the ratio. Times are wall-clock seconds or milliseconds;
the medians are over the number of calls that is named. Where a section says nothing else, the machine was
otherwise idle.
"""
SECTION = """
## {title}

{day}: {reports:,} demo reports. {cores} cores, {processor}, {memory_gb} GB. PostgreSQL {postgres}, PostGIS {postgis},
Python {python}, Django {django}; {settings}.{remark}

| what | measured | bare | ratio | wanted |
|---|---|---|---|---|
"""


def main() -> None:
    """Fill the database if need be, measure, write the sections that were measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=1_000_000)
    parser.add_argument("--copies", type=int, default=1, help="measure with so many reports for each one")
    parser.add_argument("--only", choices=PARTS, metavar="PART", help=f"one of: {', '.join(PARTS)}")
    parser.add_argument("--remark", default="", help="a sentence for the section, such as what else the machine did")
    asked = parser.parse_args()
    fill(asked.reports, asked.copies)
    for part in [asked.only] if asked.only else [part for part in PARTS if part != LOADING]:
        title = part if asked.copies == 1 else f"{part}, {asked.reports * asked.copies:,} reports"
        keep(title, section(part, title, asked.reports * asked.copies, asked.remark))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"written to {TARGET}; peak memory of this process {peak_mb:.0f} MB")


def section(part: str, title: str, reports: int, remark: str = "") -> str:
    """Measure a part and write it down."""
    head = SECTION.format(
        **machine(),
        title=title,
        reports=reports,
        day=date.today().isoformat(),  # noqa: DTZ011  (the reader's day)
        remark=f" {remark}" if remark else "",
    )
    rows = []
    for figure in PARTS[part](reports):
        print(figure.row, flush=True)
        rows.append(figure.row + "\n")
    return head + "".join(rows)


def keep(title: str, text: str) -> None:
    """Put a section in the place of the one with the same title, or at the end."""
    before = TARGET.read_text() if TARGET.exists() else ""
    _head, *old = before.split("\n## ")
    sections = {part.split("\n", 1)[0]: "\n## " + part.rstrip("\n") + "\n" for part in old}
    sections[title] = text
    TARGET.write_text(HEAD + "".join(sections.values()))


def fill(reports: int, copies: int) -> None:
    """Load demo reports, and copy them, unless they are there from the last run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM geo_reports_report")
        present = cursor.fetchone()[0]
    if present == reports * copies:
        return
    if not bench_map.has_all_indexes():
        raise SystemExit(f"{present:,} copied reports are here: remove .run/postgres-bench to begin anew.")
    if present and present != reports:
        print(f"removing {present:,} reports of another size")
        call_command("remove_demo")
    if present != reports:
        call_command("seed_demo", reports=reports, seed=1)
    if copies > 1:
        multiply(copies)


def machine() -> dict[str, object]:
    """What the figures depend on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), postgis_lib_version()")
        postgres, postgis = cursor.fetchone()
        names = ("shared_buffers", "work_mem", "fsync", "synchronous_commit", "jit", "max_parallel_workers_per_gather")
        cursor.execute("SELECT name || ' ' || current_setting(name) FROM unnest(%s::text[]) name", [list(names)])
        settings = ", ".join(row[0] for row in cursor.fetchall())
    cpu = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":")[1].strip() for line in cpu.splitlines() if line.startswith("model name")), "unknown")
    return {
        "cores": os.cpu_count(),
        "processor": model,
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "postgres": postgres.split()[0],
        "postgis": postgis,
        "python": platform.python_version(),
        "django": django.get_version(),
        "settings": settings,
    }
