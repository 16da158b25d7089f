//! All pages of a PDF as one small picture, compared with the accepted one.
//!
//! The pictures lie beside the accepted texts, and are accepted in the same way (`snapshot.rs`).
//! The program's own rasteriser draws them, so that they can be compared on any machine.

use std::{
    env,
    fs::File,
    io::{BufReader, BufWriter},
    path::{Path, PathBuf},
    sync::Arc,
};

use furikaeri::export::raster::{self, Raster};

/// Dots of a page's longer side: about 40 in an inch of A4.
const LONGER: u16 = 468;
const SHORTER: u16 = 331;
/// Between pages, which are white.
const GAP: usize = 4;
const GAP_GREY: u8 = 128;
/// Room for processors that round in their own ways. A digit that became another differs by more.
const TOLERATED: u8 = 24;

/// Grey, a byte a dot.
struct Sheet {
    width: usize,
    dots: Vec<u8>,
}

/// How pages lie on a sheet.
#[derive(Clone, Copy)]
struct Layout {
    page: [usize; 2],
    columns: usize,
}

/// Compares the pages of a PDF, all in one of the orientations, with the accepted picture.
pub fn assert_pages_accepted(name: &str, pdf: Vec<u8>, is_portrait: bool) {
    let (page, columns) = match is_portrait {
        true => ([SHORTER, LONGER], 5),
        false => ([LONGER, SHORTER], 4),
    };
    let layout = Layout {
        page: page.map(usize::from),
        columns,
    };
    let sheet = draw(pdf, page, layout);
    let path = path(name);
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        write(&path, &sheet);
        return;
    }
    let differences = layout.differences(&read(&path), &sheet);
    if !differences.is_empty() {
        let new = path.with_extension("new.png");
        write(&new, &sheet);
        let new = new.file_name().unwrap_or_default().display();
        panic!("{name}: {}; see {new}", differences.join(", "));
    }
}

fn draw(pdf: Vec<u8>, [width, height]: [u16; 2], layout: Layout) -> Sheet {
    let pdf = raster::read(Arc::new(pdf)).unwrap_or_else(|error| panic!("{error}"));
    let raster = Raster::new(&pdf);
    let pages: Vec<_> = (0..).map_while(|page| raster.draw(page, width)).collect();
    let [across, down] = layout.page.map(|dots| dots + GAP);
    let sheet_width = across * layout.columns - GAP;
    let sheet_height = down * pages.len().div_ceil(layout.columns) - GAP;
    let mut dots = vec![GAP_GREY; sheet_width * sheet_height];
    for (n, page) in pages.iter().enumerate() {
        assert_eq!(
            page.height,
            usize::from(height),
            "page {} lies the other way",
            n + 1
        );
        let start = n / layout.columns * down * sheet_width + n % layout.columns * across;
        for (y, row) in page.rgba.chunks(page.width * 4).enumerate() {
            for (x, dot) in row.chunks(4).enumerate() {
                dots[start + y * sheet_width + x] = grey(dot);
            }
        }
    }
    Sheet {
        width: sheet_width,
        dots,
    }
}

fn grey(rgba: &[u8]) -> u8 {
    let [red, green, blue] = [rgba[0], rgba[1], rgba[2]].map(u32::from);
    ((red * 299 + green * 587 + blue * 114) / 1000) as u8
}

impl Layout {
    /// What differs by more than is tolerated, a piece for each page.
    fn differences(self, old: &Sheet, new: &Sheet) -> Vec<String> {
        let sizes = [old, new].map(|sheet| [sheet.width, sheet.dots.len() / sheet.width]);
        if sizes[0] != sizes[1] {
            return vec![format!(
                "the sheet was {:?} and is {:?}",
                sizes[0], sizes[1]
            )];
        }
        let [width, height] = sizes[0];
        let [across, down] = self.page.map(|dots| dots + GAP);
        let mut counts = vec![0; height.div_ceil(down) * self.columns];
        for (at, (old, new)) in old.dots.iter().zip(&new.dots).enumerate() {
            if old.abs_diff(*new) > TOLERATED {
                let (x, y) = (at % width, at / width);
                counts[y / down * self.columns + x / across] += 1;
            }
        }
        let differing = counts.into_iter().enumerate().filter(|it| it.1 > 0);
        differing
            .map(|(page, dots)| format!("page {} differs in {dots} dots", page + 1))
            .collect()
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots")).join(name)
}

fn write(path: &Path, sheet: &Sheet) {
    let file = File::create(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let (width, height) = (sheet.width, sheet.dots.len() / sheet.width);
    let mut encoder = png::Encoder::new(BufWriter::new(file), width as u32, height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("the header is written");
    let written = writer.write_image_data(&sheet.dots);
    written.unwrap_or_else(|error| panic!("{path:?}: {error}"));
}

fn read(path: &Path) -> Sheet {
    let file = File::open(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut reader = png::Decoder::new(BufReader::new(file))
        .read_info()
        .unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let size = reader.output_buffer_size().expect("it fits in memory");
    let mut dots = vec![0; size];
    let read = reader.next_frame(&mut dots);
    let info = read.unwrap_or_else(|error| panic!("{path:?}: {error}"));
    assert_eq!(info.color_type, png::ColorType::Grayscale, "{path:?}");
    Sheet {
        width: info.width as usize,
        dots,
    }
}
