"""Writes the tables of docs/protocol.md from the code: `python scripts/docs.py` (`make docs`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from server.doctor.report import CHECKS  # noqa: E402
from server.room import acts, codes, consent, intake, journal, keys, life, links  # noqa: E402
from server.room.limits import Limits  # noqa: E402
from server.settings import PREFIX, known  # noqa: E402
from server.web import spoken  # noqa: E402
from server.web.figures import FIGURES  # noqa: E402
from server.web.library import kinds  # noqa: E402

PAGE = ROOT / "docs" / "protocol.md"
README = ROOT / "README.md"
SAFETY = ROOT / "docs" / "safety.md"
RUN = ROOT / "docs" / "run-a-server.md"
EXAMPLE = ROOT / "docs" / "example" / "pebbles"


def closing() -> str:
    rows = [
        "## Why a socket was closed",
        "",
        "| code | name | then | sentence |",
        "| --- | --- | --- | --- |",
    ]
    for number, name in sorted(codes.CLOSES.items()):
        then = "come back" if codes.comes_back(number) else "stay away"
        rows.append(f"| {number} | `{name}` | {then} | {codes.sentence(name)} |")
    rows += ["", "## Why something was refused", "", "| code | sentence |", "| --- | --- |"]
    rows += [f"| `{name}` | {say} |" for name, say in codes.REFUSALS.items()]
    return "\n".join(rows)


def actions() -> str:
    rows: list[str] = []
    for name, rules in [("room", acts.room), *kinds().items()]:
        rows += [f"### `{name}`", ""]
        if rules.options:
            rows += [f"Options: {_fields({k: f.schema() for k, f in rules.options.items()})}.", ""]
        rows += [
            "| action | by | phase | fields | what it does |",
            "| --- | --- | --- | --- | --- |",
        ]
        for action in rules.actions.values():
            fields = _fields(action.schema()["properties"]) or _special(name, action.name)
            phase = ", ".join(action.phase) or "any"
            rows.append(
                f"| `{name}.{action.name}` | {action.by} | {phase} | {fields} | {action.doc} |"
            )
        if rules.lives:
            lives = "; ".join(
                f"`{k}` to {v.to} ({_fields(v.schema()['properties'])})"
                for k, v in rules.lives.items()
            )
            rows += ["", f"Live values: {lives}."]
        if rules.refusals:
            rows += ["", *(f"- `{code}`: {say}" for code, say in rules.refusals.items())]
        rows.append("")
    return "\n".join(rows).rstrip()


def limits() -> str:
    rows = ["| limit | default |", "| --- | --- |"]
    rows += [f"| `{k}` | {v:,} |" for k, v in msgspec.to_builtins(Limits()).items()]
    return "\n".join(rows)


def lives() -> str:
    """How long things stay, by the constants that decide it."""
    once = {keys.ONCE_MS, links.KNOCK_MS, spoken.CODE_MS}
    assert len(once) == 1, "a code, a knock, a pass and a way in live equally long"
    shortest, longest = _span(consent.SHORTEST_MS), _span(consent.LONGEST_MS)
    rows = [
        (
            "a room without a date: links, title, plan",
            f"{_span(life.UNDATED_MS)} from its last use",
        ),
        (
            "a room with dates",
            f"{_span(life.AFTER_MS)} from the planned end of its last date or, if that is later, "
            "from its last use",
        ),
        (
            "what people wrote and drew, the chat, names and seats",
            f"{_span(life.KEPT_MS)} after the last person left; a host may say {shortest} to "
            f"{longest}",
        ),
        (
            "the same, if the group was asked, somebody said yes and nobody no",
            "between the dates; then as long after the planned end of the last one",
        ),
        ("everything, after “End, with copies”", _span(intake.KEEPSAKE_MS)),
        ("everything, after “Erase for everyone”", "gone at once, files included"),
        (
            "the way back after “Undo everything they did”",
            f"{_span(journal.KEEP_MS)}, for at most {journal.MAX_BYTES >> 20} MiB and "
            f"{journal.JOURNALS} people at once",
        ),
        ("a code, a knock, a pass, a way in", _span(once.pop())),
        (
            "on a device: name, seat, list of rooms",
            "until it is told to forget; the host's key only if somebody keeps it there",
        ),
    ]
    return "\n".join(
        ["| what | stays |", "| --- | --- |", *(f"| {what} | {stays} |" for what, stays in rows)]
    )


def _span(ms: int) -> str:
    """In the largest unit that people count this in; a day is 24 hours."""
    for unit, size, least in (("days", life.DAY_MS, 2), ("hours", life.HOUR_MS, 1)):
        if ms % size == 0 and ms >= least * size:
            return f"{ms // size} {unit}"
    return f"{ms // 60_000} minutes"


def settings() -> str:
    rows = ["| setting | option | default | what it is |", "| --- | --- | --- | --- |"]
    for entry in known():
        option = f"`--{entry.name.replace('_', '-')}`" if entry.setting.flag else ""
        usual = f"`{entry.default}`" if type(entry.default) in (str, int) and entry.default else ""
        kept = "where the system keeps a program's data"
        usual = usual or {"data": kept, "lan": "off", "metrics": "off"}.get(entry.name, "unset")
        rows.append(f"| `{entry.env}` | {option} | {usual} | {entry.setting.help} |")
    return "\n".join([*rows, f"| `{PREFIX}LIMIT_<NAME>` | | | one of the limits |"])


def figures() -> str:
    rows = ["| figure | kind | labels | what it is |", "| --- | --- | --- | --- |"]
    for figure in FIGURES:
        name = figure.name + ("_total" if figure.kind == "counter" else "")
        labels = ", ".join(f"`{label}`" for label in figure.labels)
        rows.append(f"| `{name}` | {figure.kind} | {labels} | {figure.help} |")
    return "\n".join(rows)


def doctor() -> str:
    rows = ["| check | what is looked at |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| {check.name} | {check.about} |" for check in CHECKS)])


def _special(kind: str, action: str) -> str:
    if (kind, action) == ("room", "open"):
        return "`card`, or `kind` and `options`, or `again`"
    return "`plan`: list of {`card`, `minutes`}" if (kind, action) == ("room", "plan") else ""


def _fields(schemas: dict[str, Any]) -> str:
    return ", ".join(f"`{name}` {_shape(schema)}".rstrip() for name, schema in schemas.items())


def _shape(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + " ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(_shape(s) for s in schema["anyOf"] if s.get("type") != "null")
    kind = schema.get("type", "")
    if kind == "integer":
        return f"{schema['minimum']}..{schema['maximum']}"
    if kind == "string":
        return (
            f"text {schema['minLength']}..{schema['maxLength']}"
            if "maxLength" in schema
            else "text"
        )
    if kind == "array":
        return f"list of at most {schema['maxItems']}"
    return {"boolean": "yes/no"}.get(kind, "")


def example() -> str:
    """The example kind as it stands in its files."""
    blocks = []
    for name, tongue in (("rules.py", "python"), ("view.js", "js")):
        blocks.append(f"```{tongue}\n{(EXAMPLE / name).read_text('utf-8').rstrip()}\n```")
    return "\n\n".join(blocks)


PARTS = {
    "codes": closing,
    "actions": actions,
    "limits": limits,
    "lives": lives,
    "example": example,
    "settings": settings,
    "metrics": figures,
    "doctor": doctor,
}


def filled(path: Path) -> str:
    """The page as it should be: what stands between markers is made anew."""
    text = path.read_text("utf-8")
    for name, make in PARTS.items():
        start, end = f"<!-- made: {name} -->\n", f"<!-- end: {name} -->"
        if start in text:
            before, _, rest = text.partition(start)
            _, _, after = rest.partition(end)
            text = before + start + "\n" + make() + "\n\n" + end + after
    return text


if __name__ == "__main__":
    for path in (PAGE, README, SAFETY, RUN):
        path.write_text(filled(path), "utf-8")
