import pytest

from worldstage.core.errors import InputError
from worldstage.reading import normal
from worldstage.reading.pdf import READER

PAGE = [
    "Russian aircraft struck positions of Islamic State in Raqqa on Tues-",
    "day, the defence ministry said in Moscow. France struck too.",
]


def _text(draft) -> str:
    return normal.paragraphs(normal.clean(draft.text), wrapped=True)


def test_lines_become_paragraphs_and_broken_words_whole(draft, pdf):
    assert _text(draft(READER, pdf(PAGE))) == (
        "Russian aircraft struck positions of Islamic State in Raqqa on Tuesday, the defence ministry said in Moscow."
        " France struck too."
    )


def test_running_heads_and_page_numbers_are_dropped(draft, pdf):
    pages = [
        ["Example Gazette", f"Report number {word} told what the ministers had said that day.", f"Page {at}"]
        for at, word in enumerate(["one", "two", "three"], 1)
    ]
    text = draft(READER, pdf(*pages)).text
    assert "Example Gazette" not in text
    assert "Page" not in text
    assert text.count("told what") == 3


def test_a_sentence_runs_on_over_the_page(draft, pdf):
    text = _text(
        draft(
            READER,
            pdf(
                [*PAGE, "The ministers of the two countries, who had met in Vienna, will meet"],
                ["again in Geneva, they said."],
            ),
        )
    )
    assert text.endswith("will meet again in Geneva, they said.")


def test_scanned_pages_are_refused_with_a_hint(raw, pdf):
    with pytest.raises(InputError, match="OCR"):
        list(READER.read(raw(pdf(b""))))


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnot really", b"%PDF-", b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_a_broken_pdf_is_refused(raw, data):
    with pytest.raises(InputError, match="PDF"):
        list(READER.read(raw(data)))


def test_text_that_calls_itself_a_pdf_is_refused(raw):
    with pytest.raises(InputError, match="whatever its name says"):
        list(READER.read(raw("Russia struck Raqqa.", "a.pdf")))


def test_a_pdf_that_unpacks_without_end_is_refused(raw, pdf):
    with pytest.raises(InputError, match="more than is safe"):
        list(READER.read(raw(pdf(b" " * 30_000_000))))


def test_a_locked_pdf_is_refused(raw, pdf):
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PAGE))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(InputError, match="locked"):
        list(READER.read(raw(out.getvalue())))


def test_too_many_pages_are_refused(raw, pdf, monkeypatch):
    monkeypatch.setattr("worldstage.reading.pdf._MOST_PAGES", 1)
    with pytest.raises(InputError, match="2 pages"):
        list(READER.read(raw(pdf(PAGE, PAGE))))


def test_a_page_that_takes_too_long_is_given_up(raw, pdf, monkeypatch):
    monkeypatch.setattr("worldstage.reading.pdf._SECONDS", -1.0)
    with pytest.raises(InputError, match="seconds"):
        list(READER.read(raw(pdf(PAGE))))
