"""What strangers may write, and what of it reaches Anki: nothing but visible text."""

import html
import re
import struct
import tempfile
import unittest
import zlib
from pathlib import Path

from reader import PREPDECK, Reader, run

QUESTION = "---\nid: {id}\nlevel: mid\nsources: []\n{keys}---\n\n# {question}\n\n{answer}\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

# As a reader must see it, letter by letter.
TEXTS = [
    "<script>alert(1)</script>",
    "<iframe src=//example.org></iframe>",
    "<svg/onload=alert(1)>",
    "[latex]\\input{/etc/passwd}[/latex]",
    "[$]x[/$] [$$]x[/$$]",
    "[sound:a.mp3] [anki:play:q:0]",
    "{{c1::hidden}} {{Front}} {{#Link}}x{{/Link}} {{FrontSide}} {{type:Answer}}",
    "&#91;latex&#93; &lt;b&gt;",
    "\\(x\\) \\[y\\] $$z$$",
    "<" * 10_000,
    ("<b " * 100).strip(),
]


def png():
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


class Hostile(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.outside = Path(folder.name)
        self.root = self.outside / "corpus"
        self.root.mkdir()
        self.configure("")
        self.reader = Reader()
        self.addCleanup(self.reader.close)

    def configure(self, more):
        (self.root / "prepdeck.toml").write_text(f'id = "hostile"\ntitle = "Test"\n{more}')

    def write(self, id, answer="An answer of several words.", topic="topic", keys="", question=None):
        file = self.root / "questions" / topic / f"{id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        question = question or f"What is {id}?"
        file.write_text(QUESTION.format(id=id, keys=keys, question=question, answer=answer))
        return file.parent

    def take(self):
        """Exports and imports; returns what the export said."""
        package = self.outside / "hostile.apkg"
        said = run(PREPDECK, "export", "anki", "-o", str(package), cwd=self.root)
        refused = self.reader.take(package)[3]
        self.assertEqual(refused, 0)
        return said

    def assert_harmless(self, id):
        """Nothing in the fields or on the card runs, loads or commands."""
        note, card = self.reader.note(id), self.reader.card(id)
        self.assertEqual(len(note.fields), 12)
        self.assertEqual(card.question_av_tags() + card.answer_av_tags(), [])
        self.assertEqual(len(note.cards()), 1)
        for field in note.fields:
            self.assertNotIn("[", field)
            self.assertNotRegex(field, r"(?i)<(script|iframe|svg|object|embed|style|form)\b")
            for tag in re.findall(r"<[a-z][^>]*>", field):
                self.assertNotRegex(tag, r"(?i)\bon\w+=|javascript:|data:|src=\"(https?:|//)")

    def test_text_is_text_in_prose_and_in_code(self):
        for n, text in enumerate(TEXTS):
            # In prose, Markdown's own marks are escaped, so that all that is left is the text.
            escaped = re.sub(r"([\\`*_\[\]<&$])", r"\\\1", text)
            self.write(f"text-{n}", f"{escaped}\n\n`` {text} ``\n\n```html\n{text}\n```\n\n{text}")
        self.take()
        for n, text in enumerate(TEXTS):
            self.assert_harmless(f"text-{n}")
            answer = self.reader.card(f"text-{n}").answer().split('<div class="pd-answer" dir="auto">')[1]
            shown = html.unescape(re.sub(r"</?[a-z][^>]*>", "", answer))
            self.assertGreaterEqual(shown.count(text), 3, text[:100])

    def test_no_text_begins_a_formula(self):
        self.write("maths", "Text \\\\(x\\\\) \\\\[y\\\\] `\\(z\\)` $\\href{javascript:x}{y}$ and $a^2$, $$b$$.\n\n<p>\\(p\\)</p>")
        self.take()
        self.assert_harmless("maths")
        # MathJax reads no code, and no mark that an element parts.
        answer = re.sub(r"<code>.*?</code>", "", self.reader.note("maths")["Answer"])
        formulas = re.findall(r"\\\(.*?\\\)|\\(?:&#91;|\[).*?\\\]", answer)
        self.assertEqual(formulas, ["\\(a^2\\)", "\\&#91;b\\]"])

    def test_markup_that_acts_is_gone(self):
        answer = (
            'Text <b onclick="x()">bold</b> <img src=x onerror=x alt="seen"> <a href="javascript:x">a</a> '
            "[b](javascript:x) [c](data:text/html,x) <style>x</style> ![d](https://example.org/track.png)"
        )
        self.write("acts", answer, keys="allow: [unsafe-link]\n", question="What <script>acts</script> [sound:x]?")
        self.take()
        self.assert_harmless("acts")
        self.assertIn("seen", self.reader.note("acts")["Answer"])
        self.assertIn("&lt;script&gt;", self.reader.note("acts")["Question"])

    def test_control_characters_part_no_field(self):
        self.write("control", "One\x1ftwo\x00three\x07 [x]\x1f", keys='tags: ["a\x7f"]\n'.replace("\x7f", "\\x1f"))
        self.take()
        self.assert_harmless("control")
        self.assertIn("two", self.reader.note("control")["Answer"])

    def test_tags_are_words(self):
        self.write("tags", keys='tags: ["two words", "😀", "\\"quoted\\"", "a\\u3000b", "a::b"]\n')
        self.take()
        tags = self.reader.note("tags").tags
        self.assertEqual(sorted(tags), sorted(["two_words", "😀", "quoted", "a_b", "a::b", "level::mid"]))
        self.assertEqual(len(self.reader.col.find_notes("tag:quoted tag:two_words")), 1)

    def test_a_deep_topic_is_a_deep_deck(self):
        folders = [f"t{n}" for n in range(20)]
        self.write("deep", topic="/".join(folders))
        self.take()
        self.assertEqual(self.reader.deck("deep"), "::".join(["Test", *folders]))

    def test_topics_that_differ_by_case_are_one_deck(self):
        if (self.root / "PREPDECK.TOML").exists():
            self.skipTest("the file system knows no case either")
        self.write("one", topic="HTTP/Caching")
        self.write("two", topic="http/caching")
        self.write("three", topic="http/proxies")
        said = self.take()
        self.assertIn("does not tell apart: HTTP and http, HTTP/Caching and http/caching;", said)
        decks = [self.reader.deck(id) for id in ["one", "two", "three"]]
        self.assertEqual(decks, ["Test::HTTP::Caching", "Test::HTTP::Caching", "Test::HTTP::proxies"])
        self.take()
        self.assertEqual(len(self.reader.decks()), 4)

    def test_images_are_carried_once_and_only_if_they_are_images_of_the_corpus(self):
        (self.outside / "secret.png").write_bytes(png())
        folder = self.write(
            "images",
            "![good](good.png) ![again](copy.png) ![quoted](q%22'%20&x.png) ![link](link.png) "
            "![up](../../../secret.png) ![dots](..) ![script](script.svg) ![handler](handler.svg) "
            "![fake](fake.png) ![large](large.png) ![utf16](utf16.svg)",
            keys="allow: [broken-link]\n",
        )
        (folder / "good.png").write_bytes(png())
        (folder / "copy.png").write_bytes(png())
        (folder / "q\"' &x.png").write_bytes(png())
        (folder / "unused.png").write_bytes(png())
        (folder / "link.png").symlink_to(self.outside / "secret.png")
        (folder / "script.svg").write_text(SVG.format("<script>x</script>"))
        (folder / "utf16.svg").write_text(SVG.format("<script>x</script>"), encoding="utf-16")
        (folder / "handler.svg").write_text(SVG.format("<g\nonload = 'x'/>"))
        (folder / "fake.png").write_text("<html><script>x</script></html>")
        (folder / "large.png").write_bytes(png() + bytes(5 * 1024 * 1024))
        said = self.take()
        shown = self.reader.note("images")["Answer"]
        self.assert_harmless("images")
        self.assertEqual(shown.count("<img "), 3)
        for alt in ["link", "up", "dots", "script", "handler", "fake", "large", "utf16"]:
            self.assertIn(f" {alt}", shown)
            self.assertNotIn(f'alt="{alt}"', shown)
        self.assertEqual(said.count("its text is shown instead"), 8, said)
        media = {file.name for file in Path(self.reader.col.media.dir()).iterdir()}
        self.assertEqual(media, set(re.findall(r'src="([^"]*)"', shown)))
        for name in media:
            self.assertRegex(name, r"^prepdeck-[a-z0-9-]+-[0-9a-f]{16}\.png$")
        self.assertEqual(self.reader.col.media.check().unused, [])

    def test_the_largest_image_is_configured(self):
        folder = self.write("image", "An image: ![alt](image.png)")
        (folder / "image.png").write_bytes(png())
        size = len(png())
        self.configure(f"max-image-bytes = {size - 1}\n")
        self.assertIn(f"image.png is larger than {size - 1} bytes", self.take())
        self.configure(f"max-image-bytes = {size}\n")
        self.assertNotIn("is larger", self.take())


if __name__ == "__main__":
    unittest.main()
