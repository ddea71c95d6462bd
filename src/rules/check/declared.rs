//! What the files declare, before anything is resolved.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layers;
use crate::calendar;
use crate::diag::{Code, Diagnostic, FileId, Report};
use crate::document::{Cx, Data, FromToml, Named, Table, Text, Value as TomlValue};
use crate::expr::Value;
use crate::rules::layers::Layer;
use crate::rules::meaning::Parameters;
use crate::rules::raw::{
    RawAdjust, RawBase, RawCase, RawException, RawField, RawGroup, RawList, RawMapping, RawNetwork, RawPack, RawParam,
    RawRule, RawRuleFile, RawScoring, RawWatchlist,
};
use crate::rules::set::{BaseApplication, List, Param, SourcePlace};

/// The tables of one file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) pack: Option<RawPack>,
    pub(super) params: Named<RawParam>,
    pub(super) lists: Named<RawList>,
    pub(super) fields: Vec<RawField>,
    pub(super) groups: Vec<RawGroup>,
    pub(super) networks: Vec<RawNetwork>,
    pub(super) watchlists: Vec<RawWatchlist>,
    pub(super) mappings: Named<RawMapping>,
    pub(super) rules: Vec<RawRule>,
    pub(super) bases: Named<RawBase>,
    pub(super) tests: Vec<RawCase>,
    pub(super) scoring: Option<RawScoring>,
    /// The layer the file belongs to; nothing for the national pack.
    pub(super) layer: Option<Arc<Layer>>,
    /// Whether it says that it belongs to one, sound or not.
    pub(super) layered: bool,
    pub(super) adjusts: Vec<RawAdjust>,
    pub(super) exceptions: Vec<RawException>,
    /// Stands in for the pack's name where a file has parameters but no pack.
    id: FileId,
}

impl File {
    /// The name under which the file's parameters are kept.
    pub(super) fn pack_name(&self) -> String {
        self.pack.as_ref().map_or_else(|| format!("{:?}", self.id), |p| p.name.as_str().to_owned())
    }
}

#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) files: Vec<File>,
}

impl Declared {
    /// Takes the tables of a file. What a table is comes first; then only that kind's faults are reported.
    pub(super) fn read(&mut self, table: &Table, id: FileId, report: &mut Report) {
        if table.get("profile").is_some() {
            return;
        }
        let mut file = File {
            pack: None,
            params: Named::default(),
            lists: Named::default(),
            fields: Vec::new(),
            groups: Vec::new(),
            networks: Vec::new(),
            watchlists: Vec::new(),
            mappings: Named::default(),
            rules: Vec::new(),
            bases: Named::default(),
            tests: Vec::new(),
            scoring: None,
            layer: None,
            layered: table.get("layer").is_some(),
            adjusts: Vec::new(),
            exceptions: Vec::new(),
            id,
        };
        for entry in &table.entries {
            let (key, value) = (entry.key.as_str(), &entry.value);
            match key {
                "pack" => file.pack = one(value, "[pack]", report),
                "params" => file.params = one(value, "[params]", report).unwrap_or_default(),
                "list" => file.lists = one(value, "[list]", report).unwrap_or_default(),
                "field" => file.fields = each(value, "[[field]]", report),
                "group" => file.groups = each(value, "[[group]]", report),
                "network" => file.networks = each(value, "[[network]]", report),
                "watchlist" => file.watchlists = each(value, "[[watchlist]]", report),
                "mapping" => file.mappings = one(value, "[mapping]", report).unwrap_or_default(),
                "rule" => file.rules = each(value, "[[rule]]", report),
                "base" => file.bases = one(value, "[base]", report).unwrap_or_default(),
                "test" => file.tests = each(value, "[[test]]", report),
                "scoring" => file.scoring = one(value, "[scoring]", report),
                "layer" => file.layer = one(value, "[layer]", report).and_then(|raw| layers::layer(&raw, report)),
                "adjust" => file.adjusts = each(value, "[[adjust]]", report),
                "exception" => file.exceptions = each(value, "[[exception]]", report),
                _ => {
                    let kinds: Vec<&str> = RawRuleFile::keys().iter().map(|k| k.name).collect();
                    report.push(
                        Diagnostic::new(Code::UnknownTable, entry.key_span, format!("unknown table `{key}`"))
                            .label("not a kind of declaration")
                            .did_you_mean(key, kinds.iter().copied())
                            .note(format!("a rule file may have: {}", kinds.join(", "))),
                    );
                }
            }
        }
        self.files.push(file);
    }

    /// Takes the cases that name a rule to that rule, and returns those about the whole pack.
    pub(super) fn hand_out_cases(&mut self, report: &mut Report) -> Vec<RawCase> {
        let mut whole = Vec::new();
        let cases: Vec<RawCase> = self.files.iter_mut().flat_map(|f| std::mem::take(&mut f.tests)).collect();
        for rule in self.rules() {
            for name in rule.test.iter().flatten().filter_map(|case| case.rule.as_ref()) {
                report.push(
                    Diagnostic::new(Code::BadTest, name.span(), "a test below a rule belongs to that rule")
                        .label("delete this key, or write `[[test]]`"),
                );
            }
        }
        for case in cases {
            let Some(name) = case.rule.clone() else {
                whole.push(case);
                continue;
            };
            let mut rules = self.files.iter_mut().flat_map(|f| &mut f.rules);
            match rules.find(|rule| rule.id.as_str() == name.as_str()) {
                Some(rule) => rule.test.get_or_insert_default().push(case),
                None => report.push(
                    Diagnostic::new(Code::UnknownRule, name.span(), format!("no rule `{}`", name.as_str()))
                        .label("this test would belong to nobody")
                        .did_you_mean(name.as_str(), self.rules().map(|rule| rule.id.as_str())),
                ),
            }
        }
        whole
    }

    pub(super) fn rules(&self) -> impl Iterator<Item = &RawRule> {
        self.files.iter().flat_map(|f| &f.rules)
    }

    pub(super) fn lists(&self, report: &mut Report) -> BTreeMap<String, List> {
        let mut lists: BTreeMap<String, List> = BTreeMap::new();
        for (name, raw) in self.files.iter().flat_map(|f| &f.lists.entries) {
            if let Some(first) = lists.get(name.as_str()) {
                report.push(twice("list", name, first.span));
                continue;
            }
            if raw.values.is_empty() {
                report.push(
                    Diagnostic::new(Code::EmptyValue, name.span(), format!("list `{}` is empty", name.as_str()))
                        .label("nothing could ever be in it"),
                );
            }
            report_repeated(&raw.values, report);
            let values = raw.values.iter().map(|v| v.as_str().to_owned()).collect();
            let places = raw.values.iter().map(Text::span).collect();
            let list = List { values, places, meaning: raw.meaning.as_str().to_owned(), span: name.span() };
            lists.insert(name.as_str().to_owned(), list);
        }
        lists
    }

    pub(super) fn params(&self, report: &mut Report) -> BTreeMap<(String, String), Param> {
        let mut params: BTreeMap<(String, String), Param> = BTreeMap::new();
        for file in &self.files {
            for (name, raw) in &file.params.entries {
                let key = (file.pack_name(), name.as_str().to_owned());
                if let Some(first) = params.get(&key) {
                    report.push(twice("parameter", name, first.span).help(
                        "two files have a pack of this name; give one of them another, or move the parameter with `[[adjust]]`",
                    ));
                    continue;
                }
                if let Some(param) = param(name, raw, report) {
                    params.insert(key, param);
                }
            }
        }
        params
    }

    /// The parameters as lines of each pack name them.
    pub(super) fn parameters<'a>(&'a self, params: &'a BTreeMap<(String, String), Param>) -> Parameters<'a> {
        let mut packs = BTreeMap::new();
        for file in &self.files {
            let fields = file.fields.iter().map(|f| &f.name);
            let names = fields.chain(file.groups.iter().map(|g| &g.name)).chain(file.networks.iter().map(|n| &n.name));
            packs.extend(names.map(|name| (name.as_str(), file.pack_name())));
        }
        Parameters { params, packs }
    }

    pub(super) fn families(&self) -> BTreeMap<char, (String, String)> {
        let packs = self.files.iter().filter_map(|f| f.pack.as_ref());
        packs
            .filter_map(|pack| {
                let letter = pack.family.as_str().chars().next()?;
                let id = pack.title.as_ref().unwrap_or(&pack.name).as_str().to_owned();
                let en = pack.title_en.as_ref().map_or_else(|| id.clone(), |t| t.as_str().to_owned());
                Some((letter, (id, en)))
            })
            .collect()
    }

    /// Where the settings of groups and networks stand.
    pub(super) fn places(&self) -> BTreeMap<String, SourcePlace> {
        let span = |text: &Option<Text>| text.as_ref().map(Text::span);
        let groups = self.files.iter().flat_map(|f| &f.groups).map(|raw| {
            let (window, flag) = (span(&raw.window), span(&raw.flag));
            (raw.name.as_str().to_owned(), SourcePlace { name: raw.name.span(), window, max_key: None, flag })
        });
        let networks = self.files.iter().flat_map(|f| &f.networks).map(|raw| {
            let (window, max_key) = (span(&raw.window), Some(raw.max_key.span));
            (raw.name.as_str().to_owned(), SourcePlace { name: raw.name.span(), window, max_key, flag: None })
        });
        groups.chain(networks).collect()
    }

    pub(super) fn bases(&self) -> BTreeMap<String, BaseApplication> {
        let bases = self.files.iter().flat_map(|f| &f.bases.entries);
        bases
            .map(|(name, raw)| {
                let values = raw.values.entries.iter().map(|(c, v)| (c.as_str().to_owned(), v.clone())).collect();
                let base = BaseApplication { meaning: raw.meaning.as_str().to_owned(), values };
                (name.as_str().to_owned(), base)
            })
            .collect()
    }
}

fn one<T: FromToml>(value: &TomlValue, what: &'static str, report: &mut Report) -> Option<T> {
    T::from_toml(value, &mut Cx { report, what })
}

/// Reads the tables of a `[[kind]]`, each on its own, so that one broken declaration does not take the others with it.
fn each<T: FromToml>(value: &TomlValue, what: &'static str, report: &mut Report) -> Vec<T> {
    match &value.data {
        Data::Array(items) => items.iter().filter_map(|item| one(item, what, report)).collect(),
        _ => {
            report.push(
                Diagnostic::new(
                    Code::WrongType,
                    value.span,
                    format!("expected {what} tables, found {}", value.data.describe()),
                )
                .label(format!("write `{what}` with double brackets")),
            );
            Vec::new()
        }
    }
}

fn twice(what: &str, name: &Text, first: crate::diag::Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateName, name.span(), format!("{what} `{}` is declared twice", name.as_str()))
        .label("second time")
        .also(first, "first time")
}

fn report_repeated(values: &[Text], report: &mut Report) {
    let mut seen: BTreeMap<String, &Text> = BTreeMap::new();
    for value in values {
        if let Some(first) = seen.insert(value.as_str().to_uppercase(), value) {
            report.push(
                Diagnostic::new(
                    Code::RepeatedLine,
                    value.span(),
                    format!("`{}` stands in the list twice", value.as_str()),
                )
                .label("second time")
                .also(first.span(), "first time"),
            );
        }
    }
}

fn param(name: &Text, raw: &RawParam, report: &mut Report) -> Option<Param> {
    let value = param_value(&raw.default, report)?;
    let mut bound = |given: &Option<TomlValue>| match given {
        None => Some(None),
        Some(given) => param_value(given, report).map(Some),
    };
    let bounds = (bound(&raw.min)?, bound(&raw.max)?);
    let kinds_differ = |other: &Option<Value>| {
        other.as_ref().is_some_and(|o| std::mem::discriminant(o) != std::mem::discriminant(&value))
    };
    let meaning = raw.meaning.as_ref().map(|m| m.as_str().to_owned());
    let fault = if kinds_differ(&bounds.0) || kinds_differ(&bounds.1) {
        Some("its bounds have another type")
    } else if bounds.0.as_ref().zip(bounds.1.as_ref()).is_some_and(|(min, max)| min > max) {
        Some("its bounds are reversed")
    } else if bounds.0.as_ref().is_some_and(|min| value < *min) || bounds.1.as_ref().is_some_and(|max| value > *max) {
        Some("its default lies outside its bounds")
    } else {
        None
    };
    if let Some(fault) = fault {
        report.push(
            Diagnostic::new(Code::ParamBounds, raw.span, format!("parameter `{}`: {fault}", name.as_str()))
                .label("here")
                .help("`min <= default <= max`"),
        );
    }
    Some(Param { declared: value.clone(), value, bounds, meaning, span: name.span() })
}

pub(super) fn param_value(value: &TomlValue, report: &mut Report) -> Option<Value> {
    match &value.data {
        Data::Int(n) => Some(Value::Int(*n)),
        Data::Text(text) => Some(Value::Text(text.as_str().to_owned())),
        Data::Bool(b) => Some(Value::Bool(*b)),
        Data::Date(date) => Some(Value::Date(calendar::days(*date))),
        Data::DateTime(time) => Some(Value::Time(calendar::millis(*time))),
        other => {
            report.push(
                Diagnostic::new(Code::WrongType, value.span, format!("a parameter cannot be {}", other.describe()))
                    .label("a whole number, a text, a date, true or false"),
            );
            None
        }
    }
}
