from worldstage.reading.text import READER


def test_markup_in_plain_text_stays_as_it_is(draft):
    text = "<script>alert(1)</script> The army struck Raqqa & left."
    found = draft(READER, text, "a.txt")
    assert (found.text, found.kind) == (text, "text")


def test_the_declared_encoding_is_used(draft):
    assert "ł" in draft(READER, "Wałęsa i Kaczyński w Gdańsku".encode("iso-8859-2"), charset="iso-8859-2").text
