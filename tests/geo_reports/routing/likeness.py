"""How alike two street names are, in plain Python: what the database does with pg_trgm."""

import re
from functools import cache

MEANT = {"jl": "", "jln": "", "jalan": "", "ry": "raya", "gg": "gang", "haji": "h", "psr": "pasar"}


def street_key(name: str) -> str:
    """Only the abbreviations that these tests use; the rest has tests of its own."""
    words = (MEANT.get(word, word) for word in re.findall(r"[a-z0-9]+", name.lower()))
    return " ".join(word for word in words if word)


def trigrams(text: str) -> list[str]:
    return [f"  {word} "[at : at + 3] for word in text.split() for at in range(len(word) + 1)]


@cache
def likeness_of(key: str, said: str) -> float:
    """pg_trgm's word_similarity: the greatest similarity between `key` and any run of trigrams of `said`."""
    wanted, written = set(trigrams(key)), trigrams(said)
    best = 0.0
    for start in range(len(written)):
        for end in range(start + 1, len(written) + 1):
            run = set(written[start:end])
            best = max(best, len(wanted & run) / len(wanted | run))
    return best
