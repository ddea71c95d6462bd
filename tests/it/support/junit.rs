//! JUnit documents, held to the schema that servers read them by.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a schema allows of an element.
struct Allowed {
    required: &'static [&'static str],
    optional: &'static [&'static str],
    children: &'static [&'static str],
}

/// What the schema `junit-10.xsd` of Jenkins' xUnit plugin allows, by element.
fn schema() -> BTreeMap<&'static str, Allowed> {
    let of = |required, optional, children| Allowed { required, optional, children };
    BTreeMap::from([
        ("testsuites", of(&[], &["name", "time", "tests", "failures", "errors"], &["testsuite"])),
        (
            "testsuite",
            of(
                &["name", "tests", "failures", "errors"],
                &["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
                &["testsuite", "properties", "testcase", "system-out", "system-err"],
            ),
        ),
        ("testcase", of(&["name"], &["time", "classname", "group"], &["skipped", "error", "failure", "system-out"])),
        ("failure", of(&[], &["type", "message"], &[])),
        ("system-out", of(&[], &[], &[])),
        ("skipped", of(&[], &["type", "message"], &[])),
    ])
}

fn checked(element: &BytesStart<'_>, parent: Option<&str>) -> String {
    let schema = schema();
    let name = element.name().as_ref().to_owned();
    let Allowed { required, optional, .. } =
        schema.get(name.as_str()).unwrap_or_else(|| panic!("<{name}> is not in the schema"));
    match parent {
        Some(parent) => assert!(schema[parent].children.contains(&name.as_str()), "<{name}> in <{parent}>"),
        None => assert_eq!(name, "testsuites"),
    }
    let given: Vec<String> = element.attributes().map(|a| a.unwrap().key.as_ref().to_owned()).collect();
    for attribute in &given {
        let attribute = attribute.as_str();
        assert!(required.contains(&attribute) || optional.contains(&attribute), "{name} {attribute}");
    }
    assert!(required.iter().all(|r| given.iter().any(|g| g == r)), "<{name}> lacks one of {required:?}");
    name
}

/// Checks every element of a document, its place, and that each suite has as many tests and failures as it says. Gives the
/// number of elements of a name.
pub(crate) fn counted(xml: &str) -> impl Fn(&str) -> usize + use<> {
    let mut reader = Reader::from_str(xml);
    let (mut open, mut counts): (Vec<String>, BTreeMap<String, usize>) = Default::default();
    // Of each open suite what it promised and what stood in it, tests and failures.
    let mut suites: Vec<[[usize; 2]; 2]> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        let element = match &event {
            Event::Start(element) | Event::Empty(element) => element,
            Event::End(_) => {
                if open.pop().is_some_and(|name| name.starts_with("testsuite")) {
                    let [promised, there] = suites.pop().unwrap();
                    assert_eq!(promised, there, "tests and failures");
                    if let Some([_, outer]) = suites.last_mut() {
                        *outer = [outer[0] + there[0], outer[1] + there[1]];
                    }
                }
                continue;
            }
            Event::Text(text) => {
                let inside = matches!(open.last().map(String::as_str), Some("failure" | "system-out"));
                assert!(inside || text.trim().is_empty());
                continue;
            }
            Event::Eof => break,
            Event::Decl(_) | Event::GeneralRef(_) => continue,
            other => panic!("{other:?}"),
        };
        let name = checked(element, open.last().map(String::as_str));
        *counts.entry(name.clone()).or_default() += 1;
        match name.as_str() {
            "testsuites" | "testsuite" => suites.push([[said(element, "tests"), said(element, "failures")], [0, 0]]),
            "testcase" => suites.last_mut().unwrap()[1][0] += 1,
            "failure" => suites.last_mut().unwrap()[1][1] += 1,
            _ => {}
        }
        if matches!(event, Event::Start(_)) {
            open.push(name);
        }
    }
    assert!(open.is_empty());
    move |name| counts.get(name).copied().unwrap_or(0)
}

fn said(element: &BytesStart<'_>, attribute: &str) -> usize {
    let found = element.attributes().map(|a| a.unwrap()).find(|a| a.key.as_ref() == attribute);
    found.unwrap().value.parse().unwrap()
}
