"""The dossier of a small case in a real browser: nothing overflows, nothing is fetched, nothing runs, it prints."""

import base64
import json
import shutil
from pathlib import Path

import pytest

from worldstage.study import Case

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The dossier of a part of the bundled case."""
    folder = tmp_path_factory.mktemp("case") / "case"
    Case.init(folder)
    shutil.copy(ROOT / "examples/paris-2015/case.toml", folder / "case.toml")
    case = Case(folder)
    case.add(sorted((ROOT / "examples/paris-2015/reports").glob("2015-11-2*")))
    case.code()
    return case.dossier()


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium with a log of what it tries to fetch."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_nothing_overflows(browser, page, width):
    # Chromium's window has a least width; the emulated screen of a phone has none.
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    browser.get(page.as_uri())
    assert browser.execute_script("return window.innerWidth") == width
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_nothing_is_fetched_and_nothing_complains(browser, page):
    browser.get_log("performance")
    browser.get(page.as_uri())
    sent = [json.loads(row["message"])["message"] for row in browser.get_log("performance")]
    addresses = {m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"}
    assert {a for a in addresses if not a.startswith(("file:", "data:"))} == set()
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.scripts.length") == 0


def test_links_within_the_page_lead_somewhere(browser, page):
    browser.get(page.as_uri())
    dead = browser.execute_script(
        "return [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))"
    )
    assert dead == []


def test_every_picture_has_words(browser, page):
    browser.get(page.as_uri())
    unnamed = browser.execute_script(
        "return [...document.querySelectorAll('svg[role=img]')].filter(s => !s.querySelector('title')).length"
    )
    assert unnamed == 0
    assert browser.execute_script("return document.querySelectorAll('svg').length") >= 3


def test_it_prints(browser, page):
    browser.get(page.as_uri())
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 50_000
