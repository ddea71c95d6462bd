//! The language server as an editor meets it: the program is started and spoken to over its standard input and output.

mod session;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::made::folder;
use crate::support::office::command;

/// An editor.
struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    number: u64,
    /// Notices that came in between.
    notices: Vec<Value>,
    version: u64,
}

impl Editor {
    fn start() -> Self {
        let mut child = command().arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output, number: 0, notices: Vec::new(), version: 0 }
    }

    fn initialized() -> Self {
        let mut editor = Self::start();
        let told = editor.ask("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
        assert_eq!(told["capabilities"]["textDocumentSync"]["change"], 2);
        assert_eq!(told["capabilities"]["positionEncoding"], "utf-16");
        editor.tell("initialized", json!({}));
        editor
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the server went away");
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// A request and the whole answer to it.
    fn answer(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let id = self.number;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == id {
                return message;
            }
            self.notices.push(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.answer(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    fn open(&mut self, path: &Path, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "toml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, path: &Path, change: Value) {
        self.version += 1;
        let document = json!({ "uri": uri(path), "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// The next faults told of a file.
    fn faults(&mut self, path: &Path) -> Vec<Value> {
        let of_file = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri(path);
        loop {
            let message = match self.notices.iter().position(of_file) {
                Some(at) => self.notices.remove(at),
                None => self.read(),
            };
            match of_file(&message) {
                true => return message["params"]["diagnostics"].as_array().unwrap().clone(),
                false => self.notices.push(message),
            }
        }
    }

    fn at(&mut self, method: &str, path: &Path, position: &Value) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": uri(path) }, "position": position }))
    }

    fn ends(mut self) -> Option<i32> {
        drop(self.input.take());
        self.child.wait().unwrap().code()
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A position: the line and UTF-16 unit of the mark behind `part`.
fn position(text: &str, part: &str) -> Value {
    let (before, after) = part.split_once('|').unwrap();
    let at = text.find(&format!("{before}{after}")).unwrap_or_else(|| panic!("{part}")) + before.len();
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    json!({ "line": line, "character": text[start..at].encode_utf16().count() })
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The text of a range.
fn slice<'a>(text: &'a str, range: &Value) -> &'a str {
    let byte = |position: &Value| {
        let line = number(&position["line"]);
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = number(&position["character"]);
        let mut at = start;
        for c in text[start..].chars() {
            if units == 0 {
                break;
            }
            units -= c.len_utf16();
            at += c.len_utf8();
        }
        at
    };
    &text[byte(&range["start"])..byte(&range["end"])]
}

const GROUPS: &str = "\
[pack]
name   = \"kelompok\"
family = \"K\"

[[group]]
name   = \"telepon_90h\"
by     = [\"telepon.kunci\"]
window = \"90d\"
title  = \"Satu telepon\"
[group.measure]
keluarga = \"count(distinct keluarga)\"

[list.negara_uji]
values  = [\"KH\", \"MM\"]
meaning = \"Negara untuk uji\"

[[rule]]
id = \"K01\"
version = 1
title = \"Telepon dipakai banyak keluarga\"
class = \"B\"
when = [\"telepon_90h.keluarga >= 4\", \"in_list(negara_tujuan, 'negara_uji')\"]
status = \"shadow\"
[[rule.outcome]]
points = 5
reason = \"{telepon_90h.keluarga} keluarga\"
";

const RULES: &str = "\
[pack]
name   = \"uji\"
family = \"M\"

[params]
batas = { default = 30, min = 10, max = 90, meaning = \"Hari tinggal\" }

[[rule]]
id = \"M01\"
version = 1
title = \"Keringanan\"
class = \"M\"
when = [
    \"uraian_perjalanan = '😀 é' or lama_tinggl_hari > :batas\",
    \"telepon_90h.keluarga > 2\",
    \"maksud_perjalanan = 'wisata'\",
    \"in_list(negara_tujuan, 'negara_uji')\",
]
status = \"shadow\"
mitigates = [\"K01\"]
[[rule.outcome]]
points = -5
reason = \"Tinggal {lama_tinggal_hari} hari\"
";

fn pack(test: &str) -> (PathBuf, PathBuf) {
    let rules = folder(test).canonicalize().unwrap().join("rules");
    std::fs::create_dir_all(&rules).unwrap();
    std::fs::write(rules.join("kelompok.toml"), GROUPS).unwrap();
    std::fs::write(rules.join("uji.toml"), "# belum ada isinya\n").unwrap();
    (rules.join("kelompok.toml"), rules.join("uji.toml"))
}

#[test]
fn faults_are_told_while_typing_and_mended_by_an_offered_change() {
    let (_, path) = pack("editor-faults");
    let mut editor = Editor::initialized();
    editor.open(&path, RULES);
    let faults = editor.faults(&path);
    let codes: Vec<_> = faults.iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["R101"], "{faults:?}");
    // Behind an emoji (two UTF-16 units) and an é (two bytes) the place is still the word.
    assert_eq!(slice(RULES, &faults[0]["range"]), "lama_tinggl_hari");
    let start = position(RULES, "or |lama_tinggl_hari");
    assert_eq!((&faults[0]["range"]["start"], start["character"].as_u64()), (&start, Some(35)));
    assert!(faults[0]["message"].as_str().unwrap().contains("did you mean `lama_tinggal_hari`?"));
    let asked =
        json!({ "textDocument": { "uri": uri(&path) }, "range": faults[0]["range"], "context": { "diagnostics": [] } });
    let actions = editor.ask("textDocument/codeAction", asked);
    let edit = &actions[0]["edit"]["changes"][uri(&path)][0];
    assert_eq!(
        (edit["newText"].as_str(), slice(RULES, &edit["range"])),
        (Some("lama_tinggal_hari"), "lama_tinggl_hari")
    );
    editor.change(&path, json!({ "range": edit["range"], "text": edit["newText"] }));
    assert_eq!(editor.faults(&path), [] as [Value; 0]);
    // A text that is no TOML has faults of form, and stands no longer in the way when it is whole again.
    let whole = RULES.replace("lama_tinggl", "lama_tinggal");
    editor.change(&path, json!({ "text": whole.replace("batas\",", "batas,") }));
    assert_eq!(editor.faults(&path)[0]["code"], "R001");
    editor.change(&path, json!({ "text": whole }));
    assert_eq!(editor.faults(&path), [] as [Value; 0]);
    // On disk the file is still empty; closing it asks the disk again, where nothing uses the list twice.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
    editor.ask("shutdown", Value::Null);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.ends(), Some(0));
}

#[test]
fn names_are_explained_and_found() {
    let (groups, path) = pack("editor-names");
    let mut editor = Editor::initialized();
    editor.open(&path, RULES);
    let mut hover = |part: &str| {
        let told = editor.at("textDocument/hover", &path, &position(RULES, part));
        told["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(hover("maksud_|perjalanan").contains("`wisata`"), "the codes of a column");
    assert!(hover(":ba|tas").contains("Hari tinggal"));
    assert!(hover("telepon_90h.kel|uarga").contains("count(distinct keluarga)"));
    assert!(hover("in_l|ist").contains("in_list(value"));
    assert!(hover("'negara|_uji'").contains("Negara untuk uji"));
    assert!(hover("\"K0|1\"").contains("Telepon dipakai banyak keluarga"));
    assert!(hover("{lama_tinggal|_hari}").contains("lama_tinggal_hari"));
    assert!(hover("mitig|ates").contains("take back"));
    assert_eq!(hover("status = \"sha|dow\""), "", "a plain word needs no explanation");
    let mut declared = |part: &str| {
        let told = editor.at("textDocument/definition", &path, &position(RULES, part));
        let file = if told["uri"] == uri(&groups) { GROUPS } else { RULES };
        assert!(told["uri"] == uri(&groups) || told["uri"] == uri(&path), "{part}: {told}");
        let line = number(&told["range"]["start"]["line"]);
        (slice(file, &told["range"]).to_owned(), file.lines().nth(line).unwrap().to_owned())
    };
    assert_eq!(declared("telepon_90h.kel|uarga").1, "keluarga = \"count(distinct keluarga)\"");
    assert_eq!(declared(":ba|tas").0, "batas");
    assert_eq!(declared("'negara|_uji'"), ("negara_uji".to_owned(), "[list.negara_uji]".to_owned()));
    assert_eq!(declared("\"K0|1\""), ("K01".to_owned(), "id = \"K01\"".to_owned()));
}

#[test]
fn what_can_stand_there_is_offered_with_its_range() {
    let (_, path) = pack("editor-completion");
    let mut editor = Editor::initialized();
    editor.open(&path, RULES);
    let mut offered = |text: &str, part: &str| -> Vec<(String, String)> {
        editor.change(&path, json!({ "text": text }));
        let told = editor.at("textDocument/completion", &path, &position(text, part));
        let items = told["items"].as_array().unwrap();
        let item = |item: &Value| {
            let replaced = slice(text, &item["textEdit"]["range"]).to_owned();
            (item["label"].as_str().unwrap().to_owned(), replaced)
        };
        items.iter().map(item).collect()
    };
    let has = |offered: &[(String, String)], label: &str, replaced: &str| {
        assert!(
            offered.contains(&(label.to_owned(), replaced.to_owned())),
            "{label} for `{replaced}`: {:?}",
            offered.first()
        );
    };
    let found = offered(RULES, "or lama_|tinggl_hari");
    for label in ["lama_tinggal_hari", "telepon_90h.keluarga", "telepon_90h.first", "days_between", ":batas", "between"]
    {
        has(&found, label, "lama_tinggl_hari");
    }
    has(&offered(RULES, "> :ba|tas"), ":batas", ":batas");
    // Half-typed files: an empty text, a lone colon, a brace without its partner.
    let typed = |old: &str, new: &str| RULES.replace(old, new);
    has(&offered(&typed("'wisata'", "''"), "maksud_perjalanan = '|'"), "umrah", "");
    has(&offered(RULES, "= 'wis|ata'"), "wisata", "wisata");
    has(&offered(&typed("> :batas", "> :"), "> :|"), ":batas", ":");
    has(&offered(&typed("'negara_uji'", "'neg'"), "'neg|'"), "negara_uji", "neg");
    let braces = typed("{lama_tinggal_hari}", "{lama");
    has(&offered(&braces, "Tinggal {lama|"), "lama_tinggal_hari", "lama");
    has(&offered(&braces, "Tinggal {lama|"), "telepon_90h.others", "lama");
    assert!(offered(&braces, "Ting|gal {lama").is_empty(), "words of a reason are the author's");
    has(&offered(&typed("\"K01\"", "\"\""), "mitigates = [\"|\"]"), "K01", "");
    has(&offered(&typed("class = \"M\"", "class = \"\""), "class = \"|\""), "Q", "");
    has(&offered(&typed("status = \"shadow\"", "sta"), "sta|\n"), "status", "sta");
}

#[test]
fn a_file_is_laid_out_and_unsaved_neighbours_count() {
    let (groups, path) = pack("editor-format");
    let mut editor = Editor::initialized();
    editor.open(&path, &RULES.replace("lama_tinggl", "lama_tinggal"));
    assert_eq!(editor.faults(&path), [] as [Value; 0]);
    let asked = json!({ "textDocument": { "uri": uri(&path) }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = editor.ask("textDocument/formatting", asked.clone());
    let new = edits[0]["newText"].as_str().unwrap().to_owned();
    assert!(new.contains("id       = \"M01\"\n") && new.contains("😀 é"), "{new}");
    editor.change(&path, json!({ "range": edits[0]["range"], "text": new }));
    assert_eq!(editor.ask("textDocument/formatting", asked), json!([]), "once is enough");
    editor.faults(&path);
    // The other file loses its group, unsaved: the fault shows in this one.
    editor.open(&groups, &GROUPS.replace("telepon_90h", "ponsel_90h"));
    let faults = editor.faults(&path);
    assert_eq!(faults[0]["code"], "R101", "{faults:?}");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&groups) } }));
    assert_eq!(editor.faults(&path), [] as [Value; 0]);
}

#[test]
fn nothing_a_client_says_ends_the_server() {
    let (_, path) = pack("editor-malformed");
    let mut editor = Editor::start();
    assert_eq!(editor.answer("textDocument/hover", json!({}))["error"]["code"], -32_002, "not initialized");
    editor.raw(b"Content-Length: 9\r\n\r\nnot json!");
    assert_eq!(editor.read()["error"]["code"], -32_700);
    editor.raw(b"Content-Length: -3\r\n\r\n");
    assert_eq!(editor.read()["error"]["code"], -32_700);
    editor.raw(b"\r\n\r\nX-Other: \xff\xfe\r\nContent-Length: 2\r\n\r\n[]");
    assert_eq!(editor.read()["error"]["code"], -32_600);
    editor.ask("initialize", json!({}));
    assert_eq!(editor.answer("textDocument/rename", json!({}))["error"]["code"], -32_601);
    editor.tell("$/setTrace", json!({ "value": "off" }));
    editor.tell("textDocument/didOpen", json!({ "textDocument": { "uri": "untitled:1", "text": "x" } }));
    editor.tell("textDocument/didOpen", json!(["x"]));
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri(&path) }, "contentChanges": [{ "range": 3 }] }),
    );
    let far = json!({ "line": u64::MAX, "character": -4 });
    for text in ["", "\"", "[[rule]]\nwhen = [\"", "é😀\n[\n=\r\n'''", "a = [[[[[[{\"\\"] {
        editor.open(&path, text);
        let document = json!({ "uri": uri(&path) });
        for method in ["hover", "completion", "definition", "codeAction", "formatting"] {
            for place in
                [far.clone(), json!(null), json!({ "line": 1, "character": 8 }), json!({ "line": 0, "character": 1 })]
            {
                let range = json!({ "start": place, "end": far });
                let params = json!({ "textDocument": document, "position": place, "range": range });
                assert!(editor.answer(&format!("textDocument/{method}"), params).get("error").is_none(), "{method}");
            }
        }
    }
    assert_eq!(editor.ends(), Some(1), "a client that goes away without a word");
}
