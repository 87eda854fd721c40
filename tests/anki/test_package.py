"""What real Anki makes of the packages that prepdeck writes."""

import tempfile
import unittest
import zipfile
from pathlib import Path

from corpus import Corpus
from reader import PREPDECK, ROOT, Reader, export, run

class OwnQuestions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = sorted((ROOT / "questions").rglob("*.md"))
        cls.package = export(ROOT, Path(tempfile.mkdtemp()) / "own.apkg")
        cls.reader = Reader()
        cls.first = cls.reader.take(cls.package)

    @classmethod
    def tearDownClass(cls):
        cls.reader.close()

    def test_every_question_file_is_a_note_in_the_deck_of_its_topic(self):
        self.assertGreaterEqual(len(self.files), 15)
        self.assertEqual(self.first, (len(self.files), 0, 0, 0))
        topics = {file.parent.name for file in self.files}
        root = "Backend interview questions"
        self.assertEqual(self.reader.decks(), {root} | {f"{root}::{topic}" for topic in topics})
        for file in self.files:
            self.assertEqual(self.reader.deck(file.stem), f"{root}::{file.parent.name}")

    def test_tags_and_level_arrive_as_they_stand(self):
        for file in self.files:
            lines = file.read_text().split("---")[1].splitlines()
            keys = dict(line.split(": ", 1) for line in lines if ": " in line)
            tags = [tag.strip() for tag in keys["tags"].strip("[]").split(",") if tag.strip()]
            note = self.reader.note(file.stem)
            self.assertEqual(sorted(note.tags), sorted([*tags, f"level::{keys['level']}"]))
            self.assertEqual(note["Level"], keys["level"])

    def test_new_cards_come_in_the_corpus_order(self):
        due = self.reader.col.db.list("select due from cards order by due")
        self.assertEqual(due, list(range(1, len(self.files) + 1)))

    def test_images_arrive(self):
        media = Path(self.reader.col.media.dir())
        names = {file.name for file in media.iterdir()}
        note = self.reader.note("reverse-proxy")
        self.assertTrue(any(f'src="{name}"' in note["Answer"] for name in names), names)

    def test_the_collection_does_not_say_by_what_it_was_written(self):
        with zipfile.ZipFile(self.package) as package:
            header = package.read("collection.anki2")[:100]
        # The counter of changes, where that was last right, and SQLite's version.
        self.assertEqual(header[24:28] + header[92:100], bytes(12))

    def test_importing_twice_adds_and_changes_nothing(self):
        before = self.reader.fields()
        self.assertEqual(self.reader.take(self.package), (0, 0, len(self.files), 0))
        self.assertEqual(self.reader.fields(), before)

    def test_anki_finds_nothing_to_mend(self):
        rows = "select id, sfld, csum from notes order by id"
        before = self.reader.col.db.all(rows)
        for (id, _, _) in before:
            self.reader.col.update_note(self.reader.col.get_note(id))
        self.assertEqual(self.reader.col.db.all(rows), before)
        problems, ok = self.reader.col.fix_integrity()
        self.assertTrue(ok, problems)

    def test_a_card_shows_question_answer_level_and_sources(self):
        card = self.reader.card("acid")
        self.assertIn("ACID", card.question())
        self.assertIn("junior", card.question())
        self.assertNotIn("tomicity", card.question())
        self.assertIn("tomicity", card.answer())
        self.assertIn('<a href="https://', card.answer())

    def test_choices_are_solved_on_the_back_only(self):
        card = self.reader.card("cap-theorem")
        self.assertIn("pd-choices", card.question())
        self.assertNotIn("pd-solved\"", card.question())
        self.assertIn("pd-solved\"", card.answer())


class OpenCards(unittest.TestCase):
    CHOICES = "- [ ] `POST`\n- [x] `PUT`\n\nIt states what shall be."

    def test_choices_are_left_out_and_the_right_ones_stand_on_the_back(self):
        corpus, reader = Corpus(), Reader()
        self.addCleanup(reader.close)
        self.addCleanup(corpus.folder.cleanup)
        corpus.write("one", self.CHOICES)
        leaning = corpus.write("two", self.CHOICES)
        leaning.write_text(leaning.read_text().replace("What is two", "Which of these is two"))
        package = Path(tempfile.mkdtemp()) / "open.apkg"
        said = run(PREPDECK, "export", "anki", "--cards", "open", "-o", str(package), cwd=corpus.root)
        self.assertIn("since the question speaks of them: two\n", said)
        reader.take(package)
        self.assertNotIn("POST", reader.card("one").question() + reader.card("one").answer())
        self.assertNotIn("PUT", reader.card("one").question())
        self.assertIn("PUT", reader.card("one").answer())
        self.assertIn("It states", reader.card("one").answer())
        self.assertIn("POST", reader.card("two").question())


class Hostile(unittest.TestCase):
    def test_nothing_reaches_a_card_but_visible_text(self):
        corpus, reader = Corpus(), Reader()
        self.addCleanup(reader.close)
        self.addCleanup(corpus.folder.cleanup)
        answer = (
            "Text. <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) "
            "[latex]\\input{/etc/passwd}[/latex] `[sound:a.mp3]` {{c1::x}} {{Front}} \x1f "
            "[$]x[/$] ![x](https://example.org/track.png)\n\n" + "<" * 10_000
        )
        file = corpus.write("one", answer)
        # A maintainer who allows the link gets no link all the same.
        file.write_text(file.read_text().replace("level:", "allow: [unsafe-link]\nlevel:"))
        corpus.commit(1_700_000_100)
        self.assertEqual(reader.take(corpus.export()), (3, 0, 0, 0))
        fields = "".join(reader.note("one").fields)
        for word in ["<script", "<img", "javascript:", "[latex]", "[sound:", "[$]"]:
            self.assertNotIn(word, fields)
        self.assertEqual(len(reader.note("one").fields), 12)
        self.assertIn("{{Front}}", reader.card("one").answer())
        self.assertEqual(reader.card("one").answer_av_tags(), [])


if __name__ == "__main__":
    unittest.main()
