//! What a plan says about itself: whose it is, for which year and which review, and as of when.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::form::{Key, full_width, half_width};

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

/// A day as people type it: `令和３年１０月３１日`, `R3.10.31`, `2021-10-31`. `None` for what is no
/// day.
pub fn read_date(text: &str) -> Option<Date> {
    let text = half_width(text.trim());
    let (year, rest) = text.split_once(['年', '.', '．', '/', '／', '-'])?;
    let (month, day) = rest.split_once(['月', '.', '．', '/', '／', '-'])?;
    let day = day.strip_suffix('日').unwrap_or(day);
    let year = i16::try_from(read_year(year)?).ok()?;
    Date::new(year, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

/// A year as people type it: `令和３`, `R3`, `令和元年度`, `2021`. `None` for what is no year.
pub fn read_year(text: &str) -> Option<u16> {
    let text = half_width(text.trim());
    let text = text.trim_end_matches('度').trim_end_matches('年').trim();
    let eras = [("令和", REIWA), ("R", REIWA), ("r", REIWA)].into_iter();
    let eras = eras.chain([("平成", HEISEI), ("H", HEISEI), ("h", HEISEI)]);
    let of_era = |(era, first): (&str, u16)| Some((text.strip_prefix(era)?, first));
    let (year, first) = eras.filter_map(of_era).next().unwrap_or((text, 1));
    let year = match year.trim() {
        "元" if first > 1 => 1,
        year => year.parse::<u16>().ok().filter(|year| *year > 0)?,
    };
    let year = year.checked_add(first)? - 1;
    (1900..=2200).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_years_are_read_as_people_write_them() {
        let day = Date::constant(2021, 10, 31);
        for text in [
            "令和３年１０月３１日",
            "令和3年10月31日",
            "R3.10.31",
            "2021-10-31",
            "2021/10/31",
            " ２０２１．１０．３１",
        ] {
            assert_eq!(read_date(text), Some(day), "{text}");
        }
        assert_eq!(
            read_date("令和元年5月1日"),
            Some(Date::constant(2019, 5, 1))
        );
        for text in ["", "10月31日", "令和3年2月30日", "昨日", "3-10-31"] {
            assert_eq!(read_date(text), None, "{text}");
        }
        for text in ["2021", "２０２１年度", "令和3", "令和３年度", "R3", "r3"] {
            assert_eq!(read_year(text), Some(2021), "{text}");
        }
        assert_eq!(read_year("平成30"), Some(2018));
        for text in ["", "元", "3", "R0", "令和"] {
            assert_eq!(read_year(text), None, "{text}");
        }
    }

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
