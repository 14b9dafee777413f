"""A learned decision as plain data: boosted regression trees in a CSV file, made by a script in training/."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import KnowledgeError

Node = tuple[int, float, int, int, float]
_ROUNDING = 1e-9


class Trees:
    """Sums of trees. A node is (feature, threshold, left, right, value): values up to the threshold go left; a leaf has
    feature -1."""

    def __init__(self, trees: Sequence[Sequence[Node]], bias: float, threshold: float) -> None:
        self.trees = tuple(tuple(tree) for tree in trees)
        self.bias = bias
        self.threshold = threshold
        # For each tree the least and the most that it and those after it can still add, with room for rounding.
        self._rest = [(-_ROUNDING, _ROUNDING)]
        for tree in reversed(self.trees):
            leaves = [value for feature, _, _, _, value in tree if feature < 0]
            least, most = self._rest[-1]
            self._rest.append((least + min(leaves), most + max(leaves)))
        self._rest.reverse()

    def score(self, numbers: Sequence[float]) -> float:
        """The log-odds of yes."""
        total = self.bias
        for tree in self.trees:
            feature, limit, left, right, value = tree[0]
            while feature >= 0:
                feature, limit, left, right, value = tree[left if numbers[feature] <= limit else right]
            total += value
        return total

    def exceeds(self, numbers: Sequence[float], limit: float) -> bool:
        """Whether the score is more than the limit: as `score` has it, but no tree is asked that can no longer change it."""
        total = self.bias
        for tree, (least, most) in zip(self.trees, self._rest, strict=False):
            if total + least > limit:
                return True
            if total + most <= limit:
                return False
            feature, low, left, right, value = tree[0]
            while feature >= 0:
                feature, low, left, right, value = tree[left if numbers[feature] <= low else right]
            total += value
        return total > limit


def load_trees(path: Path, features: Sequence[str]) -> Trees:
    """The trees in `path` over these features. KnowledgeError names the line that breaks the rules.

    Comment lines begin with "#"; then `bias,NUMBER` and `threshold,NUMBER`; then a line a node, in order:
    `TREE,NODE,FEATURE,THRESHOLD,LEFT,RIGHT,VALUE`, where a leaf has no feature.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise KnowledgeError(f"knowledge file {path} is missing: reinstall Rashomon or name another folder") from error
    index = {name: at for at, name in enumerate(features)}
    heads: dict[str, float] = {}
    trees: list[list[Node]] = []
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split(",")
        try:
            if len(cells) == 2:
                heads[cells[0]] = float(cells[1])
                continue
            tree, node, name, limit, left, right, value = cells
            if int(tree) == len(trees):
                trees.append([])
            if int(tree) != len(trees) - 1 or int(node) != len(trees[-1]):
                raise ValueError("nodes must stand in order")
            trees[-1].append(
                (index[name], float(limit), int(left), int(right), 0.0) if name else (-1, 0.0, 0, 0, float(value))
            )
        except (ValueError, KeyError) as error:
            raise KnowledgeError(f"knowledge file {path}, line {number}: {error}; make it again with its script") from error
    if heads.keys() != {"bias", "threshold"} or not trees:
        raise KnowledgeError(f"knowledge file {path}: bias, threshold or all trees are missing")
    for tree_at, nodes in enumerate(trees):
        for node_at, (feature, _, left_at, right_at, _) in enumerate(nodes):
            if feature >= 0 and not node_at < min(left_at, right_at) <= max(left_at, right_at) < len(nodes):
                raise KnowledgeError(f"knowledge file {path}: tree {tree_at}, node {node_at} points to no later node")
    return Trees(trees, heads["bias"], heads["threshold"])
