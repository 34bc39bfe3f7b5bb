"""Confidence intervals of plain shares, where everybody's outcome is known; no numpy, no Django."""

from math import sqrt

from analytics.survival import UNKNOWN, Estimate, normal_quantile


def wilson(hits: int, n: int, confidence: float = 0.95) -> Estimate:
    """The share hits / n (0..1) with its score interval; UNKNOWN for n = 0.

    (2 n p + z^2 ± z sqrt(z^2 + 4 n p (1 - p))) / (2 (n + z^2)) (Wilson, J. Amer. Statist. Assoc. 22,
    1927; recommended by Newcombe, Statist. Med. 17, 1998, method 3): never outside 0..1 and honest
    for few and for none. Not for durations: who still waits is no miss, see `survival`.
    Raises ValueError unless 0 <= hits <= n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"There cannot be {hits} hits among {n}.")
    if n == 0:
        return UNKNOWN
    share = hits / n
    z = normal_quantile(confidence)
    middle = 2 * hits + z**2
    half = z * sqrt(z**2 + 4 * hits * (1 - share))
    whole = 2 * (n + z**2)
    return Estimate(share, max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0))
