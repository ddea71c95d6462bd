//! Which applications of others have to be there so that the columns of some are right, and which columns of those then.
//!
//! A group that counts applications needs whoever shares its key, and nothing more. One that counts families needs the
//! families of those it finds as well, and a family all of its members; but nobody needs the network of an aunt's
//! application of years ago. Followed this way, what a night takes from history grows with the night.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, Tie};

/// A tie of a source whose columns are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The source.
    pub source: String,
    /// How it ties applications.
    pub tie: Tie,
    /// The sources whose columns it reads in the applications it finds; itself among them where it leads on.
    pub then: BTreeSet<String>,
}

impl Link {
    /// The tie of a source that reads nothing of what others make.
    #[must_use]
    pub fn new(source: &str, tie: Tie) -> Self {
        let then = tie.spreads.map(|_| source.to_owned()).into_iter().collect();
        Self { source: source.to_owned(), tie, then }
    }
}

/// How the columns that are needed tie applications to each other. `sources` stand in an order in which each comes after
/// those it reads.
#[must_use]
pub fn links(sources: &[Box<dyn Source>], columns: &BTreeSet<String>) -> Vec<Link> {
    let wanted = |name: &str| columns.contains(name);
    let used = sources.iter().map(AsRef::as_ref).filter(|source| source.makes().into_iter().any(wanted));
    let mut known = Known::default();
    for source in used {
        known.add(source, &source.needs(&wanted));
    }
    known.links
}

/// What is known of the sources so far.
#[derive(Default)]
struct Known<'a> {
    links: Vec<Link>,
    /// For each column the sources that tie applications so that it can be made.
    behind: BTreeMap<&'a str, BTreeSet<String>>,
    /// Who is one person, family or network is found by ties that lead on: for each such column its source.
    ids: BTreeMap<&'a str, &'a str>,
    /// Equal values of a field that passes a column on are equal values of that column.
    passed: BTreeMap<&'a str, &'a str>,
}

impl<'a> Known<'a> {
    fn add(&mut self, source: &'a dyn Source, needs: &[&str]) {
        let read: BTreeSet<String> =
            needs.iter().filter_map(|column| self.behind.get(column)).flatten().cloned().collect();
        let ties = source.ties();
        let mut own = if ties.is_empty() { read.clone() } else { BTreeSet::new() };
        if !ties.is_empty() && ties.iter().all(|tie| tie.spreads.is_some()) {
            self.ids.extend(source.makes().into_iter().map(|column| (column, source.name())));
        }
        if let Some(column) = source.passes_on() {
            self.passed.insert(source.name(), column);
        }
        for tie in ties {
            let mut link = Link::new(source.name(), tie);
            link.then.extend(read.clone());
            let origin = |column: String| self.passed.get(column.as_str()).map_or(column, |c| (*c).to_owned());
            link.tie.columns = link.tie.columns.into_iter().map(origin).collect();
            let mut ids = link.tie.columns.iter().filter_map(|column| self.ids.get(column.as_str()).copied());
            if let Some(id) = ids.find(|id| *id != source.name()) {
                // Whatever has the same id is there already, and has to bring what this would have brought.
                let of_id = self.links.iter_mut().filter(|of_id| of_id.source == id);
                of_id.for_each(|of_id| of_id.then.extend(link.then.clone()));
                own.insert(id.to_owned());
                continue;
            }
            own.insert(source.name().to_owned());
            self.links.push(link);
        }
        for column in source.makes() {
            self.behind.insert(column, own.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Result;
    use crate::columns::{Cx, Reach, Witness};
    use crate::frame::Frame;

    /// A source of one column.
    #[derive(Debug)]
    struct Made {
        name: &'static str,
        needs: Vec<&'static str>,
        by: Option<(&'static str, Option<usize>)>,
    }

    impl Source for Made {
        fn name(&self) -> &str {
            self.name
        }

        fn makes(&self) -> Vec<&str> {
            vec![self.name]
        }

        fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
            self.needs.clone()
        }

        fn reach(&self) -> Reach {
            if self.by.is_some() { Reach::All } else { Reach::Row }
        }

        fn ties(&self) -> Vec<Tie> {
            let tie = |(column, spreads): (&str, _)| Tie {
                columns: vec![column.to_owned()],
                width: None,
                spreads,
                every: true,
            };
            self.by.into_iter().map(tie).collect()
        }

        fn compute(&self, _: &Cx, _: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
            Ok(None)
        }
    }

    fn made(name: &'static str, needs: &[&'static str], by: Option<(&'static str, Option<usize>)>) -> Box<dyn Source> {
        Box::new(Made { name, needs: needs.to_vec(), by })
    }

    fn found(demanded: &[&str]) -> Vec<(String, String, Vec<String>)> {
        let sources = vec![
            made("keluarga", &["nomor_kk"], Some(("nomor_kk", Some(30)))),
            made("orang", &["nik"], Some(("nik", Some(200)))),
            made("kepala", &["keluarga"], None),
            made("telepon", &["kepala"], Some(("telepon", None))),
            made("akun", &["jumlah"], Some(("akun", None))),
            made("rumah", &["telepon"], Some(("rumah", None))),
            made("lalu", &["orang", "keluarga"], Some(("orang", None))),
            made("sesudah", &["lalu"], Some(("akun", None))),
            made("jaringan", &["orang", "akun"], Some(("orang", Some(60)))),
        ];
        let columns = super::super::needed(&sources, demanded.iter().copied());
        let told = |link: Link| (link.source, link.tie.columns.join("+"), link.then.into_iter().collect());
        links(&sources, &columns).into_iter().map(told).collect()
    }

    fn expected(links: &[(&str, &str, &[&str])]) -> Vec<(String, String, Vec<String>)> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        links.iter().map(|(source, by, then)| ((*source).to_owned(), (*by).to_owned(), owned(then))).collect()
    }

    #[test]
    fn a_group_that_only_counts_leads_nowhere() {
        assert_eq!(found(&["akun"]), expected(&[("akun", "akun", &[])]));
    }

    #[test]
    fn what_a_group_reads_of_those_it_finds_is_followed_from_them_also_over_columns_of_a_row() {
        let families = ("keluarga", "nomor_kk", &["keluarga"][..]);
        assert_eq!(found(&["telepon"]), expected(&[families, ("telepon", "telepon", &["keluarga"])]));
        let both = [families, ("telepon", "telepon", &["keluarga"][..]), ("rumah", "rumah", &["telepon"])];
        assert_eq!(found(&["rumah"]), expected(&both));
    }

    #[test]
    fn a_group_by_an_id_has_no_tie_of_its_own_and_what_it_reads_is_followed_from_those_with_the_id() {
        let families = ("keluarga", "nomor_kk", &["keluarga"][..]);
        let persons = ("orang", "nik", &["keluarga", "orang"][..]);
        assert_eq!(found(&["lalu"]), expected(&[families, persons]));
        let networks = ("orang", "nik", &["akun", "jaringan", "orang"][..]);
        assert_eq!(found(&["jaringan"]), expected(&[networks, ("akun", "akun", &[])]));
        assert_eq!(found(&["sesudah"]), expected(&[families, persons, ("sesudah", "akun", &["orang"])]));
    }
}
