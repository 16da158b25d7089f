//! The widths of the columns are the form's, in every format that has columns.

use std::sync::Arc;

use furikaeri::{
    export::{
        html,
        outline::Outline,
        pages::{self, Draw, Options, Orientation, faces::Faces},
        xlsx,
    },
    form::Form,
    plan::{Edit, Plan},
};

use crate::support::{
    paper,
    plans::{after, real, small},
    sections::Parts,
};

/// The plan by its form with columns of these widths.
fn with_widths(plan: &Plan, widths: [u16; 4]) -> Plan {
    let mut form = Form::clone(plan.form());
    for level in form.levels.iter_mut().filter(|level| level.is_row()) {
        for (column, width) in level.columns.iter_mut().zip(widths) {
            column.share = width;
        }
    }
    after(plan, &[Edit::Form(Arc::new(form))])
}

/// The widths of the columns of each sheet that is a form, in half-width characters.
fn of_sheets(plan: &Plan) -> Vec<Vec<f64>> {
    let outline = Outline::whole(plan);
    let bytes = xlsx::write(&outline).unwrap_or_else(|error| panic!("{error}"));
    let mut parts = Parts::of(&bytes);
    let sheets = 1..=outline.parts.len();
    sheets
        .map(|n| paper::column_widths(parts.part(&format!("xl/worksheets/sheet{n}.xml"))))
        .collect()
}

/// The shares of the columns of the first table, by the lines between them.
fn of_pages(plan: &Plan, orientation: Orientation) -> Vec<f32> {
    let outline = Outline::whole(plan);
    let faces = Faces::new().expect("the fonts are built in");
    let options = Options {
        orientation,
        ..Options::default()
    };
    let mut go_on = furikaeri::export::go_on;
    let pages = pages::lay_out(&outline, &options, faces, &mut go_on).expect("nobody stops it");
    let mut lines: Vec<f32> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| match item.draw {
            Draw::Rect {
                x, width, height, ..
            } if width < 1.0 && height > 1.0 => Some(x),
            _ => None,
        })
        .collect();
    lines.sort_by(f32::total_cmp);
    lines.dedup();
    let all = lines.last().expect("a table") - lines[0];
    lines
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) / all)
        .collect()
}

#[test]
fn the_widths_of_the_form_are_those_of_the_workbook() {
    for widths in [[17, 30, 23, 30], [1, 2, 3, 4], [1, 1, 1, 1]] {
        let shares = widths.map(f64::from);
        let all: f64 = shares.iter().sum();
        let sheets = of_sheets(&with_widths(&real(), widths));
        assert_eq!(sheets.len(), 7);
        for columns in sheets {
            let total: f64 = columns.iter().sum();
            assert_eq!(columns.len(), 4);
            for (width, share) in columns.iter().zip(shares) {
                let expected = share / all * total;
                assert!((width - expected).abs() < 0.5, "{widths:?}: {columns:?}");
            }
        }
    }
}

#[test]
fn a_column_with_next_to_no_share_can_still_be_read() {
    for columns in of_sheets(&with_widths(&real(), [1, 1_000, 1, 1])) {
        assert!(
            columns.iter().all(|width| (8.0..=255.0).contains(width)),
            "{columns:?}"
        );
    }
}

#[test]
fn the_widths_of_the_form_are_those_of_the_pages() {
    for orientation in [Orientation::Landscape, Orientation::Portrait] {
        for widths in [[17, 30, 23, 30], [1, 2, 3, 4], [1, 1, 1, 1]] {
            let all = f32::from(widths.iter().sum::<u16>());
            let expected = widths.map(|share| f32::from(share) / all);
            let found = of_pages(&with_widths(&small(), widths), orientation);
            let differs = |(found, expected): (&f32, f32)| (found - expected).abs() > 0.002;
            let is_other = found.len() != 4 || found.iter().zip(expected).any(differs);
            assert!(!is_other, "{widths:?}: {found:?}");
        }
    }
}

#[test]
fn the_widths_of_the_form_are_those_of_the_page() {
    for (widths, expected) in [
        ([17, 30, 23, 30], ["17%", "30%", "23%", "30%"]),
        ([1, 2, 2, 2], ["14.29%", "28.57%", "28.57%", "28.57%"]),
    ] {
        let plan = with_widths(&small(), widths);
        let page = html::write(&Outline::whole(&plan));
        let page = String::from_utf8(page).expect("UTF-8");
        for (n, width) in expected.into_iter().enumerate() {
            let column = format!("th:nth-child({})", n + 1);
            let rule = format!(".level-initiative {column} {{ width: {width}; }}");
            assert!(page.contains(&rule), "{rule}");
        }
    }
}
