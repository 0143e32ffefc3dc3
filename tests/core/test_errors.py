from worldstage.core.errors import ConfigError, nearest, unknown_name


def test_message_has_what_was_wrong_expected_and_hint():
    text = str(ConfigError("unit is 'year'.", expected="day, week, month", hint="change it"))
    assert text == "unit is 'year'.\nExpected: day, week, month.\nTry: change it."


def test_nearest_name_is_offered():
    assert nearest("Rusia", ["France", "Russia", "Prussia"])[0] == "Russia"
    assert "'Russia'" in str(unknown_name("actor", "Rusia", ["France", "Russia"]))


def test_few_known_names_are_listed_when_none_is_near():
    assert "AGREE, AID" in str(unknown_name("event type", "xyz", ["AGREE", "AID"]))
