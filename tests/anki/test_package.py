"""What real Anki makes of the packages that prepdeck writes."""

import tempfile
import time
import unittest
import zipfile
from pathlib import Path

from reader import PREPDECK, ROOT, Reader, export, run

QUESTION = """---
id: {id}
level: mid
tags: [{tag}]
sources:
  - https://example.org/{id}
---

# What is {id}?

{answer}
"""


class Corpus:
    """A repository of three questions, committed long ago."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        (self.root / "prepdeck.toml").write_text('id = "test"\ntitle = "Test"\n')
        run("git", "init", "-q", "-b", "main", ".", cwd=self.root)
        for id in ["one", "two", "three"]:
            self.write(id, f"The answer is {id}.")
        self.commit(1_700_000_000)

    def write(self, id, answer, topic="numbers"):
        file = self.root / "questions" / topic / f"{id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(QUESTION.format(id=id, tag=f"{id}-tag", answer=answer))
        return file

    def commit(self, when):
        run("git", "add", "-A", cwd=self.root)
        who = {}
        for person in ["AUTHOR", "COMMITTER"]:
            who[f"GIT_{person}_NAME"] = "A"
            who[f"GIT_{person}_EMAIL"] = "a@example.org"
            who[f"GIT_{person}_DATE"] = f"{when} +0000"
        run("git", "commit", "-q", "-m", "change", cwd=self.root, **who)

    def export(self):
        output = Path(tempfile.mkdtemp()) / "test.apkg"
        return export(self.root, output)


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


class Changes(unittest.TestCase):
    def setUp(self):
        self.corpus = Corpus()
        self.reader = Reader()
        self.addCleanup(self.reader.close)
        self.addCleanup(self.corpus.folder.cleanup)
        self.assertEqual(self.reader.take(self.corpus.export()), (3, 0, 0, 0))
        self.later = int(time.time()) + 3600

    def test_two_exports_of_one_commit_are_equal(self):
        one, two = self.corpus.export(), self.corpus.export()
        self.assertEqual(one.read_bytes(), two.read_bytes())
        with zipfile.ZipFile(one) as package:
            self.assertIsNone(package.testzip())

    def test_a_fresh_clone_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            run("git", "clone", "-q", str(self.corpus.root), "clone", cwd=folder)
            clone = export(Path(folder) / "clone", Path(folder) / "test.apkg")
            self.assertEqual(clone.read_bytes(), self.corpus.export().read_bytes())

    def test_a_changed_answer_changes_its_note_and_no_review(self):
        self.assertEqual([self.reader.review(), self.reader.review()], ["one", "three"])
        scheduling, fields = self.reader.scheduling(), self.reader.fields()
        self.assertEqual(len(scheduling[1]), 2)
        self.corpus.write("one", "The answer is another.")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        self.assertIn("another", self.reader.note("one")["Answer"])
        self.assertEqual(self.reader.scheduling(), scheduling)
        changed = [guid for guid, now in self.reader.fields().items() if now != fields[guid]]
        self.assertEqual(changed, [self.reader.note("one").guid])

    def test_a_moved_question_keeps_its_note_and_its_reviews(self):
        for _ in range(3):
            self.reader.review()
        scheduling = self.reader.scheduling()
        (self.corpus.root / "questions" / "numbers" / "two.md").unlink()
        self.corpus.write("two", "The answer is two.", topic="digits")
        self.corpus.commit(self.later)
        new, updated, same, refused = self.reader.take(self.corpus.export())
        self.assertEqual((new, updated + same, refused), (0, 3, 0))
        self.assertEqual(self.reader.scheduling(), scheduling)

    def test_a_reader_keeps_edits_to_a_question_that_did_not_change(self):
        note = self.reader.note("three")
        note["Notes"] = "mine"
        self.reader.col.update_note(note)
        self.corpus.write("one", "The answer is another.")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        self.assertEqual(self.reader.note("three")["Notes"], "mine")

    def test_a_question_that_changed_is_replaced_as_a_whole(self):
        note = self.reader.note("one")
        note["Notes"] = "mine"
        self.reader.col.update_note(note)
        self.corpus.write("one", "The answer is another.")
        self.corpus.commit(self.later)
        self.reader.take(self.corpus.export())
        self.assertEqual(self.reader.note("one")["Notes"], "")

    def test_a_deleted_question_stays(self):
        (self.corpus.root / "questions" / "numbers" / "two.md").unlink()
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 0, 2, 0))
        self.assertIn("two", self.reader.note("two")["Answer"])

    def test_a_card_stays_in_the_deck_where_its_reader_put_it(self):
        col = self.reader.col
        col.set_deck([self.reader.card("one").id], col.decks.id("Mine"))
        self.corpus.write("one", "The answer is another.")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        self.assertEqual(self.reader.deck("one"), "Mine")

    def test_another_image_changes_the_note_that_shows_it(self):
        image = self.corpus.root / "questions" / "numbers" / "one.svg"
        image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>1</text></svg>')
        self.corpus.write("one", "It looks so: ![one](one.svg)")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        before = self.reader.note("one")["Answer"]
        image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>one</text></svg>')
        self.corpus.commit(self.later + 60)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        self.assertNotEqual(self.reader.note("one")["Answer"], before)

    def test_a_later_edit_of_the_reader_stays_until_the_question_changes_again(self):
        self.corpus.write("one", "The answer is another.")
        self.corpus.commit(1_700_000_100)
        note = self.reader.note("one")
        note["Notes"] = "mine"
        self.reader.col.update_note(note)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 0, 3, 0))
        self.assertEqual(self.reader.note("one")["Notes"], "mine")
        self.corpus.write("one", "The answer is a third.")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        self.assertIn("third", self.reader.note("one")["Answer"])

    def test_a_retired_question_stays_and_is_tagged(self):
        file = self.corpus.root / "questions" / "numbers" / "two.md"
        file.write_text(file.read_text().replace("level:", "status: retired\nlevel:"))
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 1, 2, 0))
        self.assertIn("prepdeck::retired", self.reader.note("two").tags)

    def test_a_draft_stays_out(self):
        file = self.corpus.write("four", "Soon.")
        file.write_text(file.read_text().replace("level:", "status: draft\nlevel:"))
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.corpus.export()), (0, 0, 3, 0))


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
