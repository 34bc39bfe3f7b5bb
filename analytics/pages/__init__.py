"""The pages of the section, a module each: a thin view, its machine-readable twins, and what only it shows."""
