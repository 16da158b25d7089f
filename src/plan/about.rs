//! What a plan says about itself: whose it is, for which year and which review, and as of when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::form::{Key, full_width};

/// The plan's own heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The public body, e.g. 大阪市港区.
    pub organisation: String,
    /// The year in which the fiscal year begins, e.g. 2021 for 令和３年度.
    pub fiscal_year: u16,
    /// The review that is open: one of those of the form.
    pub review: Key,
    /// The day up to which the results are counted, where one is stated.
    pub as_of: Option<Date>,
}

/// The first fiscal year of 令和; 2019 was named 令和元年度.
const REIWA: u16 = 2019;
/// The first fiscal year of 平成.
const HEISEI: u16 = 1989;

/// 2021 as `令和３年度`; years before 平成 stay in the western calendar.
pub fn fiscal_year_name(year: u16) -> String {
    era_year(year, year >= REIWA) + "年度"
}

/// 2021-10-31 as `令和３年１０月３１日`. 令和 began on 1 May 2019.
pub fn date_name(date: Date) -> String {
    let year = u16::try_from(date.year()).unwrap_or_default();
    let rest = format!("年{}月{}日", date.month(), date.day());
    era_year(year, date >= Date::constant(2019, 5, 1)) + &full_width(&rest)
}

fn era_year(year: u16, is_reiwa: bool) -> String {
    let (era, first) = match year {
        _ if is_reiwa => ("令和", REIWA),
        HEISEI.. => ("平成", HEISEI),
        _ => return full_width(&year.to_string()),
    };
    match year - first + 1 {
        1 => format!("{era}元"),
        n => full_width(&format!("{era}{n}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_bear_the_name_of_their_era() {
        let cases = [
            (2021, "令和３年度"),
            (2019, "令和元年度"),
            (2018, "平成３０年度"),
            (1988, "１９８８年度"),
        ];
        for (year, name) in cases {
            assert_eq!(fiscal_year_name(year), name);
        }
        let dates = [
            (Date::constant(2021, 10, 31), "令和３年１０月３１日"),
            (Date::constant(2019, 5, 1), "令和元年５月１日"),
            (Date::constant(2019, 4, 30), "平成３１年４月３０日"),
        ];
        for (date, name) in dates {
            assert_eq!(date_name(date), name);
        }
    }
}
