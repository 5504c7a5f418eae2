"""The model: small, with a card, and at run time the same sums as in training."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.text import tokensums
from analysis.text.clauses import clauses
from analysis.text.cleaning import clean
from analysis.text.grams import pieces, tokens
from analysis.text.hearing import Utterance
from analysis.text.reading import Written, default_toolkit, read_comment, read_comments
from analysis.text.weights import MODEL, MODELS, load_table
from analysis.text.words import Words
from analysis.training.fitting import CLASSES, LABELS, fitted
from analysis.training.making import bare_toolkit, store
from analysis.training.matrix import features_of, in_columns, matrix
from analysis.training.samples import Sample, concern_samples, school_samples

MOST_BYTES = 5_000_000
LINES = [
    ("the toilits smell and nobody cares but lunch is sooo good!!", "What is the worst thing about school?"),
    ("More clubs pls :)", ""),
    ("It isn't bad. It isn't great either", "Anything else?"),
    ("😀", ""),
]


def test_the_model_is_small_has_a_card_and_no_pickle() -> None:
    assert (MODELS / f"{MODEL}.npz").stat().st_size < MOST_BYTES
    card = json.loads((MODELS / f"{MODEL}.json").read_text(encoding="utf-8"))
    assert {"what", "made", "code", "licence", "data", "figures on unseen authors", "digest"} <= card.keys()
    assert not {"edurabsa", "course_eval_welch"} & card["data"].keys()
    assert load_table(MODEL).weights.shape == (card["features"], len(card["outputs"]))


@pytest.mark.parametrize(("text", "question"), LINES)
def test_reading_adds_up_what_training_laid_out(text: str, question: str) -> None:
    tools = default_toolkit()
    table = load_table(MODEL)
    words = Words(clean(text).text)
    utterance = Utterance(words, clauses(words.text), question, tools.themes.reasons(words))
    heard = next(tools.hearing.heard([utterance]))
    row = in_columns([features_of(Sample("", text, question, None), tools)], table.features)
    assert heard.whole == pytest.approx(np.asarray(row @ table.weights)[0] + table.bias, abs=1e-3)


def test_a_model_learns_comes_out_the_same_and_survives_storing(tmp_path: Path) -> None:
    samples = [*school_samples()[::150], *concern_samples()[::40]]
    laid_out = matrix([features_of(sample, bare_toolkit()) for sample in samples])
    first, again = (fitted(laid_out.rows, samples, ["wel.food"]) for _ in range(2))
    assert np.abs(first.weights - again.weights).max() <= 1e-6
    store(first, laid_out.features, {}, tmp_path)
    with np.load(tmp_path / f"{MODEL}.npz", allow_pickle=False) as stored:
        kept = stored["features"].tobytes().decode().split("\n")
        weights = stored["weights"] * stored["scale"]
    at = [laid_out.features.index(name) for name in kept]
    assert np.abs(weights - first.weights[at]).max() <= stored_step(first.weights)
    assert len(first.outputs) == len(CLASSES) + len(LABELS) + 1 + 1 + 1 + 8


def stored_step(weights: np.ndarray) -> float:  # type: ignore[type-arg]
    return float(np.abs(weights).max() / 127)


def test_probabilities_are_probabilities_and_the_unsure_say_so() -> None:
    found = [read_comment(sample.text, question=sample.question) for sample in school_samples()[::40]]
    assert all(0 < (one.probability or 0) <= 1 for one in found if one.analysed)
    assert {one.sure for one in found if one.analysed} == {True, False}
    least = load_table(MODEL).card["decision"]["sure"]
    assert all(one.sure == ((one.probability or 0) >= least) for one in found if one.analysed and not one.safeguarding)


def test_a_comment_is_read_alone_as_among_others() -> None:
    comments = [Written(sample.text, sample.question) for sample in school_samples()[::30]]
    assert read_comments(comments) == [read_comment(text, question=question) for text, question, _ in comments]


def test_more_tokens_than_are_kept_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"the toilets are dirty and word{chr(97 + at)} is good" for at in range(20)]
    before = read_comments(map(Written, texts))
    monkeypatch.setattr(tokensums, "MOST_REMEMBERED", 5)
    assert [read_comment(text) for text in texts] == before


def test_tokens_keep_their_places_and_pieces_their_edges() -> None:
    assert [text[start:end] for text in ["so GOOD!!".lower()] for _, start, end in tokens(text)] == ["so", "good", "!!"]
    assert pieces("!!") == pieces("a") == []
    assert "<to" in pieces("toilet") and "et>" in pieces("toilet")
