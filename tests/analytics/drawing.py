"""Figures as the page gets them, after plotly itself has found nothing wrong with them."""

import json
from typing import Any

import plotly.graph_objects as go

from analytics.figures import style


def as_json(figure: style.Drawing) -> dict[str, Any]:
    """Raises ValueError with plotly's own sentence for a property or a value that does not exist."""
    plain: dict[str, Any] = json.loads(style.written({"it": figure}))["it"]
    go.Figure(plain)
    return plain
