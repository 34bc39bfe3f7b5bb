"""Runs the benchmarks and writes their figures, with machine and versions, to docs/benchmarks.md."""

import argparse
import os
import platform
import resource
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bench_desk
import bench_routing
import django
from bench_figures import Figure
from django.core.management import call_command
from django.db import connection

TARGET = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[int], list[Figure]]] = {
    "The desk": bench_desk.measure,
    "Routing": bench_routing.measure,  # last: it empties the histories
}

HEAD = """# Benchmarks

Made by `./script/bench --reports {reports}` on {day}. Every path is measured beside the bare statement
in the same run, on the same tables with all their indexes; what counts is the ratio. Times are wall-clock seconds
or milliseconds of one run on an otherwise idle machine; the medians are over the number of calls that is named.
Routing again reads the kelurahan that is stored with a report; the bare statement finds it afresh.

| machine | |
|---|---|
| processor | {cores} cores, {processor} |
| memory | {memory_gb} GB |
| software | PostgreSQL {postgres}, PostGIS {postgis}, Python {python}, Django {django} |
| data | {reports:,} demo reports, the real kelurahan boundaries, synthetic rules, roads and estates |
| settings | {settings} |
"""


def main() -> None:
    """Fill the database if need be, measure, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=1_000_000)
    reports = parser.parse_args().reports
    fill(reports)
    parts = [HEAD.format(**machine(), reports=reports, day=date.today().isoformat())]  # noqa: DTZ011  (the reader's day)
    for title, measure in PARTS.items():
        parts.append(f"\n## {title}\n\n| what | measured | bare | ratio | wanted |\n|---|---|---|---|---|\n")
        for figure in measure(reports):
            print(figure.row)
            parts.append(figure.row + "\n")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    parts.append(f"\nPeak memory of the Python process over the whole run: {peak_mb:.0f} MB.\n")
    TARGET.write_text("".join(parts))
    print(f"written to {TARGET}")


def fill(reports: int) -> None:
    """Load demo reports unless they are there from the last run."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM geo_reports_report")
        present = cursor.fetchone()[0]
    if present and present != reports:
        print(f"removing {present:,} reports of another size")
        call_command("remove_demo")
    if present != reports:
        call_command("seed_demo", reports=reports, seed=1)


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
