//! A session of an analyst with an editor, message by message: what is said on both sides is kept in
//! `fixtures/editor/session.jsonl` and compared.

use serde_json::{Value, json};

use super::{Editor, GROUPS, RULES, pack, position, uri};
use crate::support::golden;

/// Both sides of a conversation, a line each, the folder of the rules left out.
struct Recorder {
    editor: Editor,
    root: String,
    lines: Vec<String>,
    number: u64,
}

impl Recorder {
    fn note(&mut self, side: &str, message: &Value) {
        let line = json!({ side: message }).to_string().replace(&self.root, "/kantor/rules");
        self.lines.push(line);
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let asked = json!({ "jsonrpc": "2.0", "id": self.number, "method": method, "params": params });
        self.note("editor", &asked);
        self.editor.send(&asked);
        self.until(&json!(self.number))
    }

    /// A notice, and as many messages as come of it once nothing else is asked.
    fn notify(&mut self, method: &str, params: Value, told: usize) {
        let notice = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.note("editor", &notice);
        self.editor.send(&notice);
        for _ in 0..told {
            let message = self.editor.read();
            self.note("saring", &message);
        }
    }

    fn until(&mut self, id: &Value) -> Value {
        loop {
            let message = self.editor.read();
            self.note("saring", &message);
            if message["id"] == *id {
                return message;
            }
        }
    }
}

#[test]
fn a_session_is_as_recorded() {
    let (groups, rules) = pack("editor-session");
    let root = rules.parent().unwrap().display().to_string();
    let mut session = Recorder { editor: Editor::start(), root, lines: Vec::new(), number: 0 };
    session.request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    session.notify("initialized", json!({}), 0);
    let open = |path: &std::path::Path, text: &str| {
        let document = json!({ "uri": uri(path), "languageId": "toml", "version": 1, "text": text });
        json!({ "textDocument": document })
    };
    session.notify("textDocument/didOpen", open(&rules, RULES), 1);
    // What the misspelt column might be, what it means, what else could stand there.
    let document = json!({ "uri": uri(&rules) });
    let at = |part: &str| json!({ "textDocument": document, "position": position(RULES, part) });
    session.request("textDocument/hover", at("maksud_|perjalanan"));
    session.request("textDocument/definition", at("telepon_90h.kel|uarga"));
    session.request("textDocument/completion", at("'negara|_uji'"));
    let start = position(RULES, "or |lama_tinggl_hari");
    let end = position(RULES, "lama_tinggl_hari|");
    let range = json!({ "start": start, "end": end });
    let asked = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    let offered = session.request("textDocument/codeAction", asked);
    let edit = &offered["result"][0]["edit"]["changes"][uri(&rules)][0];
    let change = json!({ "range": edit["range"], "text": edit["newText"] });
    session.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri(&rules), "version": 2 }, "contentChanges": [change] }),
        1,
    );
    // The other file, unsaved, loses the group that this one counts with, and gets it back.
    session.notify("textDocument/didOpen", open(&groups, &GROUPS.replace("telepon_90h", "ponsel_90h")), 2);
    session.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri(&groups) } }), 1);
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    session.request("textDocument/formatting", json!({ "textDocument": document, "options": options }));
    session.request("shutdown", Value::Null);
    session.editor.tell("exit", Value::Null);
    let text = session.lines.join("\n") + "\n";
    golden::check(&golden::fixtures("editor").join("session.jsonl"), &text);
    assert_eq!(session.editor.ends(), Some(0));
}
