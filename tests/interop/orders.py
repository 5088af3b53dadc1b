"""The player that takes figures, obeys stops and alerts, and answers commands besides: chapters 2 and 4 of docs/protocol.md. Solemn days are not drawn."""
import contextlib, json, re, sys, unicodedata, urllib.error
from player import FACTORY, Player
from trust import check, opened, sha256

STATES = {"alert": "alert", "stop": "stopped"}
PRIORITIES = ["extreme", "severe", "moderate", "minor"]

def folded(name: str) -> str:
    """An operator's name as it is compared: without case, marks and signs."""
    letters = "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
    return re.sub("[^a-z0-9]+", " ", letters.lower().replace("đ", "d")).strip().replace("y", "i")

def fits(target: dict, screen: dict) -> bool:
    """Whom an order is for: every key that a target has names the screen."""
    own = {"screens": {screen["screen"]}, "units": {screen.get("unit"), *screen.get("above", [])},
           "kinds": {screen["profile"]["kind"]}, "audiences": {screen["profile"]["audience"]}, "operators": {folded(screen.get("operator", ""))}}
    return all(own[key] & {folded(name) if key == "operators" else name for name in wanted} for key, wanted in target.items())

def rank(order: dict) -> tuple:
    """What is shown of several: a stop, a pause, an alert, a drill; of two of a kind the more urgent, then the newer."""
    return order["kind"] != "stop", "until" in order, order.get("drill", False), PRIORITIES.index(order.get("priority", "extreme")), -order["number"]

def name_of(order: dict) -> str:
    return f"{order['kind']}-{order['number']}"

class ObedientPlayer(Player):
    def __init__(self, *arguments: str) -> None:
        super().__init__(*arguments)
        self.held = {"order": FACTORY, "orders": {}, "over": []} | self.held

    def on_state(self, state: dict) -> None:
        """Orders are fetched at once. One that is no longer listed is not over until a signed document says so."""
        super().on_state(state)
        listed = {order["sha256"] for order in state.get("orders", [])}
        for named in listed - {*self.held["orders"], *self.held["over"]}:
            self.enter(self.fetch("order", named, "state"))
        for named in {*self.held["orders"]} - listed:
            with contextlib.suppress(urllib.error.HTTPError):
                self.on_order(json.loads(self.http(f"/orders/{named}/end")))
        if state["snapshot"] and state["snapshot"]["sha256"] != self.held["snapshot"]["sha256"]:
            self.take_figures(self.fetch("snapshot", state["snapshot"]["sha256"], "state"))

    def on_snapshot(self, snapshot: dict) -> None:
        self.take_figures(opened("snapshot", snapshot["current"], self.held["root"], "state"))

    def take_figures(self, snapshot: dict) -> None:
        check(self.held["assignment"]["trial"] or not snapshot["sample"], "sample figures are for trial screens")
        self.rise("snapshot", snapshot)

    def on_order(self, envelope: dict) -> None:
        self.enter(opened("order", envelope, self.held["root"], "state"))

    def enter(self, order: dict) -> None:
        """An order stands until a signed document ends it, and never stands again. They come in any order."""
        over = [*self.held["over"], *(ended["sha256"] for ended in order.get("ends", []))]
        known = self.held["orders"] | ({order["sha256"]: order} if order["kind"] != "cancel" else {})
        standing = {named: each for named, each in known.items() if named not in over}
        self.keep(over=over, orders=standing, order=max(self.held["order"], order, key=lambda each: each["rank"]))

    def orders(self) -> list[dict]:
        """Those for this screen, first the one that is shown. One that has run out is none."""
        now, screen = self.clock()["at"], self.held["assignment"]
        standing = [each for each in self.held["orders"].values() if each["kind"] in STATES and each.get("expiresAt", each.get("until", now + 1)) > now]
        return sorted((each for each in standing if "screen" in screen and fits(each["target"], screen)), key=rank)

    def play(self) -> dict:
        covers = [{"scene": STATES[order["kind"]], "substitute": {"item": name_of(order), "reason": "an order stands"}} for order in self.orders()]
        return super().play() | (covers[0] if covers else {})

    def tell(self, what: str, **more: object) -> None:
        for order in self.orders()[:1] if what == "shows" else []:
            more |= {"item": name_of(order), "headline": order.get("headline")}
        super().tell(what, **more)

    def health(self) -> dict:
        health, orders = super().health(), self.orders()
        for order in orders[:1]:
            health |= {"state": STATES[order["kind"]], "shows": health["shows"] | {"item": name_of(order)}}
            health["shouldShow"] |= {"item": name_of(order)}
        return health | {"orders": [{"number": order["number"], "sha256": order["sha256"], "obeyed": True} for order in orders]}

    def on_command(self, command: dict) -> None:
        self.emit("commandAnswer", {"id": command["id"], "outcome": "unknown"})

if __name__ == "__main__":
    ObedientPlayer(*sys.argv[1:]).run()
