"""Keys, envelopes and root documents: chapters 1 and 3 of docs/protocol.md."""
import base64, hashlib, json
from typing import Any
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]

class Refused(Exception):
    """What came is not taken; the words say why."""

def sha256(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()

def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")

def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

def public_key(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

def sealed(purpose: str, document: Json, key: Ed25519PrivateKey) -> Json:
    payload = json.dumps(document)
    signature = base64url(key.sign(f"ihanoi/1/{purpose}\n{payload}".encode()))
    return {"payload": payload, "signatures": [{"key": sha256(public_key(key))[:32], "signature": signature}]}

def is_signed(signed: bytes, signature: str, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(from_base64url(key)).verify(from_base64url(signature), signed)
        return True
    except (InvalidSignature, ValueError):
        return False

def opened(purpose: str, envelope: Json, root: Json, role: str, audience: str = "indoor") -> Json:
    """The document, if enough different keys of a role have signed exactly these bytes for this purpose, before the role's end."""
    keys, signed = root["roles"][role]["keys"], f"ihanoi/1/{purpose}\n{envelope['payload']}".encode()
    needs = root["roles"]["content"]["thresholds"][audience] if role == "content" else root["roles"][role]["threshold"]
    listed = [each for each in envelope["signatures"] if each["key"] in keys]
    valid = {each["key"] for each in listed if is_signed(signed, each["signature"], root["keys"][each["key"]])}
    document = json.loads(envelope["payload"])
    if len(valid) < needs or document.get("issuedAt", 0) > root["roles"][role].get("until", float("inf")):
        raise Refused(f"{purpose}: {len(valid)} of {needs} signatures hold, or its keys had ended")
    return document

def opened_root(envelope: Json, pinned: Json | None) -> Json:
    """Signed by its own root keys and, where one is pinned, under the next number by those of that one."""
    claimed = json.loads(envelope["payload"])
    if pinned and claimed["number"] != pinned["number"] + 1:
        raise Refused(f"root {claimed['number']} does not follow {pinned['number']}")
    return [opened("root", envelope, root, "root") for root in (claimed, pinned or claimed)][0]
