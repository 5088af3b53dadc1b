"""Keys, envelopes and root documents: chapters 1 and 3 of docs/protocol.md."""
import base64, contextlib, hashlib, json
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

def check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)

def sha256(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()

def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")

def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

def public_key(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

def sealed(purpose: str, document: dict, key: Ed25519PrivateKey) -> dict:
    payload = json.dumps(document)
    signature = base64url(key.sign(f"ihanoi/1/{purpose}\n{payload}".encode()))
    return {"payload": payload, "signatures": [{"key": sha256(public_key(key))[:32], "signature": signature}]}

def opened(purpose: str, envelope: dict, root: dict, role: str, audience: str = "") -> dict:
    """The document, if enough different keys of a role have signed exactly these bytes for this purpose before its end; with its hash and its rank."""
    payload, listed, signers = envelope["payload"], root["roles"][role], set()
    for each in envelope["signatures"]:
        with contextlib.suppress(Exception):  # Unknown keys and bad signatures of every kind are ignored.
            key = Ed25519PublicKey.from_public_bytes(from_base64url(root["keys"][each["key"]]))
            key.verify(from_base64url(each["signature"]), f"ihanoi/1/{purpose}\n{payload}".encode())
            signers.add(each["key"])
    document, valid = json.loads(payload), len(signers.intersection(listed["keys"]))
    needs = listed["thresholds"][audience] if role == "content" else listed["threshold"]
    check(valid >= needs, f"{purpose}: {valid} of {needs} signatures hold")
    check(not listed.get("approvers", {}).get("thresholds", {}).get(audience), f"{purpose}: approvals by passkey are beyond this player")
    check(document.get("issuedAt", 0) <= listed.get("until", float("inf")), f"{purpose}: issued after the end of its keys")
    return document | {"sha256": sha256(payload), "rank": document.get("version", document.get("number"))}

def opened_root(envelope: dict, pinned: dict) -> dict:
    """Signed by the root keys of the pinned document, and by its own."""
    opened("root", envelope, pinned, "root")
    return opened("root", envelope, json.loads(envelope["payload"]), "root")
