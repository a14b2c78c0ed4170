//! How often memory is asked for while a resource is read: a guard that does not depend on the machine. A program of its own, because
//! it counts with the program's allocator. The floor is a bare parse of the same bytes.

use allocation_counter::measure;
use chrono::NaiveDate;
use wholechart_fhir::{ReadOptions, Release, content_hash, read, split};
use wholechart_sandbox::{Release as Written, SAMPLE_SEED, Story};

/// So many times as often as `serde_json::Value` asks for it, which asks once for each object, list and text.
const TIMES_A_PARSE: f64 = 1.25;
/// A resource of the sample person, on average.
const A_RESOURCE: f64 = 80.0;
/// Taking a page apart, a resource.
const SPLIT_A_RESOURCE: f64 = 13.0;
/// A hash of what a resource says.
const HASHED_A_RESOURCE: f64 = 21.0;

#[test]
fn reading_asks_for_memory_about_as_often_as_a_bare_parse() {
    let today = NaiveDate::from_ymd_opt(2026, 6, 15).expect("a day");
    for (written, release) in
        [(Written::Dstu2, Release::Dstu2), (Written::Stu3, Release::Stu3), (Written::R4, Release::R4)]
    {
        let story = Story::retold(SAMPLE_SEED, today, written);
        let texts: Vec<String> =
            story.tellings().iter().map(|telling| telling.text("https://fhir.example")).collect();
        let page = format!(
            r#"{{"resourceType":"Bundle","entry":[{}]}}"#,
            texts.iter().map(|text| format!(r#"{{"resource":{text}}}"#)).collect::<Vec<_>>().join(",")
        );
        let options = ReadOptions::new(release);
        let read_all = || {
            for text in &texts {
                drop(std::hint::black_box(read(text.as_bytes(), &options)));
            }
        };
        // Tables that are made once a process are made now.
        read_all();
        let of_each = texts.iter().map(String::len).sum::<usize>();
        assert!(texts.len() > 100 && of_each > 50_000, "{} resources, {of_each} bytes", texts.len());
        #[expect(clippy::cast_precision_loss, reason = "some ten thousands")]
        let each = |count: u64| count as f64 / texts.len() as f64;
        let parse = each(
            measure(|| {
                for text in &texts {
                    drop(std::hint::black_box(serde_json::from_str::<serde_json::Value>(text)));
                }
            })
            .count_total,
        );
        let reading = measure(read_all);
        let hashing = each(
            measure(|| {
                for text in &texts {
                    std::hint::black_box(content_hash(text.as_bytes()));
                }
            })
            .count_total,
        );
        let splitting = each(measure(|| drop(std::hint::black_box(split(page.as_bytes())))).count_total);
        let said = format!(
            "{release:?}: a resource of {} bytes: parse {parse:.1}, read {:.1}, hash {hashing:.1}, split {splitting:.2}",
            of_each / texts.len(),
            each(reading.count_total)
        );
        println!("{said}");
        assert!(each(reading.count_total) <= parse * TIMES_A_PARSE, "{said}");
        assert!(each(reading.count_total) <= A_RESOURCE, "{said}");
        assert!(hashing <= HASHED_A_RESOURCE, "{said}");
        assert!(splitting <= SPLIT_A_RESOURCE, "{said}");
        assert_eq!(reading.count_current, 0, "what was read and let go is given back");
    }
}
