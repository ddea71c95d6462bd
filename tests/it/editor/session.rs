//! A session of an analyst with an editor, message by message: what is said on both sides is kept in
//! `fixtures/editor/session.jsonl` and compared.
//!
//! The editor's side is a client library of the protocol (`lsp-types`, `lsp-server`), so every message of saring has to be
//! what the protocol says it is.

use std::io::BufReader;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::str::FromStr;

use lsp_server::{Message, Notification as Notice, Request as Asked, RequestId};
use lsp_types::notification::{self, Notification};
use lsp_types::request::{self, Request};
use lsp_types::*;
use serde_json::{Value, json};

use super::{GROUPS, RULES, pack};
use crate::support::golden;
use crate::support::office::command;

/// Both sides of a conversation, a line each, the folder of the rules left out.
struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    root: String,
    lines: Vec<String>,
    number: i32,
}

impl Client {
    fn start(root: String) -> Self {
        let mut child = command().arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output, root, lines: Vec::new(), number: 0 }
    }

    fn note(&mut self, side: &str, message: &Message) {
        let line = json!({ side: message }).to_string().replace(&self.root, "/kantor/rules");
        self.lines.push(line);
    }

    fn say(&mut self, message: Message) {
        self.note("editor", &message);
        message.write(&mut self.input).unwrap();
    }

    fn hear(&mut self) -> Message {
        let message = Message::read(&mut self.output).unwrap().unwrap();
        self.note("saring", &message);
        message
    }

    fn ask<R: Request>(&mut self, params: R::Params) -> R::Result {
        self.number += 1;
        let id = RequestId::from(self.number);
        let params = serde_json::to_value(params).unwrap();
        self.say(Message::Request(Asked { id: id.clone(), method: R::METHOD.to_owned(), params }));
        let Message::Response(answer) = self.hear() else { panic!("no answer to {}", R::METHOD) };
        assert_eq!(answer.id, id);
        let result = serde_json::to_value(answer).unwrap().get_mut("result").map_or(Value::Null, Value::take);
        serde_json::from_value(result).unwrap()
    }

    fn tell<N: Notification>(&mut self, params: N::Params) {
        let params = serde_json::to_value(params).unwrap();
        self.say(Message::Notification(Notice { method: N::METHOD.to_owned(), params }));
    }

    /// The faults of the next file that is told of.
    fn faults(&mut self) -> PublishDiagnosticsParams {
        let Message::Notification(notice) = self.hear() else { panic!("no notice") };
        assert_eq!(notice.method, notification::PublishDiagnostics::METHOD);
        serde_json::from_value(notice.params).unwrap()
    }
}

fn uri(path: &Path) -> Uri {
    Uri::from_str(&super::uri(path)).unwrap()
}

fn opened(path: &Path, text: &str) -> DidOpenTextDocumentParams {
    DidOpenTextDocumentParams { text_document: TextDocumentItem::new(uri(path), "toml".to_owned(), 1, text.to_owned()) }
}

fn at(path: &Path, part: &str) -> TextDocumentPositionParams {
    let position = serde_json::from_value(super::position(RULES, part)).unwrap();
    TextDocumentPositionParams::new(TextDocumentIdentifier::new(uri(path)), position)
}

#[test]
fn a_session_is_as_recorded() {
    let (groups, rules) = pack("editor-session");
    let mut client = Client::start(rules.parent().unwrap().display().to_string());
    let told = client.ask::<request::Initialize>(InitializeParams::default());
    assert_eq!(told.capabilities.position_encoding, Some(PositionEncodingKind::UTF16));
    client.tell::<notification::Initialized>(InitializedParams {});
    client.tell::<notification::DidOpenTextDocument>(opened(&rules, RULES));
    let faults = client.faults().diagnostics;
    assert_eq!(faults.len(), 1);
    // What a column means, where a measure is declared, which lists there are.
    let (more, none) = (WorkDoneProgressParams::default(), PartialResultParams::default());
    let hover = HoverParams {
        text_document_position_params: at(&rules, "maksud_|perjalanan"),
        work_done_progress_params: more.clone(),
    };
    assert!(client.ask::<request::HoverRequest>(hover).is_some());
    let definition = GotoDefinitionParams {
        text_document_position_params: at(&rules, "telepon_90h.kel|uarga"),
        work_done_progress_params: more.clone(),
        partial_result_params: none.clone(),
    };
    let Some(GotoDefinitionResponse::Scalar(place)) = client.ask::<request::GotoDefinition>(definition) else {
        panic!("one place")
    };
    assert_eq!(place.uri, uri(&groups));
    let completion = CompletionParams {
        text_document_position: at(&rules, "'negara|_uji'"),
        work_done_progress_params: more.clone(),
        partial_result_params: none.clone(),
        context: None,
    };
    let Some(CompletionResponse::List(offered)) = client.ask::<request::Completion>(completion) else {
        panic!("a list")
    };
    assert_eq!(offered.items.iter().map(|item| item.label.as_str()).collect::<Vec<_>>(), ["negara_uji"]);
    // The misspelt column is mended by the change that is offered.
    let actions = CodeActionParams {
        text_document: TextDocumentIdentifier::new(uri(&rules)),
        range: faults[0].range,
        context: CodeActionContext { diagnostics: faults.clone(), ..CodeActionContext::default() },
        work_done_progress_params: more.clone(),
        partial_result_params: none,
    };
    let mut offered = client.ask::<request::CodeActionRequest>(actions).unwrap();
    let CodeActionOrCommand::CodeAction(action) = offered.remove(0) else { panic!("an action") };
    let edit = action.edit.unwrap().changes.unwrap().remove(&uri(&rules)).unwrap().remove(0);
    client.tell::<notification::DidChangeTextDocument>(DidChangeTextDocumentParams {
        text_document: VersionedTextDocumentIdentifier::new(uri(&rules), 2),
        content_changes: vec![TextDocumentContentChangeEvent {
            range: Some(edit.range),
            range_length: None,
            text: edit.new_text,
        }],
    });
    assert_eq!(client.faults().diagnostics, []);
    // The other file, unsaved, loses the group that this one counts with, and gets it back.
    client.tell::<notification::DidOpenTextDocument>(opened(&groups, &GROUPS.replace("telepon_90h", "ponsel_90h")));
    assert_eq!([client.faults().diagnostics.len(), client.faults().diagnostics.len()], [0, 1]);
    client.tell::<notification::DidCloseTextDocument>(DidCloseTextDocumentParams {
        text_document: TextDocumentIdentifier::new(uri(&groups)),
    });
    assert_eq!(client.faults().diagnostics, []);
    let formatting = DocumentFormattingParams {
        text_document: TextDocumentIdentifier::new(uri(&rules)),
        options: FormattingOptions { tab_size: 4, insert_spaces: true, ..FormattingOptions::default() },
        work_done_progress_params: more,
    };
    assert_eq!(client.ask::<request::Formatting>(formatting).unwrap().len(), 1);
    client.ask::<request::Shutdown>(());
    client.tell::<notification::Exit>(());
    golden::check(&golden::fixtures("editor").join("session.jsonl"), &(client.lines.join("\n") + "\n"));
    assert_eq!(client.child.wait().unwrap().code(), Some(0));
}
