"""Comments like one comment or like a few words: by meaning as the school's own comments use words.

Words and pieces of words are weighed (TF-IDF) and brought into a hundred directions that words of the same comments
share (latent semantic analysis, Deerwester and others 1990). Learnt from the school's redacted comments alone, with a
fixed seed: the same comments always give the same neighbours. Nothing is downloaded.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.comments.learning import toolkit_for
from analysis.comments.shelf import Group, ReadableComment, by_keys, groups, in_groups, readable
from analysis.comments.together import content_stems
from analysis.models import CommentReading, CommentTheme
from stakeholder.viewer import Viewer
from surveys.models import Comment

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer

DIRECTIONS = 100
FEWEST = 20
LIKE, NEARLY_THE_SAME = 0.35, 0.8
MOST_LIKE = 8
FAR, SAME_THEME = 0.25, 0.35
_WORD = re.compile(r"[^\W_]+")
MOST_KEPT = 4


@dataclass(frozen=True)
class Like:
    """A comment and how like it is, 0 to 1; `nearly_the_same` where the words are almost the same too."""

    comment: ReadableComment
    likeness: float
    nearly_the_same: bool


@dataclass(frozen=True)
class _Space:
    """Comments as directions: `meaning` dense, `letters` sparse; every row has length 1; `placed` gives any text's."""

    keys: tuple[bytes, ...]
    meaning: NDArray[np.float64]
    letters: "csr_matrix"
    placed: Callable[[str], NDArray[np.float64]]


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


def by_meaning(session: Session, viewer: Viewer, keys: Sequence[bytes], text: str) -> list[bytes]:
    """Those comments that mean something like a text, most like first; equals stay in the order given.

    Words that the school's comments use alike count, and so does a theme that the machine finds in both.
    """
    places = groups(session, viewer)
    space = _space_of(session, viewer, places)
    near = dict(zip(space.keys, (space.meaning @ space.placed(text)).tolist(), strict=True)) if space else {}
    themed = _about_the_same(session, viewer, text)
    like = {key: near.get(key, 0.0) + SAME_THEME * (key in themed) for key in keys}
    return sorted((key for key in keys if like[key] >= FAR), key=lambda key: -like[key])


def _about_the_same(session: Session, viewer: Viewer, text: str) -> frozenset[bytes]:
    """Comments on a theme that the machine finds in a text."""
    from analysis.text.reading import read_comment

    tools = toolkit_for(session, viewer.where)
    themes = read_comment(text, language="en", toolkit=tools).themes
    return frozenset(session.scalars(select(CommentTheme.comment_key).where(CommentTheme.theme.in_(themes))))


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
    from scipy.sparse import hstack
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    said = [text for _, text in texts]
    pieces, words = letter_weights(), word_weights()
    letters = pieces.fit_transform(said)
    both = hstack([letters, words.fit_transform(said)]).tocsr()
    directions = TruncatedSVD(n_components=min(DIRECTIONS, both.shape[1] - 1, len(said) - 1), random_state=0)
    meaning = normalize(directions.fit_transform(both))

    def placed(text: str) -> NDArray[np.float64]:
        row = hstack([pieces.transform([text]), words.transform([text])]).tocsr()
        found: NDArray[np.float64] = normalize(directions.transform(row))[0]
        return found

    return _Space(tuple(key for key, _ in texts), meaning, letters.tocsr(), placed)


def letter_weights() -> "TfidfVectorizer":
    """What weighs the pieces of words in texts; marks between words do not count."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        analyzer="char_wb", preprocessor=_only_words, ngram_range=(3, 5), sublinear_tf=True, max_features=30_000
    )


def word_weights() -> "TfidfVectorizer":
    """What weighs the words of texts by their stems."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=_words_of, sublinear_tf=True)


def _only_words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower())) or "-"


def _words_of(text: str) -> list[str]:
    """Stems of its content words; where there are none, a mark of that, so that no set of comments is without words."""
    return content_stems(text) or ["-"]
