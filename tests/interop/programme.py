"""What a manifest says for every instant of a local day: docs/decisions/0001-programme.md."""
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

Item = dict[str, Any]
Turn = tuple[int, int, str | None]
DAY = timedelta(days=1)

def begins(window: dict[str, Any], day: date) -> bool:
    in_dates = window.get("startDate", "0000") <= day.isoformat() <= window.get("endDate", "9999")
    return in_dates and day.isoweekday() in window.get("days", range(1, 8))

def holds(window: dict[str, Any], local: datetime) -> bool:
    """By the wall clock alone, so a skipped hour never comes and a repeated one comes twice."""
    now, start, end = local.strftime("%H:%M"), window.get("from", "00:00"), window.get("until", "24:00")
    today, yesterday = begins(window, local.date()), begins(window, local.date() - DAY)
    return today and start <= now < end if start < end else (today and start <= now) or (yesterday and now < end)

def active(layers: list[dict[str, Any]], local: datetime) -> list[tuple[int, list[Item]]]:
    """Share and items of each layer that has any now."""
    every = [(layer["share"], layer["playlist"]["items"]) for layer in layers]
    now = [(share, [each for each in items if not each["windows"] or any(holds(window, local) for window in each["windows"])]) for share, items in every]
    return [(share, items) for share, items in now if items]

def turns_by_weight(items: list[Item]) -> Iterator[Item]:
    """One layer: showing k of weight w belongs between turn floor(kT/w) and turn ceil((k+1)T/w). Every round is the same."""
    total = sum(item["weight"] for item in items)
    while True:
        round_: list[int] = []
        while len(round_) < total:
            ends = [-(-(round_.count(at) + 1) * total // item["weight"]) for at, item in enumerate(items)]
            due = [at for at, item in enumerate(items) if round_.count(at) * total // item["weight"] <= len(round_)]
            due.sort(key=lambda at: (ends[at], -items[at]["weight"], at))
            gives_way = len(due) > 1 and round_[-1:] == due[:1] and ends[due[0]] > len(round_) + 1
            round_.append(due[1] if gives_way else due[0])
            yield items[round_[-1]]

def sequence(layers: list[tuple[int, list[Item]]]) -> Iterator[Item]:
    """Air time is shared between layers: the one that is owed most is next, and pays."""
    owed, turns = [0] * len(layers), [turns_by_weight(items) for _, items in layers]
    while layers:
        at = owed.index(max(owed))
        item = next(turns[at])
        owed = [have + share * item["seconds"] for have, (share, _) in zip(owed, layers)]
        owed[at] -= sum(share for share, _ in layers) * item["seconds"]
        yield item

def turns_between(start: int, end: int, items: Iterator[Item]) -> Iterator[Turn]:
    """The turns of a segment; what is left over belongs to the last one that fits."""
    item = next(items, None)
    for following in items:
        until = start + round(item["seconds"] * 1000)
        if until + round(following["seconds"] * 1000) > end:
            break
        yield start, until, item["id"]
        start, item = until, following
    yield start, end, item and item["id"]

def turns_of_day(manifest: dict[str, Any], day: date) -> list[Turn]:
    """Windows begin and end on whole minutes, so a look at each minute finds where a segment begins."""
    zone = ZoneInfo(manifest["campaign"]["zone"])
    start, end = (round(datetime.combine(at, time(), zone).timestamp() * 1000) for at in (day, day + DAY))
    turns: list[Turn] = []
    for layers, group in groupby(range(start, end, 60_000), lambda at: active(manifest["layers"], datetime.fromtimestamp(at / 1000, zone))):
        minutes = list(group)
        turns += turns_between(minutes[0], minutes[-1] + 60_000, sequence(layers))
    return turns
