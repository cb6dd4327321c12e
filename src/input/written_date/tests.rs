//! What is read, what can be several dates, and what is none.

use super::{Manner, WrittenDate, probably, read, read_in};
use crate::model::DateOrder;

/// What a text is read as: the EDTF; of several, all with a bar between them; nothing where it is words.
fn shown(text: &str, calendar: Option<&'static str>) -> String {
    match read_in(text, calendar) {
        WrittenDate::Absent => "absent".to_owned(),
        WrittenDate::Date(date) => {
            assert_eq!(date.words, text.trim(), "{text}");
            let edtf = date.edtf.clone().expect("what is read is EDTF");
            match date.original.and_then(|original| Some(format!("{} {}", original.calendar, original.date?))) {
                Some(original) => format!("{edtf} ({original})"),
                None => edtf,
            }
        }
        WrittenDate::Several(several) => several.join(" | "),
        WrittenDate::Words(_) => String::new(),
    }
}

fn assert_read(forms: &[(&str, &str)]) {
    let wrong: Vec<String> = forms
        .iter()
        .map(|(text, expected)| (text, expected, shown(text, None)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}: {found}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn days_months_and_years_are_read_in_eight_languages() {
    assert_read(&[
        ("1533-01-06", "1533-01-06"),
        (" 1533~ ", "1533~"),
        ("1701/1703", "1701/1703"),
        ("6 January 1533", "1533-01-06"),
        ("January 6, 1533", "1533-01-06"),
        ("the 22nd of May, 1750", "1750-05-22"),
        ("2d May 1750", "1750-05-02"),
        ("Jan 1533", "1533-01"),
        ("6. Jan. 1533", "1533-01-06"),
        ("den 3. Mai 1750", "1750-05-03"),
        ("1533 Januar 6", "1533-01-06"),
        ("1533 März", "1533-03"),
        ("4. Jänner 1812", "1812-01-04"),
        ("12 juillet 1790", "1790-07-12"),
        ("12 juin 1790", "1790-06-12"),
        ("1er mai 1750", "1750-05-01"),
        ("le 3 août 1794", "1794-08-03"),
        ("l'an 1672", "1672"),
        ("3 d'octobre 1672", "1672-10-03"),
        ("1º maggio 1801", "1801-05-01"),
        ("li 3 di giugno 1801", ""),
        ("3 giugno 1801", "1801-06-03"),
        ("circa 3 mei 1750", "1750-05-03~"),
        ("den 12den Octob. 1672", ""),
        ("3 maart 1672", "1672-03-03"),
        ("die 3 Octobris 1672", "1672-10-03"),
        ("12 7bris 1672", "1672-09-12"),
        ("12 8ber 1672", "1672-10-12"),
        ("3. Xbris 1672", "1672-12-03"),
        ("3 IXbre 1672", "1672-11-03"),
        ("mense Iunii 1672", "1672-06"),
        ("3 Martij 1672", "1672-03-03"),
        ("3 de mayo de 1750", "1750-05-03"),
        ("1º de marzo de 1750", "1750-03-01"),
        ("3 setiembre 1750", "1750-09-03"),
        ("3 maja 1848", "1848-05-03"),
        ("dnia 12 października 1848 r.", "1848-10-12"),
        ("12 paźdz. 1848", "1848-10-12"),
        ("XII octobre 1533", "1533-10-12"),
        ("Sunday, 3 May 1750", "1750-05-03"),
        ("Montag, 3. Mai 1750", ""),
    ]);
}

#[test]
fn figures_are_read_that_have_one_reading() {
    assert_read(&[
        ("3.7.1672", "1672-07-03"),
        ("3. 7. 1672", "1672-07-03"),
        ("3.VII.1672", "1672-07-03"),
        ("3/VII/1672", "1672-07-03"),
        ("13/05/1848", "1848-05-13"),
        ("05/13/1848", "1848-05-13"),
        ("05/05/1848", "1848-05-05"),
        ("13-05-1848", "1848-05-13"),
        ("1848/05/13", "1848-05-13"),
        ("1848.05.13", "1848-05-13"),
        ("03/07/1672", "1672-07-03 | 1672-03-07"),
        ("3-7-1672", "1672-07-03 | 1672-03-07"),
        ("18000102", "1800-01-02"),
        ("18001302", ""),
        ("5.1848", ""),
        ("05/1848", "1848-05"),
        ("31.4.1848", ""),
        ("32.1.1750", ""),
        ("3.5.48", ""),
        ("[1701]", "[1701]"),
        ("[août 1794]", "1794-08"),
        ("3 [May] 1848", "1848-05-03"),
        ("3 May 18[48]", "1848-05-03"),
        ("3 May 184[8-9]", ""),
        ("1794 [1795]", ""),
        ("o.D., [nach 9.9.1900]", "[1900-09-10..]"),
    ]);
}

#[test]
fn doubt_is_a_sign() {
    assert_read(&[
        ("ca. 1750", "1750~"),
        ("um 1750", "1750~"),
        ("c. 1700", "1700~"),
        ("vers 1750", "1750~"),
        ("około 1750", "1750~"),
        ("ca. 12 Oct 1672", "1672-10-12~"),
        ("3 May 1750 ?", "1750-05-03?"),
        ("3. Mai 1750 (?)", "1750-05-03?"),
        ("[3. Mai 1750?]", "1750-05-03?"),
        ("probably May 1750", "1750-05?"),
        ("vermutlich 1917", "1917?"),
        ("wohl um 1750", "1750%"),
        ("ca. 1701-1703", "1701~/1703~"),
        ("probably before 1848", ""),
        ("1553 April um 15", "1553-04-15~"),
        ("[May?] 1553", "1553-05?"),
        ("1553 März vor 12", "[..1553-03-11]"),
        ("1553 nach März 12", "[1553-03-13..]"),
        ("3 vor 9 Mai 1553", ""),
    ]);
}

#[test]
fn two_dates_bound_a_time() {
    assert_read(&[
        ("1701-1703", "1701/1703"),
        ("1701 – 1703", "1701/1703"),
        ("1848-49", "1848/1849"),
        ("1703-1701", ""),
        ("zwischen 3. und 9. Mai 1848", "[1848-05-03..1848-05-09]"),
        ("between 3 and 9 May 1848", "[1848-05-03..1848-05-09]"),
        ("entre le 3 et le 9 mai 1848", "[1848-05-03..1848-05-09]"),
        ("tra il 30 aprile e il 2 maggio 1848", "[1848-04-30..1848-05-02]"),
        ("between 1848 and May 1849", "[1848-01-01..1849-05-31]"),
        ("from 3 to 9 May 1848", "1848-05-03/1848-05-09"),
        ("vom 3. bis 9. Mai 1848", "1848-05-03/1848-05-09"),
        ("vom 3. Mai 1848", "1848-05-03"),
        ("from 1848", "1848/.."),
        ("dal 1848", "1848/.."),
        ("fino al 1848", "../1848"),
        ("do 1848", ""),
        ("Do. 2. Mai 1850", "1850-05-02"),
        ("do 2 mei 1850", "1850-05-02"),
        ("Fr. 3. Mai 1850", "1850-05-03"),
        ("no later than 3 May 1848", "[..1848-05-03]"),
        ("spätestens 3. Mai 1848", "[..1848-05-03]"),
        ("on or after 3 May 1848", "[1848-05-03..]"),
        ("1848 or later", "[1848..]"),
        ("in or before 1848", "[..1848]"),
        ("vor oder nach 1848", ""),
        ("not 1848", ""),
        ("między 3 a 9 maja 1848", "[1848-05-03..1848-05-09]"),
        ("1553 April 15-16", "1553-04-15/1553-04-16"),
        ("1558-08/09", "1558-08/1558-09 | [1558-08,1558-09]"),
        ("3 May/June 1848", "1848-05-03/1848-06 | [1848-05-03,1848-06-03]"),
        ("3 May 1848/1849", "1848-05-03/1849 | [1848-05-03,1849-05-03]"),
        ("May 1848/1849", "1848-05/1849 | [1848-05,1849-05]"),
        ("May/1848", "1848-05"),
        ("16 februari, 2 maart of 9 maart 1909", "[1909-02-16,1909-03-02,1909-03-09]"),
        ("16 februari, 2 en 9 maart 1909", "{1909-02-16,1909-03-02,1909-03-09}"),
        ("3, 4 and 5 May 1848", "{1848-05-03,1848-05-04,1848-05-05}"),
        ("5, 4 or 3 May 1848", ""),
        ("du 3 au 9 mai 1848", "1848-05-03/1848-05-09"),
        ("de 1701 à 1703", "1701/1703"),
        ("dal 3 al 9 maggio 1848", "1848-05-03/1848-05-09"),
        ("od 3 do 9 maja 1848", "1848-05-03/1848-05-09"),
        ("van 3 tot 9 mei 1848", "1848-05-03/1848-05-09"),
        ("3.–9. Mai 1848", "1848-05-03/1848-05-09"),
        ("May 3-9, 1848", "1848-05-03/1848-05-09"),
        ("3.5.–9.5.1848", "1848-05-03/1848-05-09"),
        ("Mai bis Juni 1848", "1848-05/1848-06"),
        ("May 1848 - 3 June 1849", "1848-05/1849-06-03"),
    ]);
}

#[test]
fn a_beginning_can_be_unknown() {
    assert_read(&[
        ("?-1850", "/1850"),
        ("? – 1850", "/1850"),
        ("[?-1850]", "/1850"),
        ("?/1850", "/1850"),
        ("?-1850-05-03", "/1850-05-03"),
        ("?-3 May 1850", "/1850-05-03"),
        ("?-05-1850", "1850-05"),
        ("?-1848/1850", ""),
        ("?-Easter", ""),
        ("?-?", "absent"),
        ("?-", ""),
        ("-1850", "-1850"),
        ("?1850", "?1850"),
    ]);
    assert_eq!(shown("?-1650", Some("julian")), "/1651-01-10");
    assert_eq!(probably("?-3 May 1850 sealed", None).as_deref(), Some("/1850-05-03"));
}

#[test]
fn one_date_bounds_a_time_or_two_are_told_apart() {
    assert_read(&[
        ("vor 1848", "[..1847]"),
        ("before May 1848", "[..1848-04]"),
        ("avant le 1er mai 1848", "[..1848-04-30]"),
        ("after 3 May 1848", "[1848-05-04..]"),
        ("nach 1848", "[1849..]"),
        ("not before 1848", "[1848..]"),
        ("nicht nach 3. Mai 1848", "[..1848-05-03]"),
        ("seit 1848", "1848/.."),
        ("bis 3. Mai 1848", "../1848-05-03"),
        ("1848 oder 1849", "[1848,1849]"),
        ("3 or 4 May 1848", "[1848-05-03,1848-05-04]"),
        ("3 und 4 Mai 1848", "{1848-05-03,1848-05-04}"),
        ("3/4 May 1848", "1848-05-03/1848-05-04 | [1848-05-03,1848-05-04]"),
        ("1848/49", "1848/1849 | [1848,1849]"),
        ("1668/9", "1668/1669 | [1668,1669]"),
        ("nach 3. Mai 1848 und vor 9. Mai 1848", ""),
    ]);
}

#[test]
fn other_calendars_are_converted_and_kept() {
    assert_read(&[
        ("30 Oct./9 Nov. 1648", "1648-11-09 (julian 1648-10-30)"),
        ("2/12 July 1675", "1675-07-12 (julian 1675-07-02)"),
        ("26 Dec./5 Jan. 1649", "1649-01-05 (julian 1648-12-26)"),
        ("1648-10-30 (O.S.)", "1648-11-09 (julian 1648-10-30)"),
        ("30. Oktober 1648 a. St.", "1648-11-09 (julian 1648-10-30)"),
        ("30 octobre 1648 v.s.", "1648-11-09 (julian 1648-10-30)"),
        ("30 Octobris 1648 st. vet.", "1648-11-09 (julian 1648-10-30)"),
        ("10 February 1648 (O.S.)", "[1648-02-20,1649-02-20]"),
        ("10 February 1648 N.S.", "1648-02-10"),
        ("9. November 1648 n. St.", "1648-11-09"),
        ("23 February 1668/9", "[1669-02-23,1669-03-05]"),
        ("23 Feb. 1668/69", "[1669-02-23,1669-03-05]"),
        ("c. 23 Feb. 1668/9", "[1669-02-23~,1669-03-05~]"),
        ("23 February 1668/9 (O.S.)", "1669-03-05 (julian 1669-02-23)"),
        ("February 1668/9", "[1669-02-01..1669-03-10]"),
        ("23 May 1668/9", ""),
        ("23 February 1668/7", ""),
        ("12 Thermidor an II", "1794-07-30 (republican 0002-11-12)"),
        ("le 18 brumaire de l'an VIII", "1799-11-09 (republican 0008-02-18)"),
        ("thermidor an 2", "[1794-07-19..1794-08-17] (republican 0002-11)"),
        ("3e jour complémentaire an II", "1794-09-19 (republican 0002-13-03)"),
        ("an II", "[1793-09-22..1794-09-21] (republican 0002)"),
        ("12 thermidor an II (30 juillet 1794)", "1794-07-30 (republican 0002-11-12)"),
        ("12 thermidor an II (31 juillet 1794)", ""),
        ("du 3 au 9 thermidor an II", "1794-07-21/1794-07-27 (republican 0002-11-03/0002-11-09)"),
        ("12 thermidor an XV", ""),
    ]);
    for (text, calendar, expected) in [
        ("23 February 1668/9", "julian", "1669-03-05 (julian 1669-02-23)"),
        ("23 February 1668/9", "old-style", "1669-03-05 (julian 1669-02-23)"),
        ("23 February 1668", "old-style", "1669-03-05 (old-style 1668-02-23)"),
        ("23 February 1668/9", "gregorian", "1669-02-23"),
        ("28 March 1672", "julian", "1672-04-07 (julian 1672-03-28)"),
        ("1672-03-28", "julian", "1672-04-07 (julian 1672-03-28)"),
        ("9 November 1648 N.S.", "julian", "1648-11-09"),
        ("12 Thermidor an II", "julian", "1794-07-30 (republican 0002-11-12)"),
        ("3-9 May 1648", "julian", "1648-05-13/1648-05-19 (julian 1648-05-03/1648-05-09)"),
        ("10 February 1648 (O.S.)", "old-style", "1649-02-20 (old-style 1648-02-10)"),
    ] {
        assert_eq!(shown(text, Some(calendar)), expected, "{text} in {calendar}");
    }
    assert_eq!(read("1672-03-28", Some("julian")), read("1672-03-28", None));
}

#[test]
fn feasts_centuries_and_decades_are_read() {
    assert_read(&[
        ("Michaelmas 1655", "1655-09-29"),
        ("on Michaelmas Day, 1655", "1655-09-29"),
        ("Martini 1520", "1520-11-11"),
        ("Martinstag 1520", "1520-11-11"),
        ("St John Baptist 1500", "1500-06-24"),
        ("St. Johannis 1500", "1500-06-24"),
        ("Saint-Jean 1500", "1500-06-24"),
        ("Noël 1701", "1701-12-25"),
        ("Weihnachten 1701", "1701-12-25"),
        ("All Saints' Day 1701", "1701-11-01"),
        ("Mariä Lichtmess 1701", "1701-02-02"),
        ("Thomas 1701", ""),
        ("Easter 1701", ""),
        ("Pfingsten 1701", ""),
        ("1840s", "184X"),
        ("1840er Jahre", "184X"),
        ("années 1840", "184X"),
        ("1800s", "180X | 18XX"),
        ("18th century", "[1701..1800]"),
        ("18. Jh.", "[1701..1800]"),
        ("XVIIIe siècle", "[1701..1800]"),
        ("siglo XVIII", "[1701..1800]"),
        ("saec. XVIII", "[1701..1800]"),
        ("early 1848", ""),
        ("Lady Day 1655", "1655-03-25"),
        ("Lady 1655", ""),
        ("May Day 1850", "1850-05-01"),
        ("on May-Day, 1850", "1850-05-01"),
        ("the day after May Day 1850", "1850-05-02"),
        ("the 3rd day of May 1850", "1850-05-03"),
        ("May day 3, 1850", "1850-05-03"),
        ("May 1850", "1850-05"),
        ("St. John 1655", "1655-06-24 | 1655-12-27"),
        ("Johannes Evangelist 1655", "1655-12-27"),
        ("Mariae Lichtmess 1655", "1655-02-02"),
    ]);
}

#[test]
fn seasons_are_no_months() {
    assert_read(&[
        ("spring 1750", "1750-21"),
        ("lente 1848", "1848-21"),
        ("Frühjahr 1848", "1848-21"),
        ("de zomer van 1848", "1848-22"),
        ("été 1848", "1848-22"),
        ("herfst 1848", "1848-23"),
        ("jesień 1848", "1848-23"),
        ("winter 1848", "1847-24 | 1848-24"),
        ("Winter 1848/49", "1848-24"),
        ("spring 1848/9", ""),
        ("3 spring 1848", ""),
        ("vor Frühjahr 1848", ""),
        ("Sommer oder Herbst 1848", "[1848-22,1848-23]"),
        ("lentemaand 1848", "1848-03"),
        ("3 Herbstmonat 1848", "1848-09-03"),
        ("oogst 1848", ""),
        ("Christ 1848", ""),
    ]);
    assert_eq!(shown("Frühjahr 1648", Some("julian")), "");
}

#[test]
fn a_year_has_four_figures_or_lacks_some() {
    assert_read(&[
        ("184?", "184X"),
        ("184-", "184X"),
        ("18--", "18XX"),
        ("184[?]", "184X"),
        ("May 185?", "185X-05"),
        ("3 May 184[?]", "184X-05-03"),
        ("3 May 184[8?]", "1848-05-03?"),
        ("Mai 184.", "184X-05"),
        ("before 184?", ""),
        ("184?-186?", ""),
        ("3 May 848", ""),
        ("AD 848", "0848"),
        ("848 AD", "0848"),
        ("848 A.D.", "0848"),
        ("3 May 848 CE", "0848-05-03"),
        ("848 n. Chr.", "0848"),
        ("1848 n. Chr.", "1848"),
        ("848 ap. J.-C.", "0848"),
        ("848 d.C.", "0848"),
        ("848 na Chr.", "0848"),
        ("848 n.e.", "0848"),
        ("848", ""),
        ("48 AD", ""),
        ("848 BC", ""),
        ("848 v. Chr.", ""),
        ("848 av. J.-C.", ""),
        ("848 a.C.", ""),
        ("848 p.n.e.", ""),
        ("848 AD sealed", ""),
        ("AD 185?", ""),
        ("an 8", "[1799-09-23..1800-09-22] (republican 0008)"),
    ]);
}

#[test]
fn days_are_counted_from_others() {
    assert_read(&[
        ("Tag nach Michaelis 1655", "1655-09-30"),
        ("am Tag vor Weihnachten 1655", "1655-12-24"),
        ("the day after 3 May 1848", "1848-05-04"),
        ("nach Michaelis 1655", "[1655-09-30..]"),
        ("the day after May 1848", ""),
        ("Sonntag nach Michaelis 1521", ""),
        ("Sonntag nach Ostern 1521", ""),
    ]);
    assert_eq!(shown("Sonntag nach Michaelis 1521", Some("julian")), "1521-10-16");
    assert_eq!(shown("Montag vor dem 3. Mai 1848", Some("gregorian")), "1848-05-01");
}

#[test]
fn what_is_put_right_is_not_two_days() {
    assert_read(&[
        ("i.e. 3 May 1850", "1850-05-03"),
        ("[i.e. 1850]", "1850"),
        ("d.h. 3. Mai 1850", "1850-05-03"),
        ("D. h. 3. Mai 1850", "1850-05-03"),
        ("c.-à-d. 3 mai 1850", "1850-05-03"),
        ("cioè 3 maggio 1850", "1850-05-03"),
        ("d.w.z. 3 mei 1850", "1850-05-03"),
        ("es decir, 3 de mayo de 1850", "1850-05-03"),
        ("tj. 3 maja 1850", "1850-05-03"),
        ("scil. 3 Maii 1850", "1850-05-03"),
        ("i.e. 03/07/1850", "1850-07-03 | 1850-03-07"),
        ("2 May i.e. 3 May 1850", ""),
        ("2 [i.e. 3] May 1850", ""),
        ("I. Mai 1850", "1850-05-01"),
        ("d. I. Mai 1850", "1850-05-01"),
        ("1 i 3 maja 1850", "{1850-05-01,1850-05-03}"),
        ("1 e 3 maggio 1850", "{1850-05-01,1850-05-03}"),
    ]);
    for (text, expected) in [
        ("2 May, i.e. 3 May 1850", "1850-05-03"),
        ("2 [i.e. 3] May 1850", "1850-05-03"),
        ("3 May 1849 [i.e. 1850]", "1850-05-03"),
        ("1849, d.h. Mai 1850", "1850-05"),
    ] {
        assert_eq!(probably(text, None).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_databases_and_forms_write_is_read() {
    assert_read(&[
        ("1848-05-00", "1848-05"),
        ("1848-00-00", "1848"),
        ("1848-00-03", ""),
        ("00/05/1848", "1848-05"),
        ("??/05/1848", "1848-05"),
        ("xx.05.1848", "1848-05"),
        ("1848-05-??", "1848-05"),
        ("1848-05-03 00:00:00", "1848-05-03"),
        ("1848-05-03 25:00:00", ""),
        ("1848-05 10:00", ""),
        ("03-May-1848", "1848-05-03"),
        ("1526-IX-11", "1526-09-11"),
        ("1836 XII 22", "1836-12-22"),
        ("1688 Apr. 5/15", "1688-04-15 (julian 1688-04-05)"),
        ("1656/7 Jan. 3", "[1657-01-03,1657-01-13]"),
        ("ce mardi 3 mai 1774", "1774-05-03"),
        ("[s.d., vers 1790]", "1790~"),
        ("s.d. [ma 1604]", "1604"),
        ("3 meij 1650", "1650-05-03"),
        ("14 Aug. (O.S.) 1712", "1712-08-25 (julian 1712-08-14)"),
        ("3 May 1848, 10 p.m.", "1848-05-03"),
        ("3. Mai 1848, 3 Uhr", "1848-05-03"),
        ("3 mai 1848 à 5 heures du soir", "1848-05-03"),
        ("3 May 1848, evening", "1848-05-03"),
        ("May 1848, evening", ""),
        ("3 marzo 1608 m.v.", ""),
        ("3 May 1848 BC", ""),
        ("Friday 3 May 1848", ""),
        ("Wed. 3 May 1848", "1848-05-03"),
    ]);
    for text in ["s.f.", "o.J.", "z.j.", "0000-00-00"] {
        assert_eq!(shown(text, None), "absent", "{text}");
    }
}

#[test]
fn years_without_a_date_are_doubted_and_decimals_read() {
    assert_read(&[
        ("n.d. (1848)", "1848?"),
        ("s.d., 1850", "1850?"),
        ("n.d. (3 May 1848)", "1848-05-03"),
        ("s.d. 1850", "1850?"),
        ("[s.d.] 1850", "1850?"),
        ("z.j. 1850", "1850?"),
        ("o.J. 1850", "1850?"),
        ("n. d. 1850", "1850?"),
        ("undated 1850", "1850?"),
        ("o.J. um 1850", "1850~"),
        ("s.d. 3 May 1850", ""),
        ("s.d. 1850-05-03", ""),
        ("s.d. 1850/1851", ""),
        ("na 1850", "[1851..]"),
        ("nd 1850", ""),
        ("1850.0", "1850"),
        ("1850,0", "1850"),
        ("18500503.0", "1850-05-03"),
        ("1850.5", ""),
        ("1850.05", ""),
        ("185.0", ""),
        ("1564-07 11", "1564-07-11"),
        ("1564/07 11", "1564-07-11"),
        ("1564-07 1", ""),
        ("1564-07 32", ""),
        ("1564 07-11", ""),
    ]);
}

#[test]
fn the_order_of_day_and_month_can_be_said() {
    let shown = |text: &str, manner: Manner| match read(text, manner) {
        WrittenDate::Date(date) => date.edtf.unwrap_or_default(),
        WrittenDate::Several(several) => several.join(" | "),
        _ => String::new(),
    };
    let said = |order| Manner { order: Some(order), ..Manner::default() };
    let unclear = Manner { has_unclear_points: true, ..Manner::default() };
    for (text, day_first, month_first, points_unclear) in [
        ("3/7/1672", "1672-07-03", "1672-03-07", "1672-07-03 | 1672-03-07"),
        ("3-7-1672", "1672-07-03", "1672-03-07", "1672-07-03 | 1672-03-07"),
        ("3.7.1672", "1672-07-03", "1672-03-07", "1672-07-03 | 1672-03-07"),
        ("23.7.1672", "1672-07-23", "1672-07-23", "1672-07-23"),
        ("7.23.1672", "", "1672-07-23", ""),
        ("7/23/1672", "1672-07-23", "1672-07-23", "1672-07-23"),
        ("3.5.–9.5.1848", "1848-05-03/1848-05-09", "1848-03-05/1848-05-09", ""),
    ] {
        assert_eq!(shown(text, said(DateOrder::DayFirst)), day_first, "{text}, day first");
        if !text.contains('–') {
            assert_eq!(shown(text, said(DateOrder::MonthFirst)), month_first, "{text}, month first");
            assert_eq!(shown(text, unclear), points_unclear, "{text}, unclear");
        }
    }
}

#[test]
fn what_cannot_be_converted_is_no_gregorian_date() {
    for (text, calendar, expected) in [
        ("16680213", "julian", "1668-02-23 (julian 1668-02-13)"),
        ("16680213 (O.S.)", "julian", "1668-02-23 (julian 1668-02-13)"),
        ("1668-02-29", "old-style", ""),
        ("[1668-02-03]", "julian", "[1668-02-13]"),
        ("[1668-02-03,1668-02-04]", "old-style", "[1669-02-13,1669-02-14]"),
        ("[1668-02-03..1668-02-05]", "julian", "[1668-02-13..1668-02-15]"),
        ("1668-XX-03", "julian", "[1668-01-11..1669-01-10]"),
        ("166X", "julian", "[1660-01-11..1670-01-10]"),
        ("1660s", "old-style", "[1660-04-04..1670-04-03]"),
        ("1668-21", "julian", ""),
        ("1668-02-03T10:00:00", "julian", "1668-02-13"),
        ("Feb-Mar 1668", "old-style", "1669-02-11/1669-04-03 (old-style 1668-02/1668-03)"),
    ] {
        assert_eq!(shown(text, Some(calendar)), expected, "{text} in {calendar}");
    }
}

#[test]
fn nothing_is_guessed_and_nothing_repaired() {
    for text in [
        "1878-04-31",
        "31 April 1878",
        "1878-04-he16",
        "Ärger 3 1750",
        "3x May 1750",
        "den 3. 1750",
        "VI Kal. Ian. 1500",
    ] {
        assert_eq!(shown(text, None), "", "{text}");
    }
    assert!(matches!(read("Easter 1701", None), WrittenDate::Words(Some(_))));
    for text in ["", " ", "NA", "n.d.", "?", "s.d.", "[o.D.]", "undated"] {
        assert_eq!(shown(text, None), "absent", "{text}");
    }
    assert_eq!(shown(&"3 May 1848 ".repeat(100_000), None), "");
}

#[test]
fn what_was_probably_meant_is_known() {
    for (text, expected) in [
        ("early October 1672", Some("1672-10")),
        ("begin herfst 1848", Some("1848-23")),
        ("12 Oct 1672 sealed", Some("1672-10-12")),
        ("um 12 Oct 1672 sealed", Some("1672-10-12~")),
        ("perhaps 12 Oct 1672 sealed", Some("1672-10-12?")),
        ("III. Mai 1850 abgesandt", Some("1850-05-03")),
        ("3.5.1850; abgesandt", Some("1850-05-03")),
        ("3x May 1850", Some("1850-05")),
        ("5.1848", Some("1848-05")),
        ("13.1848", Some("1848")),
        ("not 1848", None),
        ("vor oder nach 1848", None),
        ("nach dem 31. Juni 1848", None),
        ("before 1848?", Some("[..1847]")),
        ("3 May 1848 BC", None),
        ("c. January 1748/9", Some("[1749-01-01..1749-02-11]")),
        ("7.23.1956", Some("1956-07-23")),
        ("Friday 3 May 1848", Some("1848-05-03?")),
        ("1848 [1849]", None),
        ("31 April 1878", Some("1878-04")),
        ("1878-04-he16", Some("1878-04-16")),
        ("spring of 1750; perhaps", Some("1750-21?")),
        ("XII Kal. Iun. 1520", Some("1520~")),
        ("yesterday", None),
    ] {
        assert_eq!(probably(text, None).as_deref(), expected, "{text}");
    }
}

#[test]
fn words_for_days_of_the_week_are_told_from_others() {
    assert_read(&[
        ("do 2 maja 1850", "../1850-05-02"),
        ("do 3 maja 1850", "../1850-05-03"),
        ("od 1 do 3 maja 1850", "1850-05-01/1850-05-03"),
        ("Do 2. Mai 1850", "1850-05-02"),
        ("Do 3. Mai 1850", ""),
        ("mer. 1 mai 1850", "1850-05-01"),
        ("mer 1er mai 1850", "1850-05-01"),
        ("mertz 1850", "1850-03"),
    ]);
}

#[test]
fn what_stands_around_a_date_is_taken_off_a_bounded_number_of_times() {
    for around in ["s.d. ", "i.e. ", "?-", "s.d., ", "n.d. (", "00:00:00 "] {
        // As many as a date can be long, and many more.
        for times in [24, 100_000] {
            let text = format!("{}3 May", around.repeat(times));
            assert_eq!((shown(&text, None).as_str(), probably(&text, None)), ("", None), "{around}");
        }
    }
    assert_eq!(shown(&format!("{}?-1850", " ".repeat(200)), None), "/1850");
}
