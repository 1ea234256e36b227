"""Plans over HTTP: the ready ones, and one made to measure from minutes, size and mood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.kit import Refusal
from server.room.compose import MOODS, Composed, compose
from server.web.asking import answered
from server.web.library import texts
from server.web.place import Place
from server.web.words import NAMES

WISHED = ("minutes", "size", "mood", "turn")
TURNS = 1000


class Plans:
    """Handlers over one place. Every refusal is `{code, say, args?}`."""

    def __init__(self, place: Place, cards: Mapping[str, Any]) -> None:
        self.place, self.start = place, list(cards["start"])

    def routes(self) -> list[Route]:
        return [
            Route("/api/plans", answered(self.ready)),
            Route("/api/plan", answered(self.made)),
        ]

    async def ready(self, request: Request) -> Response:
        """The ready plans with their words in one language."""
        lang = request.query_params.get("lang", "en")
        told = texts(lang if lang in NAMES else "en").get("plans", {})
        listed = [
            {
                "id": plan.id,
                "minutes": plan.minutes,
                "slack": plan.slack,
                "size": list(plan.size),
                "then": plan.then,
                "steps": plan.asked(),
                **told.get(plan.id, {}),
            }
            for plan in self.place.library.plans.values()
        ]
        return JSONResponse({"plans": listed, "moods": list(MOODS)})

    async def made(self, request: Request) -> Response:
        """A plan for `?minutes=&size=&mood=`; another `turn` gives another one."""
        asked = request.query_params
        wish: dict[str, Any] = {key: asked[key] for key in WISHED if key in asked}
        for key in ("minutes", "size", "turn"):
            if key in wish and wish[key].isascii() and wish[key].isdigit():
                wish[key] = int(wish[key][:9])
        plan = self._composed(wish)
        return JSONResponse({"minutes": plan.minutes, "slack": plan.slack, "steps": _steps(plan)})

    def wished(self, asked: Mapping[str, Any]) -> tuple[list[dict[str, Any]], int | None]:
        """The steps of a new room and how long they take: a ready plan by its id, a list of cards,
        a wish, or what every room starts with. Raises Refusal."""
        library, limits = self.place.library, self.place.limits
        plan: Any = asked.get("plan")
        length: int | None = None
        if asked.get("wish") is not None:
            made = self._composed(asked["wish"])
            plan, length = _steps(made), made.minutes
        elif isinstance(plan, str):
            ready = library.ready(plan)
            plan = ready.asked()
            length = ready.minutes
        elif plan is None:
            plan = self.start
        if not isinstance(plan, list):
            raise Refusal("not_a_list", max=limits.plan_steps)
        plan = [{"card": step} if isinstance(step, str) else step for step in plan]
        return library.steps(plan, self.place.openings.kinds(), limits), length

    def _composed(self, wish: Any) -> Composed:
        if not isinstance(wish, dict) or not set(wish) <= {*WISHED}:
            raise Refusal("unknown", field="wish")
        turn = wish.get("turn", 0)
        if type(turn) is not int or not 0 <= turn < TURNS:
            raise Refusal("not_a_number", field="turn", min=0, max=TURNS - 1)
        cards = self.place.library.cards.values()
        return compose(cards, wish.get("minutes"), wish.get("size"), wish.get("mood"), turn)


def _steps(plan: Composed) -> list[dict[str, Any]]:
    return [{"card": card.id, "minutes": own} for card, own in plan.steps]
