"""Calculations of foreign files: sums, differences, products, ratios and cases, as our calculated values. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from surveys.interchange.expressions import DEEPEST, Split, Token, rule_of_tokens, tokens_of, whole
from surveys.interchange.rules import NotExpressible, Rule, Target, condition_of

Operation = Literal["sum", "mean", "smallest", "greatest", "difference", "product", "ratio"]
_ADDED: dict[str, Operation] = {"+": "sum", "-": "difference"}
_TIMES: dict[str, Operation] = {"*": "product", "/": "ratio", "div": "ratio"}
_CALLED: dict[str, Operation] = {
    "sum": "sum",
    "max": "greatest",
    "min": "smallest",
    "avg": "mean",
    "mean": "mean",
}
_THROUGH = frozenset({"number", "int", "intval", "floatval", "coalesce", "round"})
_CHOICES = frozenset({"if", "iif"})


@dataclass(frozen=True)
class Amount:
    """A number as it is."""

    number: float


@dataclass(frozen=True)
class AnswerNamed:
    """The number someone answered."""

    name: str


@dataclass(frozen=True)
class Worked:
    """Several calculations joined by one operation."""

    how: Operation
    parts: tuple["Calculation", ...]


@dataclass(frozen=True)
class Chosen:
    """One of two numbers, by a rule."""

    rule: Rule
    then: float
    otherwise: float


Calculation: TypeAlias = Amount | AnswerNamed | Worked | Chosen


def calculation_of(text: str, split: Split = whole) -> Calculation:
    """The calculation that an expression says. Raises NotExpressible, saying what is not understood."""
    return _Reader(tokens_of(text), split).whole()


def value_of(calculation: Calculation, targets: Mapping[str, tuple[Target, str]]) -> dict[str, Any]:
    """The value of a calculated question as data. Raises NotExpressible where an answer is no number.

    targets   {name of an answer: (its question, the row or option it is)}
    """
    if isinstance(calculation, Amount):
        return {"number": calculation.number}
    if isinstance(calculation, AnswerNamed):
        target, part = targets.get(calculation.name, (None, ""))
        if target is None or part or not target.numeric:
            raise NotExpressible(f"'{calculation.name[:60]}' is no number asked before it.")
        return {"answer": target.key}
    if isinstance(calculation, Chosen):
        when = condition_of(calculation.rule, targets)
        if when is None:
            return {"number": calculation.then}
        return {"cases": [{"when": when, "then": calculation.then}], "otherwise": calculation.otherwise}
    return {calculation.how: [value_of(part, targets) for part in calculation.parts]}


class _Reader:
    """Reads tokens by recursive descent: sums, products, values."""

    def __init__(self, tokens: list[Token], split: Split) -> None:
        self._tokens, self._split, self._at, self._depth = tokens, split, 0, 0

    def whole(self) -> Calculation:
        found = self._sum()
        if self._at < len(self._tokens):
            raise NotExpressible(f"'{self._tokens[self._at][1][:30]}' is not understood.")
        return found

    def _peek(self) -> str:
        kind, word = self._tokens[self._at] if self._at < len(self._tokens) else ("", "")
        return word.casefold() if kind in {"sign", "word"} else ""

    def _sum(self) -> Calculation:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotExpressible("its brackets are too deep.")
        found = self._joined(_ADDED, self._product)
        self._depth -= 1
        return found

    def _product(self) -> Calculation:
        return self._joined(_TIMES, self._value)

    def _joined(self, signs: Mapping[str, Operation], inner: Any) -> Calculation:
        found: Calculation = inner()
        while self._peek() in signs:
            how = signs[self._peek()]
            self._at += 1
            second = inner()
            same = isinstance(found, Worked) and found.how == how and how in {"sum", "product"}
            found = Worked(how, (*(found.parts if same and isinstance(found, Worked) else (found,)), second))
        return found

    def _value(self) -> Calculation:
        if self._at >= len(self._tokens):
            raise NotExpressible("it ends too early.")
        kind, word = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Amount(float(word))
        if kind == "braced":
            return self._named(word.lstrip("$").strip("{} \t\n"))
        if kind == "word":
            return self._called(word.casefold()) if self._peek() == "(" else self._named(word)
        if word == "(":
            found = self._sum()
            self._need(")")
            return found
        raise NotExpressible(f"'{word[:30]}' stands where a number is expected.")

    def _named(self, name: str) -> Calculation:
        question, part = self._split(name)
        if part:
            raise NotExpressible("it calculates with a row or an option.")
        return AnswerNamed(question)

    def _need(self, word: str) -> None:
        if self._peek() != word:
            raise NotExpressible(f"a '{word}' is missing.")
        self._at += 1

    def _called(self, name: str) -> Calculation:
        if name in _CHOICES:
            return self._chosen()
        if name not in _CALLED and name not in _THROUGH:
            raise NotExpressible(f"it calls {name[:40]}().")
        self._need("(")
        parts = [self._sum()]
        while self._peek() == ",":
            self._at += 1
            parts.append(self._sum())
        self._need(")")
        return parts[0] if name in _THROUGH else Worked(_CALLED[name], tuple(parts))

    def _chosen(self) -> Calculation:
        parts = self._arguments()
        if len(parts) != 3:
            raise NotExpressible("its if() has not three parts.")
        values = [_Reader(part, self._split).whole() for part in parts[1:]]
        numbers = [value.number for value in values if isinstance(value, Amount)]
        if len(numbers) != 2:
            raise NotExpressible("its if() gives something else than numbers.")
        return Chosen(rule_of_tokens(parts[0], self._split), numbers[0], numbers[1])

    def _arguments(self) -> list[list[Token]]:
        """The tokens of each argument of a call, whose bracket is next."""
        self._need("(")
        parts: list[list[Token]] = [[]]
        depth = 0
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token == ("sign", ")") and depth == 0:
                return parts
            depth += (token == ("sign", "(")) - (token == ("sign", ")"))
            if token == ("sign", ",") and depth == 0:
                parts.append([])
            else:
                parts[-1].append(token)
        raise NotExpressible("a ')' is missing.")
