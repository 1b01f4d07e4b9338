"""Check a site that `symhet report` wrote: size, links, landmarks; formulas and words without leftovers of LaTeX."""

import argparse
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

LARGEST = 5_000_000
PER_PAGE = 46_000
"""Bytes that a site may have for each claim with its parts and pictures, where that is more."""
QUOTED = frozenset({"pre", "code", "script", "style"})
"""Where LaTeX may stand as it is written."""


class Page(HTMLParser):
    """Collects what a page refers to, what can be referred to on it, and its words inside formulas and outside."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: list[str] = []
        self.tags: set[str] = set()
        self.formulas: list[str] = []
        self.without_alt = 0
        self.words: list[str] = []
        self.in_math = False
        self.quoted = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the tag and its attributes."""
        given = dict(attributes)
        self.tags.add(tag)
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name))]
        self.names += [value for value in (given.get("id"),) if value]
        self.without_alt += tag == "img" and not given.get("alt")
        self.in_math = self.in_math or tag == "math"
        self.quoted += tag in QUOTED

    def handle_endtag(self, tag: str) -> None:
        """Note where formulas and quotations end."""
        self.in_math = self.in_math and tag != "math"
        self.quoted -= tag in QUOTED

    def handle_data(self, data: str) -> None:
        """Note the words of formulas, and those of sentences."""
        if self.in_math:
            self.formulas.append(data)
        elif not self.quoted:
            self.words.append(data)


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the site."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    largest = max(LARGEST, PER_PAGE * len(list(folder.glob("claims/*.html"))))
    found = [f"the site has {size} bytes, more than {largest}"] if size > largest else []
    pages = {path.resolve(): Page(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    if not pages:
        return [f"there is no page in {folder}"]
    for path, page in pages.items():
        name = path.relative_to(folder.resolve())
        found += [f"{name}: link {link}" for link in page.links if not _resolves(path, link, pages)]
        found += [f"{name}: no <{tag}>" for tag in ("main", "nav", "header", "footer", "h1") if tag not in page.tags]
        found += [f"{name}: a picture without a text" for _ in range(page.without_alt)]
        found += [f"{name}: {word!r} in a formula" for word in page.formulas if re.search(r"[\\&$]", word)]
        found += [f"{name}: {word.strip()!r} in a sentence" for word in page.words if re.search(r"[\\$]", word)]
        found += [f"{name}: id {each} twice" for each in set(page.names) if page.names.count(each) > 1]
    return found


def _resolves(path: Path, link: str, pages: dict[Path, Page]) -> bool:
    if re.match(r"[a-z]+:", link) or link.startswith("/"):
        return False
    file, _, name = link.partition("#")
    target = (path.parent / file).resolve() if file else path
    return target.is_file() and (not name or (target in pages and name in pages[target].names))


def main() -> int:
    """Read the command line and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    found = problems(parser.parse_args().folder)
    for problem in found:
        print(problem)
    print("the site is in order" if not found else f"{len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
