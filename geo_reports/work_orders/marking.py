"""Pages of a work order that hold something confidential say so: who draws it marks the page."""

from collections.abc import Callable
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from geo_reports.paper.styles import marked_up, said


def mark_confidential(canvas: Any) -> None:
    """Tell the page that is being drawn that it holds something confidential; `NumberedPages` stamps it."""
    canvas.is_marked = True


class Marking(Paragraph):
    """A paragraph that tells the page on which it lands that the page holds something confidential."""

    def draw(self) -> None:
        """Mark the page, then write."""
        mark_confidential(self.canv)
        super().draw()


def teller(*, is_confidential: bool) -> Callable[[str, ParagraphStyle], Paragraph]:
    """`said`, or the same with a mark on the page."""
    if not is_confidential:
        return said
    return lambda text, style: Marking(marked_up(text), style)
