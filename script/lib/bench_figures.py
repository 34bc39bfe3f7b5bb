"""One row of docs/benchmarks.md."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """What was measured, beside the bare statement; `wanted` is the bound in words."""

    what: str
    measured: float
    unit: str
    bare: float | None = None
    wanted: str = ""

    @property
    def row(self) -> str:
        """A line of the Markdown table."""
        bare = f"{self.bare:,.2f} {self.unit}" if self.bare is not None else ""
        ratio = f"{self.measured / self.bare:.2f}" if self.bare else ""
        return f"| {self.what} | {self.measured:,.2f} {self.unit} | {bare} | {ratio} | {self.wanted} |"


def seconds(do: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    do()
    return perf_counter() - started
