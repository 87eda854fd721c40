//! Questions as conversations of two messages, in the form that programs for
//! fine-tuning and evaluation read: `--shape chat` of JSON Lines.

use serde::Serialize;

use super::jsonl::lines;
use super::record::{answer, asked};
use super::{Entry, Selection, choices};

#[derive(Serialize)]
struct Conversation {
    messages: [Message; 2],
}

#[derive(Serialize)]
struct Message {
    role: &'static str,
    content: String,
}

pub fn render(selection: &Selection<'_>) -> miette::Result<Vec<u8>> {
    lines(selection.entries.iter().map(conversation))
}

fn conversation(entry: &Entry<'_>) -> Conversation {
    let mut question = asked(entry);
    let mut right = Vec::new();
    for (number, (text, correct)) in (1..).zip(choices(entry)) {
        // What stands below the first line of an item is indented.
        let item = format!("{number}. {}", text.replace('\n', "\n   "));
        question.push_str(if number == 1 { "\n\n" } else { "\n" });
        question.push_str(&item);
        if correct {
            right.push(item);
        }
    }
    right.push(answer(entry));
    let parts = right.into_iter().filter(|part| !part.is_empty());
    let answer = parts.collect::<Vec<_>>().join("\n\n");
    let message = |role, content| Message { role, content };
    Conversation {
        messages: [message("user", question), message("assistant", answer)],
    }
}
