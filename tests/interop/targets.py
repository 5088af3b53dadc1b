"""Whom an order is for: every key that a target has names the screen."""
import re, unicodedata
from trust import Json

def folded(name: str) -> str:
    """An operator's name as it is compared: without case, marks and signs."""
    letters = "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
    return re.sub("[^a-z0-9]+", " ", letters.lower().replace("đ", "d")).strip().replace("y", "i")

def fits(target: Json, screen: Json) -> bool:
    own = {"screens": {screen["screen"]}, "units": {screen.get("unit"), *screen.get("above", [])},
           "kinds": {screen["profile"]["kind"]}, "audiences": {screen["profile"]["audience"]}, "operators": {folded(screen.get("operator", ""))}}
    return all(own[key] & {folded(name) if key == "operators" else name for name in wanted} for key, wanted in target.items())
