"""Pages that know how many they are."""

from typing import Any

from reportlab.pdfgen.canvas import Canvas


class NumberedPages(Canvas):
    """Keeps the pages until their number is known, then writes what stands around each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Put the page aside."""
        self.kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # (the stubs leave it out)

    def save(self) -> None:
        """Finish the pages and write the file."""
        kept = self.kept
        for number, page in enumerate(kept, start=1):
            self.__dict__.update(page)
            self.surround(number, len(kept))
            super().showPage()
        super().save()

    def surround(self, number: int, total: int) -> None:
        """Write around page `number` of `total`; for each kind of paper its own."""
        raise NotImplementedError
