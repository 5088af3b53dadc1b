"""What a manifest says for every instant of a local day: docs/decisions/0001-programme.md."""
import datetime as dt, itertools, zoneinfo

NOTHING = {"manifest": "factory", "id": "install", "scene": "install", "seconds": 90_000, "weight": 1}

def holds(window: dict, local: dt.datetime) -> bool:
    """By the wall clock alone. A window past midnight belongs to the day on which it starts."""
    now, start, end = local.strftime("%H:%M"), window.get("from", "00:00"), window.get("until", "24:00")
    day = local.date() - dt.timedelta(days=1 if now < end <= start else 0)
    in_hours = start <= now < end if start < end else now >= start or now < end
    in_dates = window.get("startDate", "0000") <= day.isoformat() <= window.get("endDate", "9999")
    return in_hours and in_dates and day.isoweekday() in window.get("days", range(1, 8))

def is_on(item: dict, local: dt.datetime) -> bool:
    return not item["windows"] or any(holds(window, local) for window in item["windows"])

def active(layers: list, local: dt.datetime) -> list:
    found = [(layer["share"], [item for item in layer["playlist"]["items"] if is_on(item, local)]) for layer in layers]
    return [(share, items) for share, items in found if items] or [(1, [NOTHING])]

def one_round(items: list):
    """Showing k of weight w belongs between turn floor(kT/w) and turn ceil((k+1)T/w). What has to come first is next, but not twice running."""
    total, shown, last = sum(item["weight"] for item in items), [0] * len(items), None
    for turn in range(total):
        may_come = [at for at, item in enumerate(items) if shown[at] * total // item["weight"] <= turn]
        due = sorted((-(-(shown[at] + 1) * total // items[at]["weight"]), -items[at]["weight"], at) for at in may_come)
        gives_way = len(due) > 1 and due[0][-1] == last and due[0][0] > turn + 1
        last = due[1 if gives_way else 0][-1]
        shown[last] += 1
        yield items[last]

def beginnings(start: int, end: int, layers: list):
    """When each turn of a segment begins. Air time is shared between layers: the one that is owed most is next, and pays. None crosses the end."""
    at, owed, rounds = start, [0] * len(layers), [itertools.cycle(one_round(items)) for _, items in layers]
    while True:
        most = owed.index(max(owed))
        item = next(rounds[most])
        length = round(item["seconds"] * 1000)
        if at > start and at + length > end:
            return
        yield at, item
        at, owed = at + length, [have + share * length for have, (share, _) in zip(owed, layers)]
        owed[most] -= sum(share for share, _ in layers) * length

def turns_of_day(manifest: dict, instant: int) -> list[dict]:
    """As a journal writes them. Windows begin and end on whole minutes, so a look at each minute finds the segments; a turn lasts until the next one."""
    zone, begun = zoneinfo.ZoneInfo(manifest["campaign"]["zone"]), []
    midnight = dt.datetime.combine(dt.datetime.fromtimestamp(instant / 1000, zone), dt.time(), zone)
    start, end = (round(each.timestamp() * 1000) for each in (midnight, midnight + dt.timedelta(days=1)))
    for layers, group in itertools.groupby(range(start, end, 60_000), lambda at: active(manifest["layers"], dt.datetime.fromtimestamp(at / 1000, zone))):
        minutes = list(group)
        begun += beginnings(minutes[0], minutes[-1] + 60_000, layers)
    return [{"manifest": item.get("manifest", manifest["sha256"]), "item": item["id"], "scene": item["scene"], "plannedStart": start, "plannedEnd": until}
            for (start, item), (until, _) in itertools.pairwise([*begun, (end, NOTHING)])]
