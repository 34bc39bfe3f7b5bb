"""The page of a kecamatan and of a kelurahan, for a screen and for two sheets of paper.

- `views`: the addresses;            `page`: all that a page shows;
- `counts`: numbers of the area;     `outline`, `month_bars`: its drawing and its chart, without scripts.
"""
