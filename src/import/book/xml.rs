//! Reading XML piece by piece.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use super::BookError;

/// A sheet of as many cells as are read has half of these. A few letters of a file can be an
/// element, and what is made of one takes far more.
const MOST_ELEMENTS: usize = 1_200_000;

/// The elements of one part of a workbook, in order.
pub struct Elements<'a> {
    reader: Reader<&'a [u8]>,
    /// So many more are read.
    left: usize,
}

/// What comes next.
pub enum Piece<'a> {
    /// An element begins; one without contents ends at once.
    Start(BytesStart<'a>, bool),
    /// The local name of what ends.
    End(String),
    Text(String),
}

impl<'a> Elements<'a> {
    pub fn of(part: &'a str) -> Self {
        Self {
            reader: Reader::from_str(part),
            left: MOST_ELEMENTS,
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the part is not XML, or has too many elements.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, BookError> {
        loop {
            let event = self.reader.read_event().map_err(broken)?;
            if matches!(event, Event::Start(_) | Event::Empty(_)) {
                self.left = self.left.checked_sub(1).ok_or(BookError::TooLarge)?;
            }
            return Ok(Some(match event {
                Event::Start(element) => Piece::Start(element, false),
                Event::Empty(element) => Piece::Start(element, true),
                Event::End(element) => Piece::End(element.local_name().as_ref().to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Piece::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Piece::Text(character(&reference)?.to_string()),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Passes over what is in the element that has just begun.
    ///
    /// # Errors
    /// When the part is not XML.
    pub fn skip(&mut self, element: &BytesStart<'_>) -> Result<(), BookError> {
        self.reader.read_to_end(element.name()).map_err(broken)?;
        Ok(())
    }
}

fn broken(error: quick_xml::Error) -> BookError {
    BookError::Broken(error.to_string())
}

/// Only the five references that XML itself has; one that a file defines could stand for a
/// gigabyte.
fn character(reference: &BytesRef<'_>) -> Result<char, BookError> {
    if let Some(c) = reference.resolve_char_ref().map_err(broken)? {
        return Ok(c);
    }
    match &**reference {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        other => Err(BookError::Broken(format!("&{other};"))),
    }
}

/// The local name of an element.
pub fn name<'a>(element: &'a BytesStart<'_>) -> &'a str {
    element.local_name().into_inner()
}

/// An attribute by its local name. Of two of one name, the first: to look for the second would be to
/// compare each attribute with all others.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|it| it.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// An attribute that is a number.
pub fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}
