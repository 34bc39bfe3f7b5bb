"""The application on a person's phone: codes after RFC 6238, made without the library that checks them."""

import base64
import hashlib
import hmac
import struct
import time


def code_at(secret: str, at: float | None = None) -> str:
    """The six digits for a key in base 32, now or `at` (seconds since 1970)."""
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
