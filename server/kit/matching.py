"""Matching: as many pairs of neighbours in a graph as can be.

By blossoms: J. Edmonds, "Paths, trees, and flowers", Canadian Journal of Mathematics 17, 1965;
searched breadth first with a base for each vertex, as in H. Gabow, "An efficient implementation of
Edmonds' algorithm for maximum matching on graphs", Journal of the ACM 23, 1976.
"""

from __future__ import annotations

from collections import deque


class Matching:
    """A largest matching in a graph without direction: ``near[v]`` are the neighbours of v."""

    def __init__(self, near: list[list[int]]) -> None:
        self.near, self.steps = near, 0
        self.mate = [-1] * len(near)
        self.back: list[int] = []  # the vertex before, on the way from the root
        self.base: list[int] = []  # the vertex that stands for a whole blossom

    def mates(self) -> list[int]:
        """The partner of each vertex, or -1."""
        for v, near in enumerate(self.near):  # most find somebody at once
            if self.mate[v] < 0:
                free = next((w for w in near if self.mate[w] < 0), -1)
                self.steps += len(near)
                if free >= 0:
                    self.mate[v], self.mate[free] = free, v
        for v in range(len(self.near)):
            if self.mate[v] < 0:
                self._augment(v)
        return self.mate

    def _augment(self, root: int) -> None:
        """Look for a path from ``root`` to another free vertex, and turn it round."""
        many = len(self.near)
        self.back, self.base = [-1] * many, [*range(many)]
        seen = [False] * many
        seen[root] = True
        queue = deque([root])
        while queue:
            v = queue.popleft()
            for w in self.near[v]:
                self.steps += 1
                if self.base[v] == self.base[w] or self.mate[v] == w:
                    continue
                if w == root or (self.mate[w] >= 0 and self.back[self.mate[w]] >= 0):
                    self._shrink(v, w, seen, queue)
                elif self.back[w] < 0:
                    self.back[w] = v
                    if self.mate[w] < 0:
                        self._turn(w)
                        return
                    seen[self.mate[w]] = True
                    queue.append(self.mate[w])

    def _turn(self, v: int) -> None:
        while v >= 0:
            before = self.back[v]
            after = self.mate[before]
            self.mate[v], self.mate[before] = before, v
            v = after

    def _shrink(self, v: int, w: int, seen: list[bool], queue: deque[int]) -> None:
        """An odd circle: from here on all of it is one vertex."""
        top = self._meet(v, w)
        petals: set[int] = set()
        self._mark(v, top, w, petals)
        self._mark(w, top, v, petals)
        for i in range(len(self.near)):
            self.steps += 1
            if self.base[i] in petals:
                self.base[i] = top
                if not seen[i]:
                    seen[i] = True
                    queue.append(i)

    def _meet(self, v: int, w: int) -> int:
        """Where the ways back from these two come together."""
        way: set[int] = set()
        while True:
            v = self.base[v]
            way.add(v)
            if self.mate[v] < 0:
                break
            v = self.back[self.mate[v]]
        while self.base[w] not in way:
            w = self.back[self.mate[self.base[w]]]
        return self.base[w]

    def _mark(self, v: int, top: int, child: int, petals: set[int]) -> None:
        while self.base[v] != top:
            petals |= {self.base[v], self.base[self.mate[v]]}
            self.back[v] = child
            child = self.mate[v]
            v = self.back[child]
