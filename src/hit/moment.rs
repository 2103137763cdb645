//! The moment of a hit: what time it is, and what the page has then.

use super::pad::Pad;
use super::text::Text;

/// In seconds.
const DAY: u32 = 86_400;
/// The weekday of the first day of 1970, from Sunday on.
const THURSDAY: u32 = 4;
/// The days from the first of March of the year 0 to 1970.
const MARCH_OF_YEAR_0: u32 = 719_468;
const DAYS_IN_400_YEARS: u32 = 146_097;

/// The facts, as the hands `moment` and `momentAndCookies` join them with NUL.
#[derive(Clone, Copy)]
pub struct Moment<'a>(pub Text<'a>);

impl<'a> Moment<'a> {
    /// Seconds since 1970.
    pub fn seconds(self) -> Text<'a> {
        self.0.part(0)
    }

    /// The local time as the wire format has it: `D/M/YYYY h:m:s W O`.
    pub fn time(self, out: &Pad) {
        let local = self.0.part(1).number();
        let (day, month, year) = date(local / DAY);
        let second = local % DAY;
        let weekday = (local / DAY + THURSDAY) % 7;
        let numbers = [day, month, year, second / 3600, second / 60 % 60, second % 60, weekday];
        for (number, &separator) in numbers.into_iter().zip(b"// ::  ") {
            out.number(number);
            out.byte(separator);
        }
        out.put(self.0.part(2));
    }

    /// Digits that change with every hit.
    pub fn random(self) -> Text<'a> {
        self.0.part(3)
    }

    /// The cookies.
    pub fn cookies(self) -> Text<'a> {
        self.0.part(4)
    }

    /// `contextData`: names and values.
    pub fn context(self) -> Text<'a> {
        self.0.behind(5)
    }
}

/// Day of the month, month from 0, and year of a day, counted from 1970. Years begin in March here, so that a leap day is
/// the last of its year, and months have 153 days in five.
fn date(day: u32) -> (u32, u32, u32) {
    let day = day + MARCH_OF_YEAR_0;
    let cycle = day / DAYS_IN_400_YEARS;
    let of_cycle = day % DAYS_IN_400_YEARS;
    let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let is_next = month > 9;
    (
        of_year - (153 * month + 2) / 5 + 1,
        if is_next { month - 10 } else { month + 2 },
        cycle * 400 + year + u32::from(is_next),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::text::text;

    #[test]
    fn the_time_is_unpadded_and_ends_with_weekday_and_offset() {
        let moment = Moment(text("1767258424\x001767262024\x00-60\x0012345\0s_cc=true\0a\x001\0"));
        let out = Pad::new();
        moment.time(&out);
        assert_eq!(out.text().as_str(), "1/0/2026 10:7:4 4 -60");
        assert_eq!(moment.seconds(), "1767258424");
        assert_eq!(moment.random(), "12345");
        assert_eq!(moment.cookies(), "s_cc=true");
        assert_eq!(moment.context(), "a\x001\0");
    }

    #[test]
    fn days_around_the_ends_of_months_and_years() {
        let days = [
            (0, (1, 0, 1970)),
            (58, (28, 1, 1970)),
            (59, (1, 2, 1970)),
            (11_016, (29, 1, 2000)),
            (11_017, (1, 2, 2000)),
            (11_322, (31, 11, 2000)),
            (11_323, (1, 0, 2001)),
            (20_778, (21, 10, 2026)),
            (47_540, (28, 1, 2100)),
            (47_541, (1, 2, 2100)),
        ];
        for (day, expected) in days {
            assert_eq!(date(day), expected);
        }
    }
}
