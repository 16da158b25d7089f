//! Line breaks within the texts of a form and of a plan are LF, whatever an editor, a clipboard or
//! an escape in a file made of them: the file format could not keep any other.

use serde::{Deserialize, Deserializer, Serializer};

/// CR LF and CR as LF.
pub fn with_lf(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(with_lf)
}

pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_break_becomes_one_lf() {
        let cases = [
            ("一\r\n二\r三\n四", "一\n二\n三\n四"),
            ("\r\r\n\n", "\n\n\n"),
            ("一\n", "一\n"),
            ("", ""),
        ];
        for (text, lines) in cases {
            assert_eq!(with_lf(text.to_owned()), lines, "{text:?}");
        }
    }
}
