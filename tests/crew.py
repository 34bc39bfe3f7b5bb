"""Threads with connections of their own, for tests of what happens all at once; their errors are the test's."""

from collections.abc import Callable
from threading import Event, Thread

from django.db import connection

PATIENCE_S = 120


class Crew:
    """Some have a task that ends, others go on until these have ended."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self.stop = Event()
        self._ending: list[Thread] = []
        self._lasting: list[Thread] = []

    def add(self, work: Callable[..., None], *args: object) -> None:
        """Somebody who comes to an end."""
        self._ending.append(Thread(target=self._guarded, args=(work, *args)))

    def add_lasting(self, work: Callable[..., None], *args: object) -> None:
        """Somebody who works on until told, by `stop`, the first argument."""
        self._lasting.append(Thread(target=self._guarded, args=(work, self.stop, *args)))

    def work(self) -> None:
        """Let them; fails with their errors."""
        for thread in [*self._ending, *self._lasting]:
            thread.start()
        for thread in self._ending:
            thread.join(PATIENCE_S)
        self.stop.set()
        for thread in self._lasting:
            thread.join(PATIENCE_S)
        assert not self.errors, self.errors

    def _guarded(self, work: Callable[..., None], *args: object) -> None:
        try:
            work(*args)
        except BaseException as error:  # noqa: BLE001  (raised again by the test)
            self.errors.append(error)
        finally:
            connection.close()
