//! The pictures of the preview are those of the printed pages: another program draws the same.

use std::{process::Command, sync::Arc};

use furikaeri::export::{
    pdf::Options,
    raster::{self, Picture, Raster},
};

use crate::support::{need::Need, paper, plans::real};

/// Points of A4 that lies; at 72 dots an inch a pixel is a point.
const WIDTH: u16 = 842;

fn pictures(options: &Options, pages: &[usize]) -> Vec<Picture> {
    let pdf = Arc::new(paper::export(&real(), options).bytes);
    let pdf = raster::read(pdf).expect("our own PDF");
    let raster = Raster::new(&pdf);
    let draw = |&page: &usize| raster.draw(page, WIDTH).expect("a page");
    pages.iter().map(draw).collect()
}

/// The darkness of a page as poppler draws it: 0 is white.
fn poppler(page: usize) -> Vec<f32> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, paper::export(&real(), &Options::default()).bytes).expect("a file");
    let number = (page + 1).to_string();
    let drawn = Command::new("pdftoppm")
        .args([
            "-gray",
            "-singlefile",
            "-scale-to-x",
            "842",
            "-scale-to-y",
            "595",
        ])
        .args(["-f", &number, "-l", &number])
        .arg(&file)
        .arg(folder.path().join("a"))
        .status();
    assert!(drawn.expect("poppler is there").success());
    let bytes = std::fs::read(folder.path().join("a.pgm")).expect("a picture");
    let pixels = &bytes[bytes.len() - 842 * 595..];
    blocks(pixels.iter().map(|&grey| f32::from(255 - grey)), 842)
}

fn darkness(picture: &Picture) -> Vec<f32> {
    let grey = |rgba: &[u8]| {
        let [r, g, b] = [rgba[0], rgba[1], rgba[2]].map(f32::from);
        255.0 - (0.299 * r + 0.587 * g + 0.114 * b)
    };
    blocks(picture.rgba.chunks(4).map(grey), picture.width)
}

/// Sums over squares of 16 pixels: two programs never agree on the edges of glyphs.
fn blocks(pixels: impl Iterator<Item = f32>, width: usize) -> Vec<f32> {
    let columns = width.div_ceil(16);
    let mut sums = vec![0.0; columns * 595_usize.div_ceil(16)];
    for (n, darkness) in pixels.enumerate() {
        sums[(n / width / 16) * columns + (n % width) / 16] += darkness / 256.0;
    }
    sums
}

fn difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let sum: f32 = a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum();
    sum / a.len() as f32
}

#[test]
fn poppler_draws_the_same_pages() {
    if !Need::Poppler.is_met() {
        return;
    }
    let ours: Vec<Vec<f32>> = pictures(&Options::default(), &[0, 4])
        .iter()
        .map(darkness)
        .collect();
    let theirs = [poppler(0), poppler(4)];
    for (ours, theirs) in ours.iter().zip(&theirs) {
        let (same, blank) = (
            difference(ours, theirs),
            difference(&vec![0.0; ours.len()], theirs),
        );
        assert!(same < blank / 5.0, "{same} {blank}");
    }
    // It would be noticed if they were different pages.
    assert!(difference(&ours[0], &theirs[1]) > 4.0 * difference(&ours[0], &theirs[0]));
}

#[test]
fn grey_pages_have_no_colour_and_others_have() {
    let is_coloured =
        |picture: &Picture| picture.rgba.chunks(4).any(|p| p[0] != p[1] || p[1] != p[2]);
    let grey = Options {
        grey: true,
        ..Options::default()
    };
    assert!(pictures(&Options::default(), &[0]).iter().any(is_coloured));
    assert!(!pictures(&grey, &[0, 1]).iter().any(is_coloured));
}

#[test]
fn a_page_that_is_not_there_is_no_picture() {
    let pdf = Arc::new(paper::export(&real(), &Options::default()).bytes);
    let pdf = raster::read(pdf).expect("our own PDF");
    let raster = Raster::new(&pdf);
    assert_eq!(raster.draw(12, WIDTH), None);
    assert_eq!(raster.draw(0, 0), None);
    assert!(raster::read(Arc::new(b"no PDF".to_vec())).is_err());
}
