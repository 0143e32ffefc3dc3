"""Each format: found out without being named, read as what it is, imported twice as once."""

import datetime as dt
import gzip
import json
import zipfile

import pytest
from tests.exchange import rows

from worldstage.core.errors import ConfigError, InputError, UnknownNameError
from worldstage.exchange import acled, gdelt, icews, polecat, ucdp
from worldstage.exchange.registry import find, format_names

MADE = {
    "ICEWS": lambda p: rows.write(p, [rows.icews_row(1), rows.icews_row(2)], header=icews.COLUMNS),
    "GDELT 2.0 events": lambda p: rows.write(p, [rows.gdelt_row(700000001), rows.gdelt_row(700000002)]),
    "GDELT 1.0 events": lambda p: rows.write(p, [rows.gdelt_row(n, columns=gdelt.COLUMNS_1) for n in (1, 2)]),
    "POLECAT": lambda p: rows.write(p, [rows.polecat_row("A1"), rows.polecat_row("A2")], header=polecat.COLUMNS),
    "ACLED": lambda p: rows.write(p, [rows.acled_row("M1"), rows.acled_row("M2")], header=acled.COLUMNS, delimiter=","),
    "UCDP GED": lambda p: rows.write(p, [rows.ucdp_row("1"), rows.ucdp_row("2")], header=ucdp.COLUMNS, delimiter=","),
    "PETRARCH": lambda p: rows.write(p, [rows.petrarch_row(), rows.petrarch_row(code="0231")]),
}


@pytest.mark.parametrize("title", MADE)
def test_a_file_is_known_by_what_it_holds_and_adds_nothing_twice(case, tmp_path, title):
    path = MADE[title](tmp_path / "file")
    done = case.import_events([path])
    assert done.formats == (title,)
    assert (done.counts.rows, done.counts.events, done.counts.refused.total()) == (2, 2, 0)
    again = case.import_events([path])
    assert (again.counts.events, again.counts.known) == (0, 2)


@pytest.mark.parametrize("title", MADE)
def test_packed_files_are_the_same(case, tmp_path, title):
    path = MADE[title](tmp_path / "file")
    packed, archive = tmp_path / "file.gz", tmp_path / "file.zip"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(path, "inner/file")
    assert case.import_events([packed]).counts.events == 2
    assert case.import_events([archive, path]).counts.known == 4


def test_icews(case, tmp_path, events):
    path = rows.write(
        tmp_path / "f.tab",
        [
            rows.icews_row(1),
            rows.icews_row(1, Event_Date="11/18/2015"),
            rows.icews_row(2, CAMEO_Code="010", Event_Text="Make statement"),
            rows.icews_row(3, CAMEO_Code="NULL", Event_Text="Use conventional military force"),
            rows.icews_row(4, CAMEO_Code="0231", Source_Name="Citizen (Russia)", Source_Country="Russian Federation",
                           Source_Sectors="General Population / Civilian / Social,Social"),
        ],
        header=icews.COLUMNS,
    )  # fmt: skip
    done = case.import_events([path])
    assert (done.counts.events, done.counts.reports) == (4, 1)
    found = events()
    # The id alone is not unique in ICEWS: the day belongs to it.
    one = found["ICEWS-1-2015-11-17"]
    assert found["ICEWS-1-11/18/2015"].date == dt.date(2015, 11, 18)
    assert (one.type, one.mode, one.quad, one.source_score) == ("ACCUSE", ("disapprove",), "verbal conflict", -2.0)
    assert (one.actors[0].code, one.actors[0].sector, one.actors[0].text) == ("TUR", "GOV", "Foreign Affairs (Turkey)")
    assert (one.recipients[0].code, one.recipients[0].person) == ("RUS", "Vladimir Putin")
    assert "resident" in str(one.recipients[0].office)
    assert (one.place.name, one.place.country, one.place.lat) == ("Ankara", "TUR", 39.92)
    assert (one.publisher, one.dataset, one.confidence, one.status) == ("An Agency", "ICEWS", 1.0, "occurred")
    assert (one.evidence[0].text, one.evidence[0].row) == ("Criticize or denounce", "1-2015-11-17")
    assert found["ICEWS-3-2015-11-17"].type == "ASSAULT"
    assert (found["ICEWS-4-2015-11-17"].type, found["ICEWS-4-2015-11-17"].actors[0].sector) == ("REQUEST", "CVL")


def test_headers_in_another_hand(case, tmp_path):
    header = [c.lower().replace(" ", "_") for c in icews.COLUMNS]
    assert case.import_events([rows.write(tmp_path / "f", [rows.icews_row()], header=header)]).formats == ("ICEWS",)


def test_a_leader_is_who_held_the_office_on_the_day(case, tmp_path, events):
    path = rows.write(
        tmp_path / "f",
        [rows.icews_row(1, Event_Date="2015-01-01", Target_Name="Barack Obama", Target_Country="United States"),
         rows.icews_row(2, Event_Date="2019-01-01", Target_Name="Barack Obama", Target_Country="United States")],
        header=icews.COLUMNS,
    )  # fmt: skip
    case.import_events([path])
    in_office, later = (events()[f"ICEWS-{n}"].recipients[0] for n in ("1-2015-01-01", "2-2019-01-01"))
    assert (in_office.sector, later.sector, later.office) == ("GOV", "ELI", None)


def test_gdelt(case, tmp_path, events):
    path = rows.write(
        tmp_path / "20180101000000.export.CSV",
        [
            rows.gdelt_row(1),
            rows.gdelt_row(2, EventCode="010", EventRootCode="01"),
            rows.gdelt_row(3, Actor2Code="", Actor2Name="", Actor2CountryCode=""),
            rows.gdelt_row(4, Actor1Code="", Actor1Name="", Actor1CountryCode="", Actor1Type1Code=""),
            rows.gdelt_row(5, Actor1Name="POLICE", Actor1CountryCode="", Actor1Type1Code="COP"),
        ],
    )
    done = case.import_events([path])
    assert (done.counts.events, done.counts.reports, done.unresolved) == (4, 1, 1)
    found = events()
    one = found["GDELT-1"]
    assert [(a.code, a.sector) for a in (*one.actors, *one.recipients)] == [("RUS", "GOV"), ("FRA", "GOV")]
    # IS is Israel in FIPS, and Iceland in ISO 3166.
    assert (one.place.country, one.publisher) == ("ISR", "paper.example")
    assert found["GDELT-3"].recipients == ()
    assert found["GDELT-4"].actors[0].code is None
    assert (found["GDELT-5"].actors[0].name, found["GDELT-5"].actors[0].sector) == ("POLICE", "POL")
    mentions = rows.write(tmp_path / "m.CSV", [rows.mention_row(1), rows.mention_row(1), rows.mention_row(1, "x")])
    assert case.import_events([mentions]).counts.mentions == 2
    assert case.import_events([mentions]).counts.mentions == 0
    assert len(events()["GDELT-1"].evidence) == 3


def test_gdelt_before_addresses(case, tmp_path):
    old = [rows.gdelt_row(n, columns=gdelt.COLUMNS_1[:-1]) for n in (1, 2)]
    done = case.import_events([rows.write(tmp_path / "old", old)])
    assert (done.formats, done.counts.events) == (("GDELT 1.0 events",), 2)
    both = [*old, rows.gdelt_row(3, columns=gdelt.COLUMNS_1), old[0][:40]]
    done = case.import_events([rows.write(tmp_path / "both", both)])
    assert (done.counts.events, done.counts.known, dict(done.counts.refused)) == (1, 2, {"too few columns": 1})


def test_polecat(case, tmp_path, events):
    made = [rows.polecat_row("A1"), rows.polecat_row("A2", Event_Type="YIELD", Event_Mode="None", Contexts="None")]
    # Some releases have tabs after the last column.
    path = rows.write(tmp_path / "f", [[*r, "", ""] for r in made], header=polecat.COLUMNS)
    assert case.import_events([path]).counts.events == 2
    one = events()["POLECAT-A1"]
    assert (one.type, one.mode, one.context, one.score) == ("ASSAULT", ("aerial",), ("military", "territory"), -9.5)
    assert [(a.code, a.sector) for a in (*one.actors, *one.recipients)] == [("RUS", "MIL"), ("UKR", "CVL")]
    assert events()["POLECAT-A2"].type == "CONCEDE"


def test_acled(case, tmp_path, events):
    made = [
        rows.acled_row("M1"),
        rows.acled_row("M2", sub_event_type="Other", event_type="Strategic developments"),
        rows.acled_row("M3", sub_event_type="Peaceful protest", actor1="Protesters (Mali)", actor2="", inter1="6"),
    ]
    case.import_events([rows.write(tmp_path / "f", made, header=acled.COLUMNS, delimiter=",")])
    one, three = events()["ACLED-M1"], events()["ACLED-M3"]
    assert (one.type, one.actors[0].code, one.actors[0].sector, one.deaths.low) == ("ASSAULT", "FRA", "MIL", 11)
    assert (one.evidence[0].text, one.place.country) == ('A clash, and "more".', "MLI")
    assert (three.type, three.actors[0].code, three.recipients) == ("PROTEST", "MLI", ())
    assert "ACLED-M2" not in events()


def test_ucdp(case, tmp_path, events):
    made = [
        rows.ucdp_row("1"),
        rows.ucdp_row("2", date_end="2013-01-20"),
        rows.ucdp_row("3", side_b="Civilians"),
        rows.ucdp_row("4", type_of_violence="9"),
    ]
    done = case.import_events([rows.write(tmp_path / "f", made, header=ucdp.COLUMNS, delimiter=",")])
    assert dict(done.counts.refused) == {"unknown type of violence: 9": 1}
    one, long, civil = (events()[f"UCDP-{n}"] for n in (1, 2, 3))
    # Low and high stand the wrong way round in a few rows of the source.
    assert (one.deaths.low, one.deaths.high, one.source_score) == (1, 3, 2.0)
    assert (one.actors[0].code, one.actors[0].sector) == ("SYR", "GOV")
    assert (long.date_precision, civil.recipients[0].sector, civil.recipients[0].code) == ("month", "CVL", "SYR")


def test_ucdp_without_its_header(case, tmp_path):
    path = rows.write(tmp_path / "f", [rows.ucdp_row("1"), rows.ucdp_row("2")], delimiter=",")
    assert case.import_events([path]).formats == ("UCDP GED",)


@pytest.mark.parametrize("lead", [[], ["id7"]])
def test_petrarch(case, tmp_path, events, lead):
    made = [
        [*lead, *rows.petrarch_row()],
        [*lead, *rows.petrarch_row(target="UKRMIL", code="0231")],
        [*lead, *rows.petrarch_row(source="NAT", code="010")],
    ]
    done = case.import_events([rows.write(tmp_path / "f", made)])
    assert (done.counts.events, done.counts.reports) == (2, 1)
    told = {e.type: e for e in events().values()}
    assert (told["ASSAULT"].actors[0].code, told["ASSAULT"].recipients) == ("RUS", ())
    assert (told["REQUEST"].recipients[0].code, told["REQUEST"].recipients[0].sector) == ("UKR", "MIL")


def test_plover_of_the_code_book_and_of_ngec(case, tmp_path, events):
    book = {
        "id": "b1",
        "date": "2015-11-17",
        "event": "COERCE",
        "mode": ["arrest"],
        "context": ["legal"],
        "actor": [{"code": "AUS", "sector": "POL", "entity_text": "Police"}],
        "recipient": [],
        "event_loc": {"resolved_place": "Sydney", "country_code": "AUS", "lat": -33.9, "lon": 151.2},
        "size": {"dead": 1},
    }
    camel = {
        "id": "b2",
        "date": "2015-11-17",
        "event": "CONSULT",
        "mode": ["visit", "future"],
        "source": [{"actorText": "France"}],
        "target": [{"actorText": "Russia"}],
        "eventText": "a visit",
    }
    ngec = {
        "id": "n1",
        "date": "2015-11-17",
        "event_type": "AID",
        "event_mode": "",
        "contexts": [],
        "attributes": {"ACTOR": [{"text": "Turkey", "country": "TUR", "code_1": "GOV"}], "RECIP": []},
    }
    path = tmp_path / "f.jsonl"
    path.write_text("\n".join([*map(json.dumps, (book, camel, ngec)), "{broken", "[1]", ""]), encoding="utf-8")
    done = case.import_events([path])
    assert (done.counts.events, dict(done.counts.refused)) == (3, {"no JSON": 1, "no record": 1})
    one, two, three = (events()[f"PLOVER-{n}"] for n in ("b1", "b2", "n1"))
    assert (one.actors[0].code, one.actors[0].sector, one.deaths.low, one.place.name) == ("AUS", "POL", 1, "Sydney")
    assert (two.status, two.mode, two.actors[0].code, two.recipients[0].code) == ("planned", ("visit",), "FRA", "RUS")
    assert (three.type, three.actors[0].code) == ("AID", "TUR")


def test_any_table(case, tmp_path, events):
    path = tmp_path / "t.csv"
    path.write_text(
        "day;who;whom;what;n\n17/11/2015;Foreign Affairs (Turkey);Citizen (Russia);Make an appeal or request;1,5\n"
        "2/12/2015;RUS;France;CONSULT;2\n2/12/2015;RUS;France;CONSULT;2\nnever;x;y;CONSULT;1\n2/12/2015;A;B;nonsense;\n",
        encoding="utf-8",
    )
    asked = "date=day,actor=who,recipient=WHOM,event=what,score=n"
    done = case.import_events([path], format="csv", mapping=asked, dataset="mine")
    assert done.counts.events == 3
    assert dict(done.counts.refused) == {"not a date": 1, "unknown event: nonsense": 1}
    # Two rows that are alike are two events, also in a second import.
    assert case.import_events([path], format="csv", mapping=asked, dataset="mine").counts.events == 0
    found = sorted(events().values(), key=lambda e: e.date)
    assert [e.date for e in found] == [dt.date(2015, 11, 17), dt.date(2015, 12, 2), dt.date(2015, 12, 2)]
    assert [(a.code, a.sector) for a in (*found[0].actors, *found[0].recipients)] == [("TUR", "GOV"), ("RUS", "CVL")]
    assert (found[0].dataset, found[1].type, found[1].source_score) == ("mine", "CONSULT", 2.0)


def test_a_mapping_from_a_file_and_its_errors(case, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("d,a,b,c\n2015-01-01,RUS,FRA,010\n2015-01-01,RUS,FRA,10\n2015-01-01,RUS,FRA,1\n", encoding="utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text('date = "d"\nactor = "a"\nrecipient = "b"\ncameo = "c"\n', encoding="utf-8")
    done = case.import_events([path], mapping=str(mapping))
    # 010 is a statement, 10 a demand, and 1 has lost something.
    assert (done.counts.reports, done.counts.events, done.counts.refused.total()) == (1, 1, 1)
    for wrong, kind in (
        ("date=d", ConfigError),
        ("date=d,actor=a,recipient=b,cameo=nope", UnknownNameError),
        ("nonsense", ConfigError),
        ("colour=a,date=d", UnknownNameError),
    ):
        with pytest.raises(kind):
            case.import_events([path], mapping=wrong)
    with pytest.raises(ConfigError, match="mapping"):
        case.import_events([path], format="csv")


def test_what_is_no_event_data_says_so(case, tmp_path):
    for name, content in (("empty", b""), ("binary", b"\x00\x01" * 500), ("other.csv", b"a,b\n1,2\n")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            case.import_events([tmp_path / name])
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"x" * 100000)[:60])
    for name in ("cut.zip", "cut.gz", "missing"):
        with pytest.raises(InputError):
            case.import_events([tmp_path / name])
    with pytest.raises(UnknownNameError):
        find(tmp_path / "other.csv", name="icewz")
    assert {"icews", "gdelt", "csv"} <= set(format_names())
