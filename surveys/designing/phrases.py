"""Rules and questions as plain sentences. Pure."""

from collections.abc import Mapping
from typing import Any

from surveys.designing.content import Content, question_of, words_of
from surveys.designing.rules import WITH_NUMBER

TESTED = ("is", "is_not", "includes_not", "includes", "one_of", *WITH_NUMBER)


def condition_words(condition: Any, content: Content, tests: Mapping[str, str]) -> str:
    """A rule as a sentence; " & " and " | " join its parts.

    tests  words of each test, such as {"is": "the answer is"}
    """
    if not isinstance(condition, Mapping):
        return ""
    for join, sign in (("all", " & "), ("any", " | ")):
        if join in condition:
            return sign.join(_inside(each, content, tests) for each in condition[join])
    if "not" in condition and "includes" in condition["not"]:
        return _test_words({**condition["not"], "includes_not": condition["not"]["includes"]}, content, tests)
    if "not" in condition:
        return f"¬ ({condition_words(condition['not'], content, tests)})"
    return _test_words(condition, content, tests)


def answers_of(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Codes and words of a question's answers, in order; empty for free text and numbers."""
    scale = question.get("scale")
    listed = list(question.get("options") or ())
    if isinstance(scale, Mapping):
        listed += [*scale.get("options", ()), *scale.get("unscored", ())]
    return [(str(option["code"]), words_of(option.get("label"))) for option in listed if "code" in option]


def _inside(condition: Any, content: Content, tests: Mapping[str, str]) -> str:
    """A part of a rule; in brackets where it has parts of its own."""
    words = condition_words(condition, content, tests)
    return f"({words})" if isinstance(condition, Mapping) and {"all", "any"} & set(condition) else words


def _test_words(test: Mapping[str, Any], content: Content, tests: Mapping[str, str]) -> str:
    key = str(test.get("question", ""))
    question = question_of(content, key)
    asked = f"“{words_of(question.get('prompt'))}”" if question else f"“{key}”"
    labels = dict(answers_of(question)) if question else {}
    row = next((each for each in (question or {}).get("rows", ()) if each.get("key") == test.get("row")), None)
    asked = f"{asked}, “{words_of(row.get('label'))}”" if row else asked
    if "answered" in test:
        return f"{asked}: {tests['answered' if test['answered'] else 'not_answered']}"
    for name in TESTED:
        if name in test:
            codes = test[name] if name == "one_of" else [test[name]]
            said = " / ".join(_compared(code, content, labels) for code in codes)
            return f"{asked}: {tests.get(name, tests['is'])} {said}"
    others = {name: value for name, value in test.items() if name not in {"question", "row"}}
    return f"{asked}: {', '.join(f'{name} {value}' for name, value in others.items())}"


def _compared(value: Any, content: Content, labels: Mapping[str, str]) -> str:
    """What an answer is compared with: another answer by its question, a code by its words, or a number."""
    if isinstance(value, Mapping):
        other = question_of(content, str(value.get("answer")))
        return f"“{words_of(other.get('prompt'))}”" if other else f"“{value.get('answer')}”"
    return labels.get(str(value), str(value))
