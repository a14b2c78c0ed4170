//! What is found in files and folders, and what is said of the rest.

#![allow(clippy::unwrap_used, reason = "a failing step fails the test")]

mod archives;
#[path = "../../../tests/corpus/dir.rs"]
mod corpus_dir;
mod hostile;

use std::{fs, io::Write as _, ops::ControlFlow, path::Path};

use wholechart_import::{NotRead, Piece, walk};

fn pieces(root: &Path) -> (usize, Vec<Piece>) {
    let mut found = Vec::new();
    let files = walk(&[root.to_owned()], &mut |piece| {
        found.push(piece);
        ControlFlow::Continue(())
    })
    .unwrap();
    (files, found)
}

fn one(name: &str, bytes: &[u8]) -> Vec<Piece> {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join(name), bytes).unwrap();
    pieces(root.path()).1
}

#[test]
fn a_json_file_is_handed_over_verbatim() {
    let bytes = b"\xEF\xBB\xBF {\n \"resourceType\": \"Patient\"\n}\n";
    assert_eq!(
        one("a.json", bytes),
        [Piece::Json { file: "a.json".into(), position: 0, bytes: bytes.to_vec() }]
    );
}

#[test]
fn ndjson_is_one_piece_a_line_whatever_its_name() {
    let lines = b"{\"a\":1}\n\n{\"b\":2}\r\n";
    let expected = [
        Piece::Json { file: "x".into(), position: 0, bytes: b"{\"a\":1}".to_vec() },
        Piece::Json { file: "x".into(), position: 9, bytes: b"{\"b\":2}\r".to_vec() },
    ];
    assert_eq!(one("x", lines), expected);
    let single = one("x.ndjson", b"{\"a\":1}");
    assert_eq!(single.len(), 1);
}

#[test]
fn two_files_of_one_name_are_two() {
    let root = tempfile::tempdir().unwrap();
    let paths: Vec<_> = ["a", "b"].map(|folder| root.path().join(folder).join("export.json")).into();
    for path in &paths {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, b"{}").unwrap();
    }
    let mut names = Vec::new();
    walk(&paths, &mut |piece| {
        if let Piece::Json { file, .. } = piece {
            names.push(file);
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1], "what is in them is known by its file");
}

#[test]
fn a_pretty_printed_object_is_not_taken_for_lines() {
    assert_eq!(one("a.json", b"{\n\"a\": {}\n}").len(), 1);
}

#[test]
fn what_is_not_read_yet_is_named() {
    let not_read = |name: &str, bytes: &[u8]| match &one(name, bytes)[0] {
        Piece::NotRead { why, .. } => why.clone(),
        other => panic!("{other:?}"),
    };
    // Of FHIR are those whose own namespace it is.
    for other in [
        "<Patient/>",
        "<Patient xmlns=\"http://hl7.org/fhir/v2\"/>",
        "<Patient xmlns:f=\"http://hl7.org/fhir\" xmlns=\"urn:other\"/>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><Patient xmlns=\"http://hl7.org/fhir\"/></feed>",
    ] {
        assert_eq!(not_read("a.xml", other.as_bytes()), NotRead::NotARecord, "{other}");
    }
    let sheet =
        b"<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns=\"http://hl7.org/fhir\">";
    assert_eq!(not_read("a.xsl", sheet), NotRead::StyleSheet);
    assert_eq!(
        not_read("a.xml", b"<section><templateId root=\"2.16.840.1.113883.10.20.22.2.5.1\"/></section>"),
        NotRead::PartOfClinical
    );
    assert_eq!(not_read("a.html", b"<!DOCTYPE html><html><p>http://hl7.org/fhir</p>"), NotRead::NotARecord);
    assert_eq!(not_read("a.xml", b"<!-- never closed"), NotRead::NotARecord);
    assert_eq!(not_read("a.zip", b"PK\x03\x04rest"), NotRead::DamagedArchive);
    assert_eq!(not_read("a", &[&[0; 128][..], b"DICM"].concat()), NotRead::Scan);
    assert_eq!(
        not_read(
            "a.xsl",
            b"<xsl:stylesheet xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" xmlns:n=\"urn:hl7-org:v3\">"
        ),
        NotRead::StyleSheet
    );
    assert_eq!(not_read("a.txt", b"shopping list"), NotRead::NotARecord);
}

#[test]
fn a_clinical_document_is_handed_over_as_it_is_whatever_its_name_and_letters() {
    let plain = "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>";
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xEF\xBB\xBF".as_slice(), plain.as_bytes()].concat();
    let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><ClinicalDocument><title>\xe9</title>".to_vec();
    let prefixed =
        b"<!-- after http://hl7.org/fhir --><n:ClinicalDocument xmlns:n='urn:hl7-org:v3'>".to_vec();
    let wrapped = b"<Envelope><ClinicalDocument xmlns='urn:hl7-org:v3'/></Envelope>".to_vec();
    for bytes in [plain.as_bytes().to_vec(), wide, marked, latin, prefixed, wrapped] {
        for name in ["a.xml", "a.json", "DOC0001"] {
            assert_eq!(one(name, &bytes), [Piece::Clinical { file: name.into(), bytes: bytes.clone() }]);
        }
    }
}

#[test]
fn fhir_in_xml_is_known_by_its_namespace_whatever_its_name_and_letters() {
    let plain = "<?xml version=\"1.0\"?><!-- one --><Patient xmlns=\"http://hl7.org/fhir\"/>";
    let prefixed = "<f:Patient xmlns:n='urn:n' xmlns:f = 'http://hl7.org/fhir'\n/>";
    let marked = format!("\u{FEFF}{plain}");
    let broken = "<Bundle xmlns=\"http://hl7.org/fhir\"><entry>";
    for text in [plain, prefixed, &marked, broken] {
        for name in ["a.xml", "a.json", "DOC0001"] {
            let bytes = text.as_bytes().to_vec();
            assert_eq!(one(name, text.as_bytes()), [Piece::FhirXml { file: name.into(), bytes }]);
        }
    }
    let wide: Vec<u8> = [0xFEFF].into_iter().chain(plain.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    assert_eq!(one("a", &wide), [Piece::FhirXml { file: "a".into(), bytes: plain.as_bytes().to_vec() }]);
}

#[test]
fn a_broken_json_file_is_left_to_the_reader_to_explain() {
    assert!(matches!(&one("a.json", b"nonsense")[0], Piece::Json { bytes, .. } if bytes == b"nonsense"));
}

#[test]
fn folders_are_walked_in_order_and_hidden_files_are_named() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("b")).unwrap();
    for name in ["c.json", "b/a.json", ".hidden.json"] {
        fs::write(root.path().join(name), b"{}").unwrap();
    }
    let (files, found) = pieces(root.path());
    let names: Vec<_> = found
        .iter()
        .map(|p| match p {
            Piece::Json { file, .. } | Piece::NotRead { file, .. } => file.replace('\\', "/"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!((files, names), (2, [".hidden.json", "b/a.json", "c.json"].map(str::to_owned).to_vec()));
    assert!(matches!(&found[0], Piece::NotRead { why: NotRead::Hidden, .. }));
}

#[cfg(unix)]
#[test]
fn a_link_is_named_and_not_followed() {
    let (root, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("a.json"), b"{}").unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("there")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("a.json"), root.path().join("z.json")).unwrap();
    let (files, found) = pieces(root.path());
    assert_eq!(files, 0);
    assert!(found.len() == 2 && found.iter().all(|p| matches!(p, Piece::NotRead { why: NotRead::Link, .. })));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_named_and_never_waited_for() {
    let root = tempfile::tempdir().unwrap();
    let pipe = root.path().join("pipe.json");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Named itself, and below a folder.
    for path in [root.path(), pipe.as_path()] {
        let (files, found) = pieces(path);
        assert_eq!(files, 0);
        assert!(matches!(found.as_slice(), [Piece::NotRead { why: NotRead::Endless, .. }]), "{found:?}");
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    one(name, bytes)
        .into_iter()
        .map(|piece| match piece {
            Piece::Json { bytes, .. } | Piece::Clinical { bytes, .. } | Piece::FhirXml { bytes, .. } => {
                String::from_utf8(bytes).unwrap()
            }
            Piece::NotRead { why, .. } => format!("{why:?}"),
            Piece::HealthCard { .. } => "HealthCard".to_owned(),
            Piece::BlueButton { .. } => "BlueButton".to_owned(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn what_is_packed_with_gzip_is_what_is_in_it() {
    let json = "{\n \"a\": 1\n}";
    assert_eq!(texts("a.json.gz", &packed(json.as_bytes())), [json]);
    assert_eq!(texts("a.ndjson.gz", &packed(b"{\"a\":1}\n{\"a\":2}\n")), ["{\"a\":1}", "{\"a\":2}"]);
    // As packers that put one after the other leave it.
    let two = [packed(b"{\"a\":1}\n"), packed(b"{\"a\":2}\n")].concat();
    assert_eq!(texts("a.ndjson.gz", &two), ["{\"a\":1}", "{\"a\":2}"]);
    let cut = packed(&b"{\"a\":1}".repeat(500));
    assert_eq!(texts("a.json.gz", &cut[..cut.len() - 9]), ["DamagedArchive"]);
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    let json = "{\"a\": \"caf\u{e9} \u{1f600}\"}";
    let units: Vec<u16> = json.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    for bytes in [[&[0xFF, 0xFE][..], &little].concat(), [&[0xFE, 0xFF][..], &big].concat(), little, big] {
        assert_eq!(texts("a.json", &bytes), [json]);
    }
    // Cut in the middle of a letter it is none; the reader says what is wrong.
    assert!(
        matches!(&one("a.json", b"\xFF\xFE{\0}\0x")[0], Piece::Json { bytes, .. } if bytes.starts_with(b"\xFF"))
    );
}

#[test]
fn json_that_is_laid_out_over_lines_is_whole_whatever_its_file_is_called() {
    let bundle = "{\n  \"resourceType\": \"Bundle\",\n  \"entry\": [\n    { \"resource\": {} }\n  ]\n}\n";
    assert_eq!(texts("a.ndjson", bundle.as_bytes()), [bundle]);
    let two = format!("{bundle}{bundle}");
    assert_eq!(texts("a.ndjson", two.as_bytes()), [two.as_str()], "the reader cuts several in a row");
    // A line that is cut short among whole ones costs itself.
    assert_eq!(texts("a.ndjson", b"{\"a\":\n{\"a\":2}\n"), ["{\"a\":", "{\"a\":2}"]);
}

#[test]
fn what_is_known_and_not_read_is_called_by_its_name() {
    let card = br#"{"verifiableCredential":["eyJ6aXAiOiJERUYi.x.y"]}"#;
    let payload = br#"{"iss":"https://x.example","vc":{"type":["https://smarthealth.cards#health-card"]}}"#;
    assert_eq!(texts("a.smart-health-card", card), ["HealthCard"]);
    assert_eq!(texts("payload.json", payload), ["HealthCard"]);
    assert_eq!(texts("qr.txt", b"shc:/56762909524320603460"), ["HealthCard"]);
    assert_eq!(texts("token.txt", b"eyJ6aXAiOiJERUYi.3ZJNb9sw.abc-_1\n"), ["HealthCard"]);
    assert_eq!(texts("VA.txt", b"------- VA Blue Button(r) Data ------\nName: X"), ["BlueButton"]);
    for link in [
        "shlink:/eyJ1cmwiOiJodHRwczovL2xpbmsuZXhhbXBsZS8xIn0",
        "https://viewer.example/#shlink:/eyJ1cmwiOiJodHRwczovL2xpbmsuZXhhbXBsZS8xIn0\n",
        "[InternetShortcut]\r\nURL=https://viewer.example/view#shlink:/eyJ1cmwiOiJodHRwczovL2xpbmsuZXhhbXBsZS8xIn0\r\n",
    ] {
        assert_eq!(texts("link.txt", link.as_bytes()), ["HealthLink"], "{link}");
    }
    assert_eq!(texts("notes.txt", b"a page about shlink:/ and how it is read"), ["NotARecord"]);
    // A record that speaks of one is a record.
    let resource = br#"{"resourceType":"DocumentReference","vc":{}}"#;
    assert!(matches!(one("a.json", resource)[0], Piece::Json { .. }));
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    assert!(walk(&["/nowhere/at/all".into()], &mut |_| ControlFlow::Continue(())).is_err());
}

#[test]
fn each_can_stop_the_walk() {
    let root = tempfile::tempdir().unwrap();
    for name in ["a.json", "b.json"] {
        fs::write(root.path().join(name), b"{}").unwrap();
    }
    let mut seen = 0;
    walk(&[root.path().to_owned()], &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(seen, 1);
}
