//! Writing rules: house form, schema, new rules, new names, the handbook, completions and manual pages.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use saring::authoring::{self, FileKind, NameKind, json_schema, outline};
use saring::columns::Catalog;
use saring::diag::{Files, toml_files};

use crate::made::folder;
use crate::support::golden;
use crate::support::office::{Ran, command, names_in, run, saring, text};

/// A copy of the shipped rules.
fn pack(test: &str) -> PathBuf {
    let (root, to) = (Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), folder(test).join("rules"));
    for path in toml_files(&root).unwrap() {
        let target = to.join(path.strip_prefix(&root).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&path, target).unwrap();
    }
    to
}

/// A command in the folder above a pack.
fn above(pack: &Path, args: &[&str]) -> Ran {
    run(command().current_dir(pack.parent().unwrap()).args(args))
}

#[test]
fn fmt_shows_or_makes_the_change_and_leaves_broken_files_alone() {
    let rules = pack("fmt");
    assert_eq!(above(&rules, &["fmt", "--check"]).ends(0).out, "");
    let path = rules.join("scoring.toml");
    let good = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, good.replace("capacity = 40", "capacity=40 # penting")).unwrap();
    let shown = above(&rules, &["fmt", "--check"]).ends(1);
    assert!(
        shown.out.contains("--- rules/scoring.toml\n") && shown.out.contains("-capacity=40 # penting\n"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("+capacity = 40    # penting\n"), "{}", shown.out);
    let json = above(&rules, &["fmt", "--check", "--format", "json"]).ends(1).json();
    assert_eq!(json["changed"], serde_json::json!(["rules/scoring.toml"]));
    above(&rules, &["fmt"]).ends(0);
    above(&rules, &["fmt", "--check"]).ends(0);
    let done = std::fs::read_to_string(&path).unwrap();
    assert_eq!(done, good.replace("capacity = 40", "capacity = 40    # penting"));
    // One file that is no TOML, and nothing is written anywhere.
    let odd = good.replace("capacity = 40", "capacity=40");
    std::fs::write(&path, &odd).unwrap();
    std::fs::write(rules.join("rusak.toml"), "[pack\n").unwrap();
    assert!(above(&rules, &["fmt"]).ends(2).err.contains("rusak.toml:1:"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), odd);
    assert!(names_in(&rules).iter().all(|name| !name.ends_with(".baru")), "nothing half done lies about");
    saring(&["fmt", "tidak-ada"]).ends(2);
}

#[test]
fn a_new_office_is_in_house_form() {
    let office = folder("fmt-office").join("kantor");
    saring(&["init", "--code", "KANIM-MEDAN", text(&office)]).ends(0);
    let shown = saring(&["fmt", "--check", text(&office)]);
    assert_eq!((shown.code, shown.out.as_str()), (Some(0), ""));
}

#[test]
fn schemas_are_as_reviewed() {
    for (name, kind) in FileKind::ALL {
        let path = golden::fixtures("schema").join(format!("{name}.json"));
        let schema = saring(&["rules", "schema", "--kind", name]).ends(0).out;
        assert_eq!(serde_json::from_str::<serde_json::Value>(&schema).unwrap(), json_schema(*kind));
        golden::check(&path, &schema);
    }
}

#[test]
fn a_new_rule_passes_everything_before_it_is_filled_in() {
    let rules = pack("new");
    for (family, file) in [("S", "penjamin.toml"), ("Q", "mutu.toml"), ("M", "keringanan.toml")] {
        let made = above(&rules, &["rules", "new", "--family", family, "--as-of", "2026-01-31"]).ends(0).out;
        let (id, place) = made.trim_end().split_once(" added: ").unwrap();
        let (path, line) = place.rsplit_once(':').unwrap();
        assert!(id.starts_with(family) && path.ends_with(file), "{made}");
        let written = std::fs::read_to_string(rules.join(file)).unwrap();
        assert_eq!(written.lines().nth(line.parse::<usize>().unwrap() - 1), Some("[[rule]]"), "{made}");
        assert!(written.contains("review_by = 2027-01-31\n"));
    }
    let check = above(&rules, &["check"]).ends(0);
    let rules_now = format!("{} rules", checked(&shipped()).rules.len() + 3);
    assert!(check.out.contains(&rules_now) && check.out.contains(" 0 warnings"), "{}{}", check.out, check.err);
    above(&rules, &["test", "-k", "sehari di atas batas"]).ends(0);
    above(&rules, &["fmt", "--check"]).ends(0);
    let titled = above(&rules, &["rules", "new", "S99", "--title", "Kata \"kutip\" \\ é"]).ends(0).out;
    assert!(titled.starts_with("S99 added"), "{titled}");
    assert!(above(&rules, &["rules", "new", "S99"]).ends(2).err.contains("is there already"));
    assert!(above(&rules, &["rules", "new", "Z01"]).ends(2).err.contains("no rule file has the family Z"));
    for id in ["s01", "S1", "S0001", "é", ""] {
        above(&rules, &["rules", "new", id]).ends(2);
    }
}

/// All texts of the shipped rules.
fn shipped() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let read = |path: PathBuf| (path.display().to_string(), std::fs::read_to_string(&path).unwrap());
    toml_files(&root).unwrap().into_iter().map(read).collect()
}

/// Renames in all texts; says in how many places.
fn rename(texts: &mut BTreeMap<String, String>, old: &str, new: &str, pack: Option<&str>) -> usize {
    let mut files = Files::default();
    let ids: Vec<_> = texts.iter().map(|(path, text)| files.add(path.as_str(), text.as_str())).collect();
    let outlines: Vec<_> = ids.iter().map(|id| outline(*id, &files)).collect();
    let done = authoring::rename(&outlines, &files, &Catalog::builtin(), (old, new), pack)
        .unwrap_or_else(|e| panic!("{old}: {e}"));
    for (id, text) in authoring::apply(&done.edits, &files) {
        texts.insert(files.get(id).path.clone(), text);
    }
    done.edits.len()
}

/// The meaning of a pack: every rule and source, places left out.
fn checked(texts: &BTreeMap<String, String>) -> saring::rules::RuleSet {
    let texts: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (mut files, mut report) = (Files::default(), saring::diag::Report::default());
    let set = saring::rules::check_texts(&texts, &Catalog::builtin(), &mut files, &mut report);
    assert!(report.is_empty(), "{:?}", report.sorted(&files));
    set.unwrap()
}

/// Many names of every kind get new ones at once: the pack still passes, and back again it is the same to the byte.
#[test]
fn renaming_there_and_back_changes_nothing() {
    let before = shipped();
    let mut texts = before.clone();
    let mut files = Files::default();
    let ids: Vec<_> = texts.iter().map(|(path, text)| files.add(path.as_str(), text.as_str())).collect();
    let mut renamed = Vec::new();
    let mut of_kind: BTreeMap<NameKind, usize> = BTreeMap::new();
    for file in ids.iter().map(|id| outline(*id, &files)) {
        for name in &file.names {
            let count = of_kind.entry(name.kind).or_default();
            *count += 1;
            let every = match name.kind {
                NameKind::Rule | NameKind::Param => 30,
                NameKind::Group => 12,
                NameKind::Field | NameKind::Base => 7,
                NameKind::List | NameKind::Network | NameKind::Watchlist | NameKind::Mapping => 1,
            };
            if *count % every != 1 % every {
                continue;
            }
            let pack = file.pack.as_ref().map(|(name, _)| name.clone());
            let new = match name.kind {
                NameKind::Rule => format!("{}{:03}", &name.name[..1], 900 + count.to_owned()),
                _ => format!("{}_baru", name.name),
            };
            let prefix = match name.kind {
                NameKind::Param => ":",
                NameKind::Mapping => "mapping.",
                _ => "",
            };
            renamed.push((format!("{prefix}{}", name.name), format!("{prefix}{new}"), pack));
        }
    }
    assert!(renamed.len() >= 12 && of_kind.len() >= 7, "{} of {of_kind:?}", renamed.len());
    let mut places = 0;
    for (old, new, pack) in &renamed {
        places += rename(&mut texts, old, new, pack.as_deref());
    }
    assert!(places > 3 * renamed.len(), "{places}");
    let (a, b) = (checked(&before), checked(&texts));
    assert_eq!((a.rules.len(), a.sources.len(), a.params.len()), (b.rules.len(), b.sources.len(), b.params.len()));
    for (old, new, pack) in renamed.iter().rev() {
        rename(&mut texts, new, old, pack.as_deref());
    }
    for (path, text) in &before {
        assert!(texts[path] == *text, "{path} is not what it was");
    }
}

#[test]
fn rename_shows_first_and_refuses_what_is_taken() {
    let rules = pack("rename");
    let before = std::fs::read_to_string(rules.join("penjamin.toml")).unwrap();
    let shown = above(&rules, &["rules", "rename", "penjamin_90h", "satu_penjamin"]).ends(0);
    assert!(
        shown.out.contains("+name     = \"satu_penjamin\"\n") && shown.err.contains("`--write` makes the change"),
        "{}",
        shown.err
    );
    assert_eq!(std::fs::read_to_string(rules.join("penjamin.toml")).unwrap(), before);
    let json = above(&rules, &["rules", "rename", "penjamin_90h", "satu_penjamin", "--write", "--format", "json"])
        .ends(0)
        .json();
    assert_eq!((json["kind"].as_str(), json["written"].as_bool()), (Some("group"), Some(true)));
    let after = std::fs::read_to_string(rules.join("penjamin.toml")).unwrap();
    assert!(!after.contains("penjamin_90h.") && after.contains("{satu_penjamin.keluarga}"));
    above(&rules, &["test", "-k", "lima keluarga, tepat"]).ends(0);
    // A name is no part of a meaning: the lock follows, and holds. One that does not hold is left to its author.
    above(&rules, &["rules", "lock"]).ends(0);
    above(&rules, &["rules", "rename", "satu_penjamin", "dua_penjamin", "--write"]).ends(0);
    above(&rules, &["check"]).ends(0);
    let lock = std::fs::read_to_string(rules.join("rules.lock")).unwrap();
    assert!(lock.contains("dua_penjamin.keluarga") && !lock.contains("satu_penjamin"), "{lock}");
    std::fs::write(rules.join("rules.lock"), lock.replace("gives 25 points", "gives 24 points")).unwrap();
    above(&rules, &["rules", "rename", "dua_penjamin", "satu_penjamin", "--write"]).ends(0);
    assert!(above(&rules, &["check"]).ends(2).err.contains("R621"));
    std::fs::remove_file(rules.join("rules.lock")).unwrap();
    // A rule is read by those that mitigate it; a comment that speaks of it is prose, and stays.
    above(&rules, &["rules", "rename", "S01", "S98", "--write"]).ends(0);
    above(&rules, &["check"]).ends(0);
    for (old, new, why) in [
        ("S98", "S04", "already"),
        ("S98", "K98", "cannot change its family"),
        ("S98", "Sepuluh", "is not a name"),
        ("satu_penjamin", "umur", "already"),
        ("satu_penjamin", "nik", "already"),
        ("satu_penjamin", "Satu", "is not a name"),
        ("penjamin_9h", "x", "no rule file declares"),
        (":umur_dewasa", "umur_baru", "--pack"),
    ] {
        let refused = above(&rules, &["rules", "rename", old, new, "--write"]).ends(2);
        assert!(refused.err.contains(why), "{old} -> {new}: {}", refused.err);
    }
}

#[test]
fn the_handbook_tells_every_rule_in_both_languages() {
    let to = folder("handbook");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rules = text(&root.join("rules")).to_owned();
    let markdown = saring(&["rules", "docs", &rules]).ends(0).out;
    let (id, en) = (to.join("buku.html"), to.join("book.html"));
    saring(&["rules", "docs", &rules, "--out", text(&id)]).ends(0);
    saring(&["rules", "docs", &rules, "--lang", "en", "--out", text(&en)]).ends(0);
    let (id, en) = (std::fs::read_to_string(&id).unwrap(), std::fs::read_to_string(&en).unwrap());
    for rule in &checked(&shipped()).rules {
        let anchor = format!("<article id=\"{}\">", rule.id);
        assert!(id.contains(&anchor) && en.contains(&anchor), "{}", rule.id);
        assert!(markdown.contains(&format!("\n<a id=\"{}\"></a>\n", rule.id)), "{}", rule.id);
    }
    for part in
        ["Bagaimana Anda mengenal penjamin ini?", "perusahaan yang mengirim karyawan tanpa surat", "UU 18/2017 ps 69"]
    {
        assert!(markdown.contains(part) && id.contains(part), "{part}");
    }
    assert!(en.contains("How do you know this sponsor?") && en.contains("<html lang=\"en\">"));
    // Bounds of what can be set, and a test as a sentence.
    assert!(markdown.contains("`min_keluarga` = 5 (batas 3 … 20)"));
    let told = "4 permohonan, NIK berbeda-beda, Nomor KK berbeda-beda, Nama penjamin “RUDI HARTONO”";
    assert!(id.contains(told), "{told}");
    assert!(id.contains("satu permohonan 90 hari 1 detik kemudian"));
    // A rule over a list leads to what the list is.
    for part in ["[soi](#soi)", "### soi\n\nSubject of Interest", "- dibandingkan dengan: penjamin, pendamping, kuasa"]
    {
        assert!(markdown.contains(part), "{part}");
    }
    assert!(en.contains("people, compared by name, birth, numbers and parents"));
    // One file, nothing fetched.
    for page in [&id, &en] {
        assert!(page.contains("default-src 'none'"));
        for part in ["http:", "https:", "<link", "@import", "url(", " src=", "<img"] {
            assert!(!page.contains(part), "{part}");
        }
    }
}

#[test]
fn hostile_words_of_a_rule_are_words_in_the_handbook() {
    let folder = folder("handbook-hostile");
    let evil = "</code></article><script>alert(1)</script> & \\\"x\\\" ' `*_[a](b)";
    let rule = format!(
        "[pack]\nname = \"uji\"\nfamily = \"T\"\ntitle = \"{evil}\"\n[scoring]\ncapacity = 1\ncontrol_per_mille = 0\n[scoring.family_cap]\nT = 10\n\
         [base.biasa]\nmeaning = \"{evil}\"\n[base.biasa.values]\ntanggal_permohonan = 2025-11-03\n\
         [[rule]]\nid = \"T01\"\nversion = 1\ntitle = \"{evil}\"\nclass = \"B\"\nstatus = \"shadow\"\nwhy = \"{evil}\"\nquestion = \"{evil}\"\n\
         basis = [\"{evil}\"]\nfalse_positives = [\"{evil}\"]\nwhen = [\"uraian_perjalanan <> '<script>alert(2)</script>'\"]\n\
         [[rule.outcome]]\npoints = 1\nreason = \"<script> & {{lama_tinggal_hari}}\"\n\
         [[rule.test]]\nname = \"{evil}\"\ngiven = [{{ nama_lengkap = \"<img>\" }}]\nexpect = {{ fires = \"all\" }}\n"
    );
    let path = folder.join("uji.toml");
    std::fs::write(&path, rule).unwrap();
    let out = folder.join("buku.html");
    saring(&["rules", "docs", text(&path), "--out", text(&out)]).ends(0);
    let page = std::fs::read_to_string(&out).unwrap();
    assert_eq!(page.matches("<script").count(), 1, "only its own");
    assert_eq!((page.matches("</article>").count(), page.matches("<img").count()), (1, 0));
    let markdown = saring(&["rules", "docs", text(&path)]).ends(0).out;
    let outside_code: String = markdown.lines().filter(|l| !l.starts_with("- `")).collect();
    assert!(!outside_code.contains("<script") && !outside_code.contains("[a]("), "{outside_code}");
}

#[test]
fn shells_complete_and_manuals_are_written() {
    for (shell, part) in [
        ("bash", "complete -F _saring"),
        ("zsh", "#compdef saring"),
        ("fish", "complete -c saring"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = saring(&["completions", shell]).ends(0).out;
        assert!(script.contains(part) && script.contains("screen"), "{shell}");
    }
    let to = folder("man").join("man1");
    saring(&["man", text(&to)]).ends(0);
    let names = names_in(&to);
    for name in ["saring.1", "saring-screen.1", "saring-rules-rename.1", "saring-history-purge.1"] {
        assert!(names.iter().any(|n| n == name), "{name}: {names:?}");
    }
    assert!(std::fs::read_to_string(to.join("saring-screen.1")).unwrap().contains("capacity"));
}
