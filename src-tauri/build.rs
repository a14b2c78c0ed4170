//! Compiles the window's configuration, icons and permissions into the binary.

fn main() {
    // Listing the one command makes it need a permission, which only the main window has.
    let manifest = tauri_build::AppManifest::new().commands(&["call"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("tauri.conf.json and the icons beside it are part of the source");
}
