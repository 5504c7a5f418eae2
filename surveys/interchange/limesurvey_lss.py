"""LimeSurvey's structure files (.lss): words in the rows of questions (old) or in tables of their own (new). Pure."""

from collections import defaultdict
from xml.etree.ElementTree import Element

from stakeholder.errors import Invalid
from surveys.interchange.containers import xml_of
from surveys.interchange.expressions import rule_of
from surveys.interchange.limesurvey_asked import PIPE, SPOKEN, Asked, Part, split, unbraced
from surveys.interchange.limesurvey_flow import mixed, shuffled
from surveys.interchange.limesurvey_kinds import item_of
from surveys.interchange.reading import clean_texts, number, shown_by, whole_number
from surveys.interchange.rules import NotExpressible, Rule, Test, all_of, any_of
from surveys.interchange.sketch import Item, Leaf, Limit, Shown, Sketch, Texts

Row = dict[str, str]
READ = frozenset(
    {
        "answers",
        "questions",
        "subquestions",
        "groups",
        "question_attributes",
        "conditions",
        "surveys",
        "surveys_languagesettings",
        "answer_l10ns",
        "question_l10ns",
        "group_l10ns",
        "languages",
        "LimeSurveyDocType",
        "DBVersion",
        "quota",
        "quota_members",
        "quota_languagesettings",
    }
)
_LINKED = {"==": "==", "=": "==", "!=": "!=", ">": ">", "<": "<", ">=": ">=", "<=": "<="}


def read(data: bytes, source: str) -> Sketch:
    """The sketch of a structure file. Raises Invalid."""
    root = xml_of(data, source)
    kind = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or kind != "Survey":
        raise Invalid(f"{source}: found XML of '{kind or root.tag[:40]}', expected a whole LimeSurvey survey (.lss).")
    return _Structure(root, source).sketch()


class _Structure:
    """The tables of a structure file, joined."""

    def __init__(self, root: Element, source: str) -> None:
        self._tables = {table.tag: _rows(table) for table in root}
        self._sketch = Sketch(name=source.rsplit(".", 1)[0], pipe=PIPE)
        self._base = next((row.get("language", "") for row in self._table("surveys")), "")
        self._sketch.languages = self._languages(root)
        self._base = self._base or next(iter(self._sketch.languages), "en")
        self._texts = {
            name: _by(self._table(name), key)
            for name, key in (("question_l10ns", "qid"), ("answer_l10ns", "aid"), ("group_l10ns", "gid"))
        }
        for row in self._table("answer_l10ns"):
            if not row.get("aid"):
                self._texts["answer_l10ns"][_answer_id(row)].append(row)
        self._attributes, self._spoken = self._attribute_tables()

    def sketch(self) -> Sketch:
        """Everything in the order of groups and questions."""
        self._titles()
        questions = self._questions()
        self._conditions(questions)
        by_group: dict[str, list[tuple[str, Asked]]] = defaultdict(list)
        for qid, (gid, asked) in questions.items():
            by_group[gid].append((qid, asked))
        groups = self._group_rows(by_group)
        for gid, row in groups:
            self._group(gid, row, by_group.get(gid, []))
        self._quotas(questions)
        for name, rows in self._tables.items():
            if name not in READ and rows:
                self._sketch.dropped(f"table {name}", f"Its {len(rows)} entries have no place here.")
        return self._sketch

    def _table(self, name: str) -> list[Row]:
        return self._tables.get(name, [])

    def _languages(self, root: Element) -> list[str]:
        listed = [(each.text or "").strip() for each in root.iterfind("languages/language")]
        survey = next(iter(self._table("surveys")), {})
        more = [survey.get("language", ""), *survey.get("additional_languages", "").split()]
        found = dict.fromkeys(each for each in (*more[:1], *listed, *more[1:]) if each)
        return list(found) or ["en"]

    def _attribute_tables(self) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, Texts]]]:
        """Attributes by question: settings, and those that are words in some language."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        spoken: dict[str, dict[str, Texts]] = defaultdict(lambda: defaultdict(dict))
        for row in self._table("question_attributes"):
            name, language = row.get("attribute", ""), row.get("language", "")
            if name in SPOKEN:
                spoken[row.get("qid", "")][name][language or self._base] = row.get("value", "")
            if language in {"", self._base}:
                found[row.get("qid", "")][name] = row.get("value", "")
        return found, spoken

    def _titles(self) -> None:
        titles, intros = {}, {}
        for row in self._table("surveys_languagesettings"):
            language = row.get("surveyls_language", self._base)
            titles[language] = row.get("surveyls_title", "")
            intros[language] = "\n".join(
                filter(None, (row.get("surveyls_description"), row.get("surveyls_welcometext")))
            )
            for name, words in row.items():
                if words and name.startswith(("surveyls_email", "surveyls_url", "surveyls_endtext", "surveyls_policy")):
                    self._sketch.dropped(f"text {name} ({language})", "The platform has its own.")
        self._sketch.title = clean_texts(titles, self._sketch, "the title")
        self._sketch.intro = clean_texts(intros, self._sketch, "the introduction")
        self._sketch.name = self._sketch.title.get(self._base) or self._sketch.name
        for row in self._table("surveys")[:1]:
            for name, value in row.items():
                if value and name not in {"sid", "language", "additional_languages"}:
                    self._sketch.dropped(f"setting {name}", "The platform's own ways stand in its place.")

    def _words(self, row: Row, name: str, table: str, key: str) -> Texts:
        raw = {each.get("language", self._base): each.get(name, "") for each in self._texts[table].get(key, ())}
        return raw or ({row.get("language") or self._base: row[name]} if row.get(name) else {})

    def _clean(self, raw: Texts, place: str) -> Texts:
        return clean_texts(raw, self._sketch, place)

    def _questions(self) -> dict[str, tuple[str, Asked]]:
        found: dict[str, tuple[str, Asked]] = {}
        order: dict[str, tuple[float, int]] = {}
        subs: list[Row] = list(self._table("subquestions"))
        for at, row in enumerate(self._table("questions")):
            qid = row.get("qid", f"row{at}")
            if row.get("parent_qid", "0") not in {"", "0"}:
                subs.append(row)
            elif qid in found:
                self._add_words(found[qid][1], row)
            else:
                found[qid] = (row.get("gid", ""), self._question(row, qid))
                order[qid] = (number(row.get("question_order")) or 0.0, at)
        self._name_once(found)
        self._subs(subs, found)
        self._answers(found)
        return dict(sorted(found.items(), key=lambda each: order[each[0]]))

    def _question(self, row: Row, qid: str) -> Asked:
        code = row.get("title") or f"Q{qid}"
        place = f"question {code}"
        attributes = dict(self._attributes.get(qid, {}))
        if row.get("preg"):
            attributes["preg"] = row["preg"]
        return Asked(
            code,
            row.get("type", "").strip() or "T",
            self._clean(self._words(row, "question", "question_l10ns", qid), place),
            self._clean(self._words(row, "help", "question_l10ns", qid), place),
            relevance=row.get("relevance", ""),
            other=row.get("other") == "Y",
            required=row.get("mandatory") == "Y",
            asked_again=row.get("mandatory") == "S",
            attributes=attributes,
            spoken={name: self._clean(words, place) for name, words in self._spoken.get(qid, {}).items()},
        )

    def _add_words(self, asked: Asked, row: Row) -> None:
        place = f"question {asked.code}"
        language = row.get("language", self._base)
        asked.words.update(self._clean({language: row.get("question", "")}, place))
        asked.hint.update(self._clean({language: row.get("help", "")}, place))

    def _name_once(self, found: dict[str, tuple[str, Asked]]) -> None:
        seen: set[str] = set()
        sid = next((row.get("sid", "") for row in self._table("surveys")), "")
        for qid, (gid, asked) in found.items():
            if asked.code in seen:
                self._sketch.approximated(
                    f"code {asked.code} of question {qid}", "Two questions have this code; the second gets its number."
                )
                asked.code = f"{asked.code}_{qid}"
            seen.add(asked.code)
            self._sketch.aliases[f"{sid}X{gid}X{qid}"] = (asked.code, "")
            self._sketch.aliases.setdefault(f"Q{qid}", (asked.code, ""))

    def _subs(self, rows: list[Row], found: dict[str, tuple[str, Asked]]) -> None:
        parts: dict[str, Part] = {}
        sid = next((row.get("sid", "") for row in self._table("surveys")), "")
        for at, row in enumerate(_ordered(rows, "question_order")):
            owner = found.get(row.get("parent_qid", ""))
            qid = row.get("qid", f"sub{at}")
            if owner is None:
                self._sketch.dropped(f"row {row.get('title', qid)}", "It belongs to no question of the file.")
                continue
            place = f"question {owner[1].code}"
            words = self._clean(self._words(row, "question", "question_l10ns", qid), place)
            if qid in parts:
                parts[qid].words.update(words)
                continue
            part = Part(row.get("title") or qid, words, row.get("relevance", ""), _scale(row))
            parts[qid] = part
            owner[1].subs.append(part)
            parent = row.get("parent_qid")
            self._sketch.aliases[f"{sid}X{owner[0]}X{parent}{part.code}"] = (owner[1].code, part.code)
            self._sketch.aliases.setdefault(f"Q{parent}_S{qid}", (owner[1].code, part.code))

    def _answers(self, found: dict[str, tuple[str, Asked]]) -> None:
        parts: dict[tuple[str, str, int], Part] = {}
        for row in _ordered(self._table("answers"), "sortorder"):
            owner = found.get(row.get("qid", ""))
            if owner is None:
                self._sketch.dropped(
                    f"answer {row.get('code')} of question {row.get('qid')}", "Its question is not in the file."
                )
                continue
            place = f"question {owner[1].code}"
            words = self._clean(
                self._words(row, "answer", "answer_l10ns", _answer_id(row)),
                place,
            )
            key = (row.get("qid", ""), row.get("code", ""), _scale(row))
            if key in parts:
                parts[key].words.update(words)
                continue
            parts[key] = Part(key[1], words, "", key[2], number(row.get("assessment_value")) or None)
            owner[1].answers.append(parts[key])

    def _group_rows(self, by_group: dict[str, list[tuple[str, Asked]]]) -> list[tuple[str, list[Row]]]:
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in _ordered(self._table("groups"), "group_order"):
            rows[row.get("gid", "")].append(row)
        for gid in by_group:
            _ = rows[gid]
        return list(rows.items())

    def _group(self, gid: str, rows: list[Row], questions: list[tuple[str, Asked]]) -> None:
        name: Texts = {}
        intro: Texts = {}
        for row in rows:
            language = row.get("language") or self._base
            name |= self._words(row, "group_name", "group_l10ns", gid) or {language: row.get("group_name", "")}
            intro |= self._words(row, "description", "group_l10ns", gid) or {}
        title = self._clean(name, f"group {gid}")
        leaf = Leaf(title.get(self._base) or f"group {gid}", title, self._clean(intro, f"group {gid}"))
        if any(page.name == leaf.name for page in self._sketch.pages):
            leaf.name = f"{leaf.name} ({gid})"
        first = rows[0] if rows else {}
        leaf.shown = shown_by(first.get("grelevance"), split, plainly=unbraced)
        mixed(leaf, first.get("randomization_group", ""), self._sketch)
        leaf.items = [self._item(asked) for _, asked in questions]
        shuffled(leaf, [asked for _, asked in questions], self._sketch)
        self._sketch.pages.append(leaf)

    def _item(self, asked: Asked) -> Item:
        item = item_of(asked, self._sketch)
        if asked.code in self._old:
            item.shown = item.shown or self._old[asked.code]
        return item

    def _quotas(self, questions: dict[str, tuple[str, Asked]]) -> None:
        """Active quotas: answers to one question are joined by any, questions by all."""
        members = _by(self._table("quota_members"), "quota_id")
        words = _by(self._table("quota_languagesettings"), "quotals_quota_id")
        for row in self._table("quota"):
            name, most = row.get("name") or row.get("id", ""), whole_number(row.get("qlimit"))
            asked: dict[str, list[Rule]] = defaultdict(list)
            for member in members.get(row.get("id", ""), ()):
                code = questions[member["qid"]][1].code if member.get("qid") in questions else member.get("qid", "")
                asked[code].append(Test(code, "is", member.get("code", "")))
            rule = all_of([found for tests in asked.values() if (found := any_of(tests))])
            if most is None or most < 1 or rule is None or row.get("active", "1") != "1":
                self._sketch.dropped(f"quota {name[:60]}", "It is not active, or names nobody whom it counts.")
                continue
            said = {
                each.get("quotals_language", self._base): each.get("quotals_message", "") for each in words[row["id"]]
            }
            message = self._clean(said, f"quota {name}")
            self._sketch.limits.append(Limit(name, min(most, 1_000_000), Shown(rule, name), message))

    def _conditions(self, questions: dict[str, tuple[str, Asked]]) -> None:
        """Rules of the old table: alternatives of one answer and whole scenarios are joined by any, the rest by all."""
        self._old: dict[str, Shown] = {}
        by_question: dict[str, list[Row]] = defaultdict(list)
        for row in self._table("conditions"):
            by_question[row.get("qid", "")].append(row)
        for qid, rows in by_question.items():
            if qid not in questions:
                self._sketch.dropped(f"condition of question {qid}", "Its question is not in the file.")
                continue
            code = questions[qid][1].code
            try:
                self._old[code] = Shown(_scenarios(rows), "; ".join(_written(row) for row in rows)[:200])
            except NotExpressible as problem:
                self._old[code] = Shown(None, "; ".join(_written(row) for row in rows)[:200], str(problem))


def _rows(table: Element) -> list[Row]:
    return [{cell.tag: cell.text or "" for cell in row} for row in table.iterfind("rows/row")]


def _by(rows: list[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.get(name, "")].append(row)
    return found


def _ordered(rows: list[Row], name: str) -> list[Row]:
    return sorted(rows, key=lambda row: number(row.get(name)) or 0.0)


def _answer_id(row: Row) -> str:
    return row.get("aid") or f"{row.get('qid')}/{row.get('code')}"


def _scale(row: Row) -> int:
    return 1 if row.get("scale_id") == "1" else 0


def _written(row: Row) -> str:
    return f"{row.get('cfieldname', '')} {row.get('method', '')} {row.get('value', '')}"


def _scenarios(rows: list[Row]) -> Rule:
    scenarios: dict[str, dict[str, list[Rule]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        field = row.get("cfieldname", "").lstrip("+")
        scenarios[row.get("scenario", "1")][field].append(_old_test(field, row))
    each = [all_of([found for group in fields.values() if (found := any_of(group))]) for fields in scenarios.values()]
    found = any_of([rule for rule in each if rule is not None])
    if found is None:
        raise NotExpressible("it has no test.")
    return found


def _old_test(field: str, row: Row) -> Rule:
    method, value = row.get("method", "").strip(), row.get("value", "")
    if value.startswith(("@", "{")) or field.startswith("{"):
        raise NotExpressible("it compares with another field or with a participant's attribute.")
    if method not in _LINKED:
        raise NotExpressible(f"it compares by '{method[:20]}'.")
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return rule_of(f"{{{field}}} {_LINKED[method]} {quoted}")
