"""How a load client takes part in a real room of ours: made by the API, joined by hello."""

import http.client
import json
import uuid
from dataclasses import dataclass, field

# A mark's points are checked, so a stamp has to be some: small steps, then digits that are steps.
STAMPS = {"@t": "ACCBBCCBB"}
DIGITS = "ACEGIKMOQSUWYace"


@dataclass
class JamRoom:
    """A room with a host, made for a measurement."""

    room: str
    join: str
    host: str
    cids: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, port: int) -> "JamRoom":
        """POST /api/rooms; the secrets are in the fragments of the two links."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        body = json.dumps({"title": "bench", "lang": "en"})
        line.request("POST", "/api/rooms", body, {"content-type": "application/json"})
        answer = line.getresponse()
        text = answer.read()
        if answer.status != 201:
            raise RuntimeError(f"no room was made: {answer.status} {text[:200]!r}")
        made = json.loads(text)
        line.close()
        return cls(
            made["room"],
            made["join_url"].partition("#j.")[2],
            made["host_url"].partition("#h.")[2],
        )

    @property
    def path(self) -> str:
        """Where its socket is."""
        return f"/ws/{self.room}"

    def opening(self, person: int) -> list[str]:
        """What this person says first. The first one is host and opens the drawing."""
        hello = {
            "t": "hello",
            "v": 1,
            "cid": uuid.uuid4().hex,
            "gen": 1,
            "cap": self.host if person == 0 else self.join,
            "name": f"Bench {person}",
            "lang": "en",
        }
        said = [json.dumps(hello, separators=(",", ":"))]
        if person == 0:
            opened = {"t": "op", "n": 1, "do": "room.open", "d": {"kind": "canvas", "options": {}}}
            said.append("<" + json.dumps(opened, separators=(",", ":")))
        return said

    @staticmethod
    def passed_on(work: str) -> str:
        """What peers do, too: a message for everybody, and nothing more. Here a cursor, or a piece
        of a stroke under way."""
        if work in ("cursors", "inbound"):
            return '{"t":"eph","key":"cursor","d":{"x":$X,"y":$Y}}'
        points = "$S" + "CCBB" * {"rooms": 4, "solo": 92}.get(work, 26)
        return f'{{"t":"eph","key":"stroke","d":{{"id":1,"seq":1,"pen":5,"points":"{points}"}}}}'

    @staticmethod
    def logged(work: str) -> str:
        """What no peer does: a mark that is judged, on the disk before it is answered, and there
        for whoever comes later."""
        points = "$S" + "CCBB" * (4 if work == "rooms" else 26)
        return (
            '{"t":"op","n":$N,"g":1,"do":"canvas.mark",'
            f'"d":{{"group":1,"ink":1,"width":1,"points":"{points}"}}}}'
        )
