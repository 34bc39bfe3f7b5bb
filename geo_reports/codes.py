"""Report numbers that people can read out: a prefix and six characters of Crockford's base 32.

No I, L, O or U, so that nothing is mistaken for a digit and no word appears by accident.
"""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 6
BITS: Final = 5 * LENGTH


def encode(number: int) -> str:
    """Six characters for a number of 30 bits, most significant first.

    Raises ValueError outside 0 <= number < 2**30.
    """
    if not 0 <= number < 1 << BITS:
        raise ValueError(f"{number} does not fit into {BITS} bits")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


def new_code(prefix: str) -> str:
    """A random report number such as `AB-7KX2QM`. The caller retries when it is taken."""
    return f"{prefix}-{encode(secrets.randbits(BITS))}"


def normalised(typed: str) -> str:
    """What somebody typed or was told, as a report number: `ts7kx2qo` means `TS-7KX2Q0`.

    Letters that the alphabet lacks are read as the digits they look like. Text that is no report
    number comes back in capitals.
    """
    bare = "".join(typed.upper().split()).replace("-", "")
    prefix, number = bare[:-LENGTH], bare[-LENGTH:].translate(str.maketrans("ILO", "110"))
    return f"{prefix}-{number}" if prefix else bare
