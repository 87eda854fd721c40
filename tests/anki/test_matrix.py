"""What a package does to a reader's collection when it comes again: the table
of what Anki does, row by row, in both kinds of package."""

import json
import sqlite3
import tempfile
import time
import unittest
import zipfile
from pathlib import Path

from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from corpus import Corpus
from reader import PREPDECK, Reader, export, run


class Matrix:
    KIND = "legacy"

    def setUp(self):
        self.corpus = Corpus()
        self.reader = Reader()
        self.addCleanup(self.reader.close)
        self.addCleanup(self.corpus.close)
        self.assertEqual(self.reader.take(self.export()), (3, 0, 0, 0))
        self.later = int(time.time()) + 3600

    def export(self):
        return self.corpus.export("--package", self.KIND)

    def change(self, id="one", answer="The answer is another."):
        self.corpus.write(id, answer)
        self.corpus.commit(self.later)

    def test_two_exports_of_one_commit_are_equal(self):
        one, two = self.export(), self.export()
        self.assertEqual(one.read_bytes(), two.read_bytes())
        with zipfile.ZipFile(one) as package:
            self.assertIsNone(package.testzip())

    def test_a_fresh_clone_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            run("git", "clone", "-q", str(self.corpus.root), "clone", cwd=folder)
            clone = export(
                Path(folder) / "clone", Path(folder) / "test.apkg", "--package", self.KIND
            )
            self.assertEqual(clone.read_bytes(), self.export().read_bytes())

    def test_a_changed_answer_changes_its_note_and_no_review(self):
        self.assertEqual([self.reader.review(), self.reader.review()], ["one", "three"])
        scheduling, fields = self.reader.scheduling(), self.reader.fields()
        self.assertEqual(len(scheduling[1]), 2)
        self.change()
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
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
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertEqual(self.reader.scheduling(), scheduling)

    def test_a_reworded_question_keeps_its_note_and_its_reviews(self):
        self.reader.review()
        scheduling = self.reader.scheduling()
        file = self.corpus.root / "questions" / "numbers" / "one.md"
        file.write_text(file.read_text().replace("What is one?", "Which number is one?"))
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertEqual(self.reader.note("one")["Question"], "Which number is one?")
        self.assertEqual(self.reader.scheduling(), scheduling)

    def test_a_moved_question_stays_in_its_deck_and_says_its_new_topic(self):
        (self.corpus.root / "questions" / "numbers" / "two.md").unlink()
        self.corpus.write("two", "The answer is two.", topic="digits")
        self.corpus.commit(self.later)
        self.reader.take(self.export())
        self.assertEqual(self.reader.deck("two"), "Test::numbers")
        self.assertEqual(self.reader.note("two")["Topic"], "digits")

    def test_another_id_of_the_corpus_makes_every_note_new(self):
        (self.corpus.root / "prepdeck.toml").write_text('id = "other"\ntitle = "Test"\n')
        self.assertEqual(self.reader.take(self.export()), (3, 0, 0, 0))

    def test_a_shallow_clone_makes_every_note_look_new_and_is_told_so(self):
        self.change()
        with tempfile.TemporaryDirectory() as folder:
            origin = f"file://{self.corpus.root}"
            run("git", "clone", "-q", "--depth", "1", origin, "clone", cwd=folder)
            package = Path(folder) / "test.apkg"
            command = [PREPDECK, "export", "anki", "-o", str(package)]
            said = run(*command, "--package", self.KIND, cwd=Path(folder) / "clone")
            self.assertIn("this clone is shallow", said)
            self.assertIn("git fetch --unshallow", said)
            self.assertEqual(self.reader.take(package), (0, 3, 0, 0))

    def test_an_id_that_comes_twice_stops_the_export(self):
        file = self.corpus.write("four", "The answer is four.")
        file.write_text(file.read_text().replace("id: four", "id: one"))
        with self.assertRaisesRegex(AssertionError, "duplicate-id"):
            self.export()

    def test_an_export_says_what_it_changes_since_the_file_before(self):
        package = self.export()
        (self.corpus.root / "questions" / "numbers" / "two.md").unlink()
        self.corpus.write("four", "The answer is four.")
        self.change()
        # Either kind is compared with either.
        command = [PREPDECK, "export", "anki", "-o", str(package)]
        before = package.read_bytes()
        said = run(*command, "--diff", cwd=self.corpus.root)
        self.assertIn("1 new, 1 changed, 1 gone (two) since", said)
        self.assertIn("changed   one  Answer\n", said)
        self.assertEqual(package.read_bytes(), before)
        said = run(*command, cwd=self.corpus.root)
        self.assertIn("1 new, 1 changed, 1 gone (two) since the file before\n", said)

    def test_a_reader_keeps_edits_to_a_question_that_did_not_change(self):
        note = self.reader.note("three")
        note["Notes"] = "mine"
        self.reader.col.update_note(note)
        self.change()
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertEqual(self.reader.note("three")["Notes"], "mine")

    def test_a_question_that_changed_is_replaced_as_a_whole(self):
        note = self.reader.note("one")
        note["Notes"] = "mine"
        self.reader.col.update_note(note)
        self.change()
        self.reader.take(self.export())
        self.assertEqual(self.reader.note("one")["Notes"], "")

    def test_a_deleted_question_stays(self):
        (self.corpus.root / "questions" / "numbers" / "two.md").unlink()
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.export()), (0, 0, 2, 0))
        self.assertIn("two", self.reader.note("two")["Answer"])

    def test_a_card_stays_in_the_deck_where_its_reader_put_it(self):
        col = self.reader.col
        col.set_deck([self.reader.card("one").id], col.decks.id("Mine"))
        self.change()
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertEqual(self.reader.deck("one"), "Mine")

    def test_another_image_changes_the_note_that_shows_it(self):
        image = self.corpus.root / "questions" / "numbers" / "one.svg"
        image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>1</text></svg>')
        self.corpus.write("one", "It looks so: ![one](one.svg)")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        before = self.reader.note("one")["Answer"]
        image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>one</text></svg>')
        self.corpus.commit(self.later + 60)
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertNotEqual(self.reader.note("one")["Answer"], before)

    def test_a_later_edit_of_the_reader_stays_until_the_question_changes_again(self):
        self.corpus.write("one", "The answer is another.")
        self.corpus.commit(1_700_000_100)
        note = self.reader.note("one")
        note["Notes"] = "mine"
        self.reader.col.update_note(note)
        self.assertEqual(self.reader.take(self.export()), (0, 0, 3, 0))
        self.assertEqual(self.reader.note("one")["Notes"], "mine")
        self.corpus.write("one", "The answer is a third.")
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertIn("third", self.reader.note("one")["Answer"])

    def test_a_retired_question_stays_and_is_tagged(self):
        file = self.corpus.root / "questions" / "numbers" / "two.md"
        file.write_text(file.read_text().replace("level:", "status: retired\nlevel:"))
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.export()), (0, 1, 2, 0))
        self.assertIn("prepdeck::retired", self.reader.note("two").tags)

    def test_a_draft_stays_out(self):
        file = self.corpus.write("four", "Soon.")
        file.write_text(file.read_text().replace("level:", "status: draft\nlevel:"))
        self.corpus.commit(self.later)
        self.assertEqual(self.reader.take(self.export()), (0, 0, 3, 0))


class Legacy(Matrix, unittest.TestCase):
    pass


class Latest(Matrix, unittest.TestCase):
    KIND = "latest"


class Kinds(unittest.TestCase):
    def test_both_kinds_of_package_come_to_the_same(self):
        corpus = Corpus()
        self.addCleanup(corpus.close)
        image = corpus.root / "questions" / "numbers" / "one.svg"
        image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>1</text></svg>')
        corpus.write("one", "It looks so: ![one](one.svg)")
        corpus.write("fünf", "The answer is five.", topic="Zahlen/ÄÖ")
        collections = []
        for kind in ["legacy", "latest"]:
            reader = Reader()
            self.addCleanup(reader.close)
            self.assertEqual(reader.take(corpus.export("--package", kind, "--allow-errors"))[3], 0)
            col = reader.col
            media = Path(col.media.dir())
            note_type = col.models.by_name("prepdeck")
            collections.append({
                "notes": col.db.all("select id, guid, mid, tags, flds, sfld, csum from notes order by id"),
                "cards": [
                    (card, col.decks.name(deck), due)
                    for card, deck, due in col.db.all("select id, did, due from cards order by id")
                ],
                "decks": [
                    (deck.name, col.decks.get(deck.id)["desc"])
                    for deck in col.decks.all_names_and_ids()
                ],
                "note type": [note_type[key] for key in ["id", "name", "flds", "tmpls", "css", "req"]],
                "media": {file.name: file.read_bytes() for file in media.iterdir()},
            })
            self.assertEqual(len(collections[-1]["media"]), 1)
            problems, ok = col.fix_integrity()
            self.assertTrue(ok, problems)
        self.assertEqual(collections[0], collections[1])

    def test_a_reader_who_asks_for_the_options_of_decks_gets_the_notes_too(self):
        corpus = Corpus()
        self.addCleanup(corpus.close)
        for kind in ["legacy", "latest"]:
            reader = Reader()
            self.addCleanup(reader.close)
            options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
            request = ImportAnkiPackageRequest(
                package_path=str(corpus.export("--package", kind)), options=options
            )
            self.assertEqual(len(reader.col.import_anki_package(request).log.new), 3)

    def test_an_anki_that_knows_no_latest_package_is_told_so(self):
        corpus = Corpus()
        self.addCleanup(corpus.close)
        with zipfile.ZipFile(corpus.export("--package", "latest")) as package:
            self.assertEqual(package.read("meta"), b"\x08\x03")
            (notice,) = query(package.read("collection.anki2"), "select flds from notes")
        self.assertIn("Update Anki", notice[0])


class NoteType(unittest.TestCase):
    """A package whose note type somebody changed."""

    def setUp(self):
        self.corpus = Corpus()
        self.reader = Reader()
        self.addCleanup(self.reader.close)
        self.addCleanup(self.corpus.close)
        self.package = self.corpus.export()
        self.reader.take(self.package)

    def take_with(self, change):
        """Imports the package with its note type changed and its notes as of tomorrow."""
        with zipfile.ZipFile(self.package) as package:
            collection = package.read("collection.anki2")
        (models,) = query(collection, "select models from col")
        models = json.loads(models[0])
        for note_type in models.values():
            change(note_type)
        changed = Path(tempfile.mkdtemp()) / "changed.apkg"
        with zipfile.ZipFile(changed, "w") as package:
            package.writestr("media", "{}")
            later = int(time.time()) + 86_400
            package.writestr(
                "collection.anki2",
                altered(
                    collection,
                    ("update col set models = ?", [json.dumps(models)]),
                    ("update notes set mod = ?", [later]),
                ),
            )
        return self.reader.take(changed)

    def style(self):
        return self.reader.card("one").css()

    def test_a_later_style_is_taken_and_no_other(self):
        before = self.style()
        self.take_with(lambda note_type: note_type.update(css=".card {}"))
        self.assertEqual(self.style(), before)
        later = int(time.time()) + 86_400
        self.take_with(lambda note_type: note_type.update(css=".card {}", mod=later))
        self.assertIn(".card {}", self.style())

    def test_other_fields_update_no_note(self):
        # So ours are frozen.
        self.assertEqual(self.take_with(lambda note_type: note_type["flds"].pop())[1], 0)


class Text(unittest.TestCase):
    """The text import, which leaves alone what has no column."""

    def setUp(self):
        self.corpus = Corpus()
        self.reader = Reader()
        self.addCleanup(self.reader.close)
        self.addCleanup(self.corpus.close)
        self.reader.take(self.corpus.export())
        self.reader.review()
        note = self.reader.note("one")
        note["Notes"] = "mine"
        note.tags = [*note.tags, "my-tag"]
        self.reader.col.update_note(note)
        self.reader.col.set_deck([self.reader.card("two").id], self.reader.col.decks.id("Mine"))
        self.scheduling = self.reader.scheduling()
        self.corpus.write("one", 'Another, with "quotes", a comma\nand [latex]x[/latex].')
        self.corpus.write("four", "The answer is four.")

    def text(self, *arguments):
        output = Path(tempfile.mkdtemp()) / "test.txt"
        command = [PREPDECK, "export", "anki-text", "-o", str(output), *arguments]
        run(*command, cwd=self.corpus.root)
        return output

    def test_an_update_leaves_what_is_the_readers(self):
        text = self.text("--update")
        self.assertEqual(self.reader.take_text(text), (1, 1, 2, 0))
        note = self.reader.note("one")
        self.assertIn("Another, with &quot;quotes&quot;, a comma\nand &#91;latex]", note["Answer"])
        self.assertEqual(note["Notes"], "mine")
        self.assertIn("my-tag", note.tags)
        self.assertEqual(self.reader.deck("two"), "Mine")
        self.assertEqual(self.reader.deck("four"), "Test::numbers")
        old = self.reader.card("four").id
        cards, log = self.reader.scheduling()
        self.assertEqual(([card for card in cards if card[0] != old], log), self.scheduling)
        self.assertEqual(self.reader.take_text(text), (0, 0, 4, 0))

    def test_the_whole_text_replaces_them(self):
        self.reader.take_text(self.text())
        note = self.reader.note("one")
        self.assertEqual(note["Notes"], "")
        self.assertNotIn("my-tag", note.tags)
        self.assertIn("one-tag", note.tags)

    def test_questions_with_images_are_left_to_the_package_that_comes_after(self):
        # Anki takes an image only with a note that it updates.
        image = self.corpus.root / "questions" / "numbers" / "two.svg"
        image.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>2</text></svg>')
        self.corpus.write("two", "It looks so: ![two](two.svg)")
        # After the first import, and before the next.
        self.corpus.commit(int(time.time()) + 1)
        time.sleep(2.1)
        self.assertEqual(self.reader.take_text(self.text("--update")), (1, 1, 1, 0))
        self.assertNotIn("svg", self.reader.note("two")["Answer"])
        new, updated, _, refused = self.reader.take(self.corpus.export())
        self.assertEqual((new, updated, refused), (0, 1, 0))
        (arrived,) = Path(self.reader.col.media.dir()).glob("*.svg")
        self.assertIn(f'src="{arrived.name}"', self.reader.note("two")["Answer"])
        note = self.reader.note("one")
        self.assertIn("Another", note["Answer"])
        self.assertEqual(note["Notes"], "mine")
        self.assertIn("my-tag", note.tags)

    def test_a_package_comes_first(self):
        stranger = Reader()
        self.addCleanup(stranger.close)
        self.assertEqual(stranger.take_text(self.text("--update")), (0, 0, 0, 4))


def opened(collection):
    file = Path(tempfile.mkdtemp()) / "collection.anki2"
    file.write_bytes(collection)
    return file, sqlite3.connect(file)


def query(collection, sql):
    _, database = opened(collection)
    with database:
        return database.execute(sql).fetchall()


def altered(collection, *changes):
    file, database = opened(collection)
    with database:
        for sql, values in changes:
            database.execute(sql, values)
    database.close()
    return file.read_bytes()


if __name__ == "__main__":
    unittest.main()
