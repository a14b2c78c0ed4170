//! Compiles the window's configuration, icons and permissions into the binary.
fn main() {
    tauri_build::build();
}
