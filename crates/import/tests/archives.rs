//! Archives as portals hand them out, and as somebody makes them who means harm.

use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::{fs, path::Path};

use wholechart_import::{LARGEST_MEMBER, Piece, walk};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::packed;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tarred(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Not `append_data`, which refuses what is tested here.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Each piece as its file and, in short, what became of it.
fn said(path: &Path) -> Vec<(String, String)> {
    let mut said = Vec::new();
    walk(&[path.to_owned()], &mut |piece| {
        said.push(match piece {
            Piece::Json { file, bytes, .. } => (file, String::from_utf8_lossy(&bytes).into_owned()),
            Piece::Clinical { file, .. } => (file, "Clinical".into()),
            Piece::FhirXml { file, .. } => (file, "FhirXml".into()),
            Piece::Document { file, .. } => (file, "Document".into()),
            Piece::HealthCard { file, .. } => (file, "HealthCard".into()),
            Piece::BlueButton { file, .. } => (file, "BlueButton".into()),
            Piece::AppleHealth { file, stream } => {
                let mut bytes = Vec::new();
                let read = stream.read(|source| source.read_to_end(&mut bytes).is_ok());
                let whole = if read.unwrap_or(false) { "" } else { ", damaged" };
                (file, format!("AppleHealth of {}{whole}", bytes.len()))
            }
            Piece::NotRead { file, why } => (file, format!("{why:?}")),
        });
        ControlFlow::Continue(())
    })
    .unwrap();
    said
}

fn of(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join(name);
    fs::write(&path, bytes).unwrap();
    said(&path)
}

fn lines(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(file, what)| ((*file).to_owned(), (*what).to_owned())).collect()
}

const DOCUMENT: &[u8] = b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>";

#[test]
fn what_a_portal_hands_out_is_what_is_in_it() {
    // As IHE XDM lays it out.
    let files: &[(&str, &[u8])] = &[
        ("INDEX.HTM", b"<html>"),
        ("IHE_XDM/SUBSET01/DOC0001.XML", DOCUMENT),
        ("IHE_XDM/SUBSET01/STYLE.XSL", b"<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform'/>"),
        ("fhir/a.json", b"{}"),
        ("__MACOSX/fhir/._a.json", b"x"),
    ];
    let expected = lines(&[
        ("INDEX.HTM", "NotARecord"),
        ("IHE_XDM/SUBSET01/DOC0001.XML", "Clinical"),
        ("IHE_XDM/SUBSET01/STYLE.XSL", "StyleSheet"),
        ("fhir/a.json", "{}"),
        ("__MACOSX/fhir/._a.json", "Hidden"),
    ]);
    assert_eq!(of("download", &zipped(files)), expected);
    assert_eq!(of("download.tar", &tarred(files)), expected);
    assert_eq!(of("download.tar.gz", &packed(&tarred(files))), expected);
    // Among others, what is in it goes by its archive as well.
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("one.zip"), zipped(&[("a.json", b"{}")])).unwrap();
    fs::write(root.path().join("two.zip"), zipped(&[("a.json", b"{}")])).unwrap();
    assert_eq!(said(root.path()), lines(&[("one.zip/a.json", "{}"), ("two.zip/a.json", "{}")]));
}

#[test]
fn an_archive_in_an_archive_is_opened_and_one_in_that_is_named() {
    let inner = zipped(&[("a.json", b"{}")]);
    let middle = packed(&tarred(&[("inner.zip", &inner), ("b.json.gz", &packed(b"{\"b\":1}"))]));
    assert_eq!(of("outer.zip", &zipped(&[("inner.zip", &inner)])), lines(&[("inner.zip/a.json", "{}")]));
    assert_eq!(
        of("outer.zip", &zipped(&[("middle.tgz", &middle)])),
        lines(&[("middle.tgz/inner.zip", "NestedTooDeep"), ("middle.tgz/b.json.gz", "NestedTooDeep")])
    );
}

#[test]
fn names_that_lead_elsewhere_and_links_are_named() {
    let files: &[(&str, &[u8])] =
        &[("../../evil.json", b"{}"), ("/etc/evil.json", b"{}"), ("good.json", b"{}")];
    let expected =
        lines(&[("../../evil.json", "UnsafeName"), ("/etc/evil.json", "UnsafeName"), ("good.json", "{}")]);
    assert_eq!(of("a.tar", &tarred(files)), expected);
    let zip = of("a.zip", &zipped(files));
    assert_eq!(zip.last(), expected.last());
    assert!(zip.iter().filter(|(_, what)| what == "{}").count() <= 2, "{zip:?}");

    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let linked = writer.finish().unwrap().into_inner();
    assert_eq!(of("a.zip", &linked), lines(&[("link.json", "Link")]));
    let mut builder = tar::Builder::new(Vec::new());
    for kind in [tar::EntryType::Symlink, tar::EntryType::Link, tar::EntryType::Fifo] {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_link(&mut header, "link.json", "/etc/passwd").unwrap();
    }
    let linked = builder.into_inner().unwrap();
    assert_eq!(
        of("a.tar", &linked),
        lines(&[("link.json", "Link"), ("link.json (2)", "Link"), ("link.json (3)", "Endless")])
    );
}

#[test]
fn two_of_one_name_are_two_or_said() {
    let twice: &[(&str, &[u8])] = &[("a.json", b"{\"n\":1}"), ("a.json", b"{\"n\":2}")];
    assert_eq!(of("a.tar", &tarred(twice)), lines(&[("a.json", "{\"n\":1}"), ("a.json (2)", "{\"n\":2}")]));
    // A zip cannot be made so by a careful writer: one name is changed in the bytes.
    let mut zip = zipped(&[("a.json", b"{\"n\":1}"), ("b.json", b"{\"n\":2}")]);
    for at in 0..zip.len() - 6 {
        if &zip[at..at + 6] == b"b.json" {
            zip[at] = b'a';
        }
    }
    let said = of("a.zip", &zip);
    assert_eq!(said[0], ("a.zip".to_owned(), "TwoOfOneName".to_owned()), "{said:?}");
    assert_eq!(said.len(), 2);
}

#[test]
fn what_is_cut_or_locked_is_named() {
    let zip = zipped(&[("a.json", b"{}"), ("b.json", b"{}")]);
    assert_eq!(of("a.zip", &zip[..zip.len() / 2]), lines(&[("a.zip", "DamagedArchive")]));
    let tar = tarred(&[("a.json", b"{\"a\":1}"), ("b.json", &[b' '; 3000])]);
    assert_eq!(
        of("a.tar", &tar[..tar.len() - 3000]),
        lines(&[("a.json", "{\"a\":1}"), ("a.tar", "DamagedArchive")])
    );
    let gz = packed(&tar);
    assert_eq!(of("a.tgz", &gz[..gz.len() / 2]).last().unwrap().1, "DamagedArchive");
    // The check sum of the whole stands at the end.
    let mut wrong = gz.clone();
    let at = wrong.len() - 6;
    wrong[at] ^= 1;
    assert_eq!(of("a.tgz", &wrong).last().unwrap(), &("a.tgz".to_owned(), "DamagedArchive".to_owned()));
    // The flag of a password, in the file's own head and in the list at the end.
    let mut locked = zipped(&[("a.json", b"{}")]);
    let list = locked.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[list + 8] |= 1;
    assert_eq!(of("a.zip", &locked), lines(&[("a.json", "Encrypted")]));
    // A way of packing that nobody knows.
    let mut unknown = zipped(&[("a.json", b"{}")]);
    unknown[8] = 98;
    unknown[list + 10] = 98;
    assert_eq!(of("a.zip", &unknown), lines(&[("a.json", "UnknownPacking")]));
    // One byte of the content: the check sum does not fit.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("a.json", options).unwrap();
    writer.write_all(b"{\"abc\":1}").unwrap();
    let mut changed = writer.finish().unwrap().into_inner();
    let at = changed.windows(3).position(|at| at == b"abc").unwrap();
    changed[at] = b'x';
    assert_eq!(of("a.zip", &changed), lines(&[("a.json", "DamagedArchive")]));
}

#[test]
fn a_bomb_costs_itself() {
    let zeros = vec![b' '; usize::try_from(LARGEST_MEMBER).unwrap() + 1];
    let bomb = zipped(&[("bomb.json", &zeros), ("good.json", b"{}")]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(of("a.zip", &bomb), lines(&[("bomb.json", "TooLarge"), ("good.json", "{}")]));
    let nested = zipped(&[("bomb.json.gz", &packed(&zeros)), ("good.json", b"{}")]);
    assert_eq!(of("a.zip", &nested), lines(&[("bomb.json.gz", "TooLarge"), ("good.json", "{}")]));
}

/// Whatever one byte of an archive is: it is read, or named, and nothing else happens.
#[test]
fn one_wrong_byte_costs_no_more_than_the_archive() {
    let files: &[(&str, &[u8])] = &[("a.json", b"{\"a\":1}"), ("b/c.xml", DOCUMENT)];
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("a");
    for whole in [zipped(files), packed(&tarred(files))] {
        for at in 0..whole.len() {
            for wrong in [0x00, 0xFF, whole[at] ^ 1] {
                let mut bytes = whole.clone();
                bytes[at] = wrong;
                fs::write(&path, &bytes).unwrap();
                assert!(said(&path).len() <= 5);
            }
        }
    }
}

const EXPORT: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Me)>\n]>\n<HealthData></HealthData>";

#[test]
fn the_export_of_a_phone_is_read_where_it_is_and_not_held() {
    let clinical = b"<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"><id extension=\"Health Export CDA\" root=\"1.1\"/>junk";
    // More than is ever unpacked of another file.
    let large = [EXPORT, &vec![b' '; usize::try_from(LARGEST_MEMBER).unwrap()]].concat();
    let files: &[(&str, &[u8])] = &[
        ("apple_health_export/export.xml", &large),
        ("apple_health_export/export_cda.xml", clinical),
        ("apple_health_export/clinical-records/Condition-1.json", b"{}"),
    ];
    let length = format!("AppleHealth of {}", large.len());
    let expected = lines(&[
        ("apple_health_export/export.xml", &length),
        ("apple_health_export/export_cda.xml", "AppleClinical"),
        ("apple_health_export/clinical-records/Condition-1.json", "{}"),
    ]);
    assert_eq!(of("export.zip", &zipped(files)), expected);
    assert_eq!(
        of("export.xml", EXPORT),
        lines(&[("export.xml", &format!("AppleHealth of {}", EXPORT.len()))])
    );
    assert_eq!(of("cda.xml", clinical), lines(&[("cda.xml", "AppleClinical")]));
    let packed_alone = of("export.xml.gz", &packed(EXPORT));
    assert_eq!(packed_alone, lines(&[("export.xml.gz", &format!("AppleHealth of {}", EXPORT.len()))]));
    // In an archive within an archive it is a file as any other.
    let nested = zipped(&[("export.zip", &zipped(&[("export.xml", EXPORT)]))]);
    assert_eq!(of("outer.zip", &nested)[0].1, format!("AppleHealth of {}", EXPORT.len()));
}

#[test]
fn pdfs_and_pictures_are_found_beside_everything_else() {
    let files: &[(&str, &[u8])] = &[
        ("visit.pdf", b"%PDF-1.7 x"),
        ("rash.jpg", b"\xFF\xD8\xFF\xE0"),
        ("page.png", b"\x89PNG\r\n\x1a\n"),
        ("scan.tif", b"II*\0 and so on"),
        ("photo.heic", b"\0\0\0\x18ftypheic"),
        ("card.smart-health-card", b"{\"verifiableCredential\":[]}"),
        ("code.txt", b"shc:/5676"),
        ("a.json", b"{}"),
    ];
    let expected = lines(&[
        ("visit.pdf", "Document"),
        ("rash.jpg", "Document"),
        ("page.png", "Document"),
        ("scan.tif", "Document"),
        ("photo.heic", "Document"),
        ("card.smart-health-card", "HealthCard"),
        ("code.txt", "HealthCard"),
        ("a.json", "{}"),
    ]);
    assert_eq!(of("download.zip", &zipped(files)), expected);
    assert_eq!(of("download.tar", &tarred(files)), expected);
}
