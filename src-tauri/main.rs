//! The window. Everything is in the library, so that tests can reach it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    // Before anything of a window: the same program reads strangers' files, in a process of its own.
    wholechart_desktop::serve_reader().unwrap_or_else(wholechart_desktop::run)
}
