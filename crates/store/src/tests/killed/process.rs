//! A process that is killed (SIGKILL, TerminateProcess) at a counted point.
//!
//! On Linux the points are its changes to the disk: each call that writes, cuts, makes, renames or removes has two, before it
//! and after it. They are counted from outside (ptrace), so that what runs is the product as it is. Other systems have no such
//! thing, and there a point is a millisecond of its life.

use std::process::{Child, Command, Stdio};

/// What a process did that was started to be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ran {
    /// How many points it came by.
    pub(crate) points: u64,
    /// It came to its end, and was not killed.
    pub(crate) ended: bool,
}

/// To be called by the process once it is ready to be counted.
pub(crate) fn wait_for_the_start() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

/// Runs a process that calls [`wait_for_the_start`]; it is killed at this point, counted from 1. Without one it runs to its
/// end.
///
/// # Panics
/// When it ends by itself and says that it failed.
pub(crate) fn run(command: &mut Command, dies_at: Option<u64>) -> Ran {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    counted(child, dies_at)
}

#[cfg(target_os = "linux")]
fn counted(mut child: Child, dies_at: Option<u64>) -> Ran {
    use std::collections::BTreeSet;
    use std::{fs, io::Write as _};

    use nix::errno::Errno;
    use nix::sys::ptrace::{self, Options};
    use nix::sys::signal::{Signal, kill};
    use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
    use nix::unistd::Pid;

    let leader = Pid::from_raw(child.id().try_into().unwrap());
    // Its threads of this moment. Those that come later are counted with the thread that makes them.
    let options = Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_TRACECLONE | Options::PTRACE_O_EXITKILL;
    let mut seized = BTreeSet::new();
    loop {
        let tasks = fs::read_dir(format!("/proc/{leader}/task")).unwrap();
        let ids = tasks.map(|task| task.unwrap().file_name().to_string_lossy().parse().unwrap());
        let new: Vec<i32> = ids.filter(|id| !seized.contains(id)).collect();
        if new.is_empty() {
            break;
        }
        for id in new {
            seized.insert(id);
            match ptrace::seize(Pid::from_raw(id), options)
                .and_then(|()| ptrace::interrupt(Pid::from_raw(id)))
            {
                // It came with a thread that is counted, or is gone.
                Ok(()) | Err(Errno::EPERM | Errno::ESRCH) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }
    let mut stdin = child.stdin.take();
    let mut started = false;
    let mut points = 0;
    loop {
        let status = waitpid(None, Some(WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD)).unwrap();
        let goes_on = |id: Pid, signal: Option<Signal>| match ptrace::syscall(id, signal) {
            // Gone with all the others.
            Ok(()) | Err(Errno::ESRCH) => {}
            Err(error) => panic!("{error}"),
        };
        match status {
            WaitStatus::Exited(id, code) if id == leader => {
                assert_eq!(code, 0, "it failed by itself");
                return Ran { points, ended: true };
            }
            WaitStatus::Signaled(id, signal, _) if id == leader => {
                assert_eq!(signal, Signal::SIGKILL, "it failed by itself");
                return Ran { points, ended: false };
            }
            WaitStatus::PtraceSyscall(id) => {
                if changes_the_disk(id) {
                    points += 1;
                    if dies_at == Some(points) {
                        kill(leader, Signal::SIGKILL).unwrap();
                        continue;
                    }
                }
                goes_on(id, None);
            }
            WaitStatus::PtraceEvent(id, ..) => goes_on(id, None),
            WaitStatus::Stopped(id, signal) => goes_on(id, Some(signal)),
            _ => {}
        }
        if !started {
            started = true;
            if let Some(mut stdin) = stdin.take() {
                // Whoever was killed early reads nothing any more.
                let _ = stdin.write_all(b"\n");
            }
        }
    }
}

/// Whether the call that a thread stands before or behind changes something on a disk.
#[cfg(target_os = "linux")]
fn changes_the_disk(thread: nix::unistd::Pid) -> bool {
    use nix::libc;

    // Some systems have none of the older ones.
    #[cfg(target_arch = "x86_64")]
    const OLDER: &[i64] = &[libc::SYS_mkdir, libc::SYS_rename, libc::SYS_rmdir, libc::SYS_unlink];
    #[cfg(not(target_arch = "x86_64"))]
    const OLDER: &[i64] = &[];
    const CHANGING: &[i64] = &[
        libc::SYS_copy_file_range,
        libc::SYS_ftruncate,
        libc::SYS_mkdirat,
        libc::SYS_pwrite64,
        libc::SYS_pwritev,
        libc::SYS_renameat,
        libc::SYS_renameat2,
        libc::SYS_sendfile,
        libc::SYS_unlinkat,
    ];

    // Its number and its arguments; nothing where the thread is gone.
    let Ok(call) = std::fs::read_to_string(format!("/proc/{thread}/syscall")) else { return false };
    let mut words = call.split_whitespace();
    let Some(number) = words.next().and_then(|word| word.parse::<i64>().ok()) else { return false };
    let mut arguments =
        words.map(|word| i64::from_str_radix(word.trim_start_matches("0x"), 16).unwrap_or(-1));
    if [libc::SYS_write, libc::SYS_writev].contains(&number) {
        // What is said is on no disk.
        arguments.next().is_some_and(|file| file > 2)
    } else if number == libc::SYS_openat {
        arguments.nth(2).is_some_and(|flags| flags & i64::from(libc::O_CREAT) != 0)
    } else {
        CHANGING.contains(&number) || OLDER.contains(&number)
    }
}

#[cfg(not(target_os = "linux"))]
fn counted(mut child: Child, dies_at: Option<u64>) -> Ran {
    use std::{
        io::Write as _,
        thread,
        time::{Duration, Instant},
    };

    let begun = Instant::now();
    child.stdin.take().unwrap().write_all(b"\n").unwrap();
    loop {
        let points = u64::try_from(begun.elapsed().as_millis()).unwrap();
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "it failed by itself");
            return Ran { points: points.max(1), ended: true };
        }
        if dies_at.is_some_and(|at| points >= at) {
            child.kill().unwrap();
            child.wait().unwrap();
            return Ran { points, ended: false };
        }
        thread::sleep(Duration::from_millis(1));
    }
}
