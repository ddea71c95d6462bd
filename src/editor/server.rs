//! The server: what it is asked and what it answers.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use serde_json::{Value, json};

use super::cursor::cursor;
use super::transport::{Incoming, answer, notice, read, refusal, write};
use super::workspace::{Buffers, Known, look};
use super::{actions, completion, definition, hover, place, uri};
use crate::authoring;
use crate::columns::Catalog;
use crate::diag::{FileId, Report};

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The client said `shutdown` and `exit`.
    Properly,
    /// The client went away, or said `exit` alone.
    Abruptly,
}

/// Codes of JSON-RPC and of the protocol.
const PARSE_ERROR: i64 = -32_700;
const INVALID_REQUEST: i64 = -32_600;
const METHOD_NOT_FOUND: i64 = -32_601;
const INTERNAL_ERROR: i64 = -32_603;
const NOT_INITIALIZED: i64 = -32_002;

/// Serves one client until it goes away. Files are checked once the client has stopped typing for a moment: while messages
/// wait, they are taken in first.
pub fn serve(input: impl Read + Send + 'static, output: &mut dyn Write) -> Ended {
    let (sender, messages) = mpsc::channel();
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            let message = read(&mut input);
            let last = matches!(message, Incoming::End);
            if sender.send(message).is_err() || last {
                return;
            }
        }
    });
    let mut server = Server::default();
    loop {
        let message = match messages.try_recv() {
            Ok(message) => message,
            Err(_) => {
                server.publish(output);
                match messages.recv() {
                    Ok(message) => message,
                    Err(_) => return Ended::Abruptly,
                }
            }
        };
        match message {
            Incoming::End => return Ended::Abruptly,
            Incoming::Malformed(what) => write(output, &refusal(&Value::Null, PARSE_ERROR, what)),
            Incoming::Message(message) => {
                if let Some(ended) = server.take(&message, output) {
                    return ended;
                }
            }
        }
    }
}

#[derive(Debug, Default)]
struct Server {
    initialized: bool,
    shut_down: bool,
    buffers: Buffers,
    /// What is known around each open file, until a text changes.
    known: BTreeMap<PathBuf, Known>,
    /// The columns around each open file when its pack last had no fault.
    sound: BTreeMap<PathBuf, Catalog>,
    /// Open files whose faults the client has not been told since a text changed.
    untold: bool,
    /// Files of which the client shows faults.
    shown: BTreeSet<PathBuf>,
}

impl Server {
    /// Takes in a message; says so when it was the last.
    fn take(&mut self, message: &Value, output: &mut dyn Write) -> Option<Ended> {
        let method = message.get("method").and_then(Value::as_str);
        let id = message.get("id");
        let params = message.get("params").unwrap_or(&Value::Null);
        match (method, id) {
            (Some("exit"), _) => {
                return Some(if self.shut_down { Ended::Properly } else { Ended::Abruptly });
            }
            (Some(method), Some(id)) => {
                let told = catch_unwind(AssertUnwindSafe(|| self.request(method, params)));
                let told = told.unwrap_or_else(|_| Err((INTERNAL_ERROR, "a fault inside saring".to_owned())));
                write(
                    output,
                    &match told {
                        Ok(result) => answer(id, result),
                        Err((code, message)) => refusal(id, code, &message),
                    },
                );
            }
            (Some(method), None) => {
                // A notice has no answer in which a fault could be told; the next one starts from the same texts.
                let taken = catch_unwind(AssertUnwindSafe(|| self.notice(method, params)));
                drop(taken);
            }
            // An answer to something that was never asked, or no message at all.
            (None, Some(_)) if message.get("result").is_some() || message.get("error").is_some() => {}
            (None, _) => write(output, &refusal(id.unwrap_or(&Value::Null), INVALID_REQUEST, "no method")),
        }
        None
    }

    fn request(&mut self, method: &str, params: &Value) -> Result<Value, (i64, String)> {
        match method {
            "initialize" => {
                self.initialized = true;
                return Ok(capabilities());
            }
            _ if !self.initialized => return Err((NOT_INITIALIZED, "not initialized".to_owned())),
            _ if self.shut_down => return Err((INVALID_REQUEST, "shut down".to_owned())),
            _ => {}
        }
        Ok(match method {
            "shutdown" => {
                self.shut_down = true;
                Value::Null
            }
            "textDocument/hover" => {
                self.at(params, |known, id, byte| hover::hover(known, id, &cursor(&known.files.get(id).text, byte)))
            }
            "textDocument/completion" => self.at(params, |known, id, byte| {
                completion::completion(known, id, &cursor(&known.files.get(id).text, byte))
            }),
            "textDocument/definition" => self.at(params, |known, id, byte| {
                definition::definition(known, id, &cursor(&known.files.get(id).text, byte))
            }),
            "textDocument/codeAction" => self.with(params, |known, id| {
                let text = &known.files.get(id).text;
                let at = |key: &str| params.pointer(&format!("/range/{key}")).map_or(0, |p| place::byte_at(text, p));
                actions::actions(known, id, at("start"), at("end"))
            }),
            "textDocument/formatting" => self.with(params, formatting),
            _ => return Err((METHOD_NOT_FOUND, format!("`{method}` is not known here"))),
        })
    }

    fn notice(&mut self, method: &str, params: &Value) {
        let path = path_of(params);
        match (method, path) {
            ("textDocument/didOpen", Some(path)) => {
                let text = params.pointer("/textDocument/text").and_then(Value::as_str).unwrap_or_default();
                self.change(path, |buffer| text.clone_into(buffer));
            }
            ("textDocument/didChange", Some(path)) => self.change(path, |buffer| {
                let changes = params.get("contentChanges").and_then(Value::as_array);
                changes.into_iter().flatten().for_each(|change| place::apply(buffer, change));
            }),
            ("textDocument/didClose", Some(path)) => {
                self.buffers.remove(&path);
                self.sound.remove(&path);
                self.forget();
            }
            ("textDocument/didSave" | "workspace/didChangeWatchedFiles", _) => self.forget(),
            // Other notices ask for nothing.
            _ => {}
        }
    }

    fn change(&mut self, path: PathBuf, change: impl FnOnce(&mut String)) {
        change(self.buffers.entry(path).or_default());
        self.forget();
    }

    /// What was known of the files may no longer be so.
    fn forget(&mut self) {
        self.known.clear();
        self.untold = true;
    }

    fn know(&mut self, path: &Path) -> &Known {
        let (buffers, sound) = (&self.buffers, &mut self.sound);
        self.known.entry(path.to_owned()).or_insert_with(|| {
            let mut known = look(path, buffers);
            // While somebody types there is a fault more often than not; the columns of a moment ago will do.
            if known.sound {
                sound.insert(path.to_owned(), known.catalog.clone());
            } else if let Some(catalog) = sound.get(path) {
                known.catalog = catalog.clone();
            }
            known
        })
    }

    fn with(&mut self, params: &Value, tell: impl FnOnce(&Known, FileId) -> Value) -> Value {
        let Some(path) = path_of(params).filter(|path| self.buffers.contains_key(path)) else { return Value::Null };
        let known = self.know(&path);
        known.id(&path).map_or(Value::Null, |id| tell(known, id))
    }

    fn at(&mut self, params: &Value, tell: impl FnOnce(&Known, FileId, usize) -> Value) -> Value {
        self.with(params, |known, id| {
            let position = params.get("position").unwrap_or(&Value::Null);
            tell(known, id, place::byte_at(&known.files.get(id).text, position))
        })
    }

    /// Tells the faults of every file that belongs with an open one.
    fn publish(&mut self, output: &mut dyn Write) {
        if !self.untold {
            return;
        }
        self.untold = false;
        let mut faults: BTreeMap<PathBuf, Vec<Value>> = self.buffers.keys().map(|p| (p.clone(), Vec::new())).collect();
        let mut told: BTreeSet<PathBuf> = BTreeSet::new();
        for path in self.buffers.keys().cloned().collect::<Vec<_>>() {
            if told.contains(&path) {
                continue;
            }
            let looked = catch_unwind(AssertUnwindSafe(|| {
                let known = self.know(&path);
                let of_files: Vec<PathBuf> = known.paths.iter().map(|(path, _)| path.clone()).collect();
                let found: Vec<(PathBuf, Value)> = known
                    .report
                    .sorted(&known.files)
                    .into_iter()
                    .filter_map(|fault| {
                        let path = known.path(fault.primary.span.file)?;
                        Some((path.to_owned(), actions::diagnostic(known, fault)))
                    })
                    .collect();
                (of_files, found)
            }));
            let Ok((of_files, found)) = looked else { continue };
            told.extend(of_files);
            for (path, fault) in found {
                faults.entry(path).or_default().push(fault);
            }
        }
        for path in std::mem::take(&mut self.shown) {
            faults.entry(path).or_default();
        }
        for (path, found) in faults {
            if !found.is_empty() {
                self.shown.insert(path.clone());
            }
            let params = json!({ "uri": uri::uri(&path), "diagnostics": found });
            write(output, &notice("textDocument/publishDiagnostics", params));
        }
    }
}

fn path_of(params: &Value) -> Option<PathBuf> {
    uri::path(params.pointer("/textDocument/uri")?.as_str()?)
}

fn formatting(known: &Known, id: FileId) -> Value {
    let text = &known.files.get(id).text;
    match authoring::format(id, &known.files, &mut Report::default()) {
        Some(new) if *new != **text => json!([{ "range": place::range(text, 0, text.len()), "newText": new }]),
        Some(_) => json!([]),
        // No TOML: the faults are shown already.
        None => Value::Null,
    }
}

fn capabilities() -> Value {
    json!({
        "capabilities": {
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": [".", ":", "'", "{", "\""] },
            "definitionProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "documentFormattingProvider": true,
        },
        "serverInfo": { "name": "saring", "version": env!("CARGO_PKG_VERSION") },
    })
}
