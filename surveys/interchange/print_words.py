"""What a printed form says of itself, in the languages of the product. Pure.

Here rather than in the catalogues of the pages: a form is written in the language asked for, wherever that is done.
"""

from stakeholder.localised import Localised


def _said(en: str, cy: str, pl: str, ur: str) -> Localised:
    return Localised({"en": en, "cy": cy, "pl": pl, "ur": ur})


ONE = _said("Choose one.", "Dewiswch un.", "Wybierz jedną odpowiedź.", "ایک منتخب کریں۔")
SEVERAL = _said(
    "Choose all that apply.",
    "Dewiswch bob un sy’n berthnasol.",
    "Wybierz wszystkie pasujące odpowiedzi.",
    "جو درست ہوں وہ سب منتخب کریں۔",
)
AT_MOST = _said(
    "Choose at most {most}.",
    "Dewiswch {most} ar y mwyaf.",
    "Wybierz najwyżej {most}.",
    "زیادہ سے زیادہ {most} منتخب کریں۔",
)
RANKING = _said(
    "Number them: 1 comes first.",
    "Rhowch rif i bob un: 1 sydd gyntaf.",
    "Ponumeruj: 1 oznacza pierwsze miejsce.",
    "نمبر لگائیں: 1 سب سے پہلے ہے۔",
)
ALLOCATION = _said("Share out {total}.", "Rhannwch {total}.", "Rozdziel {total}.", "{total} تقسیم کریں۔")
NEEDED = _said(
    "Please answer this one.",
    "Atebwch hwn, os gwelwch yn dda.",
    "Prosimy o odpowiedź na to pytanie.",
    "براہ کرم اس کا جواب دیں۔",
)
ONLY_IF = _said("Only if: {rule}", "Dim ond os: {rule}", "Tylko jeśli: {rule}", "صرف اگر: {rule}")
END = _said(
    "This is the end if: {rule}",
    "Dyma’r diwedd os: {rule}",
    "To koniec, jeśli: {rule}",
    "یہ اختتام ہے اگر: {rule}",
)
REPEAT = _said(
    "Once for each, at most {most} times: {label}",
    "Unwaith ar gyfer pob un, {most} gwaith ar y mwyaf: {label}",
    "Raz dla każdego, najwyżej {most} razy: {label}",
    "ہر ایک کے لیے ایک بار، زیادہ سے زیادہ {most} بار: {label}",
)
NOT = _said("not ({rule})", "nid ({rule})", "nie ({rule})", "نہیں ({rule})")
AND = _said(" and ", " a hefyd ", " i ", " اور ")
OR = _said(" or ", " neu ", " lub ", " یا ")
ANSWERED = _said("{name} is answered", "mae ateb i {name}", "jest odpowiedź na {name}", "{name} کا جواب دیا گیا ہے")
LEFT_OUT = _said(
    "{name} is left out", "nid oes ateb i {name}", "brak odpowiedzi na {name}", "{name} کا جواب نہیں دیا گیا"
)
IS_NOT = _said("{name} is not: {words}", "nid yw {name}: {words}", "{name} to nie: {words}", "{name} یہ نہیں: {words}")
CHOSEN_AT_LEAST = _said(
    "{name}: at least {count} chosen",
    "{name}: o leiaf {count} wedi’u dewis",
    "{name}: wybrano co najmniej {count}",
    "{name}: کم از کم {count} منتخب",
)
CHOSEN_AT_MOST = _said(
    "{name}: at most {count} chosen",
    "{name}: {count} wedi’u dewis ar y mwyaf",
    "{name}: wybrano najwyżej {count}",
    "{name}: زیادہ سے زیادہ {count} منتخب",
)
