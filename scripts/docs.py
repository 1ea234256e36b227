"""Writes the tables of docs/protocol.md from the code: `python scripts/docs.py` (`make docs`)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from server.room import acts, codes  # noqa: E402
from server.room.limits import Limits  # noqa: E402
from server.web.library import kinds  # noqa: E402

PAGE = ROOT / "docs" / "protocol.md"
README = ROOT / "README.md"
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


PARTS = {"codes": closing, "actions": actions, "limits": limits, "example": example}


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
    for path in (PAGE, README):
        path.write_text(filled(path), "utf-8")
