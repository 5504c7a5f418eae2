"""Groups among comments that no theme caught: which words come back together, and who says them.

Words that carry an opinion or nothing are left out, else every group would be "great" or "hard"; what is left is
weighed (TF-IDF) and taken apart into a few parts that only add up (non-negative matrix factorisation, Lee and Seung
1999, Nature 401, 788-791). Nothing is left to chance: the start is fixed, and so are the parts of the comments on which
groups must come back.
"""

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.stems import Stems

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST = 10
STABLE = 0.5
MOST_READ = 4_000
WORDS = 5
PARTS = (1, 2, 3, 4, 6, 8, 11, 15)
COPIES = 6
"""How often the grouping is tried again, each time on four fifths of the comments."""
CLEARLY = 0.5
"""Share of a comment that must belong to one part."""
_WORD = re.compile(r"(?<!\[)\b[a-z][a-z']{2,}\b(?![\w ]*\])")
_EMPTY = frozenset(
    re.findall(
        r"\S+",
        "the and for are was were that this with have has had not but you your our they them their there then"
        " than can could should would will what when where who how why all any more less very too just about from"
        " into out also been being does did don't dont its it's i'm im we're get gets got make makes made one some"
        " such only other like because much many really want wants need needs think know thing things something"
        " anything everything nothing lot lots bit people person school schools every each even still after before"
        " over under again always never sometimes often maybe please let lets use used using way ways going goes"
        " went come comes take takes put say says said see able time times day days year years give gives given"
        " well better best worse worst good bad nice great same different here his her him she himself herself"
        " myself ourselves themselves who's that's there's they're i've we've isn't doesn't didn't can't won't"
        " wouldn't shouldn't couldn't aren't wasn't weren't haven't hasn't instead around off now half two three"
        " four five whole i'd i'll you're he's she's it'll next last since",
    )
)
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Emerging:
    """A group of comments.

    words      what comes back in them, most telling first, as mostly written
    sure       words that mostly stand in this group's comments: each could speak for it on its own
    members    places of its comments, the clearest first
    stability  mean overlap (Jaccard) of its words with those found on four fifths of the comments, 0 to 1
    """

    words: tuple[str, ...]
    sure: tuple[str, ...]
    members: tuple[int, ...]
    stability: float


@dataclass(frozen=True)
class _Weighed:
    rows: "csr_matrix"
    stems: tuple[str, ...]
    faces: dict[str, str]


def emerging(texts: Sequence[str], *, least: int = LEAST) -> tuple[Emerging, ...]:
    """Groups of at least so many comments that come back when a part of the comments is left out; largest first.

    The number of parts is the one that puts most comments into stable groups. At most 4,000 comments are looked at.
    """
    weighed = _weighed(texts[:MOST_READ])
    if weighed is None or weighed.rows.shape[0] < 2 * least:
        return ()
    counts = [parts for parts in PARTS if parts * least <= weighed.rows.shape[0] and parts < len(weighed.stems)]
    tries = [_groups(weighed, parts, least) for parts in counts]
    return max(tries, key=lambda found: sum(len(each.members) for each in found), default=())


def halves(texts: Sequence[str], *, least: int = LEAST) -> tuple[Emerging, ...]:
    """The comments of one group taken apart in two, whatever their stability; nothing where one would be too small."""
    weighed = _weighed(texts)
    if weighed is None or weighed.rows.shape[0] < 2 * least or len(weighed.stems) < 3:
        return ()
    found = _groups(weighed, 2, least, stable=0.0)
    return found if len(found) == 2 else ()


def _groups(weighed: _Weighed, parts: int, least: int, stable: float = STABLE) -> tuple[Emerging, ...]:
    belong, told = _taken_apart(weighed.rows, parts)
    tops = [_top(row) for row in told]
    stability = _stability(weighed.rows, tops, parts)
    members = _members(weighed.rows, belong, tops)
    found = [
        _described(weighed, top, places, steady)
        for top, places, steady in zip(tops, members, stability, strict=True)
        if len(places) >= least and steady >= stable
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.members), each.words)))


def _taken_apart(rows: "csr_matrix", parts: int) -> tuple[Numbers, Numbers]:
    """How much each comment has of each part, and each part of each word."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model: Any = NMF(parts, init="nndsvd", random_state=0, max_iter=200, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # 200 rounds, whatever is left: words have settled by then
        belong = np.asarray(model.fit_transform(rows))
    return belong * np.linalg.norm(model.components_, axis=1), np.asarray(model.components_)


def _top(row: Numbers) -> tuple[int, ...]:
    order = np.argsort(-row, kind="stable")[:WORDS]
    return tuple(int(at) for at in order if row[at] > 0)


def _stability(rows: "csr_matrix", tops: Sequence[tuple[int, ...]], parts: int) -> list[float]:
    """For each part, the mean overlap of its words with those of its likest part in each copy."""
    from scipy.optimize import linear_sum_assignment

    random = np.random.default_rng(0)
    total = rows.shape[0]
    overlaps = []
    for _ in range(COPIES):
        kept = np.sort(random.choice(total, max(parts, round(total * 0.8)), replace=False))
        others = [_top(row) for row in _taken_apart(rows[kept], parts)[1]]
        table = np.array([[jaccard(mine, other) for other in others] for mine in tops])
        chosen = linear_sum_assignment(-table)
        overlaps.append(table[chosen])
    return [float(value) for value in np.mean(overlaps, axis=0)]


def jaccard(one: Sequence[object], other: Sequence[object]) -> float:
    """Shared among all of two sets, 0 to 1; 0 for two empty ones."""
    together = set(one) | set(other)
    return len(set(one) & set(other)) / len(together) if together else 0.0


def _members(rows: "csr_matrix", belong: Numbers, tops: Sequence[tuple[int, ...]]) -> list[list[int]]:
    """The comments of each part: clearly of it, and with one of its words; the clearest first."""
    whole = belong.sum(axis=1)
    share = np.divide(belong, whole[:, None], out=np.zeros_like(belong), where=whole[:, None] > 0)
    found = []
    for part, top in enumerate(tops):
        says = np.asarray(rows[:, list(top)].sum(axis=1)).ravel() > 0
        places = np.flatnonzero(says & (share[:, part] >= CLEARLY) & (belong.argmax(axis=1) == part))
        found.append([int(at) for at in places[np.argsort(-belong[places, part], kind="stable")]])
    return found


def _described(weighed: _Weighed, top: Sequence[int], members: Sequence[int], stability: float) -> Emerging:
    inside = np.asarray((weighed.rows[list(members)] > 0).sum(axis=0)).ravel()
    everywhere = np.asarray((weighed.rows > 0).sum(axis=0)).ravel()
    said = [at for at in top if inside[at]]
    sure = [at for at in said if inside[at] >= 3 and inside[at] / everywhere[at] >= 0.6]
    names = [tuple(weighed.faces[weighed.stems[at]] for at in each) for each in (said, sure)]
    return Emerging(names[0], names[1], tuple(members), round(stability, 3))


def _weighed(texts: Sequence[str]) -> _Weighed | None:
    """Comments by the stems of their telling words; None where hardly any word comes back."""
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfTransformer

    faces: dict[str, Counter[str]] = defaultdict(Counter)
    said = [_telling(text, faces) for text in texts]
    seen = Counter(stem for each in said for stem in each)
    stems = tuple(sorted(stem for stem, number in seen.items() if 3 <= number <= max(10, len(texts) * 0.6)))
    if len(stems) < 2:
        return None
    place = {stem: at for at, stem in enumerate(stems)}
    spots = [(row, place[stem]) for row, each in enumerate(said) for stem in sorted(each) if stem in place]
    at = np.array(spots, np.int64).reshape(-1, 2)
    counts = csr_matrix((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(texts), len(stems)))
    written = {stem: min(faces[stem].most_common(), key=lambda pair: (-pair[1], pair[0]))[0] for stem in stems}
    return _Weighed(TfidfTransformer(sublinear_tf=True).fit_transform(counts).tocsr(), stems, written)


def _telling(text: str, faces: dict[str, Counter[str]]) -> set[str]:
    words = [word for word in _WORD.findall(text.lower()) if word not in _EMPTY and word not in _opinions()]
    stems = _stems().all_of(words)
    for stem, word in zip(stems, words, strict=True):
        faces[stem][word] += 1
    return set(stems)


@cache
def _stems() -> Stems:
    return Stems({})


@cache
def _opinions() -> frozenset[str]:
    """Words that VADER knows to please or displease."""
    from analysis.text.valence import LEXICON

    lines = LEXICON.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line)
