"""Report codes that can be read out on the phone: a prefix and six Crockford base32 characters."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 6
SPACE = 32**LENGTH


def encode(number: int) -> str:
    """Six characters for a number below 2**30, most significant first. Raises ValueError beyond."""
    if not 0 <= number < SPACE:
        raise ValueError(f"{number} does not fit in {LENGTH} characters")
    characters = []
    for _position in range(LENGTH):
        number, digit = divmod(number, 32)
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))


def new_code(prefix: str) -> str:
    """A random code, such as TS-7K4M9Q; the caller's unique constraint catches the rare repeat."""
    return f"{prefix}-{encode(secrets.randbelow(SPACE))}"
