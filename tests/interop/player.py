"""A second player, written from docs/protocol.md alone: player.py FOLDER ADDRESS|TOKEN. Its page is its output, a line of JSON for each thing that happens."""
import json, os, pathlib, random, re, resource, secrets, sys, threading, time, urllib.request, uuid
import socketio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from programme import turns_of_day
from trust import base64url, check, from_base64url, opened, opened_root, public_key, sealed, sha256

WORDS = re.findall(r"\w+", "".join(re.findall("^>.*$", (pathlib.Path(__file__).parents[2] / "docs/protocol.md").read_text("utf-8"), re.MULTILINE)))
SCENES = ["install", "scoreboard", "picture", "video", "message", "motto", "story", "countdown", "clock"]
FACTORY = {"sha256": "factory", "rank": 0, "campaign": {"zone": "Asia/Ho_Chi_Minh"}, "layers": []}

class Player(socketio.ClientNamespace):
    def __init__(self, folder: str, address: str) -> None:
        super().__init__("/player")
        token = json.loads(from_base64url(address[8:])) if address.startswith("ihanoi1.") else {"server": address}
        self.server, self.named, self.secret = (token.get(name) for name in ("server", "root", "secret"))
        self.file = pathlib.Path(folder, "held.json")
        self.held = {"seed": secrets.token_hex(32), "screen": "", "root": FACTORY, "assignment": FACTORY, "manifest": FACTORY, "snapshot": FACTORY}
        self.keep(**(json.loads(self.file.read_text()) if self.file.exists() else {}))
        self.key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.held["seed"]))
        self.nonce, self.asked, self.trip, self.offset = "", 0.0, float("inf"), 0.0
        self.due, self.wait, self.wanted, self.turns, self.lock = {"call": 0.0}, 1, "", [], threading.Lock()
        self.journal = next(self.file.parent.glob("*.journal"), self.file.with_name(f"{uuid.uuid4()}.journal"))
        self.journal.touch()
        os.truncate(self.journal, self.journal.read_bytes().rfind(b"\n") + 1)  # The rest was being written when the power failed.
        self.entries, self.acknowledged = self.journal.read_text().splitlines(), 0
        self.last = json.loads(self.entries[-1]) if self.entries else {"kind": "none"}
        self.close(seen_until=0)
        socketio.Client(reconnection=False).register_namespace(self)

    def tell(self, what: str, **more: object) -> None:
        print(json.dumps({"what": what, **more}), flush=True)

    def clock(self) -> dict:
        return {"at": round(time.time() * 1000 + self.offset), "monoMs": round(time.monotonic() * 1000), "clockTrusted": self.trip < 60_000}

    def keep(self, **more: object) -> None:
        self.held |= more
        self.file.with_suffix(".new").write_text(json.dumps(self.held))
        os.replace(self.file.with_suffix(".new"), self.file)  # One step: whenever the power fails, one of the two is whole.

    def rise(self, name: str, document: dict, **more: object) -> None:
        """Keeps a document whose number went up; the same number stands for the same document only."""
        held = self.held[name]
        check(document["rank"] > held["rank"] or document["sha256"] == held["sha256"], f"{name} {document['rank']} is older than {held['rank']}")
        self.keep(**{name: document}, **more)

    def http(self, path: str, body: bytes | None = None) -> bytes:
        with urllib.request.urlopen(urllib.request.Request(self.server + path, body, {"content-type": "application/json"}), timeout=10) as answer:
            return answer.read()

    def fetch(self, purpose: str, named: str, role: str, audience: str = "") -> dict:
        envelope = json.loads(self.http(f"/{purpose}s/{named}"))
        check(sha256(envelope["payload"]) == named, f"{purpose}s: other bytes than their hash says")
        return opened(purpose, envelope, self.held["root"], role, audience)

    def on_challenge(self, challenge: dict) -> None:
        self.nonce, self.asked = base64url(secrets.token_bytes(32)), time.monotonic()
        proof = sealed("prove", {"server": challenge["nonce"], "player": self.nonce}, self.key)
        enrol = {"enrol": self.secret} if self.secret and not self.held["screen"] else {}
        self.emit("prove", {"protocol": 1, "publicKey": base64url(public_key(self.key)), "proof": proof, "player": "interop 1", "shell": "python",
                            "scenes": SCENES, "accepted": {name: each["rank"] for name, each in self.held.items() if "rank" in each}, **enrol})

    def on_pairing(self, pairing: dict) -> None:
        """A person compares the four words, so the root document in them is the one that is named."""
        self.named = sha256(pairing["root"]["payload"])
        bits = int(sha256(f"ihanoi/1/pairing\n{self.named}\n{base64url(public_key(self.key))}")[:6], 16)
        self.tell("pairing", code=pairing["code"], words=[WORDS[bits >> shift & 63] for shift in (18, 12, 6, 0)])

    def on_welcome(self, welcome: dict) -> None:
        if not self.held["screen"]:
            check(sha256(welcome["root"]["payload"]) == self.named, "another root document than the one that was named")
            self.rise("root", opened_root(welcome["root"], json.loads(welcome["root"]["payload"])), screen=welcome["screen"])
        self.due["ask"] = time.monotonic() + 5

    def on_time(self, envelope: dict) -> None:
        """The sample with the shortest round trip wins, so an answer that comes twice counts once."""
        statement, trip = json.loads(envelope["payload"]), (time.monotonic() - self.asked) * 1000
        if self.held["screen"] and statement["nonce"] == self.nonce and trip < self.trip:
            opened("time", envelope, self.held["root"], "state")
            self.trip, self.offset = trip, statement["time"] + trip / 2 - time.time() * 1000

    def on_state(self, state: dict) -> None:
        """Root documents follow one another, each signed by the one before. A server whose own does not follow gives nothing to this screen."""
        for each in range(self.held["root"]["rank"], state["root"]["number"]):
            self.rise("root", opened_root(json.loads(self.http(f"/roots/number/{each + 1}")), self.held["root"]))
        check(self.held["root"]["sha256"] == state["root"]["sha256"], "the root document does not follow from the one that is pinned")
        if state["assignment"] != self.held["assignment"]["sha256"]:
            assignment, needs = self.fetch("assignment", state["assignment"], "state"), self.held["root"]["roles"]["content"]["thresholds"]
            audience = self.held["assignment"].get("profile", assignment["profile"])["audience"]
            if needs[assignment["profile"]["audience"]] < needs[audience]:
                self.fetch("assignment", state["assignment"], "content", audience)
            check(assignment["screen"] == self.held["screen"], "the assignment is for another screen")
            self.rise("assignment", assignment)
        self.wanted = state["manifest"] or (self.held["assignment"]["manifest"] or FACTORY)["sha256"]
        self.due = {"report": 0.0} | self.due | {"fetch": time.monotonic() + random.random() * state["jitterMs"] / 1000}

    def on_fetch(self) -> None:
        if self.wanted != self.held["manifest"]["sha256"]:
            manifest = self.fetch("manifest", self.wanted, "content", self.held["assignment"]["profile"]["audience"])
            check(manifest["channel"] == self.held["assignment"]["channel"] and manifest["minProtocol"] <= 1, "a manifest for another channel or protocol")
            for file in manifest["files"]:
                check(sha256(self.http(f"/media/{file['sha256']}")) == file["sha256"], "media: other bytes than their hash says")
            self.rise("manifest", manifest)  # Only now that all its files are here.
            self.turns = []
            self.tell("manifest", sha256=self.wanted, version=manifest["version"])

    def on_refused(self, refused: dict) -> None:
        self.secret = "" if refused["refusal"] == "bad-token" else self.secret
        self.due = {"call": time.monotonic() + {"bad-token": 1, "revoked": 300, "protocol": 600}.get(refused["refusal"], 60)}
        self.tell("refused", reason=refused["en"])

    def play(self) -> dict:
        """What is due now, as the journal writes it down."""
        now = self.clock()["at"]
        if not self.turns or not self.turns[0]["plannedStart"] <= now < self.turns[-1]["plannedEnd"]:
            self.turns = turns_of_day(self.held["manifest"], now)
        return next(turn for turn in self.turns if now < turn["plannedEnd"])

    def on_show(self) -> None:
        """Closes the play that was on, and opens the one that is due."""
        play = self.play()
        if not play.items() <= self.last.items():
            self.close(self.clock()["at"])
            self.write("open", **play)
            self.due |= {"report": 0.0} if "report" in self.due else {}
            self.tell("shows", item=play["item"])

    def write(self, kind: str, **more: object) -> None:
        prev = sha256(self.entries[-1]) if self.entries else "0" * 64
        self.last = {"seq": len(self.entries) + 1, "prev": prev, **self.clock(), "kind": kind, **more}
        self.entries.append(json.dumps(self.last))
        with self.journal.open("a") as file:
            print(self.entries[-1], file=file, flush=True)
            os.fsync(file.fileno())

    def close(self, seen_until: int) -> None:
        """Ends what is open: the last entry always, since each play is closed before the next one opens."""
        if self.last["kind"] == "open":
            missing = max(self.last["at"] - self.last["plannedStart"], self.last["plannedEnd"] - seen_until)
            outcome = "skipped" if "substitute" in self.last else "complete" if missing <= 1500 else "interrupted"
            self.write("close", opened=self.last["seq"], outcome=outcome)

    def health(self) -> dict:
        now, last, viewport = self.clock()["at"], self.last, self.held["assignment"]["profile"]["viewport"]
        shows = {name: last[name] for name in ("item", "scene", "manifest")} | {"turn": str(last["seq"]), "since": last["at"]}
        return {"at": now, "state": "playing", "shows": shows, "shouldShow": {"item": shows["item"], "turn": shows["turn"]}, "lastFrameAt": now,
                "manifest": {"playing": self.held["manifest"]["sha256"], "accepted": self.held["manifest"]["rank"]}, "snapshot": self.held["snapshot"]["rank"],
                "memory": {"pageHeapBytes": None, "playerRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}, "quarantined": [],
                "viewport": {side: viewport[side] for side in ("width", "height")}, "clock": {"offsetMs": self.offset, "trusted": self.trip < 60_000},
                "journal": {"chain": self.journal.stem, "last": last["seq"], "pending": last["seq"] - self.acknowledged,
                            "anchor": {"seq": last["seq"], "hash": sha256(self.entries[-1])}}, "player": "interop 1", "shell": "python"}

    def on_report(self) -> None:
        self.due["report"] = time.monotonic() + 30
        while entries := self.entries[self.acknowledged : self.acknowledged + 500]:
            batch = sealed("plays", {"screen": self.held["screen"], "chain": self.journal.stem, "entries": entries}, self.key)
            self.acknowledged = json.loads(self.http("/player/plays", json.dumps(batch).encode()))["acknowledged"]
        self.emit("health", self.health())

    def on_ask(self) -> None:
        self.due["ask"] = time.monotonic() + random.uniform(90, 150)
        self.nonce, self.asked = base64url(secrets.token_bytes(32)), time.monotonic()
        self.emit("time", {"nonce": self.nonce})

    def on_call(self) -> None:
        """Comes back after a random wait that grows to 30 s. This player knows one address; others follow the assignment's `servers`."""
        self.wait = 1 if self.client.connected else min(30, 2 * self.wait)
        self.due = (self.due if self.client.connected else {}) | {"call": time.monotonic() + random.uniform(0.5, 1) * self.wait}
        if not self.client.connected:
            self.client.connect(self.server, transports=["websocket"], wait=False)

    def trigger_event(self, event: str, *args: dict) -> None:
        """One thing at a time, what the server says and what is due. What fails is told, and made good by the state that comes with the time."""
        with self.lock:
            try:
                self.due.pop(event, None)
                super().trigger_event(event, *args)
            except Exception as fault:
                self.tell("refused", reason=str(fault))
                self.due |= {"ask": time.monotonic() + 0.6} if "ask" in self.due else {}

    def run(self) -> None:
        while True:
            for event in ["show", *(event for event, at in list(self.due.items()) if at <= time.monotonic())]:
                self.trigger_event(event)
            time.sleep(0.2)

if __name__ == "__main__":
    Player(*sys.argv[1:]).run()
