"""Where reports heap up, and where a problem comes back after it was said to be fixed.

A narrow copy of the public reports (`models.Place`) carries what these questions need. Triggers note
which reports changed (`noting`); `manage.py find_recurrences` brings their rows up to date, and those
of the settled reports around them (`finding`). Who counts reads changed reports themselves instead of
their rows (`counting`), so that a count is exact at once; recurrence is as of the oldest change that
is still noted.

- `hexagons`: the cells of the city;                 `counting`: a filter -> reports per cell and kelurahan;
- `density`: cells and kelurahan with their verdict; `returning`: settled reports -> how many came back.
"""
