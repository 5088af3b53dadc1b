"""A second player, written from docs/protocol.md alone. Its page is its output, a line of JSON for each thing that happens. Solemn days are not drawn."""
import argparse, contextlib, functools, json, os, queue, random, re, resource, secrets, signal, time, urllib.error, urllib.request
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo
import socketio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from journal import Journal
from programme import Turn, turns_of_day
from targets import fits
from trust import Json, Refused, base64url, from_base64url, opened, opened_root, public_key, sealed, sha256

SCENES = ["install", "scoreboard", "picture", "video", "message", "motto", "story", "countdown", "clock"]
PAGE = Path(__file__).resolve().parents[2] / "docs/protocol.md"
parsed = functools.lru_cache(json.loads)
programme = functools.lru_cache(lambda payload, day: turns_of_day(parsed(payload), day))

def tell(what: str, **more: object) -> None:
    print(json.dumps({"what": what, **more}), flush=True)

class Player:
    def __init__(self, folder: Path, server: str, enrolment: Json, day: date | None) -> None:
        self.folder, self.server, self.day, self.named, self.secret = folder, server, day, enrolment.get("root"), enrolment.get("secret")
        self.held: Json = dict.fromkeys(("screen", "root", "assignment", "manifest")) | {"seed": secrets.token_hex(32), "orders": {}, "over": [], "highest": {}}
        self.held |= json.loads((folder / "held.json").read_text()) if (folder / "held.json").exists() else {}
        self.key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.held["seed"]))
        self.offset, self.trip, self.asked, self.tries, self.greeted, self.ended = 0.0, float("inf"), dict[str, float](), 0, False, False
        self.connect_at, self.ask_at, self.report_at, self.wanted, self.shown = 0.0, float("inf"), 0.0, ("", float("inf")), dict[str, Any]()
        self.journal, self.events, self.socket = Journal(folder, self.stamp), queue.Queue[tuple[str, Json]](), socketio.Client(reconnection=False)
        self.journal.close("interrupted")
        self.keep()
        for name in [name for name in dir(self) if name.startswith("on_")]:
            self.socket.on(name[3:], lambda payload, name=name: self.events.put((name, payload)), "/player")

    def now(self) -> int:
        return round(time.time() * 1000 + self.offset)

    def stamp(self) -> Json:
        return {"at": self.now(), "monoMs": round(time.monotonic() * 1000), "clockTrusted": self.trip < 60_000}

    def document(self, name: str) -> Json | None:
        return self.held[name] and parsed(self.held[name]["payload"])

    def keep(self, **more: object) -> None:
        """Writes beside the file and puts it in its place in one step."""
        self.held |= more
        (self.folder / "held.new").write_text(json.dumps(self.held))
        os.replace(self.folder / "held.new", self.folder / "held.json")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.server + path, timeout=10) as answer:
            return answer.read()

    def fetch(self, kind: str, named: str) -> Json:
        envelope = json.loads(self.get(f"/{kind}/{named}"))
        if sha256(envelope["payload"]) != named:
            raise Refused(f"{kind}: other bytes than their hash says")
        return envelope

    def highest(self, series: str) -> list[Any]:
        return self.held["highest"].get(series, [0, ""])

    def rise(self, series: str, number: int, envelope: Json) -> None:
        """Numbers go up; the same number stands for the same document only."""
        known, named = self.highest(series)
        if number < known or (number == known and sha256(envelope["payload"]) != named):
            raise Refused(f"{series} {number} is older than {known}")
        self.held["highest"][series] = [number, sha256(envelope["payload"])]

    def ask(self, wait: float) -> str:
        nonce = base64url(secrets.token_bytes(32))
        self.asked[nonce], self.ask_at = time.monotonic(), time.monotonic() + wait
        return nonce

    def say(self, event: str, payload: Json) -> None:
        self.socket.emit(event, payload, "/player")

    def on_challenge(self, challenge: Json) -> None:
        proof = sealed("prove", {"server": challenge["nonce"], "player": self.ask(5)}, self.key)
        accepted = {name: self.highest(name)[0] for name in ("manifest", "assignment", "snapshot", "order")}
        enrol = {"enrol": self.secret} if self.secret and not self.held["screen"] else {}
        accepted["root"] = self.document("root")["number"] if self.held["root"] else 0
        self.say("prove", {"protocol": 1, "publicKey": base64url(public_key(self.key)), "proof": proof, **enrol,
                           "player": "interop 1", "shell": "python", "scenes": SCENES, "accepted": accepted})

    def on_pairing(self, pairing: Json) -> None:
        """A person compares the four words, so the root document in them is the one that is named."""
        self.named = sha256(json.dumps(opened_root(pairing["root"], None)) and pairing["root"]["payload"])
        bits = int(sha256(f"ihanoi/1/pairing\n{self.named}\n{base64url(public_key(self.key))}")[:6], 16)
        words = ", ".join(re.findall(r"^> (.*?),?$", PAGE.read_text(), re.M)).split(", ")
        tell("pairing", code=pairing["code"], words=[words[bits >> shift & 63] for shift in (18, 12, 6, 0)])

    def on_welcome(self, welcome: Json) -> None:
        named = sha256(welcome["root"]["payload"])
        if not self.held["root"] and named == self.named and opened_root(welcome["root"], None):
            self.keep(root=welcome["root"], screen=welcome["screen"])
        elif not self.held["root"]:
            raise Refused("another root document than the one that was named")
        self.follow_root(parsed(welcome["root"]["payload"])["number"], named)
        self.greeted, self.tries = True, 0

    def follow_root(self, number: int, named: str) -> None:
        """One by one from the pinned one; nothing is pinned until the last one holds."""
        envelope = self.held["root"]
        for each in range(self.document("root")["number"] + 1, number + 1):
            before, envelope = parsed(envelope["payload"]), json.loads(self.get(f"/roots/number/{each}"))
            opened_root(envelope, before)
        if sha256(envelope["payload"]) != named:
            raise Refused(f"root {number} does not follow from the one that is pinned")
        self.keep(root=envelope)

    def on_time(self, envelope: Json) -> None:
        """The sample with the shortest round trip wins; each nonce counts once."""
        statement = opened("time", envelope, self.document("root"), "state") if self.held["root"] else {"nonce": ""}
        trip = (time.monotonic() - self.asked.pop(statement["nonce"], float("-inf"))) * 1000
        if trip < self.trip:
            self.trip, self.offset = trip, statement["time"] + trip / 2 - time.time() * 1000

    def on_state(self, state: Json) -> None:
        if not self.greeted:
            return
        self.follow_root(state["root"]["number"], state["root"]["sha256"])
        if state["assignment"] != self.highest("assignment")[1]:
            self.take_assignment(self.fetch("assignments", state["assignment"]))
        self.follow_orders([order["sha256"] for order in state.get("orders", [])])
        if state["snapshot"] and state["snapshot"]["sha256"] != self.highest("snapshot")[1]:
            self.on_snapshot({"current": self.fetch("snapshots", state["snapshot"]["sha256"])})
        if state["manifest"] and state["manifest"] != self.playing():
            self.wanted = state["manifest"], time.monotonic() + random.random() * state["jitterMs"] / 1000

    def playing(self) -> str:
        return sha256(self.held["manifest"]["payload"]) if self.held["manifest"] else "factory"

    def take_assignment(self, envelope: Json) -> None:
        root = self.document("root")
        document, needs = opened("assignment", envelope, root, "state"), root["roles"]["content"]["thresholds"]
        audience, held = document["profile"]["audience"], (self.document("assignment") or document)["profile"]["audience"]
        if needs[audience] < needs[held]:
            opened("assignment", envelope, root, "content", held)
        if document["screen"] != self.held["screen"]:
            raise Refused("the assignment is for another screen")
        self.rise("assignment", document["version"], envelope)
        self.keep(assignment=envelope)

    def on_snapshot(self, snapshot: Json) -> None:
        document = opened("snapshot", snapshot["current"], self.document("root"), "state")
        if document["sample"] and not self.document("assignment")["trial"]:
            raise Refused("sample figures are for trial screens")
        self.rise("snapshot", document["number"], snapshot["current"])
        self.keep()

    def take_manifest(self, named: str) -> None:
        envelope, assignment = self.fetch("manifests", named), self.document("assignment")
        document = opened("manifest", envelope, self.document("root"), "content", assignment["profile"]["audience"])
        if document["channel"] != assignment["channel"] or document["minProtocol"] > 1:
            raise Refused("the manifest is for another channel or another protocol")
        self.rise("manifest", document["version"], envelope)
        for file in document["files"]:
            data = self.get(f"/media/{file['sha256']}")
            if (sha256(data), len(data)) != (file["sha256"], file["bytes"]):
                raise Refused(f"a file has other bytes than the manifest says: {file['sha256']}")
        self.keep(manifest=envelope)
        tell("manifest", sha256=named, version=document["version"], turns=programme(envelope["payload"], self.day) if self.day else [])

    def follow_orders(self, listed: list[str]) -> None:
        for named in {*listed} - {*self.held["orders"], *self.held["over"]}:
            self.on_order(self.fetch("orders", named))
        for named in {*self.held["orders"]} - {*listed}:
            with contextlib.suppress(urllib.error.HTTPError):
                self.on_order(json.loads(self.get(f"/orders/{named}/end")))

    def on_order(self, envelope: Json) -> None:
        """An order stands until a signed document ends it, and never stands again."""
        document, named = opened("order", envelope, self.document("root"), "state"), sha256(envelope["payload"])
        over = [*self.held["over"], *(order["sha256"] for order in document.get("ends", []))]
        known = self.held["orders"] | ({named: envelope} if document["kind"] != "cancel" else {})
        self.held["highest"]["order"] = max(self.highest("order"), [document["number"], named])
        self.keep(over=over, orders={name: each for name, each in known.items() if name not in over})

    def on_command(self, command: Json) -> None:
        self.say("commandAnswer", {"id": command["id"], "outcome": "unknown"})

    def on_refused(self, refused: Json) -> None:
        self.secret, self.connect_at = None if refused["refusal"] == "bad-token" else self.secret, time.monotonic() + 60
        raise Refused(refused["en"])

    def orders(self) -> list[tuple[str, Json]]:
        """Stops and alerts for this screen by hash: a stop above all, then the newest. An alert that has run out is none."""
        screen = self.document("assignment")
        orders = [(named, parsed(envelope["payload"])) for named, envelope in self.held["orders"].items()]
        standing = [each for each in orders if each[1]["kind"] != "solemn" and each[1].get("expiresAt", float("inf")) > self.now()]
        mine = [each for each in standing if fits(each[1]["target"], screen)]
        return sorted(mine, key=lambda each: (each[1]["kind"] != "stop", -each[1]["number"]))

    def turn(self, now: int) -> Turn:
        day = datetime.fromtimestamp(now / 1000, ZoneInfo(self.document("manifest")["campaign"]["zone"])).date()
        return next(turn for turn in programme(self.held["manifest"]["payload"], day) if now < turn[1])

    def show(self) -> None:
        """Shows what is due now: an order, else the programme. Closes the play that was on, and opens the next one."""
        now, order = self.now(), next((order for _, order in self.orders()), None)
        start, end, item = self.turn(now)
        cover = f"{order['kind']}-{order['number']}" if order else None
        if (self.playing(), start, cover) == self.shown.get("what"):
            return
        whole = self.shown.get("since", 0) <= self.shown.get("start", 0) + 1500 and now >= self.shown.get("end", 0) - 1500
        self.journal.close("skipped" if self.shown.get("cover") else "complete" if whole else "interrupted")
        state = {None: "playing", "alert": "alert", "stop": "stopped"}[order and order["kind"]]
        items = [each for layer in self.document("manifest")["layers"] for each in layer["playlist"]["items"]]
        scene = state if order else next((each["scene"] for each in items if each["id"] == item), "none")
        self.report_at, self.shown = 0.0, {"what": (self.playing(), start, cover), "cover": cover, "start": start, "end": end, "state": state}
        self.shown |= {"item": cover or item, "turn": str(start), "scene": scene, "since": now}
        if item:
            stood_in = {"substitute": {"item": cover, "reason": f"covered by {cover}"}} if cover else {}
            self.journal.append("open", manifest=self.playing(), item=item, scene=scene, plannedStart=start, plannedEnd=end, **stood_in)
        tell("shows", item=cover or item, headline=order.get("headline") if order else None)

    def upload(self) -> None:
        while entries := self.journal.texts[self.journal.acknowledged : self.journal.acknowledged + 500]:
            batch = sealed("plays", {"screen": self.held["screen"], "chain": self.journal.chain, "entries": entries}, self.key)
            request = urllib.request.Request(f"{self.server}/player/plays", json.dumps(batch).encode(), {"content-type": "application/json"})
            with urllib.request.urlopen(request, timeout=10) as answer:
                self.journal.acknowledged = json.load(answer)["acknowledged"]

    def report(self) -> None:
        self.report_at, now, last = time.monotonic() + 30, self.now(), len(self.journal.texts)
        shows = {name: self.shown[name] for name in ("item", "turn", "scene", "since")} | {"manifest": self.playing()} if self.shown.get("item") else None
        size = {side: self.document("assignment")["profile"]["viewport"][side] for side in ("width", "height")}
        anchor = {"anchor": {"seq": last, "hash": sha256(self.journal.texts[-1])}} if last else {}
        self.say("health", {
            "at": now, "state": self.shown.get("state", "booting"), "shows": shows, "lastFrameAt": now if shows else None,
            "shouldShow": shows and {"item": shows["item"], "turn": shows["turn"]}, "snapshot": self.highest("snapshot")[0], "quarantined": [],
            "manifest": {"playing": self.playing(), "accepted": self.highest("manifest")[0]}, "viewport": size,
            "orders": [{"number": order["number"], "sha256": named, "obeyed": True} for named, order in self.orders()],
            "memory": {"pageHeapBytes": None, "playerRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024},
            "clock": {"offsetMs": self.offset, "trusted": self.trip < 60_000}, "player": "interop 1", "shell": "python",
            "journal": {"chain": self.journal.chain, "last": last, "pending": last - self.journal.acknowledged, **anchor}})

    def connect(self) -> None:
        """After a random wait that grows to 30 s. This player knows one address; others follow the assignment's `servers`."""
        self.tries, self.greeted = self.tries + 1, False
        self.connect_at = time.monotonic() + random.uniform(0.5, min(30, 2**self.tries))
        self.socket.connect(self.server, namespaces=["/player"], transports=["websocket"])

    def tick(self) -> None:
        if not self.socket.connected and time.monotonic() > self.connect_at:
            self.connect()
        if time.monotonic() > self.wanted[1]:
            wanted, self.wanted = self.wanted[0], ("", float("inf"))
            self.take_manifest(wanted)
        if self.held["manifest"]:
            self.show()
        if self.socket.connected and self.greeted and time.monotonic() > self.ask_at:
            self.say("time", {"nonce": self.ask(random.uniform(90, 150))})
        if self.socket.connected and self.greeted and self.held["assignment"] and time.monotonic() > self.report_at:
            self.upload()
            self.report()

    def step(self) -> None:
        """One thing that came, then a look at the clock. What fails is told, and made good by the state that comes with the next answer to `time`."""
        try:
            with contextlib.suppress(queue.Empty):
                name, payload = self.events.get(timeout=0.2)
                getattr(self, name)(payload)
            self.tick()
        except (Refused, OSError, ValueError, socketio.exceptions.SocketIOError) as fault:
            tell("refused", reason=str(fault))
            self.ask_at = min(self.ask_at, time.monotonic() + 0.6)

    def run(self) -> None:
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "ended", True))
        while not self.ended:
            self.step()
        self.journal.close("interrupted")
        self.upload()
        self.socket.disconnect()

arguments = argparse.ArgumentParser()
for option in ("--data", "--server", "--enrol", "--day"):
    arguments.add_argument(option)
given = arguments.parse_args()
token = json.loads(from_base64url(given.enrol.removeprefix("ihanoi1."))) if given.enrol else {}
Path(given.data).mkdir(parents=True, exist_ok=True)
Player(Path(given.data), given.server or token["server"], token, given.day and date.fromisoformat(given.day)).run()
