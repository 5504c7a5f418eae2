"""What a hostile sender puts into fields, addresses, files and bodies."""

import json
from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.attacks.ways_in import Way

NASTY = (
    "", " ", "\x00", "a\x00b", "\ufeff", "\u202e", "\ud800", "💥" * 50, "a" + "\u0301\u0316" * 9_000, "A" * 70_000,
    "-1", "0", "1e309", "NaN", "inf", "9" * 40, "１２", "0x10", "1,5", "true", "null", "[]", "{}", '{"a":', "[" * 3_000,
    "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2026-11-26T25:61", "24:00", "+00:00",
    "00000000-0000-0000-0000-000000000000", "no-such-key", "../../etc/passwd", "//elsewhere.example", "javascript:1",
    "' OR 1=1 --", '"; DROP TABLE person; --', "%s%n%x", "{{7*7}}", "${7*7}", "<script>alert(1)</script>", "\r\nX: y",
    "=HYPERLINK(1)", "@SUM(1)", "(a+)+$", "[z-a]", "xx", "en_GB.UTF-8", "item:", ":", ".", "item:no_such:thing",
)  # fmt: skip
HOSTILE = st.one_of(
    st.sampled_from(NASTY).map(lambda each: each.encode("utf-8", "surrogatepass")),
    st.text(max_size=40).map(lambda each: each.encode("utf-8", "surrogatepass")),
    st.integers().map(lambda each: str(each).encode()),
    st.binary(max_size=40),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(NASTY[:40]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
HEADS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"name,year\n",
    b"\xff\xfe",
    b"<?xml version='1.0'?><a>",
    b"{",
    b"- a: &x [*x]\n",
)


@st.composite
def bent(draw: st.DrawFn, way: Way) -> dict[str, Any]:
    """A request like `way` with up to three fields changed, doubled or left out, perhaps at a changed address."""
    fields = [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in way.fields]
    for _ in range(draw(st.integers(1, 3))):
        _bend(draw, fields)
    path = _path(draw, way.path)
    if way.method != "GET" and way.files:
        return {"path": path, "method": "POST", **_upload(draw, way, fields)}
    coded = b"&".join(
        quote_from_bytes(name).encode() + b"=" + quote_from_bytes(value).encode() for name, value in fields
    )
    if way.method == "GET":
        return {"path": path, "method": "GET", "query_string": coded.decode()}
    return {"path": path, "method": way.method, "data": coded, "content_type": "application/x-www-form-urlencoded"}


def _bend(draw: st.DrawFn, fields: list[tuple[bytes, bytes]]) -> None:
    change = draw(st.sampled_from(("value", "value", "value", "drop", "double", "add", "swap")))
    if change == "add" or not fields:
        fields.append((draw(HOSTILE), draw(HOSTILE)))
        return
    at = draw(st.integers(0, len(fields) - 1))
    name, _ = fields[at]
    if change == "value":
        fields[at] = (name, draw(HOSTILE))
    elif change == "drop":
        del fields[at]
    elif change == "double":
        fields.append((name, draw(HOSTILE)))
    else:
        fields[at] = (name, fields[draw(st.integers(0, len(fields) - 1))][1])


def _path(draw: st.DrawFn, path: str) -> str:
    """Mostly the address itself; else one part of it is another."""
    parts = path.split("/")
    if len(parts) > 2 and draw(st.integers(0, 4)) == 0:
        parts[draw(st.integers(2, len(parts) - 1))] = quote_from_bytes(draw(HOSTILE)[:300], safe="")
    return "/".join(parts)


def _upload(draw: st.DrawFn, way: Way, fields: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    """A multipart body with a file of any kind under any name."""
    edge = b"edge-of-the-parts"
    body = b""
    for name, value in fields:
        body += b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (edge, _quoted(name), value)
    for name in way.files:
        ending = draw(st.sampled_from((".csv", ".xlsx", ".yaml", ".json", ".lss", ".qsf", ".txt", ".xlf", "")))
        content = draw(st.sampled_from(HEADS)) + draw(st.binary(max_size=200) | HOSTILE)
        head = (edge, _quoted(name.encode()), _quoted(draw(HOSTILE)[:50]), ending.encode(), content)
        body += b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s%s"\r\n\r\n%s\r\n' % head
    return {"data": body + b"--%s--\r\n" % edge, "content_type": f"multipart/form-data; boundary={edge.decode()}"}


def _quoted(name: bytes) -> bytes:
    return name.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")


@st.composite
def json_bodies(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """A JSON body whose keys are partly known ones; sometimes no JSON at all."""
    if draw(st.integers(0, 5)) == 0:
        return {"data": draw(HOSTILE), "content_type": "application/json"}
    inside = draw(st.dictionaries(st.sampled_from(known) | st.text(max_size=6), JSON, max_size=5))
    whole = draw(st.sampled_from(({"answers": inside}, inside, {**inside, "answers": inside})))
    text = json.dumps(whole).encode("utf-8", "surrogatepass")
    return {"data": text, "content_type": "application/json"}
