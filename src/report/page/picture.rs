//! The picture of a group as SVG: nodes by shape, keys as boxes, a line for every application that has the value.

use std::fmt::Write as _;

use super::escape::{clipped, text};
use super::layout::{BOX, HALF, KEYS, LABEL, Layout, Side, Spot, WIDTH, layout};
use super::place;
use crate::report::Form;
use crate::report::dossier::{Group, Key, Member, Role};
use crate::words::Word;

/// Letters that fit a label: a letter of the font is 6 wide at size 10.
const LETTERS: i64 = LABEL / 6;
/// Letters that fit a box.
const BOX_LETTERS: i64 = (KEYS[1] - KEYS[0] - 12) / 6;

/// A picture and how much of the group is in it.
pub(super) struct Picture {
    pub(super) svg: String,
    pub(super) members: usize,
    pub(super) keys: usize,
}

/// Draws a group; nothing where no two members share a value that can be named.
pub(super) fn picture(number: usize, group: &Group, form: &Form) -> Option<Picture> {
    let listed: Vec<bool> = group.members.iter().map(|member| member.listed.is_some()).collect();
    let keys: Vec<&[usize]> = group.keys.iter().map(|key| key.members.as_slice()).collect();
    let layout = layout(&listed, &keys);
    if layout.keys.is_empty() {
        return None;
    }
    let title = form.lang.word(Word::PictureOf).replace("{number}", &number.to_string());
    let mut svg = format!(
        "<svg class=\"gambar\" role=\"img\" viewBox=\"0 0 {WIDTH} {}\" aria-label=\"{}\">\n",
        layout.height,
        text(&title)
    );
    lines(&layout, group, &mut svg);
    for (key, spot) in &layout.keys {
        if let Some(of) = group.keys.get(*key) {
            key_box(*key, of, *spot, form, &mut svg);
        }
    }
    for (member, spot, side) in &layout.members {
        if let Some(member) = group.members.get(*member) {
            node(member, *spot, *side, form, &mut svg);
        }
    }
    svg.push_str("</svg>\n");
    Some(Picture { svg, members: layout.members.len(), keys: layout.keys.len() })
}

/// A line for each application that has a value. Writing into a string cannot fail.
fn lines(layout: &Layout, group: &Group, svg: &mut String) {
    for (key, to) in &layout.keys {
        let Some(key) = group.keys.get(*key) else { continue };
        for (_, from, side) in layout.members.iter().filter(|(member, ..)| key.members.contains(member)) {
            let (start, end) = match side {
                Side::Left => (from.x + HALF, KEYS[0]),
                Side::Right => (from.x - HALF, KEYS[1]),
            };
            let _ = writeln!(svg, "<path class=\"garis\" d=\"M{start} {}L{end} {}\"/>", from.y, to.y);
        }
    }
}

fn key_box(number: usize, key: &Key, spot: Spot, form: &Form, svg: &mut String) {
    let value = if form.full_values { &key.full } else { &key.masked };
    let letters = usize::try_from(BOX_LETTERS).unwrap_or_default();
    let label = format!("{} · {}", Group::letters(number), key.label);
    let (label, shown) = (clipped(&label, letters), clipped(value, letters));
    let _ = writeln!(
        svg,
        "<g class=\"kunci\"><title>{}: {}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{BOX}\" rx=\"10\"/>\
         <text x=\"{x}\" y=\"{}\">{}</text><text class=\"nilai\" x=\"{x}\" y=\"{}\">{}</text></g>",
        text(&key.label),
        text(value),
        KEYS[0],
        spot.y - BOX / 2,
        KEYS[1] - KEYS[0],
        spot.y - 3,
        text(&label),
        spot.y + 11,
        text(&shown),
        x = spot.x,
    );
}

fn node(member: &Member, spot: Spot, side: Side, form: &Form, svg: &mut String) {
    let class = if member.listed.is_some() { "isi" } else { "kosong" };
    let (x, end) = match side {
        Side::Left => (spot.x - HALF - 5, " end"),
        Side::Right => (spot.x + HALF + 5, ""),
    };
    let letters = usize::try_from(LETTERS).unwrap_or_default();
    let below = match member.listed {
        Some(_) => format!("{} · {}", day(member), place(member.listed, form.lang)),
        None => format!("{} · {}", day(member), super::role(member.role, form.lang)),
    };
    let _ = writeln!(
        svg,
        "<g class=\"simpul {class}\">{}<text class=\"nomor{end}\" x=\"{x}\" y=\"{}\">{}</text>\
         <text class=\"kecil{end}\" x=\"{x}\" y=\"{}\">{}</text></g>",
        shape(member.role, spot),
        spot.y - 2,
        text(&clipped(&member.number(form.full_values), letters)),
        spot.y + 10,
        text(&clipped(&below, letters)),
    );
}

/// The day of filing without the time.
pub(super) fn day(member: &Member) -> &str {
    member.filed.split(' ').next().unwrap_or_default()
}

/// A square for an application of tonight, a diamond for an open one of before, a circle for history.
pub(super) fn shape(role: Role, spot: Spot) -> String {
    let Spot { x, y } = spot;
    match role {
        Role::Tonight => {
            format!("<rect x=\"{}\" y=\"{}\" width=\"14\" height=\"14\"/>", x - 7, y - 7)
        }
        Role::Again => {
            format!("<path d=\"M{x} {}L{} {y}L{x} {}L{} {y}Z\"/>", y - HALF, x + HALF, y + HALF, x - HALF)
        }
        Role::Past => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"7\"/>"),
    }
}
