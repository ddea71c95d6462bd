//! A new rule to start from: whole enough to pass `check`, on trial until its author has filled it in.

use chrono::{Months, NaiveDate};

use super::FileKind;
use super::outline::{FileOutline, NameKind};
use crate::diag::{FileId, Files};
use crate::{Error, Result};

/// A new rule and where it goes.
#[derive(Debug)]
pub struct Scaffold {
    /// Its id.
    pub id: String,
    /// The file of its family.
    pub file: FileId,
    /// The whole text of that file with the rule at its end.
    pub text: String,
    /// The line of its heading, from 1.
    pub line: usize,
}

/// Makes a rule with the id given, or with the next free one of a family (one letter).
pub fn scaffold(
    outlines: &[FileOutline],
    files: &Files,
    wanted: &str,
    title: &str,
    today: NaiveDate,
) -> Result<Scaffold> {
    let family = wanted.get(..1).filter(|f| f.bytes().all(|b| b.is_ascii_uppercase())).ok_or_else(|| {
        Error::usage(format!("`{wanted}` is neither a rule id nor a family"))
            .help("`S12`, or `--family S` for the next free number")
    })?;
    let ids: Vec<&str> =
        outlines.iter().flat_map(|f| &f.names).filter(|n| n.kind == NameKind::Rule).map(|n| n.name.as_str()).collect();
    let id = match wanted.get(1..).unwrap_or_default() {
        "" => next(family, &ids)?,
        digits if (2..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => wanted.to_owned(),
        _ => {
            return Err(
                Error::usage(format!("`{wanted}` is not a rule id")).help("a capital letter and two or three digits")
            );
        }
    };
    if ids.contains(&id.as_str()) {
        return Err(Error::usage(format!("rule `{id}` is there already"))
            .help(format!("`--family {family}` takes the next free number")));
    }
    let of_family = |file: &&FileOutline| file.pack.as_ref().is_some_and(|(_, letter)| letter == family);
    let file = outlines.iter().filter(|f| f.kind == FileKind::Rules).find(of_family).ok_or_else(|| {
        let message = format!("no rule file has the family {family}");
        Error::usage(message).help(format!("begin one with `[pack]`, `name = \"...\"` and `family = \"{family}\"`"))
    })?;
    let before = files.get(file.id).text.trim_end();
    let rule = rule(&id, family, title, today);
    let text = format!("{before}\n\n{rule}");
    Ok(Scaffold { id, file: file.id, text, line: before.lines().count() + 2 })
}

/// The number after the highest.
fn next(family: &str, ids: &[&str]) -> Result<String> {
    let numbers = ids.iter().filter_map(|id| id.strip_prefix(family)?.parse::<u32>().ok());
    match numbers.max().unwrap_or(0) + 1 {
        n if n < 1_000 => Ok(format!("{family}{n:02}")),
        _ => Err(Error::usage(format!("no number is free after {family}999")).help("name a free id")),
    }
}

fn rule(id: &str, family: &str, title: &str, today: NaiveDate) -> String {
    let title = match title {
        "" => format!("{id}: yang dicari, dalam satu kalimat pendek"),
        title => title.to_owned(),
    };
    let review = today.checked_add_months(Months::new(12)).unwrap_or(today);
    let (class, points) = match family {
        "Q" => ("Q", 0),
        "M" => ("M", -5),
        _ => ("B", 5),
    };
    let mitigates = if class == "M" { "mitigates = [\"T*\"]\n" } else { "" };
    format!(
        "[[rule]]\n\
         id       = \"{id}\"\n\
         version  = 1\n\
         title    = {title}\n\
         class    = \"{class}\"\n\
         when     = [\"lama_tinggal_hari > 365\"]\n\
         why      = \"Mengapa hal ini menunjuk pada yang dicari.\"\n\
         basis    = [\"Pasal undang-undang, surat edaran, atau kasus yang mendasarinya\"]\n\
         question = \"Apa yang petugas tanyakan kepada pemohon?\"\n\
         false_positives = [\"orang jujur yang juga terkena\"]\n\
         status   = \"shadow\"\n\
         {mitigates}\
         owner     = \"Seksi yang menjawab untuk aturan ini\"\n\
         review_by = {review}\n\
         \n\
         [[rule.outcome]]\n\
         points    = {points}\n\
         reason    = \"Rencana tinggal {{lama_tinggal_hari}} hari\"\n\
         reason_en = \"Plans to stay {{lama_tinggal_hari}} days\"\n\
         \n\
         [[rule.test]]\n\
         name   = \"sehari di atas batas\"\n\
         given  = [{{ lama_tinggal_hari = 366 }}]\n\
         expect = {{ fires = \"all\" }}\n\
         [[rule.test]]\n\
         name   = \"tepat pada batas\"\n\
         given  = [{{ lama_tinggal_hari = 365 }}]\n\
         expect = {{ fires = [] }}\n",
        title = quoted(&title),
    )
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
