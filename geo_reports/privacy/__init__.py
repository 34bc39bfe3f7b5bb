"""Personal data of reporters: who looks at it, what reporters may do with it, how long it is kept.

`looks` writes down every look; `forgetting` takes away one kind of data from many reports;
`erasing` does that for one reporter, `retention` by the dated rules; `own_data` tells reporters what
is stored.
"""

from geo_reports.privacy.looks import NotPermitted, look, may_look

__all__ = ["NotPermitted", "look", "may_look"]
