//! The terminal: a second host of the same commands. What it prints for scripts is a contract, `docs/cli.md`.

mod assistant;
mod host;
mod mcp;
mod options;
mod run;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    if let Some(ended) = wholechart_api::serve_reader() {
        return ended;
    }
    let options = options::Options::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            host::complain(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run::run(options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            host::complain(&format!("{}\n{}", error.message, error.advice));
            if let Some(details) = error.details {
                host::complain(&format!("({details})"));
            }
            ExitCode::FAILURE
        }
    }
}
