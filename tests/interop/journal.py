"""The hash-chained journal of plays: chapter 5 of docs/protocol.md."""
import json, os, uuid
from collections.abc import Callable
from pathlib import Path
from trust import Json, sha256

class Journal:
    def __init__(self, folder: Path, stamp: Callable[[], Json]) -> None:
        self.path = next(folder.glob("*.journal"), folder / f"{uuid.uuid4()}.journal")
        self.chain, self.stamp, self.acknowledged = self.path.stem, stamp, 0
        # What follows the last line end was being written when the power failed.
        self.texts = self.path.read_text().split("\n")[:-1] if self.path.exists() else []
        self.path.write_text("".join(f"{text}\n" for text in self.texts))

    def append(self, kind: str, **more: object) -> None:
        prev = sha256(self.texts[-1]) if self.texts else "0" * 64
        self.texts.append(json.dumps({"seq": len(self.texts) + 1, "prev": prev, **self.stamp(), "kind": kind, **more}))
        with self.path.open("a") as file:
            file.write(self.texts[-1] + "\n")
            file.flush()
            os.fsync(file.fileno())

    def close(self, outcome: str) -> None:
        """Ends what is open: the last entry always, since each play is closed before the next one opens."""
        last = json.loads(self.texts[-1]) if self.texts else {"kind": "none"}
        if last["kind"] == "open":
            self.append("close", opened=last["seq"], outcome=outcome)
