import pytest

from worldstage.core import plugins
from worldstage.core.errors import ConfigError, UnknownNameError


def test_built_in_readers_come_in_by_the_door_of_plug_ins():
    from worldstage.reading.raw import Reader

    found = plugins.collect("readers", Reader, needed="text")
    assert {"text", "html", "pdf"} <= {reader.name for reader in found}


def test_a_plug_in_of_another_kind_is_refused_with_its_name():
    with pytest.raises(ConfigError, match=r"worldstage\.readers is of type Reader") as caught:
        plugins.collect("readers", str, needed="text")
    assert "builtins.str" in str(caught.value)


def test_built_in_parts_that_are_not_registered_are_a_clear_error():
    with pytest.raises(ConfigError, match=r"not registered \(found: none\)") as caught:
        plugins.collect("no-such-group", str, needed="text")
    assert "install worldstage again" in str(caught.value)


def test_an_unknown_plug_in_names_those_there_are():
    with pytest.raises(UnknownNameError, match="html"):
        plugins.load("readers", "htlm")
