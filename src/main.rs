//! The `saring` command. Everything it does is in the library.

fn main() -> std::process::ExitCode {
    saring::cli::main()
}
