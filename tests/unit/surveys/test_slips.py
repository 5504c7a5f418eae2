"""Codes on slips: each fits its own link only, typed in any way; nothing else fits."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from surveys.slips import LETTERS, is_slip, plain_code, slip_code, slip_submission_key

ONE, OTHER = UUID(int=1), UUID(int=2)


@given(st.integers(0, 1999))
def test_a_printed_code_fits_however_it_is_typed(serial: int) -> None:
    code = slip_code("secret", ONE, serial)
    for typed in (code, code.upper(), code.replace("-", ""), code.replace("-", " "), f" {code} "):
        assert is_slip("secret", ONE, typed, printed=2000)
        assert slip_submission_key("secret", ONE, typed) == slip_submission_key("secret", ONE, code)


@given(st.integers(0, 1999))
def test_it_fits_no_other_link_secret_or_sheet(serial: int) -> None:
    code = slip_code("secret", ONE, serial)
    assert not is_slip("secret", OTHER, code, printed=2000)
    assert not is_slip("another", ONE, code, printed=2000)
    assert not is_slip("secret", ONE, code, printed=serial)


def test_codes_differ_and_their_keys_too() -> None:
    codes = [slip_code("secret", ONE, serial) for serial in range(500)]
    assert len(set(codes)) == 500
    assert len({slip_submission_key("secret", ONE, code) for code in codes}) == 500


@given(st.text(alphabet=LETTERS, min_size=8, max_size=8))
def test_a_guess_does_not_fit(guess: str) -> None:
    printed = {plain_code(slip_code("secret", ONE, serial)) for serial in range(30)}
    assert is_slip("secret", ONE, guess, printed=30) == (guess in printed)


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    assert not is_slip("secret", ONE, text, printed=0)
