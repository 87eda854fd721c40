//! What prepdeck promises, one door a subject.

mod pages;
