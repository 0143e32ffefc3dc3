"""Spark: whether it can run here, its session, its files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from worldstage.core.errors import ConfigError, InputError

_JAVA = 17
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def check_spark() -> None:
    """See that Spark can run.

    Raises
    ------
    ConfigError
        If PySpark or a Java that it runs on is missing; says what to install.
    """
    if find_spec("pyspark") is None:
        raise ConfigError(
            "The engine spark needs PySpark, which is not installed.", hint="pip install 'worldstage[spark]'"
        )
    # Spark Connect runs Java elsewhere.
    if os.environ.get("SPARK_REMOTE"):
        return
    found = java_version()
    if found is None or found < _JAVA:
        what = "none was found" if found is None else f"this is Java {found}"
        raise ConfigError(
            f"The engine spark needs Java {_JAVA} or newer; {what}.",
            hint=f"install it (Debian, Ubuntu: apt-get install openjdk-{_JAVA}-jre-headless), or set JAVA_HOME",
        )


def java_version() -> int | None:
    """The major version of the Java that Spark would use; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not program:
        return None
    try:
        done = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    # `openjdk version "17.0.15"`; up to 8 it was "1.8.0".
    number = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(number[1]) if number else None


def session(settings: Mapping[str, str] | None = None) -> Any:
    """The Spark session that runs already, or a new one: of the cluster that Spark is set up for, or else local.

    Parameters
    ----------
    settings
        Spark's own, for a new session; they go before those of its files.
    """
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    # The workers' Python is to be the one that has this package.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # Said at every start; frames go between Spark and Python as Arrow here, never as pandas.
    warnings.filterwarnings("ignore", ".*PySpark does not yet fully support pandas", FutureWarning)
    made = SparkSession.builder.appName("worldstage").config(map={**_SETTINGS, **(settings or {})}).getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def read(files: Sequence[str | Path]) -> Any:
    """Parquet files as one Spark frame, columns matched by name.

    Raises
    ------
    InputError
        If Spark cannot read them.
    """
    addresses = [f.as_uri() if isinstance(f, Path) else f for f in files]
    try:
        found = session().read.option("mergeSchema", "true").option("pathGlobFilter", "*.parquet")
        return found.option("recursiveFileLookup", "true").parquet(*addresses)
    except failures() as error:
        raise InputError(f"Spark cannot read {files[0]}: {str(error).splitlines()[0]}.") from error


def failures() -> tuple[type[Exception], ...]:
    """What Spark throws where a computation fails."""
    from pyspark.errors import PySparkException

    return (PySparkException,)


def write(native: Any, path: Path) -> None:
    """Write a Spark frame as a folder of Parquet files.

    Raises
    ------
    InputError
        If there is something of that name, or it cannot be written.
    """
    if path.exists():
        raise InputError(f"There is a {path} already; Spark writes a new folder.", hint="name another --output")
    try:
        native.write.parquet(path.resolve().as_uri())
    except failures() as error:
        raise InputError(f"Spark cannot write {path}: {str(error).splitlines()[0]}.") from error
