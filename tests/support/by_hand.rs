//! The ward's plan as a file of the first version, and what somebody with a text editor does to it.
//!
//! Nothing here knows what a plan is to the program, so that whatever becomes of that, this is the
//! same file with the same edits.

use std::ops::RangeInclusive;

/// The file as it was built in when its outputs were accepted.
pub const WARD: &str = include_str!("../fixtures/ward-format-1.ron");

/// A plan's file, line by line.
pub struct ByHand(Vec<String>);

impl ByHand {
    pub fn ward() -> Self {
        Self(WARD.split('\n').map(str::to_owned).collect())
    }

    pub fn file(&self) -> String {
        self.0.join("\n")
    }

    /// The place of the only line that says this.
    fn place(&self, said: &str) -> usize {
        let places = (0..self.0.len()).filter(|at| self.0[*at].trim_start() == said);
        match places.collect::<Vec<_>>()[..] {
            [place] => place,
            ref places => panic!("「{said}」が {} 行ある", places.len()),
        }
    }

    /// The lines of the node with this title, from its bracket to the one that closes it.
    fn node(&self, title: &str) -> RangeInclusive<usize> {
        let place = self.place(&format!("title: {title:?},"));
        let opens = |line: &String| line.trim() == "(";
        let start = self.0[..place].iter().rposition(opens);
        let start = start.expect("a node begins with a bracket");
        let closing = self.0[start].replace('(', "),");
        let end = self.0[place..].iter().position(|line| *line == closing);
        start..=place + end.expect("and ends with one")
    }

    /// Puts this line in place of the only one that says that.
    pub fn replace(&mut self, said: &str, line: &str) {
        let place = self.place(said);
        self.0[place] = line.to_owned();
    }

    /// Puts these lines below the only one that says this.
    pub fn below(&mut self, said: &str, lines: &str) {
        let place = self.place(said) + 1;
        let lines = lines.split('\n').map(str::to_owned);
        self.0.splice(place..place, lines);
    }

    /// Gives a node a field that it does not have yet.
    pub fn write(&mut self, title: &str, field: &str, text: &str) {
        let line = format!("{field}: \"{text}\",");
        self.below(&format!("title: {title:?},"), &line);
    }

    /// Changes the only place in a node, or in what is in it, that says this.
    pub fn change(&mut self, title: &str, from: &str, to: &str) {
        let node = self.node(title);
        let lines = self.0[node.clone()].join("\n");
        assert_eq!(lines.matches(from).count(), 1, "「{from}」: {lines}");
        let lines = lines.replace(from, to);
        self.0.splice(node, lines.split('\n').map(str::to_owned));
    }

    /// Takes a node out, with all that is in it.
    pub fn take(&mut self, title: &str) -> String {
        let node = self.node(title);
        self.0.drain(node).collect::<Vec<_>>().join("\n")
    }

    /// Puts a node in front of another.
    pub fn put_before(&mut self, title: &str, node: &str) {
        let place = *self.node(title).start();
        let lines = node.split('\n').map(str::to_owned);
        self.0.splice(place..place, lines);
    }

    /// Puts a node behind another.
    pub fn put_after(&mut self, title: &str, node: &str) {
        let place = self.node(title).end() + 1;
        let lines = node.split('\n').map(str::to_owned);
        self.0.splice(place..place, lines);
    }
}
