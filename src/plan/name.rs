//! What a node is called: 戦略２－１ by kind and number, and its title or what stands for one.

use super::{kind::Kind, number::Number};

/// Stands for a title that is empty.
pub const NO_TITLE: &str = "（名称なし）";

/// A title, or what stands for one.
pub fn title_or_none(title: &str) -> &str {
    match title.trim() {
        "" => NO_TITLE,
        _ => title,
    }
}

impl Number {
    /// The kind of node that bears such a number.
    pub const fn kind(&self) -> Kind {
        match (self.strategy, self.initiative) {
            (_, Some(_)) => Kind::Initiative,
            (Some(_), None) => Kind::Strategy,
            (None, None) => Kind::Issue,
        }
    }

    /// Whether it stands for the part that bears no number itself.
    pub const fn is_unnumbered(&self) -> bool {
        self.issue.is_none() && self.strategy.is_none() && self.initiative.is_none()
    }

    /// Kind and number: `経営課題２`, `戦略２－１`, `具体的取組２－１－３`; the unnumbered part, whose
    /// key is no number, by that alone: `改革`.
    pub fn name(&self) -> String {
        if self.is_unnumbered() {
            return self.full_width();
        }
        format!("{}{}", self.kind().name(), self.full_width())
    }

    /// The same with a title: `戦略２－１　防災対策の強化`; the unnumbered part by its title alone.
    pub fn heading(&self, title: &str) -> String {
        self.with_title(&self.name(), title)
    }

    /// The number with a title, where the kind is plain: `２－１　防災対策の強化`.
    pub fn short_heading(&self, title: &str) -> String {
        self.with_title(&self.full_width(), title)
    }

    fn with_title(&self, name: &str, title: &str) -> String {
        let title = title_or_none(title);
        if self.is_unnumbered() {
            return title.to_owned();
        }
        format!("{name}　{title}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_called_by_kind_number_and_title() {
        let number = |issue, strategy, initiative| Number {
            issue,
            strategy,
            initiative,
        };
        let cases = [
            (
                number(Some(2), None, None),
                "経営課題２",
                "経営課題２　防災",
                "２　防災",
            ),
            (
                number(Some(2), Some(1), None),
                "戦略２－１",
                "戦略２－１　防災",
                "２－１　防災",
            ),
            (
                number(Some(2), Some(1), Some(3)),
                "具体的取組２－１－３",
                "具体的取組２－１－３　防災",
                "２－１－３　防災",
            ),
            (number(None, None, None), "改革", "防災", "防災"),
            (
                number(None, None, Some(1)),
                "具体的取組改革－１",
                "具体的取組改革－１　防災",
                "改革－１　防災",
            ),
        ];
        for (number, name, heading, short) in cases {
            assert_eq!(number.name(), name);
            assert_eq!(number.heading("防災"), heading);
            assert_eq!(number.short_heading("防災"), short);
        }
        assert_eq!(number(None, None, None).heading("　"), NO_TITLE);
    }
}
