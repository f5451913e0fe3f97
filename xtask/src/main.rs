//! Every command of the project: `cargo xtask help`.

mod flags;

use std::process::ExitCode;

use flags::Request;

fn main() -> ExitCode {
    match flags::parse(std::env::args().skip(1)) {
        Ok(Request::Help) => {
            print!("{}", flags::help());
            ExitCode::SUCCESS
        }
        Ok(Request::Run(task, given)) => match task.run(&given) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            eprintln!("error: {error}\n\n{}", flags::help());
            ExitCode::from(2)
        }
    }
}
