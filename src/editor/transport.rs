//! JSON-RPC messages with the headers of the language server protocol.

use std::io::{BufRead, Write};

use serde_json::{Value, json};

/// The largest message accepted, in bytes; rule files have at most 8 MiB.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The longest header line.
const LONGEST_HEADER: u64 = 4_096;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Value),
    /// Something that is none; the client is told.
    Malformed(&'static str),
    /// The client went away.
    End,
}

/// Reads the next message. After anything malformed the next headers are looked for.
pub(super) fn read(input: &mut dyn BufRead) -> Incoming {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        let mut limited = std::io::Read::take(&mut *input, LONGEST_HEADER);
        match limited.read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return Incoming::End,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(_) => break,
                // An empty line before any header.
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            match value.trim().parse() {
                Ok(n) if n <= MOST_BYTES => length = Some(n),
                _ => return Incoming::Malformed("Content-Length is no number, or too large"),
            }
        }
    }
    let mut body = vec![0; length.unwrap_or(0)];
    if input.read_exact(&mut body).is_err() {
        return Incoming::End;
    }
    match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(_) => Incoming::Malformed("not JSON"),
    }
}

/// Writes a message. A client that went away shows itself at the next read.
pub(super) fn write(output: &mut dyn Write, message: &Value) {
    let body = message.to_string();
    let sent = write!(output, "Content-Length: {}\r\n\r\n{body}", body.len()).and_then(|()| output.flush());
    drop(sent);
}

/// An answer to a request.
pub(super) fn answer(id: &Value, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// A refusal of a request, with the code of JSON-RPC.
pub(super) fn refusal(id: &Value, code: i64, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// A message that expects no answer.
pub(super) fn notice(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}
