"""Comments like one comment: by meaning as the school's own comments use words, and those that say nearly the same.

Words and pieces of words are weighed (TF-IDF) and brought into a hundred directions that words of the same comments
share (latent semantic analysis, Deerwester and others 1990). Learnt from the school's redacted comments alone, with a
fixed seed: the same comments always give the same neighbours. Nothing is downloaded.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sqlalchemy.orm import Session

from analysis.comments.shelf import Group, ReadableComment, by_keys, groups, in_groups, readable
from analysis.comments.together import content_words
from analysis.models import CommentReading
from stakeholder.viewer import Viewer
from surveys.models import Comment

DIRECTIONS = 100
FEWEST = 20
LIKE, NEARLY_THE_SAME = 0.35, 0.8
MOST_LIKE = 8
MOST_KEPT = 4


@dataclass(frozen=True)
class Like:
    """A comment and how like it is, 0 to 1; `nearly_the_same` where the words are almost the same too."""

    comment: ReadableComment
    likeness: float
    nearly_the_same: bool


@dataclass(frozen=True)
class _Space:
    """Comments as directions: `meaning` dense, `letters` sparse; every row has length 1."""

    keys: tuple[bytes, ...]
    meaning: NDArray[np.float64]
    letters: csr_matrix


def comments_like(session: Session, viewer: Viewer, comment_id: UUID) -> list[Like]:
    """Up to eight comments like this one that the viewer may read, most like first; none where there are under 20."""
    places = groups(session, viewer)
    space = _space_of(session, viewer, places)
    if space is None or comment_id.bytes not in space.keys:
        return []
    at = space.keys.index(comment_id.bytes)
    meaning = space.meaning @ space.meaning[at]
    letters = (space.letters @ space.letters[at].T).toarray().ravel()
    order = [int(one) for one in np.argsort(-meaning, kind="stable") if one != at and meaning[one] >= LIKE]
    near = {space.keys[one]: (float(meaning[one]), float(letters[one])) for one in order[:MOST_LIKE]}
    return [
        Like(comment, near[comment.id.bytes][0], near[comment.id.bytes][1] >= NEARLY_THE_SAME)
        for comment in by_keys(session, viewer, list(near))
    ]


def _space_of(session: Session, viewer: Viewer, places: Sequence[Group]) -> _Space | None:
    if not places:
        return None
    rows = session.execute(
        readable(viewer).with_only_columns(Comment.key, CommentReading.redacted).where(in_groups(places))
    ).all()
    if len(rows) < FEWEST:
        return None
    known = tuple(sorted((row.key, row.redacted or "") for row in rows))
    digest = hashlib.sha256(repr(known).encode()).digest()
    if digest not in _KEPT:
        while len(_KEPT) >= MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[digest] = _space(known)
    return _KEPT[digest]


_KEPT: dict[bytes, _Space] = {}


def _space(texts: Sequence[tuple[bytes, str]]) -> _Space:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    said = [text for _, text in texts]
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=30_000)
    words = TfidfVectorizer(analyzer=_words_of, sublinear_tf=True)
    letters = pieces.fit_transform(said)
    both = hstack([letters, words.fit_transform(said)]).tocsr()
    directions = min(DIRECTIONS, both.shape[1] - 1, len(said) - 1)
    meaning = TruncatedSVD(n_components=directions, random_state=0).fit_transform(both)
    return _Space(tuple(key for key, _ in texts), normalize(meaning), letters.tocsr())


def _words_of(text: str) -> list[str]:
    """Its content words; where there are none, a mark of that, so that no set of comments is without words."""
    return content_words(text) or ["-"]
