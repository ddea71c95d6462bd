//! JUnit XML as Jenkins and most servers read it (the schema `junit-10.xsd` of its xUnit plugin): suites, cases, failures,
//! what was skipped or said besides. Times are left out, so that the same run gives the same bytes.

use super::xml as escape;

/// The cases of one file.
#[derive(Debug)]
pub(crate) struct Suite {
    pub(crate) name: String,
    pub(crate) cases: Vec<TestCase>,
}

/// One test.
#[derive(Debug)]
pub(crate) struct TestCase {
    pub(crate) name: String,
    /// What it is about, shown as its class.
    pub(crate) of: String,
    pub(crate) ending: Ending,
}

/// How a test ended.
#[derive(Debug)]
pub(crate) enum Ending {
    Passed,
    /// With something to say.
    Told(String),
    /// With the reason.
    Skipped(String),
    Failed {
        /// What kind of failure it is.
        kind: &'static str,
        message: String,
        text: String,
    },
}

/// The document.
pub(crate) fn render(name: &str, suites: Vec<Suite>) -> String {
    let failed = |suite: &Suite| suite.cases.iter().filter(|c| matches!(c.ending, Ending::Failed { .. })).count();
    let skipped = |suite: &Suite| suite.cases.iter().filter(|c| matches!(c.ending, Ending::Skipped(_))).count();
    let (tests, failures) = suites.iter().fold((0, 0), |(t, f), s| (t + s.cases.len(), f + failed(s)));
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n",
        escape(name)
    );
    for suite in &suites {
        let path = escape(&suite.name);
        xml.push_str(&format!(
            "  <testsuite name=\"{path}\" file=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
            suite.cases.len(),
            failed(suite),
            skipped(suite)
        ));
        suite.cases.iter().for_each(|case| xml.push_str(&one(case)));
        xml.push_str("  </testsuite>\n");
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn one(case: &TestCase) -> String {
    let head = format!("    <testcase name=\"{}\" classname=\"{}\"", escape(&case.name), escape(&case.of));
    match &case.ending {
        Ending::Passed => format!("{head}/>\n"),
        Ending::Told(text) => {
            format!("{head}>\n      <system-out>{}</system-out>\n    </testcase>\n", escape(text))
        }
        Ending::Skipped(why) => format!("{head}>\n      <skipped message=\"{}\"/>\n    </testcase>\n", escape(why)),
        Ending::Failed { kind, message, text } => format!(
            "{head}>\n      <failure type=\"{kind}\" message=\"{}\">{}</failure>\n    </testcase>\n",
            escape(message),
            escape(text)
        ),
    }
}
