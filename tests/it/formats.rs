//! What `saring check` finds, in the forms that other programs read: SARIF and JUnit as their schemas demand, JSON and
//! annotations with everything the human form shows; severities as an office sets them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::golden;
use crate::support::junit;
use crate::support::office::{command, run};

/// A case of the gallery with several kinds of faults and places, and one without errors.
const CASES: [&str; 4] = [
    "several-faults-in-one-file.toml",
    "R208-lines-exclude-each-other.toml",
    "R214-line-twice.toml",
    "R621-threshold-moved",
];

fn check(case: &str, format: &str) -> String {
    let mut check = here();
    check.args(["check", "--as-of", "2025-11-03", "--format", format]);
    check.arg(Path::new("fixtures/diagnostics").join(case));
    let code = if case.starts_with("R214") { 0 } else { 2 };
    run(&mut check).ends(code).out
}

fn here() -> Command {
    let mut command = command();
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Where a value is not as its schema says; of JSON Schema only what the schema here uses.
fn faults(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        return faults(value, &root["definitions"][name], root, at, found);
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the schema speaks of {other}"),
    };
    if schema["type"].as_str().is_some_and(|kind| !is(kind)) {
        found.push(format!("{at}: not {}", schema["type"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is not one of {}", schema["enum"]));
    }
    if let (Some(least), Some(n)) = (schema["minimum"].as_i64(), value.as_i64())
        && n < least
    {
        found.push(format!("{at}: {n} is below {least}"));
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap()).is_none() {
            found.push(format!("{at}: without {key}"));
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(schema) => faults(inner, schema, root, &format!("{at}.{key}"), found),
            None if schema["additionalProperties"] == false => found.push(format!("{at}: {key} is not known")),
            None => {}
        }
    }
    for (ix, item) in value.as_array().into_iter().flatten().enumerate() {
        faults(item, &schema["items"], root, &format!("{at}[{ix}]"), found);
        if schema["uniqueItems"] == true && value.as_array().unwrap()[..ix].contains(item) {
            found.push(format!("{at}[{ix}]: twice"));
        }
    }
}

#[test]
fn sarif_is_as_its_schema_demands() {
    let schema = std::fs::read_to_string(golden::fixtures("formats").join("sarif-2.1.0.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for case in CASES {
        let log: Value = serde_json::from_str(&check(case, "sarif")).unwrap();
        let mut found = Vec::new();
        faults(&log, &schema, &schema, "$", &mut found);
        assert!(found.is_empty(), "{case}: {found:?}");
        let (rules, results) = (&log["runs"][0]["tool"]["driver"]["rules"], &log["runs"][0]["results"]);
        for result in results.as_array().unwrap() {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"], "an index names the code it belongs to");
        }
        let prints: Vec<&Value> = results.as_array().unwrap().iter().map(|r| &r["partialFingerprints"]).collect();
        assert!(prints.iter().enumerate().all(|(ix, p)| !prints[..ix].contains(p)), "{case}: a fingerprint twice");
    }
}

/// The checker itself must be able to find something.
#[test]
fn a_log_with_faults_is_not_as_the_schema_demands() {
    let schema = std::fs::read_to_string(golden::fixtures("formats").join("sarif-2.1.0.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let good: Value = serde_json::from_str(&check(CASES[0], "sarif")).unwrap();
    let spoilt = |spoil: &dyn Fn(&mut Value)| {
        let mut log = good.clone();
        spoil(&mut log["runs"][0]["results"][0]);
        let mut found = Vec::new();
        faults(&log, &schema, &schema, "$", &mut found);
        found.len()
    };
    assert_eq!(spoilt(&|_| {}), 0);
    assert_eq!(spoilt(&|result| result["level"] = "fatal".into()), 1);
    assert_eq!(spoilt(&|result| result["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into()), 1);
    assert_eq!(spoilt(&|result| result["code"] = "R001".into()), 1);
    assert_eq!(spoilt(&|result| drop(result.as_object_mut().unwrap().remove("message"))), 1);
}

#[test]
fn junit_is_as_its_schema_demands() {
    for case in CASES {
        let count = junit::counted(&check(case, "junit"));
        assert!(count("testcase") >= 1, "{case}");
        let errors = if case.starts_with("R214") { 0 } else { 1 };
        assert!(count("failure") >= errors, "{case}");
    }
}

#[test]
fn every_form_tells_every_fault() {
    for case in CASES {
        let json: Value = serde_json::from_str(&check(case, "json")).unwrap();
        let human = {
            let mut check = here();
            check.args(["check", "--as-of", "2025-11-03", "--color", "never"]);
            run(check.arg(Path::new("fixtures/diagnostics").join(case))).err
        };
        let (sarif, junit, github) = (check(case, "sarif"), check(case, "junit"), check(case, "github"));
        let found = json["diagnostics"].as_array().unwrap();
        assert!(!found.is_empty());
        let places = found.iter().map(|d| (d["line"].as_u64().unwrap(), d["column"].as_u64().unwrap()));
        for (fault, (line, column)) in found.iter().zip(places) {
            let code = fault["code"].as_str().unwrap();
            assert!(human.contains(&format!("[{code}]")) && human.contains(&format!(":{line}:{column}")), "{case}");
            assert!(github.contains(&format!("line={line},")) && github.contains(&format!("title={code} ")), "{case}");
            assert!(junit.contains(&format!("{code} ")) && junit.contains(&format!("({line}:{column})")), "{case}");
            assert!(sarif.contains(&format!("\"ruleId\": \"{code}\"")), "{case}");
        }
    }
}

#[test]
fn an_annotation_keeps_to_its_line() {
    let text = check("several-faults-in-one-file.toml", "github");
    for line in text.lines() {
        assert!(line.starts_with("::error file=fixtures/diagnostics/several-faults-in-one-file.toml,line="), "{line}");
        let (properties, message) = line[2..].split_once("::").unwrap();
        assert!(!properties.contains("%0A") && !message.is_empty(), "{line}");
    }
}

#[test]
fn other_verbs_have_no_such_formats() {
    let failed = run(here().args(["test", "rules", "--format", "sarif"])).ends(2);
    assert!(failed.err.contains("no format `sarif`"), "{}", failed.err);
}

#[test]
fn a_check_may_be_told_what_does_not_pass() {
    let case = "fixtures/diagnostics/R214-line-twice.toml";
    let check = |more: &[&str]| run(here().args(["check", case, "--as-of", "2025-11-03"]).args(more));
    check(&[]).ends(0);
    check(&["--deny", "warnings"]).ends(2);
    check(&["--deny", "R214"]).ends(2);
    check(&["--deny", "r214,R315"]).ends(2);
    check(&["--deny", "R315"]).ends(0);
    check(&["--deny", "everything"]).ends(2);
}

#[test]
fn an_office_sets_severities_but_not_of_what_cannot_run() {
    let folder = tempfile::tempdir().unwrap();
    let office = folder.path();
    run(command().args(["init"]).arg(office).args(["--code", "KANIM-UJI"])).ends(0);
    std::fs::remove_dir_all(office.join("rules")).unwrap();
    std::fs::create_dir_all(office.join("rules/profiles")).unwrap();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR"));
    let profile = "rules/profiles/simkim.toml";
    std::fs::copy(rules.join(profile), office.join(profile)).unwrap();
    std::fs::copy(rules.join("fixtures/diagnostics/R214-line-twice.toml"), office.join("rules/uji.toml")).unwrap();
    let settings = std::fs::read_to_string(office.join("saring.toml")).unwrap();
    let check = |diagnostics: &str| {
        let text = format!("{settings}\n[diagnostics]\n{diagnostics}\n");
        std::fs::write(office.join("saring.toml"), text).unwrap();
        run(command().current_dir(office).args(["check", "--as-of", "2025-11-03"]))
    };
    assert!(check("").ends(0).err.contains("warning[R214]"));
    assert!(!check("R214 = \"off\"").ends(0).err.contains("R214"));
    assert!(check("R214 = \"note\"").ends(0).err.contains("note[R214]"));
    assert!(check("R214 = \"error\"").ends(2).err.contains("error[R214]"));
    let refused = check("R101 = \"warning\"").ends(2);
    assert!(refused.err.contains("error[K002]") && refused.err.contains("R101 stays an error"), "{}", refused.err);
}
