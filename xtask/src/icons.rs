//! `cargo xtask icons`: every size from `icons/icon.svg`.
//!
//! The drawing is made by `rsvg-convert`. The two containers are written here: both are a table of
//! contents in front of PNG files, which is less to trust than another tool.

use std::fs;
use std::path::Path;

use crate::process::output_of;
use crate::root;

/// PNG files in the repository, with their width.
const FILES: &[(&str, u32)] =
    &[("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];
/// Sizes inside `icon.ico`.
const WINDOWS: &[u32] = &[16, 24, 32, 48, 64, 256];
/// Entries of `icon.icns`: Apple's type and the width.
const MACOS: &[(&[u8; 4], u32)] = &[
    (b"ic11", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Draws and writes them all.
pub(crate) fn icons() -> Result<(), String> {
    let folder = root().join("icons");
    for (name, width) in FILES {
        fs::write(folder.join(name), drawn(&folder, *width)?).map_err(|error| format!("{name}: {error}"))?;
    }
    let mut windows = Vec::new();
    for &width in WINDOWS {
        windows.push((width, drawn(&folder, width)?));
    }
    fs::write(folder.join("icon.ico"), ico(&windows)).map_err(|error| format!("icon.ico: {error}"))?;
    let mut macos = Vec::new();
    for (kind, width) in MACOS {
        macos.push((**kind, drawn(&folder, *width)?));
    }
    fs::write(folder.join("icon.icns"), icns(&macos)).map_err(|error| format!("icon.icns: {error}"))?;
    println!("Drawn anew in {}", folder.display());
    Ok(())
}

/// A PNG with transparency, `width` pixels wide and high.
fn drawn(folder: &Path, width: u32) -> Result<Vec<u8>, String> {
    let file = crate::target_dir().join(format!("icon-{width}.png"));
    fs::create_dir_all(crate::target_dir()).map_err(|error| error.to_string())?;
    let (side, out) = (width.to_string(), file.to_string_lossy().into_owned());
    let source = folder.join("icon.svg").to_string_lossy().into_owned();
    output_of("rsvg-convert", &["--width", &side, "--height", &side, "--output", &out, &source])
        .map_err(|error| format!("{error}\nrsvg-convert draws the icons (Debian: librsvg2-bin)"))?;
    let drawing = fs::read(&file).map_err(|error| format!("{out}: {error}"))?;
    fs::remove_file(&file).map_err(|error| format!("{out}: {error}"))?;
    Ok(drawing)
}

/// Windows' container: a six-byte head, sixteen bytes for each image, then the images. Numbers are little-endian.
fn ico(images: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(images.len()).expect("a handful of sizes");
    let mut file = vec![0, 0, 1, 0];
    file.extend(count.to_le_bytes());
    let mut offset = 6 + 16 * u32::from(count);
    for (width, image) in images {
        // A width of 256 is written as 0.
        let side = u8::try_from(*width).unwrap_or(0);
        let length = length(image);
        file.extend([side, side, 0, 0, 1, 0, 32, 0]);
        file.extend(length.to_le_bytes());
        file.extend(offset.to_le_bytes());
        offset += length;
    }
    for (_, image) in images {
        file.extend(image);
    }
    file
}

/// Apple's container: a head, then for each image its type, its length with this head, and the image.
/// Numbers are big-endian.
fn icns(images: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let total: u32 = 8 + images.iter().map(|(_, image)| 8 + length(image)).sum::<u32>();
    let mut file = b"icns".to_vec();
    file.extend(total.to_be_bytes());
    for (kind, image) in images {
        file.extend(kind);
        file.extend((8 + length(image)).to_be_bytes());
        file.extend(image);
    }
    file
}

fn length(image: &[u8]) -> u32 {
    u32::try_from(image.len()).expect("an icon is far below 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ico_points_at_its_images() {
        let file = ico(&[(16, vec![1, 2, 3]), (256, vec![4, 5])]);
        assert_eq!(&file[..6], &[0, 0, 1, 0, 2, 0]);
        let entry = &file[6 + 16..6 + 32];
        assert_eq!(entry[0], 0, "256 is written as 0");
        let number = |at: usize| u32::from_le_bytes(entry[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(&file[number(12)..number(12) + number(8)], &[4, 5]);
    }

    #[test]
    fn an_icns_counts_its_own_heads() {
        let file = icns(&[(*b"ic07", vec![9; 5])]);
        assert_eq!(file.len(), 8 + 8 + 5);
        assert_eq!(&file[..8], &[b'i', b'c', b'n', b's', 0, 0, 0, 21]);
        assert_eq!(&file[8..16], &[b'i', b'c', b'0', b'7', 0, 0, 0, 13]);
    }
}
