//! How reading compares with a bare parse; numbers for people, no limits: `cargo test --release -- --ignored speed`.

use std::fs;
use std::time::Instant;

use wholechart_fhir::{ReadOptions, Release, content_hash, read, split};

use crate::corpus::{corpus, files};

#[test]
#[ignore = "prints numbers; run it in a release build"]
fn speed() {
    let Some(corpus) = corpus() else { return };
    let pages: Vec<Vec<u8>> = files(&corpus, "json")
        .into_iter()
        .filter(|path| !path.to_string_lossy().contains("hostile"))
        .map(|path| fs::read(path).expect("a file"))
        .collect();
    let slices: Vec<&[u8]> =
        pages.iter().flat_map(|page| split(page).resources).map(|slice| slice.bytes).collect();
    let bytes: usize = slices.iter().map(|slice| slice.len()).sum();
    let clock = |name: &str, work: &dyn Fn()| {
        let best = (0..5)
            .map(|_| {
                let start = Instant::now();
                work();
                start.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min);
        let (count, bytes) = (
            f64::from(u32::try_from(slices.len()).unwrap_or(u32::MAX)),
            f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)),
        );
        println!("{name}: {:.1} µs a resource, {:.0} MB/s", best / count * 1e6, bytes / best / 1e6);
    };
    let options = ReadOptions::new(Release::R4);
    clock("serde_json::Value", &|| {
        for slice in &slices {
            drop(serde_json::from_slice::<serde_json::Value>(slice));
        }
    });
    clock("split", &|| pages.iter().for_each(|page| drop(split(page))));
    clock("read", &|| {
        for slice in &slices {
            drop(read(slice, &options));
        }
    });
    clock("content_hash", &|| slices.iter().for_each(|slice| drop(content_hash(slice))));
}
