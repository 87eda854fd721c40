"""How cards look: eight typical ones, as real Anki renders them, in a browser.

Pictures are left in target/cards/."""

import shutil
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "anki"))

from browser import Browser  # noqa: E402
from reader import ROOT, Reader, export  # noqa: E402

PICTURES = ROOT / "target" / "cards"
LOOK = (HERE / "look.js").read_text()
KEYS = "---\nid: {id}\nlevel: {level}\nsources:\n  - https://www.example.org/a/long/address/that-has-no-place-to-break/{id}\n---\n\n"
FOLLOW_UPS = "\n\n## Follow-ups\n\n- How would you test it?\n- What changes with `n` servers?\n"

CARDS = {
    "prose": "# How does optimistic locking detect a lost update?\n\nIt compares a **version**: the update names the "
    "version that was read, and changes nothing if the row has *another* one by now.\n\n> [!NOTE]\n> No lock is held "
    "while a person thinks.\n\n1. Read the row and its `version`.\n2. Write with `where version = 7`.\n\nSee "
    "[the manual](https://www.example.org/manual). H<sub>2</sub>O, <kbd>Ctrl</kbd>, <mark>marked</mark>.\n\n---\n\n"
    "ThisIsAVeryLongWordThatNobodyCanBreakAnywhereBecauseItIsAnIdentifierOfSomeGeneratedJavaClass." + FOLLOW_UPS,
    "code": "# What does this print?\n\n```java\n// Boxed integers are cached.\n@Test void boxes() {\n    Integer a = 127, b = 127;\n"
    "    Integer c = new Integer(1_000);\n    System.out.println(\"equal: \" + (a == b)); /* true */\n}\n```\n\n## Answer\n\n"
    "`true`, since `Integer.valueOf` caches.\n\n```diff\n--- a/A.java\n+++ b/A.java\n-a == b\n+a.equals(b)\n```" + FOLLOW_UPS,
    "long-code": "# Which index does this query use?\n\nThe second one:\n\n```sql\n-- " + "wide " * 60 + "\n"
    + "\n".join(f"select {n}, 'text' from orders where customer_id = {n};" for n in range(60)) + "\n```\n\n"
    "Inline: `" + "select_something_" * 12 + "`",
    "table": "# How do the isolation levels differ?\n\n| level | dirty read | non-repeatable read | phantom | what databases "
    "really do about it |\n|---|:-:|:-:|--:|---|\n" + "| read committed | no | `possible` | possible | reads the newest "
    "committed row version |\n" * 5,
    "choices": "# Which of these are idempotent?\n\n- [x] `PUT`\n- [ ] `POST`, with a long explanation that goes over more "
    "than one line on a narrow phone\n- [x] DELETE\n\n  ```http\n  DELETE /orders/1\n  ```\n\nA repeated `PUT` leaves the same "
    "state." + FOLLOW_UPS,
    "image": "# What does a reverse proxy do?\n\n![A wide picture](wide.svg)\n\nIt stands before servers. ![lost](lost.png)",
    "maths": "# What does $O(n \\log n)$ mean?\n\nThe time grows as $n \\log n$:\n\n$$\\lim_{n \\to \\infty} "
    "\\frac{T(n)}{n \\log n} < \\infty$$\n\nIt costs $5, says `$HOME`.",
    "right-to-left": "# מהו קיפאון (deadlock)?\n\nשני תהליכים ממתינים זה לזה. ראו `lock(a)`:\n\n- הראשון מחזיק ב־A\n- השני "
    "מחזיק ב־B\n\n```python\nlock(a)  # הערה\n```\n\nما هو الجمود؟" + FOLLOW_UPS,
}


class Cards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        folder = Path(tempfile.mkdtemp())
        questions = folder / "questions" / "a-topic" / "below-it"
        questions.mkdir(parents=True)
        (folder / "prepdeck.toml").write_text(
            'id = "cards"\ntitle = "Cards"\nurl = "https://www.example.org"\n[rules]\nbroken-link = "off"\n'
        )
        for id, text in CARDS.items():
            (questions / f"{id}.md").write_text(KEYS.format(id=id, level="senior") + text + "\n")
        (questions / "wide.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="300"><rect width="2000" height="300" fill="#89a"/></svg>'
        )
        cls.reader = Reader()
        cls.reader.take(export(folder, folder / "cards.apkg"))
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.reader.close()

    def page(self, name, html, night):
        """A page as Anki shows a card, beside its media."""
        night = " nightMode night_mode" if night else ""
        file = Path(self.reader.col.media.dir()) / f"{name}.html"
        file.write_text(
            f'<!doctype html><html class="{night.strip()}"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<body class="card card1{night}"><div id="qa">{html}</div></body></html>'
        )
        return file

    def look(self, name, html, night, width):
        self.browser.open(self.page(name, html, night), width)
        self.browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        return self.browser.run(LOOK) + [f"asks for {url}" for url in self.browser.asked_elsewhere()]

    def test_every_card_fits_is_readable_and_asks_for_nothing(self):
        for id in CARDS:
            card = self.reader.card(id)
            for side, html in [("front", card.question()), ("back", card.answer())]:
                for night in [False, True]:
                    for width in [360, 1000]:
                        name = f"{id}-{side}-{'night' if night else 'light'}-{width}"
                        with self.subTest(name):
                            self.assertEqual(self.look(name, html, night, width), [])
                            self.browser.picture(PICTURES / f"{name}.png")
        self.assertEqual(len(list(PICTURES.glob("*-[0-9]*.png"))), len(CARDS) * 8)

    def test_long_code_and_wide_tables_scroll_on_their_own(self):
        for id, element in [("long-code", "pre"), ("table", "table")]:
            self.assertEqual(self.look(id, self.reader.card(id).answer(), False, 360), [])
            scrolls = f"(e => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX)(document.querySelector('{element}'))"
            self.assertEqual(self.browser.run(scrolls), "auto")

    def test_code_has_colours_by_day_and_by_night(self):
        colours = {}
        for night in [False, True]:
            self.browser.open(self.page("code", self.reader.card("code").answer(), night), 1000)
            of = "getComputedStyle(document.querySelector('pre {}')).color"
            colours[night] = [self.browser.run(of.format(name)) for name in ["code", ".pd-c", ".pd-k", ".pd-n", ".pd-s", ".pd-t", ".pd-d"]]
            self.assertEqual(len(set(colours[night])), 7, colours[night])
        self.assertEqual(set(colours[False]) & set(colours[True]), set())

    def test_follow_ups_are_folded_away_and_choices_are_told_apart(self):
        self.browser.open(self.page("choices", self.reader.card("choices").answer(), False), 360)
        self.assertIs(self.browser.run("document.querySelector('details.pd-follow-ups').open"), False)
        dots = "[...document.querySelectorAll('.pd-choices li')].map(e => getComputedStyle(e, '::before').backgroundColor)"
        right, wrong, also = self.browser.run(dots)
        self.assertEqual(right, also)
        self.assertNotEqual(right, wrong)
        self.browser.open(self.page("choices", self.reader.card("choices").question(), False), 360)
        self.assertEqual(len(set(self.browser.run(dots))), 1)

    def test_right_to_left_text_begins_at_the_right_and_code_at_the_left(self):
        self.browser.open(self.page("right", self.reader.card("right-to-left").answer(), False), 360)
        edges = """(selector) => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector(selector));
            const box = range.getBoundingClientRect();
            return box.left < 360 - box.right ? 'left' : 'right';
        }"""
        for selector, side in [(".pd-answer p", "right"), (".pd-answer li", "right"), (".pd-answer pre code", "left")]:
            self.assertEqual(self.browser.run(f"({edges})('{selector}')"), side, selector)

    def test_faults_are_found(self):
        cases = {
            "<p style='width: 400px'>wide</p>": "the page is 40",
            "<p style='color: #999'>pale</p>": "contrast 2.85: pale",
            "<p style='color: #fff; background: rgb(0 0 0 / 20%)'>pale</p>": "contrast 1.61: pale",
            "<p>text</p><img src='none.png'>": "none.png does not load",
            "<p>text</p><img src='http://192.0.2.1/x.png'>": "asks for http://192.0.2.1/x.png",
            "<style>p { background: url(https://example.org/x) }</style><p>text</p>": "asks for https://example.org/x",
            "": "the page shows no text",
        }
        for html, fault in cases.items():
            html = f"<style>.card {{ margin: 0; background: #fff }}</style>{html}"
            faults = self.look("fault", html, False, 360)
            self.assertTrue(any(one.startswith(fault) for one in faults), (fault, faults))


if __name__ == "__main__":
    unittest.main()
