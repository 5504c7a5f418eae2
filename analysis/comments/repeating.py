"""Comments that say nearly the same, put together: what was written many times is read once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from analysis.comments.likeness import NEARLY_THE_SAME, letter_weights, word_weights
from analysis.comments.shelf import Asked, Group, ReadableComment, by_keys, fitting
from stakeholder.viewer import Viewer

SHARED_WORDS = 0.5
AT_ONCE = 400
MOST_SETS, MOST_SHOWN = 25, 8


@dataclass(frozen=True)
class Repeated:
    """Comments of one set, at most eight of them, and how many there are; the first is like the others most."""

    comments: tuple[ReadableComment, ...]
    times: int


def repeated(session: Session, viewer: Viewer, found: Sequence[Group]) -> list[Repeated]:
    """Sets of comments of these groups that say nearly the same, the largest first; at most 25."""
    keys = sorted(fitting(session, viewer, found, Asked()))
    texts = {one.id.bytes: one for one in by_keys(session, viewer, keys)}
    keys = [key for key in keys if key in texts]
    sets = [[keys[at] for at in each] for each in sets_of_alike([texts[key].text for key in keys])]
    largest = sorted(sets, key=lambda each: (-len(each), each))[:MOST_SETS]
    return [Repeated(tuple(texts[key] for key in each[:MOST_SHOWN]), len(each)) for each in largest]


def sets_of_alike(texts: Sequence[str]) -> list[list[int]]:
    """Places of texts that say nearly the same, in sets of two and more, the most typical of a set first.

    Two texts say nearly the same when they share half their words and four fifths of their letters (cosines of
    TF-IDF weights); a set is whatever such pairs connect.

    >>> sets_of_alike(["dirty toilets", "more trips", "Dirty toilets!", "dirty toilets"])
    [[0, 2, 3]]
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if len(texts) < 2:
        return []
    pairs = list(_pairs(texts))
    links: dict[int, int] = defaultdict(int)
    for one, other in pairs:
        links[one] += 1
        links[other] += 1
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    net = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(texts), len(texts)))
    _, labels = connected_components(net, directed=False)
    sets: dict[int, list[int]] = defaultdict(list)
    for at in sorted(links):
        sets[int(labels[at])].append(at)
    return [sorted(each, key=lambda at: (-links[at], at)) for each in sets.values()]


def _pairs(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that say nearly the same, the earlier first."""
    words, letters = word_weights().fit_transform(texts).tocsr(), letter_weights().fit_transform(texts).tocsr()
    for start in range(0, len(texts), AT_ONCE):
        near = (words[start : start + AT_ONCE] @ words.T).tocoo()
        kept = (near.data >= SHARED_WORDS) & (near.row + start < near.col)
        one, other = near.row[kept] + start, near.col[kept]
        alike = np.asarray(letters[one].multiply(letters[other]).sum(axis=1)).ravel() >= NEARLY_THE_SAME
        yield from zip(one[alike].tolist(), other[alike].tolist(), strict=True)
