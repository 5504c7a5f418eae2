"""Expressions of other tools (XPath of XLSForm, LimeSurvey's, SurveyJS's) read into rules. Nothing is run. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from surveys.interchange.rules import TURNED, Constant, Joined, NotExpressible, Operator, Rule, Test

LONGEST = 20_000
DEEPEST = 40

_TOKENS = re.compile(
    r"""\s*(?:
      (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”])
    | (?P<number>\d+(?:\.\d+)?(?![\w.]))
    | (?P<braced>\$?\{[^{}]*\})
    | (?P<sign><=|>=|==|!=|<>|&&|\|\||[-=<>!(),\[\]+*/%^])
    | (?P<word>[^\W\d][\w.:#\-]*|\d[\w.:#]*|\.\.?(?:/[\w.\-]+)*|/[\w./\-]+)
    )""",
    re.VERBOSE,
)
_COMPARES: dict[str, Operator] = {
    "=": "is",
    "==": "is",
    "eq": "is",
    "equal": "is",
    "!=": "is_not",
    "<>": "is_not",
    "ne": "is_not",
    "notequal": "is_not",
    ">": "more_than",
    "gt": "more_than",
    "greater": "more_than",
    "<": "less_than",
    "lt": "less_than",
    "less": "less_than",
    ">=": "at_least",
    "ge": "at_least",
    "greaterorequal": "at_least",
    "<=": "at_most",
    "le": "at_most",
    "lessorequal": "at_most",
}
_MEMBERS = frozenset({"contains", "contain", "notcontains", "notcontain", "anyof", "allof", "noneof"})
_EMPTIES: dict[str, Operator] = {"empty": "unanswered", "notempty": "answered"}
_ALL, _ANY = frozenset({"and", "&&"}), frozenset({"or", "||"})
Value = str | float | tuple[str | float, ...]


@dataclass(frozen=True)
class Name:
    """The name of an answer, as the expression writes it."""

    name: str


@dataclass(frozen=True)
class Count:
    """How many options of an answer are chosen."""

    name: str


Operand = Name | Count | Value | Rule
Split = Callable[[str], tuple[str, str]]
Token = tuple[str, str]


def whole(name: str) -> tuple[str, str]:
    """A name as it stands, without a row or option in it."""
    return name, ""


def rule_of(text: str, split: Split = whole) -> Rule:
    """The rule that an expression says. Raises NotExpressible, saying which part of it is not understood.

    split   takes a name apart into (question, row or option)
    """
    return rule_of_tokens(tokens_of(text), split)


def rule_of_tokens(tokens: list[Token], split: Split = whole) -> Rule:
    """The rule of an expression already taken apart. Raises NotExpressible."""
    return _Reader(tokens, split).rule()


def tokens_of(text: str) -> list[Token]:
    """Words, numbers, texts and signs of an expression, each with its kind. Raises NotExpressible."""
    if len(text) > LONGEST:
        raise NotExpressible(f"it is longer than {LONGEST:,} characters.")
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None or match.end() == at:
            raise NotExpressible(f"'{text[at : at + 30].strip()}' is not understood.")
        kind = match.lastgroup or ""
        found.append((kind, match.group(kind)))
        at = match.end()
    return found


class _Reader:
    """Reads tokens by recursive descent: or, and, not, comparison, operand."""

    def __init__(self, tokens: list[Token], split: Split) -> None:
        self._tokens, self._split, self._at, self._depth = tokens, split, 0, 0

    def rule(self) -> Rule:
        found = self._either()
        if self._at < len(self._tokens):
            raise NotExpressible(f"'{self._tokens[self._at][1][:30]}' is not understood.")
        return found

    def _peek(self) -> str:
        kind, word = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        return word.casefold() if kind in {"sign", "word"} else ""

    def _takes(self, *words: str) -> bool:
        if self._peek() in words and self._peek():
            self._at += 1
            return True
        return False

    def _need(self, word: str) -> None:
        if not self._takes(word):
            raise NotExpressible(f"a '{word}' is missing.")

    def _either(self) -> Rule:
        return self._joined("any", _ANY, self._both)

    def _both(self) -> Rule:
        return self._joined("all", _ALL, self._single)

    def _joined(self, how: str, words: frozenset[str], inner: Callable[[], Rule]) -> Rule:
        found = [inner()]
        while self._takes(*words):
            found.append(inner())
        if len(found) == 1:
            return found[0]
        return Joined("all" if how == "all" else "any", tuple(found))

    def _single(self) -> Rule:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotExpressible("its brackets are too deep.")
        try:
            if self._takes("!") or (self._peek() == "not" and self._takes("not")):
                return Joined("not", (self._single(),))
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> Rule:
        first = self._operand()
        word = self._peek()
        if word in _EMPTIES:
            self._at += 1
            return self._test(first, _EMPTIES[word], None)
        if word in _MEMBERS:
            self._at += 1
            return self._member(first, word, self._operand())
        if word in _COMPARES:
            self._at += 1
            return self._compare(first, _COMPARES[word], self._operand())
        return self._alone(first)

    def _alone(self, operand: Operand) -> Rule:
        if isinstance(operand, Test | Joined | Constant):
            return operand
        if isinstance(operand, Name):
            return self._test(operand, "answered", None)
        if isinstance(operand, Count):
            return self._compare(operand, "at_least", 1.0)
        return Constant(holds=operand not in {"", "0", "false", 0.0})

    def _compare(self, first: Operand, operator: Operator, second: Operand) -> Rule:
        if not isinstance(first, Name | Count) and isinstance(second, Name | Count):
            first, second, operator = second, first, TURNED.get(operator, operator)
        if isinstance(first, Test | Joined) and not isinstance(second, Name | Count | Test | Joined | Constant):
            wanted = str(second).casefold() not in {"false", "0", "0.0", ""}
            same = wanted == (operator == "is")
            return first if same else Joined("not", (first,))
        if isinstance(first, Count):
            return self._counted(first, operator, second)
        if isinstance(first, Name) and isinstance(second, Name):
            subject, part = self._split(first.name)
            other, other_part = self._split(second.name)
            if part or other_part:
                self._no("two rows are compared.")
            return Test(subject, operator, other=other)
        if not isinstance(first, Name) and not isinstance(second, Name):
            return self._no("it compares no answer with a value.")
        return self._test(first, operator, second)

    def _member(self, first: Operand, word: str, second: Operand) -> Rule:
        values = second if isinstance(second, tuple) else (second,)
        tests = tuple(self._test(first, "includes", value) for value in values)
        if not tests:
            return self._no("an empty list.")
        found: Rule = tests[0] if len(tests) == 1 else Joined("all" if word == "allof" else "any", tests)
        return Joined("not", (found,)) if word in {"notcontains", "notcontain", "noneof"} else found

    def _counted(self, count: Count, operator: Operator, second: Operand) -> Rule:
        if not isinstance(second, float):
            return self._no("a count is compared with something else than a number.")
        whole_number = int(second)
        least = self._test(Name(count.name), "chosen_at_least", float(whole_number + (operator == "more_than")))
        most = self._test(Name(count.name), "chosen_at_most", float(whole_number - (operator == "less_than")))
        if operator in {"at_least", "more_than"}:
            return least
        if operator in {"at_most", "less_than"}:
            return most
        both = Joined("all", (least, most))
        return both if operator == "is" else Joined("not", (both,))

    def _test(self, subject: Operand, operator: Operator, value: Operand | None) -> Rule:
        if isinstance(subject, Count) and operator in {"answered", "unanswered"}:
            subject = Name(subject.name)
        if not isinstance(subject, Name) or isinstance(value, Name | Count | Test | Joined | Constant):
            return self._no("it compares in a way that there is not here.")
        question, part = self._split(subject.name)
        return Test(question, operator, value, part)

    def _operand(self) -> Operand:
        found = self._value()
        if self._peek() in {"+", "*", "/", "%", "^", "-", "div", "mod", "power"}:
            return self._no("it calculates.")
        return found

    def _value(self) -> Operand:
        if self._at >= len(self._tokens):
            return self._no("it ends too early.")
        kind, word = self._tokens[self._at]
        self._at += 1
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", word[1:-1])
        if kind == "number":
            return float(word)
        if kind == "braced":
            name = word.lstrip("$").strip("{} \t\n")
            return Count(name.removesuffix(".length")) if name.endswith(".length") else Name(name)
        if kind == "word":
            return self._called(word) if self._peek() == "(" else self._named(word)
        if word == "-" and self._at < len(self._tokens) and self._tokens[self._at][0] == "number":
            self._at += 1
            return -float(self._tokens[self._at - 1][1])
        if word == "(":
            return self._bracketed()
        if word == "[":
            return self._listed()
        return self._no(f"'{word}' stands where an answer is expected.")

    def _bracketed(self) -> Operand:
        self._depth += 1
        if self._depth > DEEPEST:
            return self._no("its brackets are too deep.")
        start = self._at
        try:  # a bracket around a value: (5), or around a name before a comparison
            inner = self._operand()
            if self._takes(")"):
                return inner
        except NotExpressible:
            pass
        self._at = start
        found = self._either()
        self._need(")")
        self._depth -= 1
        return found

    def _listed(self) -> Operand:
        values: list[str | float] = []
        while not self._takes("]"):
            value = self._operand()
            if not isinstance(value, str | float):
                return self._no("a list of something else than values.")
            values.append(value)
            self._takes(",")
        return tuple(values)

    def _named(self, word: str) -> Operand:
        lower = word.casefold()
        if lower in {"true", "false"}:
            return lower
        return Name(word)

    def _called(self, word: str) -> Operand:
        self._need("(")
        name = word.casefold()
        if name == "not":
            found = self._either()
            self._need(")")
            return Joined("not", (found,))
        inside: list[Operand] = []
        while not self._takes(")"):
            inside.append(self._operand())
            if not self._takes(",") and self._peek() != ")":
                return self._no(f"{word}() is not understood.")
        return self._function(name, inside)

    def _function(self, name: str, inside: list[Operand]) -> Operand:
        if name in {"true", "false"} and not inside:
            return Constant(holds=name == "true")
        if name in {"selected", "jr:choice-selected"} and len(inside) == 2:
            if isinstance(inside[0], Name) and isinstance(inside[1], Name):
                return Test(inside[0].name, "includes", other=inside[1].name)
            return self._test(inside[0], "includes", inside[1])
        first = inside[0] if len(inside) == 1 else None
        if name in {"count-selected", "count"} and inside and all(isinstance(each, Name) for each in inside):
            return self._all_of_one([each.name for each in inside if isinstance(each, Name)])
        if name in {"string-length", "strlen", "length"} and isinstance(first, Name):
            return self._length(first)
        if name in {"is_empty", "empty", "isempty", "is_null"} and len(inside) == 1:
            return self._test(inside[0], "unanswered", None)
        if name in {"number", "int", "string", "coalesce", "once", "intval", "floatval", "trim"} and inside:
            return inside[0]
        return self._no(f"it calls {name[:40]}().")

    def _all_of_one(self, names: list[str]) -> Count:
        """How many of the parts of one question are chosen."""
        if len(names) == 1:
            return Count(names[0])
        owners = {self._split(name)[0].rsplit("_", 1)[0] for name in names}
        return Count(owners.pop()) if len(owners) == 1 else self._no("it counts over several questions.")

    def _length(self, name: Name) -> Operand:
        """The length of a text says here only whether there is one: compared with 0."""
        word = self._peek()
        if word in {">", "!=", "<>", "gt", "ne"} and self._tokens[self._at + 1 : self._at + 2] == [("number", "0")]:
            self._at += 2
            return self._test(name, "answered", None)
        if word in {"=", "==", "eq"} and self._tokens[self._at + 1 : self._at + 2] == [("number", "0")]:
            self._at += 2
            return self._test(name, "unanswered", None)
        return self._no("it counts the letters of an answer.")

    def _no(self, why: str) -> NoReturn:
        raise NotExpressible(why)
