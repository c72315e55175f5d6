"""Secrets of second factors as the database keeps them: who has its rows only cannot read them."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"kindhand second factor"  # so that the key is no other one made of the same secret
NONCE = 12  # bytes
SEALED = 64  # characters of a sealed secret; a plain one has half as many


class Seal:
    """Seals with AES-256-GCM, by a key made of the desk's own secret, which is kept outside the database."""

    def __init__(self, secret: str) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
        self._cipher = AESGCM(key)

    def closed(self, secret: str, agent_id: str) -> str:
        """Return what to keep of a secret in base 32; it can be opened for the same agent only."""
        nonce = os.urandom(NONCE)
        sealed = self._cipher.encrypt(nonce, base64.b32decode(secret), agent_id.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def opened(self, kept: str, agent_id: str) -> str | None:
        """Return the secret; None if it was sealed with another key, or for somebody else."""
        if not is_sealed(kept):
            return kept
        try:
            sealed = base64.urlsafe_b64decode(kept)
            raw = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], agent_id.encode())
        except (InvalidTag, ValueError):
            return None
        return base64.b32encode(raw).decode()


def is_sealed(kept: str) -> bool:
    """Tell whether this was sealed: secrets from before there was a seal were kept as they are."""
    return len(kept) >= SEALED
