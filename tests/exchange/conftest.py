import pytest

from worldstage import Case


@pytest.fixture
def case(tmp_path):
    return Case.init(tmp_path / "case")


@pytest.fixture
def events(case):
    """Every event of the case, by id."""
    from worldstage.store import EventFilter

    return lambda: {e.id: e for e in case.events(EventFilter(statuses=("any",)))}
