//! Writing a page for the web: its frame, and texts that stay texts.

use super::text::printable;

const STYLE: &str = include_str!("../../assets/styles/page.css");

/// A page that is being written.
pub(super) struct Markup(String);

impl Markup {
    /// A page up to the beginning of its visible part, with the link that leads past what comes
    /// before `#main`. The style comes after the one that all pages have.
    pub fn page(title: &str, style: &str) -> Self {
        let mut page = Self(String::new());
        // No script runs even if one found its way in.
        page.raw(
            "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" \
             content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        );
        page.element("title", title);
        page.raw("\n<style>\n");
        page.raw(STYLE);
        page.raw(style);
        page.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">本文へ</a>\n");
        page
    }

    /// Markup.
    pub fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// A text of the plan or the form.
    pub fn text(&mut self, text: &str) {
        for c in printable(text).chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                _ => self.0.push(c),
            }
        }
    }

    /// An element with a text in it. `open` is the start tag without its brackets.
    pub fn element(&mut self, open: &str, text: &str) {
        let name = open.split(' ').next().unwrap_or(open);
        self.raw(&format!("<{open}>"));
        self.text(text);
        self.raw(&format!("</{name}>"));
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}
