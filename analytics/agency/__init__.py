"""What the page of one SKPD says: counted and measured here, then as tables, figures and streams."""
