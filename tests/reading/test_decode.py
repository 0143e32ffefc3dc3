import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldstage.core.errors import InputError
from worldstage.reading.decode import decode, opening

FRENCH = "Le président a déclaré mardi que l’armée répondrait « sans pitié » à l’attaque."
RUSSIAN = "Президент России Владимир Путин заявил во вторник, что удары по террористам в Сирии будут усилены."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_western_text_comes_back_whole(encoding):
    assert decode(FRENCH.encode(encoding)) == FRENCH


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_its_mark(encoding):
    text = "Russia struck Syria on Monday."
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_cyrillic_is_guessed(encoding):
    assert decode(RUSSIAN.encode(encoding)) == RUSSIAN


def test_the_declared_encoding_decides_where_bytes_are_ambiguous():
    assert decode("Wałęsa i Kaczyński".encode("iso-8859-2"), declared="ISO-8859-2") == "Wałęsa i Kaczyński"


def test_latin1_is_read_as_browsers_read_it():
    assert decode(b"\x93Never\x94, he said", declared="iso-8859-1") == "“Never”, he said"


@pytest.mark.parametrize("declared", ["hex", "zlib", "utf-7", "no such", "idna", "\x00", ""])
def test_a_declared_encoding_that_is_none_does_no_harm(declared):
    assert decode(b"caf\xe9", declared=declared) == "café"


def test_utf8_counts_before_a_wrong_declaration():
    assert decode(FRENCH.encode(), declared="cp1251") == FRENCH


def test_mixed_encodings_are_repaired_byte_by_byte():
    mixed = "Türkiye’s “president”".encode() + b" said it\x92s over"
    assert decode(mixed) == "Türkiye’s “president” said it’s over"


def test_text_cut_within_a_character_loses_only_that():
    text = "“İstanbul” – “Ankara” – Türkiye’s “president” said"
    assert decode((text + "ş").encode()[:-1]).startswith(text)


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 100, b"abc\x00\xff\xfe" * 100])
def test_binary_data_are_refused(data):
    with pytest.raises(InputError):
        decode(data)


def test_noise_is_refused_with_a_hint():
    noise = bytes(128 + (at * 7919 + at * at) % 128 for at in range(4000))
    with pytest.raises(InputError, match="encoding cannot be told"):
        decode(noise)


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "shift_jis", "iso-2022-jp", "utf-16", "cp1252"]))
def test_any_bytes_give_text_or_a_clear_refusal(data, declared):
    with contextlib.suppress(InputError):
        assert isinstance(decode(data, declared=declared), str)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200))
def test_utf8_comes_back_as_it_was(text):
    text = text.replace("\ufffd", "")
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


def test_the_opening_starts_at_the_first_letter():
    assert opening(b"\xef\xbb\xbf\r\n  <html>") == "<html>"
    assert opening("\ufeff <rss>".encode("utf-16")) == "<rss>"
