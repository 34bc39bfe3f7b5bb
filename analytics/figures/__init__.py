"""Plotly figures, a module for each kind: DataFrames in, figures out. No Django, no database."""
