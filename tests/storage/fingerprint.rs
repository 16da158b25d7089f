//! A content's fingerprint is the same in every run, on every machine.

use furikaeri::storage::Fingerprint;

#[test]
fn a_fingerprint_is_the_same_in_every_run() {
    // Computed by SipHash-1-3 with 128 bits as it is published.
    let cases = [
        ("", "b91c5ed031fb33032134935d61d9b40d"),
        ("計画", "1aa826a111f9b4509781ed033beb36dd"),
    ];
    for (content, digits) in cases {
        assert_eq!(Fingerprint::of(content.as_bytes()).to_string(), digits);
    }
}

#[test]
fn a_fingerprint_can_be_written_down_and_read() {
    for content in ["", "計画", "計画\n"] {
        let fingerprint = Fingerprint::of(content.as_bytes());
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
    }
}

#[test]
fn what_is_not_a_fingerprint_is_refused() {
    let digits = Fingerprint::of(b"").to_string();
    let cases = [
        String::new(),
        format!("{digits}0"),
        digits.replacen(char::is_alphanumeric, "g", 1),
        format!("+{}", &digits[1..]),
    ];
    for text in cases {
        assert!(text.parse::<Fingerprint>().is_err(), "{text:?}");
    }
}
