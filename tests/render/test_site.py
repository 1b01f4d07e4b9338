"""The report: what it says, and that it works in a real browser, with JavaScript and without."""

import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from symhet import papers
from symhet.claims import Ledger, given, opened
from symhet.cli import main
from symhet.propositions import gt
from symhet.render import plots
from symhet.render.notation import Notation
from symhet.render.report.dependencies import dependencies
from symhet.render.report.graph import node
from symhet.render.report.html import prose
from symhet.render.report.mathml import inline
from tests.small_claims import a, b, claim, fail, fail_without, hold
from tests.sources import ROOT, loaded

check_site = loaded(ROOT / "scripts" / "check_site.py")
browser_module = loaded(Path(__file__).with_name("browser.py"))


LEDGER = Ledger(
    "kz",
    "Author and Author, A paper",
    (
        claim("eq1", "primitive", given, source="A paper, section 1, eq. (1)"),
        claim("eq11", "derived", hold, r"a^2+2a > 0", source="A paper, section 1, eq. (11)"),
        claim("eq12", "claim", fail, r"\left\lbrace a+b\right\rbrace < a", source="A paper, section 1, eq. (12)"),
        claim("R.1", "result", fail_without, r"a > b"),
        claim("R.2", "result", parts=(claim("R.2.a", "result", hold), claim("R.2.b", "result", fail))),
        claim("R.3", "result", lambda: opened(gt(a, b), "Neither proof nor counterexample was found.", 100)),
    ),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return the folder of a site about a small ledger."""
    folder = tmp_path_factory.mktemp("report") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(papers, "keys", lambda: ("kz",))
        patch.setattr(papers, "ledger", lambda key: LEDGER)
        patch.setattr(plots, "names", lambda: ("kz-partition",))
        result = CliRunner().invoke(main, ["report", "-o", str(folder)], prog_name="symhet")
    assert result.exit_code == 0, result.output
    assert "8 claims" in result.output
    return folder


@pytest.fixture(scope="module")
def address(site):
    """Return where the site is served, on this machine only."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium():
    """Return the class of browsers, where there is one."""
    if shutil.which("chromedriver") is None:
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium chromium-driver")
    return browser_module.Browser


@pytest.fixture(scope="module")
def browser(chromium, tmp_path_factory):
    opened_browser = chromium(tmp_path_factory.mktemp("profile"))
    yield opened_browser
    opened_browser.close()


def shown(browser):
    return browser.script(
        "return [...document.querySelectorAll('table.claims tbody tr')].filter(r => r.offsetParent).map("
        "r => r.querySelector('th').textContent)"
    )


def test_links_landmarks_and_formulas_are_in_order(site):
    assert check_site.problems(site) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('href="notation.html"', 'href="nothing.html"', "nothing.html"),
        ('href="#kz"', 'href="#bo"', "#bo"),
        ("<main", "<div", "<main>"),
        ("<math>", r"<math><mi>\foo</mi>", "foo"),
        ("</main>", r"$\hat x$</main>", "in a sentence"),
        ('id="main"', 'id="kz"', "twice"),
    ],
)
def test_the_check_finds_what_is_wrong(site, tmp_path, old, new, problem):
    for path in site.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(site)
            copy.parent.mkdir(exist_ok=True, parents=True)
            copy.write_text(path.read_text("utf-8"), "utf-8")
    index = tmp_path / "index.html"
    text = index.read_text("utf-8")
    if old == "<math>" and old not in text:
        text = text.replace("<p>", "<p><math></math>", 1)
    assert old in text
    index.write_text(text.replace(old, new, 1), "utf-8")
    assert any(problem in found for found in check_site.problems(tmp_path))


def test_a_page_tells_everything_about_a_refuted_claim(site):
    text = (site / "claims" / "kz.eq12.html").read_text("utf-8")
    for words in ("refuted", "The sign is wrong.", "Exact counterexample", "Corrected statement", r"\tag{12}"):
        assert words in text
    assert "The sum exceeds each of its terms." in text


def test_the_condition_is_given(site):
    text = (site / "claims" / "kz.R.1.html").read_text("utf-8")
    assert "proved with a condition" in text
    assert "It holds under the added condition" in text


def test_an_open_claim_does_not_read_as_proved(site):
    text = (site / "claims" / "kz.R.3.html").read_text("utf-8")
    assert "in 100 points" in text
    assert "✓" not in text


def test_an_index_of_several_letters_is_one_word():
    assert inline(r"\hat\varphi_{off}").count("<mi") == 2


def test_pictures_are_rounded_where_that_cannot_be_seen(site, tmp_path):
    plots.save("kz-partition", tmp_path / "whole.svg")
    whole, rounded = (
        (tmp_path / "whole.svg").read_text("utf-8"),
        (site / "pictures/kz-partition.svg").read_text("utf-8"),
    )
    assert len(rounded) < len(whole)
    tenth_of_a_point = 0.1
    pairs = [*zip(*(_coordinates(text) for text in (whole, rounded)), strict=True)]
    assert len(pairs) > 500
    assert all(abs(one - other) < tenth_of_a_point for one, other in pairs)


def _coordinates(svg: str) -> list[float]:
    lines = re.findall(r' d="([^"]*)"', svg)
    return [float(number) for line in lines for number in re.findall(r"-?\d+(?:\.\d+)?", line)]


def test_the_scale_of_a_letter_keeps_its_digits(site, tmp_path):
    plots.save("kz-partition", tmp_path / "whole.svg")
    texts = (tmp_path / "whole.svg").read_text("utf-8"), (site / "pictures/kz-partition.svg").read_text("utf-8")
    scales = [re.findall(r"scale\(([^)]*)\)", text) for text in texts]
    assert scales[0] == scales[1] != []


def test_words_are_escaped():
    assert prose("<script> & co", Notation()) == "&lt;script&gt; &amp; co"


def test_dependencies_are_read_off_the_derivations(site):
    from symhet.claims import judge
    from symhet.render.accounts import account

    rows = [account(judge(each)) for each in LEDGER.claims if not each.parts]
    found = dependencies(rows)
    assert found.uses["kz.R.1"] == ()
    assert found.layers["kz.eq1"] == 0
    text = (site / "claims" / "kz.eq11.html").read_text("utf-8")
    assert 'href="../claims/kz.R.2.html"' in text


def test_the_first_page_paints_without_javascript(chromium, address, tmp_path):
    plain = chromium(tmp_path / "profile", javascript=False)
    try:
        plain.open(f"{address}/index.html")
        assert "What is true in 1 paper" in plain.text("h1")
        assert "kz.R.2.b" in plain.text("table.claims")
        assert "Filter" not in plain.text("main")
    finally:
        plain.close()


def test_filters_work(browser, address):
    browser.open(f"{address}/index.html")
    everything = shown(browser)
    assert len(everything) == 8
    browser.click("input[value=proved]")
    assert set(everything) - set(shown(browser)) == {"kz.eq11", "kz.R.2.a"}
    browser.type("#filters input[type=search]", "eq12")
    assert shown(browser) == ["kz.eq12"]
    assert browser.text("#matching") == "1 of 8 claims"
    browser.click("#filters button[type=reset]")
    browser.wait_for("document.getElementById('matching').textContent.startsWith('8 of')")
    assert shown(browser) == everything
    assert browser.complaints() == []


def test_search_leads_to_the_claim_from_every_page(browser, address):
    browser.open(f"{address}/claims/kz.eq1.html")
    browser.type("header input[name=q]", "sign is wrong")
    browser.click("header button")
    browser.wait_for("document.getElementById('filters')")
    assert shown(browser) == ["kz.eq12", "kz.R.2.b"]


def test_latex_is_copied(browser, address):
    browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    browser.open(f"{address}/claims/kz.eq12.html")
    browser.click("details.latex summary")
    browser.click("button.copy")
    browser.wait_for("document.querySelector('button.copy').textContent === 'Copied'")
    browser.script("navigator.clipboard.readText().then(text => { window.pasted = text; })")
    browser.wait_for("window.pasted")
    pasted = browser.script("return window.pasted")
    assert r"\begin{align}" in pasted
    assert r"\label{eq:kz.eq12}" in pasted
    assert browser.complaints() == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_complains_or_is_wider_than_its_window(browser, address, site, width):
    browser.command(
        "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500
    )
    for path in sorted(site.rglob("*.html")):
        browser.open(f"{address}/{path.relative_to(site)}")
        assert browser.script("return document.documentElement.scrollWidth <= innerWidth"), path
    assert browser.complaints() == []


def test_the_keyboard_reaches_the_contents_first(browser, address):
    browser.open(f"{address}/index.html")
    browser.command("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert browser.script("return document.activeElement.className") == "skip"


def contrast(one, other):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_have_enough_contrast(browser, address):
    browser.open(f"{address}/index.html")
    pairs = browser.script(
        "const hex = c => '#' + c.match(/\\d+/g).slice(0, 3).map(x => (+x).toString(16).padStart(2, '0')).join('');"
        "return [...document.querySelectorAll('.verdict, a, td, p, footer, .meta, label')].map(e => {"
        "let ground = e; while (ground && getComputedStyle(ground).backgroundColor.startsWith('rgba')) "
        "ground = ground.parentElement; return [e.tagName + '.' + e.className, hex(getComputedStyle(e).color), "
        "ground ? hex(getComputedStyle(ground).backgroundColor) : '#ffffff'];})"
    )
    assert len(pairs) > 30
    assert [pair for pair in pairs if contrast(pair[1], pair[2]) < 4.5] == []


@pytest.mark.parametrize("place", ["file", "missing"])
def test_a_folder_that_cannot_be_written_is_named_before_any_work(tmp_path, place):
    (tmp_path / "file").write_text("", "utf-8")
    target = tmp_path / ("file" if place == "file" else "missing/site")
    result = CliRunner().invoke(main, ["report", "-o", str(target)], prog_name="symhet")
    assert result.exit_code == 2
    assert "nothing was written" in result.output


def test_headings_go_down_by_steps_and_have_words(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        text = page.read_text("utf-8")
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", text)]
        assert levels[0] == 1, page.name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (page.name, levels)
        for heading in re.findall(r"<th\b[^>]*>(.*?)</th>", text, re.DOTALL):
            assert re.sub(r"<math.*?</math>|<[^>]*>", "", heading, flags=re.DOTALL).strip(), (page.name, heading)


def test_what_a_node_shows_is_what_it_is_called():
    drawn = node("kz.a-name-longer-than-its-box", "proved", 0, 0)
    assert 'aria-label="kz.a-name-longer-than-its-box, proved"' in drawn
    assert re.search(r"<text [^>]*textLength=[^>]*>. a-name-longer-than-its-box</text>", drawn)
