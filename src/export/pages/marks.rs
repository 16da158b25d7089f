//! The shapes before a text: the six of a state, which differ without colour too, and a repost's.

use crate::plan::Standing;

use super::{
    Draw,
    colours::{self, Rgb},
};

/// A shape before a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Standing(Standing),
    /// An arrow back to where the contents are.
    Repost,
}

impl Mark {
    /// The shape in a square of `side` around `centre`.
    pub fn draw(self, (x, y): (f32, f32), side: f32) -> Vec<Draw> {
        let half = side / 2.0;
        let at = |dx: f32, dy: f32| (x + dx * half, y + dy * half);
        match self {
            Self::Standing(standing) => vec![shape(standing, (x, y), half)],
            Self::Repost => {
                let path = |points: Vec<(f32, f32)>| Draw::Path {
                    points,
                    width: 1.1,
                    ink: colours::WEAK,
                };
                vec![
                    path(vec![at(1.0, 1.0), at(1.0, -0.2), at(-1.0, -0.2)]),
                    path(vec![at(-0.2, -1.0), at(-1.0, -0.2), at(-0.2, 0.6)]),
                ]
            }
        }
    }
}

fn shape(standing: Standing, (x, y): (f32, f32), half: f32) -> Draw {
    let fill: Rgb = colours::standing(standing).mark;
    let at = |dx: f32, dy: f32| (x + dx * half, y + dy * half);
    match standing {
        Standing::Good => Draw::Disc {
            centre: (x, y),
            radius: half * 0.86,
            fill,
        },
        Standing::Concern => Draw::Polygon {
            corners: vec![at(0.0, -1.05), at(1.1, 0.9), at(-1.1, 0.9)],
            fill,
        },
        Standing::Bad => Draw::Polygon {
            corners: vec![at(0.0, -1.2), at(1.2, 0.0), at(0.0, 1.2), at(-1.2, 0.0)],
            fill,
        },
        Standing::Worst => Draw::Polygon {
            corners: vec![at(-1.0, -1.0), at(1.0, -1.0), at(1.0, 1.0), at(-1.0, 1.0)],
            fill,
        },
        Standing::Unassessed => Draw::Ring {
            centre: (x, y),
            radius: half * 0.8,
            width: 1.1,
            ink: fill,
        },
        Standing::NotRated => Draw::Path {
            points: vec![at(-0.8, 0.0), at(0.8, 0.0)],
            width: 1.5,
            ink: fill,
        },
    }
}
