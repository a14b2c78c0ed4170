//! `cargo xtask windows`: the scenes in a real window, several times in a row, on a machine whose loopback ports are in
//! use all the while.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::FEATURES;
use crate::stages::Stages;
use crate::test::{self, cargo, npm};

/// Between two connections. Each keeps its port for a minute after it was closed, so some thousand ports, of the 28,000
/// there are on Linux, are taken at any moment, and others in the next.
const PAUSE: Duration = Duration::from_millis(5);

/// Plays the scenes `times` times.
pub(crate) fn windows(times: u32) -> Result<(), String> {
    let mut stages = Stages::default();
    if !stages.programs("window's pages", Duration::from_mins(10), vec![npm("build")]) {
        return stages.finish();
    }
    // Scenes start the terminal too, which is built for its own tests only; and a build is not part of a run.
    let mut build = cargo(&["test", "--workspace", "--no-run", "--locked", "--features", FEATURES]);
    build.args(["--test", "e2e", "--test", "main"]);
    if !stages.programs("programs", Duration::from_mins(40), vec![build]) {
        return stages.finish();
    }
    let (ended, made) = (AtomicBool::new(false), AtomicU64::new(0));
    thread::scope(|scope| {
        let connections = scope.spawn(|| connect(&ended, &made));
        for _ in 0..times {
            stages.programs("tests in a real window", test::IN_THE_WINDOW, vec![test::in_the_window()]);
        }
        ended.store(true, Ordering::Relaxed);
        let connected = connections.join().map_err(|_| "the connections panicked".to_owned());
        stages.own("connections beside them", || {
            println!("{} were opened and closed", made.load(Ordering::Relaxed));
            connected?.map_err(|error| error.to_string())
        });
    });
    stages.finish()
}

/// Opens and closes connections until `ended`.
fn connect(ended: &AtomicBool, made: &AtomicU64) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    while !ended.load(Ordering::Relaxed) {
        let there = TcpStream::connect(address)?;
        let here = listener.accept()?;
        made.fetch_add(1, Ordering::Relaxed);
        // The end that connected closes first: it is its port that stays taken.
        drop(there);
        drop(here);
        thread::sleep(PAUSE);
    }
    Ok(())
}
