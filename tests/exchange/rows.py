"""Rows of each format, composed for the tests: no row is anybody's data."""

from worldstage.exchange import acled, gdelt, icews, polecat, ucdp


def _row(columns, given, empty=""):
    known = dict(given)
    assert set(known) <= set(columns), set(known) - set(columns)
    return [str(known.get(c, empty)) for c in columns]


def icews_row(number=1, **more):
    given = {
        "Event ID": number, "Event Date": "2015-11-17", "Source Name": "Foreign Affairs (Turkey)",
        "Source Sectors": "Executive,Foreign Ministry,Government", "Source Country": "Turkey",
        "Event Text": "Criticize or denounce", "CAMEO Code": "111", "Intensity": "-2.0",
        "Target Name": "Vladimir Putin", "Target Sectors": "Elite,Executive,Government",
        "Target Country": "Russian Federation", "Story ID": "7", "Sentence Number": "2", "Publisher": "An Agency",
        "City": "Ankara", "District": "NA", "Province": "Ankara", "Country": "Turkey", "Latitude": "39.92",
        "Longitude": "32.85",
    }  # fmt: skip
    return _row(icews.COLUMNS, given | {k.replace("_", " "): v for k, v in more.items()}, "NA")


def gdelt_row(number=700000001, *, columns=gdelt.COLUMNS_2, **more):
    given = {
        "GLOBALEVENTID": number, "SQLDATE": "20180101", "MonthYear": "201801", "Year": "2018",
        "FractionDate": "2018.0027", "Actor1Code": "RUSGOV", "Actor1Name": "RUSSIA", "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "GOV", "Actor2Code": "FRA", "Actor2Name": "PARIS", "Actor2CountryCode": "FRA",
        "IsRootEvent": "1", "EventCode": "0231", "EventBaseCode": "023", "EventRootCode": "02", "QuadClass": "1",
        "GoldsteinScale": "3.4", "NumMentions": "4", "NumSources": "1", "NumArticles": "4", "AvgTone": "-1.5",
        "ActionGeo_Type": "1", "ActionGeo_FullName": "Israel", "ActionGeo_CountryCode": "IS",
        "ActionGeo_ADM1Code": "IS", "ActionGeo_Lat": "31.5", "ActionGeo_Long": "34.75", "ActionGeo_FeatureID": "IS",
        "DATEADDED": "20180101000000", "SOURCEURL": "https://www.Paper.example/world/1",
    }  # fmt: skip
    given = {k: v for k, v in (given | more).items() if k in columns}
    return _row(columns, given)


def mention_row(number=700000001, address="https://other.example/2"):
    return _row(gdelt.MENTIONS, {
        "GLOBALEVENTID": number, "EventTimeDate": "20180101000000", "MentionTimeDate": "20180102001500",
        "MentionType": "1", "MentionSourceName": "other.example", "MentionIdentifier": address, "SentenceID": "3",
        "Confidence": "80",
    })  # fmt: skip


def polecat_row(number="A1", **more):
    given = {
        "Event ID": number, "Event Date": "2022-03-01", "Event Type": "ASSAULT", "Event Mode": "aerial",
        "Intensity": "-9.5", "Quad Code": "4", "Contexts": "military;territory", "Actor Name": "Russia",
        "Actor Country": "RUS", "Actor COW": "365", "Primary Actor Sector": "MIL", "Actor Sectors": "MIL",
        "Recipient Name": "Ukraine", "Recipient Country": "UKR", "Primary Recipient Sector": "CVL",
        "Placename": "Kharkiv", "Country": "UKR", "Latitude": "50.0", "Longitude": "36.2", "Source": "Agency",
        "Publication Date": "2022-03-01", "Language": "english", "Version": "NGEC 1",
    }  # fmt: skip
    return _row(polecat.COLUMNS, given | {k.replace("_", " "): v for k, v in more.items()}, "None")


def acled_row(number="MLI1", **more):
    return _row(acled.COLUMNS, {
        "event_id_cnty": number, "event_date": "11 January 2013", "year": "2013", "time_precision": "1",
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Military Forces of France (2012-2017)",
        "inter1": "8", "actor2": "Ansar Dine", "inter2": "2", "iso": "466", "country": "Mali", "location": "Konna",
        "latitude": "14.94", "longitude": "-3.89", "source": "A Paper", "notes": "A clash, and \"more\".",
        "fatalities": "11", **more,
    })  # fmt: skip


def ucdp_row(number="900001", **more):
    return _row(ucdp.COLUMNS, {
        "id": number, "year": "2013", "type_of_violence": "1", "side_a": "Government of Syria", "gwnoa": "652",
        "side_b": "Syrian insurgents", "where_coordinates": "Rami village", "adm_1": "Idlib", "latitude": "35.76",
        "longitude": "36.55", "geom_wkt": "POINT (36.55 35.76)", "country": "Syria", "date_prec": "1",
        "date_start": "2013-01-03", "date_end": "2013-01-03", "best": "2", "high": "1", "low": "3",
        "source_headline": "A, headline", "source_office": "Agency", **more,
    })  # fmt: skip


def petrarch_row(**more):
    given = {
        "date": "20150101", "source": "RUSGOV", "target": "---", "code": "190", "issues": "", "ids": "AFP1_2",
        "story": "AFP",
    } | more  # fmt: skip
    return list(given.values())


def write(path, rows, *, header=None, delimiter="\t"):
    def cell(value):
        if delimiter == "\t" or not any(c in value for c in (delimiter, '"', "\n")):
            return value
        return '"' + value.replace('"', '""') + '"'

    lines = [delimiter.join(cell(c) for c in row) for row in ([header] if header else []) + list(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
