"""How English-language news names places: usual names, American states, and what followed states that are no more."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Name in GeoNames and ISO alpha-2 = the name that newspapers use | other names that they use or used.
_USUAL = (
    "Ar Raqqah/SY=Raqqa|Rakka;Ḩamāh/SY=Hama;Tadmur/SY=Palmyra;Dar‘ā/SY=Daraa|Deraa|Dara;"
    "‘Ayn al ‘Arab/SY=Kobani|Kobane|Ayn al-Arab;Dūmā/SY=Douma|Duma;Al Ḩasakah/SY=Hasakah|Hassakeh|Hasaka;"
    "Al Qāmishlī/SY=Qamishli|Kamishli;Ţarţūs/SY=Tartus|Tartous;Latakia/SY=Latakia|Lattakia;"
    "Al Fallūjah/IQ=Fallujah|Falluja;Al Başrah al Qadīmah/IQ=Basra|Basrah;Tikrīt/IQ=Tikrit;"
    "Abū Ghurayb/IQ=Abu Ghraib;Erbil/IQ=Erbil|Arbil|Irbil;Al Ḩudaydah/YE=Hodeidah|Hodeida;Janīn/PS=Jenin;"
    "Rafaḩ/PS=Rafah;Rafaḩ/EG=Rafah;Khān Yūnis/PS=Khan Younis|Khan Yunis;Slovyansk/UA=Sloviansk|Slavyansk;"
    "Zaporizhzhya/UA=Zaporizhzhia|Zaporozhye;Kyiv/UA=Kyiv|Kiev;Odesa/UA=Odesa|Odessa;Kharkiv/UA=Kharkiv|Kharkov;"
    "Lviv/UA=Lviv|Lvov;Luhansk/UA=Luhansk|Lugansk;Mykolayiv/UA=Mykolaiv|Nikolayev;"
    "Dnipro/UA=Dnipro|Dnepropetrovsk|Dnipropetrovsk;Saint Petersburg/RU=St Petersburg|Leningrad|Petrograd;"
    "Volgograd/RU=Volgograd|Stalingrad;Nizhniy Novgorod/RU=Nizhny Novgorod|Gorky;"
    "Yekaterinburg/RU=Yekaterinburg|Sverdlovsk;Mazār-e Sharīf/AF=Mazar-i-Sharif|Mazar-e-Sharif;"
    "Kandahār/AF=Kandahar;Herāt/AF=Herat;Jalālābād/AF=Jalalabad;Lashkar Gāh/AF=Lashkar Gah;"
    "Mumbai/IN=Mumbai|Bombay;Kolkata/IN=Kolkata|Calcutta;Chennai/IN=Chennai|Madras;"
    "Bengaluru/IN=Bengaluru|Bangalore;Varanasi/IN=Varanasi|Benares;Beijing/CN=Beijing|Peking;"
    "Nanjing/CN=Nanjing|Nanking;Chongqing/CN=Chongqing|Chungking;Tianjin/CN=Tianjin|Tientsin;"
    "Shenyang/CN=Shenyang|Mukden;Xi’an/CN=Xi'an;Ürümqi/CN=Urumqi;Ho Chi Minh City/VN=Ho Chi Minh City|Saigon;"
    "Huế/VN=Hue;Da Nang/VN=Da Nang|Danang;Yangon/MM=Yangon|Rangoon;Istanbul/TR=Istanbul|Constantinople;"
    "İzmir/TR=Izmir|Smyrna;Gdańsk/PL=Gdansk|Danzig;Wrocław/PL=Wroclaw|Breslau;Köln/DE=Cologne;"
    "Québec/CA=Quebec City;Montréal/CA=Montreal;Thessaloníki/GR=Thessaloniki|Salonika;Pécs/HU=Pecs;"
    "Chemnitz/DE=Chemnitz|Karl-Marx-Stadt;Maputo/MZ=Maputo|Lourenço Marques;"
    "Kinshasa/CD=Kinshasa|Leopoldville|Léopoldville;Kisangani/CD=Kisangani|Stanleyville;"
    "Lubumbashi/CD=Lubumbashi|Elisabethville|Élisabethville;N'Djamena/TD=N'Djamena|Fort-Lamy;"
    "Dushanbe/TJ=Dushanbe|Stalinabad;Bishkek/KG=Bishkek|Frunze;Almaty/KZ=Almaty|Alma-Ata;"
    "Tbilisi/GE=Tbilisi|Tiflis;Yerevan/AM=Yerevan|Erivan;Jakarta/ID=Jakarta|Djakarta;"
    "Ciudad Juárez/MX=Ciudad Juárez|Juárez;Benghazi/LY=Benghazi|Bengazi;Misratah/LY=Misrata|Misurata;"
    "Mek'ele/ET=Mekelle;Nasiriyah/IQ=Nasiriyah|Nasiriya;Rostov-on-Don/RU=Rostov-on-Don|Rostov"
)


def _usual_names() -> dict[tuple[str, str], str]:
    table = {}
    for item in _USUAL.split(";"):
        key, _, names = item.partition("=")
        name, _, country = key.partition("/")
        table[name, country] = names
    return table


# (name in GeoNames, ISO alpha-2) → names that newspapers use, the present one first, parted by ``|``.
USUAL_NAMES: Mapping[tuple[str, str], str] = MappingProxyType(_usual_names())

# Cities besides capitals that stand in a dateline without their country.
STANDING_ALONE: frozenset[tuple[str, str]] = frozenset({
    ("Geneva", "CHE"), ("Zurich", "CHE"), ("Munich", "DEU"), ("Frankfurt", "DEU"), ("Hamburg", "DEU"), ("Milan", "ITA"),
    ("Istanbul", "TUR"), ("Johannesburg", "ZAF"), ("Cape Town", "ZAF"), ("Shanghai", "CHN"), ("Montreal", "CAN"),
    ("Toronto", "CAN"), ("Quebec City", "CAN"), ("Rio de Janeiro", "BRA"), ("São Paulo", "BRA"), ("Sydney", "AUS"),
    ("Melbourne", "AUS"), ("The Hague", "NLD"), ("Strasbourg", "FRA"), ("Barcelona", "ESP"), ("St Petersburg", "RUS"),
    ("Mumbai", "IND"), ("Kolkata", "IND"), ("Karachi", "PAK"), ("Dubai", "ARE"), ("Tel Aviv", "ISR"), ("Naples", "ITA"),
    ("Venice", "ITA"), ("Dresden", "DEU"), ("Odesa", "UKR"), ("Alexandria", "EGY"),
    ("Manchester", "GBR"), ("Glasgow", "GBR"), ("Belfast", "GBR"), ("Edinburgh", "GBR"), ("Oxford", "GBR"),
    ("Cambridge", "GBR"), ("Florence", "ITA"), ("Palermo", "ITA"), ("Nuremberg", "DEU"), ("Marseille", "FRA"),
})  # fmt: skip

_STATES = (
    "AL Alabama Ala|AK Alaska|AZ Arizona Ariz|AR Arkansas Ark|CA California Calif|CO Colorado Colo|"
    "CT Connecticut Conn|DE Delaware Del|DC District_of_Columbia D.C|FL Florida Fla|GA Georgia_state Ga|HI Hawaii|"
    "ID Idaho|IL Illinois Ill|IN Indiana Ind|IA Iowa|KS Kansas Kan|KY Kentucky Ky|LA Louisiana La|ME Maine|"
    "MD Maryland Md|MA Massachusetts Mass|MI Michigan Mich|MN Minnesota Minn|MS Mississippi Miss|MO Missouri Mo|"
    "MT Montana Mont|NE Nebraska Neb|NV Nevada Nev|NH New_Hampshire N.H|NJ New_Jersey N.J|NM New_Mexico N.M|"
    "NY New_York N.Y|NC North_Carolina N.C|ND North_Dakota N.D|OH Ohio|OK Oklahoma Okla|OR Oregon Ore|"
    "PA Pennsylvania Pa|RI Rhode_Island R.I|SC South_Carolina S.C|SD South_Dakota S.D|TN Tennessee Tenn|TX Texas|"
    "UT Utah|VT Vermont Vt|VA Virginia Va|WA Washington_state Wash|WV West_Virginia W.Va|WI Wisconsin Wis|"
    "WY Wyoming Wyo"
)


def _us_states() -> dict[str, str]:
    table = {}
    for line in _STATES.split("|"):
        code, *names = line.split(" ")
        for name in names:
            table[name.replace("_", " ").replace(".", "").lower()] = code
    return {**table, "georgia": "GA", "washington": "WA"}


# Name or newspaper abbreviation, without points and in lower case → postal code.
US_STATES: Mapping[str, str] = MappingProxyType(_us_states())

# States that are no more → those on whose ground they stood.
SUCCESSORS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "SUN": ("RUS", "UKR", "BLR", "MDA", "LTU", "LVA", "EST", "GEO", "ARM", "AZE", "KAZ", "UZB", "TKM", "KGZ", "TJK"),
    "YUG": ("SRB", "HRV", "BIH", "SVN", "MKD", "MNE", "XKX"), "SCG": ("SRB", "MNE", "XKX"), "CSK": ("CZE", "SVK"),
    "DDR": ("DEU",), "BRD": ("DEU",), "VDR": ("VNM",), "RVN": ("VNM",), "YAR": ("YEM",), "YMD": ("YEM",),
    "UAR": ("EGY", "SYR"), "TGK": ("TZA",), "ZAN": ("TZA",), "TIB": ("CHN",), "HYD": ("IND",), "SKM": ("IND",),
    "SML": ("SOM",), "NCY": ("CYP",), "ABH": ("GEO",), "SOS": ("GEO",), "PMR": ("MDA",), "NKR": ("AZE",),
    "DPR": ("UKR",), "LPR": ("UKR",), "RSK": ("HRV",), "ICH": ("RUS",), "BIA": ("NGA",), "KTG": ("COD",),
    "PCZ": ("PAN",),
})  # fmt: skip
